"""What a call printed, warned and logged, repeated here for the test to see."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import TYPE_CHECKING, Any

from grader.errors import WireError
from grader.execution.examiner.proxies.exceptions import base_named

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student

# Of one test.
MAX_CHARS = 8 << 20
MAX_EVENTS = 100_000
# Of one submission: each stays in the table of the logging module.
MAX_LOGGERS = 200
MAX_LEVEL = 100
_FILE = "<student>"


class Repeater:
    """Repeats what the kernel says that a call printed, warned and logged.

    Parameters
    ----------
    student
        The kernel.
    """

    def __init__(self, student: Student) -> None:
        self._student = student
        self._loggers: set[str] = set()
        self.begin()

    def begin(self) -> None:
        """Begin a test."""
        self._chars, self._events = MAX_CHARS, MAX_EVENTS

    def repeat(self) -> None:
        """Repeat what came since the last time.

        Raises
        ------
        WireError
            If it is malformed, or too much.
        Warning
            If a filter of the test turns a warning into an error.
        """
        channel = self._student.channel
        while channel.said:
            message = channel.said.pop(0)
            if len(message) != 2 or type(message[1]) is not list:
                raise WireError("what was printed is malformed")
            for event in message[1]:
                self._repeat(event)

    def _repeat(self, event: Any) -> None:
        if type(event) is not list or not event or type(event[0]) is not str:
            raise WireError("what was printed is malformed")
        kind, *content = event
        self._events -= 1
        self._chars -= sum(len(part) for part in content if type(part) is str)
        if self._events < 0 or self._chars < 0 or kind == "cut":
            if sys.stdout is not sys.__stdout__ or sys.stderr is not sys.__stderr__:
                self._student.channel.cannot_ask("all that student code printed")
            return
        expected, act = _KINDS.get(kind, ((), None))
        if act is None or not _are(content, expected):
            raise WireError("what was printed is malformed")
        act(self, *content)

    def stdout(self, text: str) -> None:
        """Print a text."""
        sys.stdout.write(text)

    def stderr(self, text: str) -> None:
        """Print a text as an error."""
        self._note_unseen()
        sys.stderr.write(text)

    def _note_unseen(self) -> None:
        """Remember what would be seen on standard error, if the test does not catch it.

        nbgrader counts that as a failure.
        """
        if sys.stderr is sys.__stderr__:
            self._student.channel.loud = True

    def cannot(self, text: str) -> None:
        """Note what could not be done in the jail."""
        self._student.channel.cannot_ask(text[:200])

    def warn(self, category: str | int, text: str) -> None:
        """Issue a warning, to the filters of the test."""
        if type(category) is int:
            kind: Any = self._student.classes.of(category)
        else:
            kind = base_named(str(category))
        if not issubclass(kind, Warning):
            kind = UserWarning
        self._note_unseen()
        try:
            warnings.warn_explicit(text, kind, _FILE, 1, "__main__", {})
        except kind as error:
            error.student_type = "Warning"
            raise

    def log(self, name: str, level: int, text: str) -> None:
        """Pass a record to the handlers of the test."""
        if not 0 <= level <= MAX_LEVEL:
            raise WireError("a log record is malformed")
        known = name in logging.Logger.manager.loggerDict
        if not known and not logging.root.handlers:
            return
        self._loggers.add(name[:200])
        if len(self._loggers) > MAX_LOGGERS:
            self._student.channel.cannot_ask("the records of all loggers")
            return
        logger = logging.getLogger(name[:200])
        if logger.isEnabledFor(level) and logger.hasHandlers():
            record = logger.makeRecord(logger.name, level, _FILE, 1, text, (), None)
            logger.handle(record)


def _are(values: list[Any], expected: tuple[Any, ...]) -> bool:
    return len(values) == len(expected) and all(
        type(value) in kinds for value, kinds in zip(values, expected, strict=True)
    )


_TEXT = (str,)
_KINDS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "stdout": ((_TEXT,), Repeater.stdout),
    "stderr": ((_TEXT,), Repeater.stderr),
    "cannot": ((_TEXT,), Repeater.cannot),
    "warning": (((str, int), _TEXT), Repeater.warn),
    "log": ((_TEXT, (int,), _TEXT), Repeater.log),
}

__all__ = ["Repeater"]
