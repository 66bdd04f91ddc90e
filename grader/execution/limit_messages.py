"""Which limit code ran into, and what to say of it to whom. Pure.

Each limit has one sentence for the student, who can mend the code, and one for the
instructor, who can raise the limit: it names the limit and its value.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from grader.execution.limits import Limits

# How an exception that came up to the top tells it: its name and text, by limit.
_ERRORS = {
    "memory_mb": re.compile(r"_?\w*MemoryError\b|ResourceExhaustedError\b"),
    "disk_mb": re.compile(r"OSError: \[Errno (28|27)\]"),
    "files": re.compile(r"OSError: \[Errno 24\]"),
    "processes": re.compile(
        r"BlockingIOError: \[Errno 11\]|RuntimeError: can't start new thread"
    ),
}
_STUDENT = {
    "cell_seconds": "your answer ran longer than the {:g} s that a cell may take",
    "total_seconds": "the {:g} s that your whole notebook may take were used up",
    "memory_mb": "your answer used more than the {:g} MiB of memory that it may",
    "disk_mb": "your answer wrote more than the {:g} MiB of files that it may",
    "files": "your answer held more files open than the {:g} that it may",
    "processes": "your answer started more than the {:g} processes and threads "
    "that it may",
    "output_kb": "your answer was stopped because it printed more than ten times "
    "the {:g} KiB that are kept",
}
_INSTRUCTOR = {
    "cell_seconds": "ran into its time limit, {:g} s",
    "total_seconds": "came when the time of the hand-in, {:g} s, was used up",
    "memory_mb": "ran out of memory, {:g} MiB",
    "disk_mb": "filled its disk, {:g} MiB",
    "files": "ran out of open files, {:g}",
    "processes": "ran out of processes and threads, {:g}",
    "output_kb": "printed far too much, ten times {:g} KiB",
}


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
    return next((name for name, said in _ERRORS.items() if said.match(error)), "")


def to_student(limit: str, limits: Limits) -> str:
    """Return the sentence for whoever wrote the answer; empty for no limit."""
    return _STUDENT[limit].format(getattr(limits, limit)) if limit else ""


def to_instructor(limit: str, limits: Limits) -> str:
    """Return how the sentence goes on that begins with the cell's name."""
    return _INSTRUCTOR[limit].format(getattr(limits, limit)) if limit else ""


def cut(limits: Limits) -> tuple[str, str]:
    """Return what is said of output that was cut: to the student, of the cell."""
    kept = f"{limits.output_kb:g} KiB"
    return (
        f"the output of your answer was cut after {kept}; its points are not touched",
        f"printed more than {kept}; the rest was cut",
    )


__all__ = ["cut", "limit_of", "to_instructor", "to_student"]
