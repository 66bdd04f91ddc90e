"""Messages about limits: to the student, to the instructor, and in the notebook. Pure.

Each limit has one sentence for the student, who can change the code, and one for the
instructor, who can raise the limit: it gives the limit and its value. A new limit needs
an entry in `_MESSAGES`, and nothing else in this module.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from grader.execution.limits import Limits


@dataclass(frozen=True, slots=True)
class _Message:
    """The messages about one limit, and how to recognise it.

    Attributes
    ----------
    student : str
        For the student; ``{:g}`` stands for the limit's value.
    instructor : str
        For the instructor: continues a sentence that begins with the cell's name.
    raised : pattern or None
        Matches ``Name: text`` of the exceptions that Python raises at this limit.
    """

    student: str
    instructor: str
    raised: re.Pattern[str] | None = None


CALL_LATE_TO_STUDENT = "a call of your code ran longer than its time limit"

_MESSAGES = {
    "cell_seconds": _Message(
        "your answer ran longer than the {:g} s that a cell may take",
        "ran into its time limit, {:g} s",
    ),
    "total_seconds": _Message(
        "the {:g} s that your whole notebook may take were used up",
        "came after the time of the submission, {:g} s, was used up",
    ),
    "call_seconds": _Message(
        CALL_LATE_TO_STUDENT,
        "waited longer than {:g} s for a call of the student's code",
    ),
    "memory_mb": _Message(
        "your answer used more than the {:g} MiB of memory that it may use",
        "ran out of memory, {:g} MiB",
        re.compile(r"_?\w*MemoryError\b|ResourceExhaustedError\b"),
    ),
    "disk_mb": _Message(
        "your answer wrote more than the {:g} MiB of files that it may write",
        "filled its disk, {:g} MiB",
        re.compile(r"OSError: \[Errno (28|27)\]"),
    ),
    "files": _Message(
        "your answer had more files open than the {:g} that it may open",
        "ran out of open files, {:g}",
        re.compile(r"OSError: \[Errno 24\]"),
    ),
    "processes": _Message(
        "your answer started more than the {:g} processes and threads that it may "
        "start",
        "ran out of processes and threads, {:g}",
        re.compile(
            r"BlockingIOError: \[Errno 11\]|RuntimeError: can't start new thread"
        ),
    ),
    "output_kb": _Message(
        "your answer was stopped because it printed more than ten times the {:g} KiB "
        "that are kept",
        "was stopped because it printed more than ten times {:g} KiB",
    ),
}

# --- to the student, where the limit is not known --------------------------------

ANSWER_LATE = "your answer ran longer than its time limit"
ANSWER_ENDED_KERNEL = "your answer ended the kernel"
CODE_ENDED_KERNEL = (
    "your code ended the kernel, or returned something to a test that cannot be read"
)
GRADER_FAILED = (
    "the grader failed here; it is not your fault, and your instructor will see it"
)

# --- to the instructor, about a test or a cell ------------------------------------

TEST_LATE = "the test ran longer than its time limit"
CALL_LATE = "a call of the student's code ran longer than its time limit"
KERNEL_ENDED_IN_CALL = "the kernel ended during a call of the student's code"
ANSWER_TOO_LARGE = "a call of the student's code returned more than fits into memory"
ENDED_KERNEL = "ended the kernel"
NO_KERNEL_LEFT = "came after the kernel had been lost too often to be started again"


def limit_of(ended: str, error: str, ran_out_of: Collection[str] = ()) -> str:
    """Return the name of the limit that a cell ran into; empty if it met none.

    Parameters
    ----------
    ended, error
        As in :class:`grader.execution.kernel.client.CellExecution`.
    ran_out_of
        ``memory`` or ``pids`` if the kernel's control group has refused more of it; or
        the names of the limits that the jail as a whole has exceeded.
    """
    if ended == "timeout":
        return "cell_seconds"
    if ended == "flooded":
        return "output_kb"
    if ended == "died" and "memory" in ran_out_of:
        return "memory_mb"
    if ended == "died" and (names := sorted(_MESSAGES.keys() & set(ran_out_of))):
        return names[0]
    patterns = ((name, message.raised) for name, message in _MESSAGES.items())
    return next(
        (name for name, raised in patterns if raised and raised.match(error)), ""
    )


def to_student(limit: str, limits: Limits) -> str:
    """Return the message for the student whose answer ran into a limit.

    Parameters
    ----------
    limit
        The name of the limit, as :func:`limit_of` returns it.
    limits
        The limits that were in force.

    Returns
    -------
    str
        Empty if `limit` is.
    """
    return _MESSAGES[limit].student.format(getattr(limits, limit)) if limit else ""


def to_instructor(limit: str, limits: Limits) -> str:
    """Return the message for the instructor, without its first words: the cell's name.

    Parameters
    ----------
    limit, limits
        As for :func:`to_student`.

    Returns
    -------
    str
        Empty if `limit` is.
    """
    return _MESSAGES[limit].instructor.format(getattr(limits, limit)) if limit else ""


def time_is_up(limits: Limits) -> str:
    """Return the message for the instructor when a submission's time is used up."""
    return f"the time of the submission, {limits.total_seconds:g} s, is used up"


class Cut(NamedTuple):
    """The messages about output that was cut.

    ``instructor`` continues a sentence that begins with the cell's name.
    """

    student: str
    instructor: str


def cut(limits: Limits) -> Cut:
    """Return the messages about output that was cut."""
    kept = f"{limits.output_kb:g} KiB"
    return Cut(
        f"the output of your answer was cut after {kept}; that costs no points",
        f"printed more than {kept}; the rest was cut",
    )


def cut_here(kept: int) -> str:
    """Return the note that replaces output beyond `kept` bytes in the notebook."""
    return f"[output cut here: more than {kept // 1024} KiB]"


__all__ = [
    "ANSWER_ENDED_KERNEL",
    "ANSWER_LATE",
    "ANSWER_TOO_LARGE",
    "CALL_LATE",
    "CALL_LATE_TO_STUDENT",
    "CODE_ENDED_KERNEL",
    "ENDED_KERNEL",
    "GRADER_FAILED",
    "KERNEL_ENDED_IN_CALL",
    "NO_KERNEL_LEFT",
    "TEST_LATE",
    "Cut",
    "cut",
    "cut_here",
    "limit_of",
    "time_is_up",
    "to_instructor",
    "to_student",
]
