"""What a student submitted, and the answers found in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Submission:
    """One notebook as a student submitted it: bytes that are not trusted yet.

    Attributes
    ----------
    student, assignment : str
        The student's id, and the assignment's name.
    content : bytes
        The file as it was submitted.
    submitted : str or None
        An ISO 8601 time with zone; None where it is not known.
    files : tuple of (str, bytes)
        The files that were submitted with it, which are copied into the kernel's work
        folder: path and content.
    left_out : tuple of str
        The other files that were submitted with it, and why they cannot be used.
    repairs : tuple of str
        What was corrected to use the file as a notebook, such as its name.
    """

    student: str
    assignment: str
    content: bytes
    submitted: str | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    left_out: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A student's answer in one answer cell, and how it was found.

    Attributes
    ----------
    grade_id : str
        The grade_id of the answer cell.
    source : str
        The source of the answer.
    found : str
        How its cell was recognised; ``grade_id`` if nothing had to be repaired.
    """

    grade_id: str
    source: str
    found: str
