"""What is said about limits: to the student, to the instructor, in the notebook. Pure.

Each limit has one sentence for the student, who can change the code, and one for the
instructor, who can raise the limit: it names the limit and its value. A new limit
needs an entry in `_MESSAGES`, and nothing else in this module.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from grader.execution.limits import Limits


@dataclass(frozen=True, slots=True)
class _Message:
    """What is said of one limit.

    ``student`` and ``instructor`` may show the limit's value; the latter continues a
    sentence that begins with the cell's name. ``raised`` matches name and text of
    the exceptions with which code runs into this limit.
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
        "came when the time of the submission, {:g} s, was used up",
    ),
    "call_seconds": _Message(
        CALL_LATE_TO_STUDENT,
        "waited longer than {:g} s for a call of the student's code",
    ),
    "memory_mb": _Message(
        "your answer used more than the {:g} MiB of memory that it may",
        "ran out of memory, {:g} MiB",
        re.compile(r"_?\w*MemoryError\b|ResourceExhaustedError\b"),
    ),
    "disk_mb": _Message(
        "your answer wrote more than the {:g} MiB of files that it may",
        "filled its disk, {:g} MiB",
        re.compile(r"OSError: \[Errno (28|27)\]"),
    ),
    "files": _Message(
        "your answer held more files open than the {:g} that it may",
        "ran out of open files, {:g}",
        re.compile(r"OSError: \[Errno 24\]"),
    ),
    "processes": _Message(
        "your answer started more than the {:g} processes and threads that it may",
        "ran out of processes and threads, {:g}",
        re.compile(
            r"BlockingIOError: \[Errno 11\]|RuntimeError: can't start new thread"
        ),
    ),
    "output_kb": _Message(
        "your answer was stopped because it printed more than ten times the {:g} KiB "
        "that are kept",
        "printed far too much, ten times {:g} KiB",
    ),
}

# --- to the student, where it is not known which limit it was --------------------

ANSWER_LATE = "your answer ran longer than its time limit"
ANSWER_ENDED_KERNEL = "your answer ended the kernel"
CODE_ENDED_KERNEL = (
    "your code ended the kernel, or answered a test with something unreadable"
)
GRADER_FAILED = "the grader failed here, not you; your instructor sees it"

# --- to the instructor, of a test or a cell ---------------------------------------

TEST_LATE = "a test did not come to its end in time"
CALL_LATE = "a call took too long"
KERNEL_ENDED_IN_CALL = "the kernel ended during a call"
ANSWER_TOO_LARGE = "an answer for which there is no memory"
ENDED_KERNEL = "ended the kernel"
NO_KERNEL_LEFT = "came after the kernel had ended for good"


def limit_of(ended: str, error: str, ran_out_of: Collection[str] = ()) -> str:
    """Return the name of the limit that a cell ran into; empty if into none.

    Parameters
    ----------
    ended, error
        As in :class:`grader.execution.kernel.client.Ran`.
    ran_out_of
        What the kernel's control group refused: memory, pids.
    """
    if ended == "timeout":
        return "cell_seconds"
    if ended == "flooded":
        return "output_kb"
    if ended == "died" and "memory" in ran_out_of:
        return "memory_mb"
    raised = ((name, said.raised) for name, said in _MESSAGES.items())
    return next((name for name, text in raised if text and text.match(error)), "")


def to_student(limit: str, limits: Limits) -> str:
    """Return the sentence for whoever wrote the answer; empty for no limit.

    Parameters
    ----------
    limit
        A limit by its name, as :func:`limit_of` returns it.
    limits
        The limits that were in force.
    """
    return _MESSAGES[limit].student.format(getattr(limits, limit)) if limit else ""


def to_instructor(limit: str, limits: Limits) -> str:
    """Return how a sentence goes on that begins with the cell's name.

    Its parameters are those of :func:`to_student`; empty for no limit.
    """
    return _MESSAGES[limit].instructor.format(getattr(limits, limit)) if limit else ""


def time_is_up(limits: Limits) -> str:
    """Return what the instructor is told once when a submission's time is used up."""
    return f"the time of the submission, {limits.total_seconds:g} s, is up"


class Cut(NamedTuple):
    """What is said of output that was cut: to the student, and of the cell."""

    student: str
    instructor: str


def cut(limits: Limits) -> Cut:
    """Return what is said of output that was cut."""
    kept = f"{limits.output_kb:g} KiB"
    return Cut(
        f"the output of your answer was cut after {kept}; its points are not touched",
        f"printed more than {kept}; the rest was cut",
    )


def cut_here(kept: int) -> str:
    """Return what stands in the notebook in place of output beyond `kept` bytes."""
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
