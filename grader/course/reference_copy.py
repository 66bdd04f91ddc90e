"""Find the released copy that a student's notebook was made from.

A student has no instructor's notebooks, and may have filled in the only copy there is.
The checksums that a release writes into a copy show whether it is unchanged.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.course import release
from grader.course.course import Course
from grader.course.imported import imports
from grader.course.nbgrader.config import VALIDATE
from grader.course.student_copies import FOLDERS
from grader.errors import CourseError, SubmissionError, UsageError
from grader.notebooks.cells import NotebookNode, grade_id_of, parse_notebook
from grader.notebooks.file_names import without_copy_marks
from grader.notebooks.questions import titled_tasks_of
from grader.notebooks.source import parse_source, require_python
from grader.records import Assignment
from grader.submissions.repair.notebook import readings

#: Limits for student copies, which name none; they leave time to train a network.
LIMITS = {"cell_seconds": 300.0, "total_seconds": 3600.0, "memory_mb": 4096.0}
_GIT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """An assignment with only the visible tests, and where it was found.

    Attributes
    ----------
    assignment : Assignment
        The assignment.
    where : str
        Where it was found, for messages.
    untouched : bool
        False if no released copy was found and the student's notebook itself is used;
        changes to it cannot be detected then.
    """

    assignment: Assignment
    where: str
    untouched: bool = True


def find(submitted: Path, content: bytes, root: Path) -> Reference:
    """Find the released copy that a student's notebook was made from.

    Parameters
    ----------
    submitted
        The path of the student's notebook.
    content
        Its bytes.
    root
        The folder of the course, with sources or only with student copies.

    Raises
    ------
    UsageError
        The notebook cannot be read, or does not belong to the course.
    """
    grade_ids = _grade_ids_in(submitted, content)
    candidates = list(_candidates(root))
    for candidate in candidates:
        if _has_name_of(candidate.name, submitted):
            return candidate.reference
    most_alike = max(
        candidates, key=lambda candidate: len(grade_ids & candidate.cells), default=None
    )
    if most_alike and grade_ids & most_alike.cells:
        return most_alike.reference
    if not grade_ids:
        names = sorted({candidate.name for candidate in candidates})
        raise UsageError(_unknown_notebook(submitted, root, names))
    return Reference(
        _as_assignment(content.decode(), submitted.stem), str(submitted), False
    )


def find_root(folder: Path) -> Path:
    """Return the nearest folder, at or above `folder`, that contains a course.

    A student's course has student copies but no sources. If there is no course, return
    `folder`: a notebook can be checked against itself.
    """
    start = folder.absolute()
    for root in (start, *start.parents):
        if any(_copies(root)) or Course.at(root):
            return root
    return start


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A notebook of the course: its name, its grade_ids, and its reference."""

    name: str
    cells: frozenset[str]
    reference: Reference


def _has_name_of(name: str, submitted: Path) -> bool:
    """Tell whether a file is called `name`, or is a copy of such a file."""
    return without_copy_marks(submitted.stem)[0].lower() == name.lower()


def _grade_ids_in(submitted: Path, content: bytes) -> frozenset[str]:
    try:
        notebooks = readings(content)
    except SubmissionError as error:
        raise UsageError(f"{submitted}: cannot be graded: {error}") from None
    return frozenset().union(*map(_grade_ids, notebooks))


def _grade_ids(cells: NotebookNode) -> frozenset[str]:
    return frozenset(filter(None, map(grade_id_of, cells.cells)))


def _candidates(root: Path) -> Iterator[_Candidate]:
    """Yield the notebooks of the course, those with sources first."""
    for reference in (*_from_sources(root), *_from_copies(root)):
        name = reference.assignment.notebook
        cells = _grade_ids(parse_notebook(reference.assignment.released))
        yield _Candidate(name, cells, reference)


def _from_sources(root: Path) -> Iterator[Reference]:
    try:
        opened = Course.open(root)
        names = opened.assignment_names()
    except CourseError:
        return
    for name in names:
        for notebook in opened.notebooks(name):
            yield Reference(
                replace(
                    _as_assignment(notebook.released, notebook.notebook),
                    limits=LIMITS | notebook.limits,
                    environment=_checked(notebook.environment),
                    parameters=notebook.parameters,
                    imports=notebook.imports,
                ),
                f"the sources of {notebook.label}",
            )


def _checked(environment: dict[str, str]) -> dict[str, str]:
    """Return grading's environment with nbgrader's mark for a check in it."""
    in_nbgrader = VALIDATE.keys() & environment.keys()
    return environment | (VALIDATE if in_nbgrader else {})


def _from_copies(root: Path) -> Iterator[Reference]:
    for path in sorted(_copies(root)):
        texts = {
            str(path): _read_text(path),
            f"{path}, as committed to git": _committed_text(path),
        }
        for where, text in texts.items():
            if text and release.untouched(text):
                yield Reference(_as_assignment(text, path.stem), where)
                break


def _copies(root: Path) -> Iterator[Path]:
    """Yield the notebooks in the folders for student copies."""
    for folder in (*(root / name for name in FOLDERS), *root.glob("release/*")):
        yield from folder.glob("*.ipynb")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _committed_text(path: Path) -> str:
    """Return the file as last committed to git, "" if it is not in git."""
    command = ["git", "-C", str(path.parent), "show", f"HEAD:./{path.name}"]
    try:
        process = subprocess.run(command, capture_output=True, timeout=_GIT_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    if process.returncode != 0:
        return ""
    return process.stdout.decode("utf-8", "replace")


def _as_assignment(text: str, name: str) -> Assignment:
    """Return a student copy as an assignment, with only the visible tests."""
    copy = parse_source(text, name, regions=False)
    require_python(copy, name)
    settings = copy.metadata.get("grader", {})
    return Assignment(
        name=str(settings.get("assignment", name)),
        notebook=name,
        source=text,
        released=text,
        release=str(settings.get("release", "")),
        tasks=titled_tasks_of(copy),
        imports=imports(copy),
        limits=LIMITS,
        # Only our release writes these settings.
        written_for_kernel=not settings,
    )


def _unknown_notebook(submitted: Path, root: Path, names: list[str]) -> str:
    there = f"there are {', '.join(names)}" if names else "it has none"
    return (
        f"{submitted}: not a notebook of the course in {root} ({there}), and it has no "
        "cell of one; name the course's folder with --course"
    )


__all__ = ["LIMITS", "Reference", "find"]
