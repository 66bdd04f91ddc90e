"""Sort each student's files into submissions, and name them as the course does.

Pure. The files that one student submitted together are one upload. Notebooks get the
course's names; other files go with the nearest notebook. An upload without a notebook
is a submission that cannot be graded, not a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from grader.collect.catalogue import Catalogue, NotebookMatch
from grader.collect.placement import (
    OwnedFile,
    PlacedFile,
    SortedFiles,
    UnplacedFile,
    UploadWithoutNotebook,
)
from grader.notebooks.file_names import (
    notebook_name,
    says_notebook,
    taken_as,
    without_copy_marks,
)

if TYPE_CHECKING:
    from grader.collect.archives import Parts

RESERVED = {"timestamp.txt", "refused.txt"}
"""Names of files that only the grader writes; see :mod:`grader.submissions.read`."""

_MAX_NAME_BYTES = 180
_MAX_SUFFIX = 20
_MAX_DEPTH = 8
_REASONS = {
    ".py": "a Python file, not a notebook; in Colab or Jupyter, download the .ipynb",
    ".pdf": "a PDF file, not a notebook; submit the .ipynb file",
    ".html": "a web page or a link, not a notebook; submit the .ipynb file",
    ".docx": "a Word document, not a notebook; submit the .ipynb file",
}


ReadGradeIds = Callable[[OwnedFile], frozenset[str]]
"""Returns the grade_ids of the cells in a submitted notebook."""


def sort_files(
    files: Sequence[OwnedFile],
    course: Catalogue,
    grade_ids: ReadGradeIds,
    assignment: str | None,
) -> SortedFiles:
    """Decide where each file of a download belongs.

    Parameters
    ----------
    files
        All files of the download.
    course
        The notebooks that can be submitted.
    grade_ids
        Returns the grade_ids in a notebook.
    assignment
        The assignment that all files are for; None reads it from the files.
    """
    placed: list[PlacedFile] = []
    unplaced = [_without_owner(file) for file in files if not file.owner.people]
    without_notebook: list[UploadWithoutNotebook] = []
    for source, upload_files in _uploads(files).items():
        upload = _UploadSorter(
            source.student, upload_files, course, grade_ids, assignment
        )
        upload.sort()
        placed += upload.placed
        unplaced += upload.unplaced
        without_notebook += upload.without_notebook
    return SortedFiles(tuple(placed), tuple(unplaced), tuple(without_notebook))


def _without_owner(file: OwnedFile) -> UnplacedFile:
    if file.refused:
        return UnplacedFile(file, file.refused, refused=True)
    return UnplacedFile(file, file.owner.why)


class _UploadKey(NamedTuple):
    """A student, and the folder of the download with their files."""

    folder: Parts
    student: str


def _uploads(files: Sequence[OwnedFile]) -> dict[_UploadKey, list[OwnedFile]]:
    """Group files into uploads: those of one student, from one folder."""
    uploads: dict[_UploadKey, list[OwnedFile]] = {}
    for file in files:
        for person in file.owner.people:
            key = _UploadKey(file.parts[: max(file.owner.level, 0)], person.id)
            uploads.setdefault(key, []).append(file)
    return uploads


class _UploadSorter:
    """Sorts the files of one upload into three lists."""

    def __init__(
        self,
        student: str,
        files: list[OwnedFile],
        course: Catalogue,
        grade_ids: ReadGradeIds,
        assignment: str | None,
    ) -> None:
        self._student = student
        self._files = files
        self._course = course
        self._grade_ids = grade_ids
        self._assignment = assignment
        self.placed: list[PlacedFile] = []
        self.unplaced: list[UnplacedFile] = []
        self.without_notebook: list[UploadWithoutNotebook] = []

    def sort(self) -> None:
        """Fill the lists ``placed``, ``unplaced`` and ``without_notebook``."""
        own = [file for file in self._files if self._is_notebook(file)]
        for file in own:
            self._sort_notebook(file)
        notebooks = list(self.placed)
        if not notebooks:
            self._sort_without_notebook()
            return
        for file in self._files:
            if file not in own:
                self._sort_other(file, notebooks)

    def _is_notebook(self, file: OwnedFile) -> bool:
        """Say whether a file is a notebook, by its name or at least by its content.

        A file that is called ``notes.json`` is one only if the upload has no other:
        beside notebooks it may be data.
        """
        if file.is_notebook or not file.disguised:
            return file.is_notebook
        return says_notebook(file.name) or not any(
            other.is_notebook or (other.disguised and says_notebook(other.name))
            for other in self._files
        )

    def _sort_notebook(self, file: OwnedFile) -> None:
        folders = file.parts[:-1] if file.name == file.parts[-1] else file.parts
        match = self._course.match_notebook(
            _name_of_notebook(file),
            folders,
            lambda: self._grade_ids(file),
            self._assignment or self._claimed_assignment(file),
        )
        if match.assignment:
            self.placed.append(self._place_notebook(file, match))
        else:
            self.unplaced.append(UnplacedFile(file, match.why, student=self._student))

    def _place_notebook(self, file: OwnedFile, match: NotebookMatch) -> PlacedFile:
        target = f"{match.notebook}.ipynb"
        stem = _name_of_notebook(file).rpartition(".")[0]
        repairs = [_repair(file, target)] if file.name != target else []
        if match.why:
            repairs.append(f"{file.name}: {match.why}")
        return PlacedFile(
            file,
            self._student,
            match.assignment,
            target,
            notebook=True,
            sure=match.sure,
            number=without_copy_marks(stem)[1] if stem != match.notebook else 0,
            repairs=tuple(repairs),
        )

    def _claimed_assignment(self, file: OwnedFile) -> str | None:
        """Return the assignment that the LMS names, if the course has one like that."""
        return self._course.assignment_called(file.assignment)

    def _sort_other(self, file: OwnedFile, notebooks: Sequence[PlacedFile]) -> None:
        """Place a file that is not a notebook beside the notebooks nearest to it."""
        if file.refused:
            self.unplaced.append(UnplacedFile(file, file.refused, True, self._student))
            return
        for notebook in _nearest(file, notebooks):
            if target := _path_beside(file, notebook):
                self._add(file, notebook.assignment, target)

    def _add(self, file: OwnedFile, assignment: str, target: str) -> None:
        if target.lower().endswith(".ipynb"):
            target += ".refused"  # it must not be graded
        if file.content is not None:
            self.placed.append(
                PlacedFile(file, self._student, assignment, target, notebook=False)
            )

    def _guess_assignment(self, file: OwnedFile) -> str:
        return self._course.assignment_of_other_file(
            file.name,
            file.parts[:-1],
            self._assignment or self._claimed_assignment(file),
        )

    def _sort_without_notebook(self) -> None:
        """Record an upload without a notebook as a submission that cannot be graded."""
        if self.unplaced:  # so far only notebooks
            why = "it was submitted with a notebook whose assignment is not known"
            self.unplaced += [
                UnplacedFile(
                    file, file.refused or why, bool(file.refused), self._student
                )
                for file in self._files
                if not self._is_notebook(file)
            ]
            return
        guesses = {self._guess_assignment(file) for file in self._files} - {""}
        for file in self._files:
            assignment = self._guess_assignment(file) or (
                min(guesses) if len(guesses) == 1 else ""
            )
            if assignment:
                self._record_instead(file, assignment)
            else:
                why = file.refused or f"cannot tell the assignment: {_what_it_is(file)}"
                self.unplaced.append(UnplacedFile(file, why, True, self._student))

    def _record_instead(self, file: OwnedFile, assignment: str) -> None:
        why = f"{file.name}: {file.refused or _what_it_is(file)}"
        self.without_notebook.append(
            UploadWithoutNotebook(
                self._student,
                assignment,
                why,
                file.time,
                file.marked_late,
                file.upload,
            )
        )
        if target := _path_beside(file, None):
            self._add(file, assignment, target)


def _name_of_notebook(file: OwnedFile) -> str:
    return notebook_name(file.name) if file.disguised else file.name


def _repair(file: OwnedFile, target: str) -> str:
    if file.disguised:
        return taken_as(file.name, target)
    return f"{file.name} is taken as {target}"


def _what_it_is(file: OwnedFile) -> str:
    suffix = PurePosixPath(file.name).suffix.lower()
    kind = f"a {suffix} file" if suffix else "a file without a suffix"
    return _REASONS.get(suffix, f"{kind}, not a notebook; submit the .ipynb file")


def _nearest(file: OwnedFile, notebooks: Sequence[PlacedFile]) -> list[PlacedFile]:
    """Return the notebooks that share most folders with a file, one per assignment."""
    shared = [_shared_parts(file.parts, placed.file.parts) for placed in notebooks]
    most = max(shared, default=0)
    nearest = {
        placed.assignment: placed
        for placed, count in zip(notebooks, shared, strict=True)
        if count == most
    }
    return list(nearest.values())


def _shared_parts(one: Parts, other: Parts) -> int:
    """Count the outer folders that two files have in common."""
    pairs = zip(one[:-1], other[:-1], strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)) - 1
    )


def _path_beside(file: OwnedFile, notebook: PlacedFile | None) -> str:
    """Return a file's path relative to the notebook, "" if its name is reserved."""
    start = file.owner.level + 1
    if notebook is not None:
        folder = notebook.file.parts[:-1]
        if file.parts[: len(folder)] == folder and len(folder) >= start:
            start = len(folder)
    inner = file.parts[start:-1][-_MAX_DEPTH:]
    parts = [_safe_name(part) for part in (*inner, file.name)]
    return "" if parts[0].lower() in RESERVED else "/".join(parts)


def _safe_name(name: str) -> str:
    """Return `name` changed so that it can be one part of a path and is not hidden."""
    path = PurePosixPath(re.sub(r"[/\\\0]", "_", name))
    suffix = path.suffix if len(path.suffix) < _MAX_SUFFIX else ""
    stem = path.name.removesuffix(suffix).encode("utf-8", "replace")[:_MAX_NAME_BYTES]
    return (
        ("_" if name.startswith(".") else "") + stem.decode("utf-8", "ignore") + suffix
    )


def kept_at(file: OwnedFile, digest: str) -> str:
    """Return the path of an unplaced file below ``unmatched/``.

    The digest is part of the name, so that no file is overwritten or kept twice.

    Parameters
    ----------
    file
        The file.
    digest
        The SHA-256 of its content, in hexadecimal digits.
    """
    *folders, name = (_safe_name(part) for part in file.parts[-_MAX_DEPTH:])
    path = PurePosixPath(name)
    return "/".join([*folders, f"{path.stem}.{digest[:8]}{path.suffix}"])


__all__ = [
    "RESERVED",
    "ReadGradeIds",
    "kept_at",
    "sort_files",
]
