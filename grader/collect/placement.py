"""Describe the files of a download, and where each belongs in the class.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grader.classroom.folder import SubmissionKey
from grader.classroom.upload_names import Upload
from grader.collect.owners import Owner

if TYPE_CHECKING:
    from grader.collect.archives import Parts


@dataclass(frozen=True, slots=True)
class OwnedFile:
    """A file of the download, and its owner.

    Attributes
    ----------
    parts : Parts
        Its path in the download.
    content : Path or None
        Where its bytes are stored, None if they were not read.
    owner : Owner
        Who submitted it.
    time : datetime or None
        When it was submitted; None if that is not known.
    refused : str
        Why it is refused, "" if it is not.
    archives : tuple of int
        The indexes of the parts that are archives.
    disguised : bool
        Whether it is a notebook, though its name does not end with ``.ipynb``.
    """

    parts: Parts
    content: Path | None
    owner: Owner
    time: datetime | None = None
    refused: str = ""
    archives: tuple[int, ...] = ()
    disguised: bool = False

    @property
    def name(self) -> str:
        """The name that the student gave it, as far as it is known."""
        claim = self.owner.claim
        return (claim and claim.label.file) or self.parts[-1]

    @property
    def shown(self) -> str:
        """Its path in the download, for messages."""
        return "/".join(self.parts)

    @property
    def marked_late(self) -> bool:
        """Whether the LMS marks it as late."""
        return bool(self.owner.claim and self.owner.claim.label.late)

    @property
    def upload(self) -> Upload:
        """What it is called in the download."""
        claim = self.owner.claim
        if claim is None or claim.level < 0:
            return Upload(self.shown)
        name = self.parts[claim.level]
        return Upload(self.shown, claim.scheme.system, name, claim.label.late)

    @property
    def attempt(self) -> int:
        """The number of the submission, 0 if the LMS does not count them."""
        return self.owner.claim.label.attempt if self.owner.claim else 0

    @property
    def assignment(self) -> str:
        """The assignment as the LMS calls it, "" if it does not say."""
        return self.owner.claim.label.assignment if self.owner.claim else ""

    @property
    def is_notebook(self) -> bool:
        return self.name.lower().endswith(".ipynb") and not self.refused


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file and where it is stored: ``submitted/STUDENT/ASSIGNMENT/TARGET``.

    Attributes
    ----------
    file : OwnedFile
        The file.
    student, assignment, target : str
        Where it is stored.
    notebook : bool
        Whether it is a notebook of the course.
    sure : bool
        Whether its name or cells show that it belongs to the assignment; if not, only
        the caller says so.
    number : int
        The number in ``lab (2).ipynb``: a higher one was saved later.
    repairs : tuple of str
        How its name was corrected.
    """

    file: OwnedFile
    student: str
    assignment: str
    target: str
    notebook: bool
    sure: bool = True
    number: int = 0
    repairs: tuple[str, ...] = ()

    @property
    def key(self) -> SubmissionKey:
        """The submission that the file belongs to."""
        return SubmissionKey(self.student, self.assignment)


@dataclass(frozen=True, slots=True)
class UnplacedFile:
    """A file without a known owner or assignment, and the reason.

    Attributes
    ----------
    file : OwnedFile
        The file.
    why : str
        The reason.
    refused : bool
        Whether the file cannot be used at all.
    student : str
        Whose it is, "" if that is not known.
    """

    file: OwnedFile
    why: str
    refused: bool = False
    student: str = ""


@dataclass(frozen=True, slots=True)
class UploadWithoutNotebook:
    """A submission that cannot be graded, because it has no notebook.

    Attributes
    ----------
    student, assignment : str
        Whose it is, and for which assignment.
    why : str
        What was submitted instead.
    time : datetime or None
        When it was submitted; None if that is not known.
    late : bool
        Whether the LMS marks it as late.
    upload : Upload
        What it is called in the download.
    """

    student: str
    assignment: str
    why: str
    time: datetime | None
    late: bool
    upload: Upload

    @property
    def key(self) -> SubmissionKey:
        """The submission's student and assignment."""
        return SubmissionKey(self.student, self.assignment)


@dataclass(frozen=True, slots=True)
class SortedFiles:
    """Where each file of a download belongs.

    Attributes
    ----------
    placed : tuple of PlacedFile
        Files with a student and an assignment.
    unplaced : tuple of UnplacedFile
        Files without a known owner or assignment.
    without_notebook : tuple of UploadWithoutNotebook
        Submissions that cannot be graded.
    """

    placed: tuple[PlacedFile, ...]
    unplaced: tuple[UnplacedFile, ...]
    without_notebook: tuple[UploadWithoutNotebook, ...]


__all__ = [
    "OwnedFile",
    "PlacedFile",
    "SortedFiles",
    "UnplacedFile",
    "UploadWithoutNotebook",
]
