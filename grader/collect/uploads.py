"""Sort the files of each owner into submissions: which file is which notebook.

Pure. The files that came together from one student are one upload. Its notebooks
are named as the course names them; other files go with the notebook they lie
nearest to. An upload without any notebook is a submission that cannot be graded,
not one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from grader.classroom.folder import SubmissionKey
from grader.collect.catalogue import Catalogue, Place
from grader.collect.owners import Owner
from grader.notebooks.file_names import without_copy_marks

if TYPE_CHECKING:
    from grader.collect.archives import Parts

RESERVED = {"timestamp.txt", "refused.txt"}
"""Files whose content only we may decide; see :mod:`grader.submissions.read`."""

_LONGEST_NAME = 180
_LONGEST_SUFFIX = 20
_DEEPEST = 8
_KINDS = {
    ".py": "a Python file, not a notebook; in Colab or Jupyter, download the .ipynb",
    ".pdf": "a PDF file, not a notebook; submit the .ipynb file",
    ".html": "a web page or a link, not a notebook; submit the .ipynb file",
    ".docx": "a Word document, not a notebook; submit the .ipynb file",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file that arrived, and whose it is. ``refused`` says why it is not taken."""

    parts: Parts
    content: Path | None
    owner: Owner
    time: datetime | None = None
    refused: str = ""
    archives: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """What the student called it, as far as that is known."""
        claim = self.owner.claim
        last = self.owner.level == len(self.parts) - 1
        return (claim and last and claim.label.file) or self.parts[-1]

    @property
    def shown(self) -> str:
        """Its path in the download."""
        return "/".join(self.parts)

    @property
    def is_notebook(self) -> bool:
        return self.name.lower().endswith(".ipynb") and not self.refused


@dataclass(frozen=True, slots=True)
class Piece:
    """A file with its place: ``submitted/STUDENT/ASSIGNMENT/TARGET``.

    ``sure`` is False where only the caller says that it belongs there; ``number``
    is that of ``lab (2).ipynb``, higher for what was saved later.
    """

    file: File
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
class Loose:
    """A file without a place, and why; ``refused`` if it is not usable at all."""

    file: File
    why: str
    refused: bool = False
    student: str = ""


@dataclass(frozen=True, slots=True)
class Unusable:
    """An upload without a notebook: a submission that cannot be graded, and why."""

    student: str
    assignment: str
    why: str
    time: datetime | None
    late: bool
    shown: str

    @property
    def key(self) -> SubmissionKey:
        """The submission that this is."""
        return SubmissionKey(self.student, self.assignment)


@dataclass(frozen=True, slots=True)
class Sorted:
    """All that was decided about the files of a download."""

    pieces: tuple[Piece, ...]
    loose: tuple[Loose, ...]
    unusable: tuple[Unusable, ...]


Cells = Callable[[File], frozenset[str]]


def sort(
    files: Sequence[File], course: Catalogue, cells: Cells, assignment: str | None
) -> Sorted:
    """Give each file its place.

    Parameters
    ----------
    files
        Everything that arrived.
    course
        What may be submitted.
    cells
        Returns the grade_ids in a notebook.
    assignment
        What the caller says all of it is for, or None.
    """
    pieces: list[Piece] = []
    loose = [_nobodys(file) for file in files if not file.owner.people]
    unusable: list[Unusable] = []
    for source, together in _uploads(files).items():
        upload = _Upload(source.student, together, course, cells, assignment)
        upload.sort()
        pieces += upload.pieces
        loose += upload.loose
        unusable += upload.unusable
    return Sorted(tuple(pieces), tuple(loose), tuple(unusable))


def _nobodys(file: File) -> Loose:
    if file.refused:
        return Loose(file, file.refused, refused=True)
    return Loose(file, file.owner.why)


class _Source(NamedTuple):
    """Where the files of one student came from."""

    folder: Parts
    student: str


def _uploads(files: Sequence[File]) -> dict[_Source, list[File]]:
    """Return the files that came together: of one student, from one folder."""
    found: dict[_Source, list[File]] = {}
    for file in files:
        for person in file.owner.people:
            key = _Source(file.parts[: max(file.owner.level, 0)], person.id)
            found.setdefault(key, []).append(file)
    return found


class _Upload:
    """One student's files, as they are sorted."""

    def __init__(
        self,
        student: str,
        files: list[File],
        course: Catalogue,
        cells: Cells,
        assignment: str | None,
    ) -> None:
        self._student = student
        self._files = files
        self._course = course
        self._cells = cells
        self._assignment = assignment
        self.pieces: list[Piece] = []
        self.loose: list[Loose] = []
        self.unusable: list[Unusable] = []

    def sort(self) -> None:
        """Fill the lists."""
        for file in self._files:
            if file.is_notebook:
                self._notebook(file)
        homes = list(self.pieces)
        if not homes:
            self._without_notebook()
            return
        for file in self._files:
            if not file.is_notebook:
                self._other(file, homes)

    def _notebook(self, file: File) -> None:
        folders = file.parts[:-1] if file.name == file.parts[-1] else file.parts
        place = self._course.place(
            file.name, folders, lambda: self._cells(file), self._assignment
        )
        if place.assignment:
            self.pieces.append(self._placed(file, place))
        else:
            self.loose.append(Loose(file, place.why, student=self._student))

    def _placed(self, file: File, place: Place) -> Piece:
        target = f"{place.notebook}.ipynb"
        stem = file.name.rpartition(".")[0]
        repairs = [f"{file.name} is taken as {target}"] if file.name != target else []
        if place.why:
            repairs.append(f"{file.name}: {place.why}")
        return Piece(
            file,
            self._student,
            place.assignment,
            target,
            notebook=True,
            sure=place.sure,
            number=without_copy_marks(stem)[1] if stem != place.notebook else 0,
            repairs=tuple(repairs),
        )

    def _other(self, file: File, homes: Sequence[Piece]) -> None:
        """Put a file that is no notebook beside the notebooks it lies nearest to."""
        if file.refused:
            self.loose.append(Loose(file, file.refused, True, self._student))
            return
        for home in _nearest(file, homes):
            if target := _beside(file, home):
                self._add(file, home.assignment, target)

    def _add(self, file: File, assignment: str, target: str) -> None:
        if target.lower().endswith(".ipynb"):
            target += ".refused"  # or it would be graded
        if file.content is not None:
            piece = Piece(file, self._student, assignment, target, notebook=False)
            self.pieces.append(piece)

    def _guess(self, file: File) -> str:
        return self._course.place_other(file.name, file.parts[:-1], self._assignment)

    def _without_notebook(self) -> None:
        """Keep the files of an upload without a notebook, which is graded as such."""
        if any(loose.file.is_notebook for loose in self.loose):
            why = "it came with a notebook whose assignment is not known"
            self.loose += [
                Loose(file, file.refused or why, bool(file.refused), self._student)
                for file in self._files
                if not file.is_notebook
            ]
            return
        known = {self._guess(file) for file in self._files} - {""}
        for file in self._files:
            assignment = self._guess(file) or (min(known) if len(known) == 1 else "")
            if assignment:
                self._instead(file, assignment)
            else:
                why = file.refused or f"cannot tell the assignment: {_instead_of(file)}"
                self.loose.append(Loose(file, why, True, self._student))

    def _instead(self, file: File, assignment: str) -> None:
        why = f"{file.name}: {file.refused or _instead_of(file)}"
        late = bool(file.owner.claim and file.owner.claim.label.late)
        self.unusable.append(
            Unusable(self._student, assignment, why, file.time, late, file.shown)
        )
        if target := _beside(file, None):
            self._add(file, assignment, target)


def _instead_of(file: File) -> str:
    suffix = PurePosixPath(file.name).suffix.lower()
    kind = f"a {suffix} file" if suffix else "a file without an ending"
    return _KINDS.get(suffix, f"{kind}, not a notebook; submit the .ipynb file")


def _nearest(file: File, homes: Sequence[Piece]) -> list[Piece]:
    """Return the notebooks with the longest path in common, one per assignment."""
    shared = {home: _common(file.parts, home.file.parts) for home in homes}
    most = max(shared.values(), default=0)
    near = {home.assignment: home for home in homes if shared[home] == most}
    return list(near.values())


def _common(one: Parts, other: Parts) -> int:
    pairs = zip(one[:-1], other[:-1], strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)) - 1
    )


def _beside(file: File, home: Piece | None) -> str:
    """Return a file's path as seen from the notebook, or "" if it may not be kept."""
    start = file.owner.level + 1
    if home is not None:
        folder = home.file.parts[:-1]
        if file.parts[: len(folder)] == folder and len(folder) >= start:
            start = len(folder)
    inner = file.parts[start:-1][-_DEEPEST:]
    parts = [_fitting(part) for part in (*inner, file.name)]
    return "" if parts[0].lower() in RESERVED else "/".join(parts)


def _fitting(name: str) -> str:
    """Return a name that can be one part of a path and is not hidden."""
    path = PurePosixPath(re.sub(r"[/\\\0]", "_", name))
    suffix = path.suffix if len(path.suffix) < _LONGEST_SUFFIX else ""
    stem = path.name.removesuffix(suffix).encode("utf-8", "replace")[:_LONGEST_NAME]
    return (
        ("_" if name.startswith(".") else "") + stem.decode("utf-8", "ignore") + suffix
    )


def kept_at(file: File, digest: str) -> str:
    """Return where a file without a place is kept, below ``unmatched/``.

    The digest is part of the name, so that nothing is overwritten and nothing is
    kept twice.

    Parameters
    ----------
    file
        The file.
    digest
        The SHA-256 of its content.
    """
    *folders, name = (_fitting(part) for part in file.parts[-_DEEPEST:])
    path = PurePosixPath(name)
    return "/".join([*folders, f"{path.stem}.{digest[:8]}{path.suffix}"])


__all__ = [
    "RESERVED",
    "Cells",
    "File",
    "Loose",
    "Piece",
    "Sorted",
    "Unusable",
    "kept_at",
    "sort",
]
