"""Flags: what an instructor should know about a submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

FlagKind = Literal[
    "grader_fault",  # the grader failed, and the student is not to blame
    "unreadable",  # nothing could be graded: no file, or none that can be read
    "repair",  # a damaged submission: a person should look at what was recovered
    "release",  # the submission comes from another release of the assignment
    "limit",  # code ran into a limit
    "crash",  # code ended its kernel
    "error",  # the code of an answer raised an error
    "files",  # a file beside the notebook could not be used
    "code",  # code that an instructor may want to read
    "course",  # the course: a test that its own solution fails, or that cannot run
    "witness",  # examiner and kernel disagree about a test
    "other",  # written by a version of the grader that had no kinds
]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a submission that the instructor should know.

    A flag never changes a score. ``text`` is complete without ``kind``.
    """

    kind: FlagKind
    text: str

    @classmethod
    def grader_fault(cls, reason: str) -> Flag:
        """Return the flag for a submission that the grader failed to grade."""
        return cls("grader_fault", f"the grader failed, not the student: {reason}")

    @classmethod
    def from_json(cls, raw: dict[str, Any] | str) -> Flag:
        """Return a flag read from ``results.jsonl``; older files hold only its text."""
        if isinstance(raw, dict):
            return cls(**raw)
        for prefix in ("our fault, not the student's: ", "our fault: "):
            if raw.startswith(prefix):
                return cls.grader_fault(raw.removeprefix(prefix))
        return cls("other", raw)
