"""What a call prints, warns and logs, for the examiner to repeat.

It is collected while a request is answered, and sent before the answer. A warning is
told whatever filters the kernel has, and a log record if it passes the kernel's levels:
the examiner applies the test's own.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from grader.execution.wire import messages

# Of one request. What comes after is dropped, and the examiner is told so.
MAX_CHARS = 1 << 20
MAX_EVENTS = 10_000

Event = list[Any]


class _Said:
    def __init__(self) -> None:
        self.events: list[Event] | None = None
        self.left = MAX_CHARS
        self.process = os.getpid()


_said = _Said()


def begin() -> None:
    """Begin to collect."""
    _said.events = []
    _said.left = MAX_CHARS
    _said.process = os.getpid()


def take() -> list[Event]:
    """Return what was collected since the last time, and go on."""
    _flush()
    events, _said.events = _said.events or [], []
    return events


def end() -> list[Event]:
    """Return what was collected since the last time, and stop."""
    events = take()
    _said.events = None
    return events


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()


def tell(kind: str, *content: Any) -> None:
    """Add an event; its text is bounded.

    Parameters
    ----------
    kind
        ``stdout``, ``stderr``, ``warning``, ``log``, or ``cannot``: something that
        cannot be done outside of the test's own process.
    content
        Texts and numbers.
    """
    events = _said.events
    if events is None or _said.process != os.getpid():
        return
    if _said.left <= 0 or len(events) >= MAX_EVENTS:
        if not events or events[-1][0] != "cut":
            events.append(["cut"])
        return
    parts = [_bounded(part) for part in content]
    if kind in ("stdout", "stderr") and events and events[-1][0] == kind:
        events[-1][1] += parts[0]
    else:
        events.append([kind, *parts])


def _bounded(part: Any) -> Any:
    if not isinstance(part, str):
        return part
    text = messages.text(part[: max(_said.left, 0)])
    _said.left -= len(part)
    return text


# --- warnings ----------------------------------------------------------------------


@contextlib.contextmanager
def warnings_told(describe: Callable[[type], Any]) -> Iterator[None]:
    """Tell of all warnings, unless student code has them raised or catches them.

    Parameters
    ----------
    describe
        Returns the tree of a warning's class.
    """

    def show(message: Any, category: Any, *_: Any, **__: Any) -> None:
        tell("warning", describe(category), str(message))

    filters, shown = warnings.filters, warnings.showwarning
    ours = [each for each in filters if each[0] == "error"]
    ours.append(("always", None, Warning, None, 0))
    warnings.filters, warnings.showwarning = ours, show
    _mutated()
    try:
        yield
    finally:
        if warnings.filters is ours:
            warnings.filters = filters
        if warnings.showwarning is show:
            warnings.showwarning = shown
        _mutated()


def _mutated() -> None:
    with contextlib.suppress(AttributeError):
        warnings._filters_mutated()  # type: ignore[attr-defined] # noqa: SLF001


# --- logging -----------------------------------------------------------------------

_call_handlers = logging.Logger.callHandlers


def _tell_and_call(logger: logging.Logger, record: logging.LogRecord) -> None:
    if _said.events is not None:
        with contextlib.suppress(Exception):
            tell("log", record.name, int(record.levelno), record.getMessage())
    _call_handlers(logger, record)


def listen() -> None:
    """Have log records told, too."""
    logging.Logger.callHandlers = _tell_and_call  # type: ignore[assignment, method-assign]


__all__ = ["begin", "end", "listen", "take", "tell", "warnings_told"]
