"""The content of an export file, and what is missing in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.classroom.grades import Grade


@dataclass(frozen=True, slots=True)
class Export:
    """The content of an export file, and what is missing in it.

    Attributes
    ----------
    text : str
        The text of the file.
    left_out : tuple of str
        The students who are not in it, each with the reason.
    waiting : tuple of str
        The students whose score is not final.
    path : Path or None
        The file that was written, if one was.
    """

    text: str
    left_out: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    path: Path | None = None


def who(grade: Grade) -> str:
    """Return the words for a student and an assignment in a message."""
    return f"{grade.person.id} ({grade.assignment})"


__all__ = ["Export", "who"]
