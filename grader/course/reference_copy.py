"""Find the released copy that a student's notebook was made from.

A student has no sources, and may have filled in the only copy there is. nbgrader's
checksums, which a release writes into a copy, show whether it is unchanged.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.course import course, release
from grader.course.course import Course
from grader.errors import CourseError, SubmissionError, UsageError
from grader.notebooks.cells import NotebookNode, grade_id_of, parse_notebook, tasks_of
from grader.notebooks.file_names import without_copy_marks
from grader.notebooks.source import parse_source
from grader.records import Assignment
from grader.submissions.repair.notebook import readings

#: A student copy names no limits; these leave time to train a network.
LIMITS = {"cell_seconds": 300.0, "total_seconds": 3600.0, "memory_mb": 4096.0}
_GIT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """An assignment with visible tests alone, and where it was found.

    ``untouched`` is False where the notebook itself had to do: then nothing that was
    changed in it can be seen.
    """

    assignment: Assignment
    where: str
    untouched: bool = True


def find(submitted: Path, content: bytes, root: Path) -> Reference:
    """Find what the notebook at `submitted` was before it was filled in.

    Parameters
    ----------
    submitted
        Where the student's notebook lies.
    content
        What it holds.
    root
        The course: with sources, or with student copies only.

    Raises
    ------
    UsageError
        The notebook cannot be read, or is none of the course.
    """
    own = _cells(submitted, content)
    known = list(_known(root))
    found = [each for each in known if _named(each.name, submitted)]
    alike = sorted(known, key=lambda each: len(own & each.cells), reverse=True)
    found += [each for each in alike[:1] if own & each.cells]
    if found:
        return found[0].reference
    if not own:
        raise UsageError(
            _unknown(submitted, root, sorted({each.name for each in known}))
        )
    return Reference(_read(content.decode(), submitted.stem), str(submitted), False)


def find_root(folder: Path) -> Path:
    """Return the nearest folder, at or above `folder`, that is a course's.

    A student's course has copies and no sources. Where there is none at all, it is
    `folder`: a notebook that was released by itself can be checked by itself.
    """
    start = folder.absolute()
    for root in (start, *start.parents):
        if any(_copies(root)) or Course.at(root):
            return root
    return start


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    cells: frozenset[str]
    reference: Reference


def _named(name: str, submitted: Path) -> bool:
    return without_copy_marks(submitted.stem)[0].lower() == name.lower()


def _cells(submitted: Path, content: bytes) -> frozenset[str]:
    try:
        found = readings(content)
    except SubmissionError as error:
        raise UsageError(f"{submitted}: cannot be graded: {error}") from None
    return frozenset().union(*map(_grade_ids, found))


def _grade_ids(cells: NotebookNode) -> frozenset[str]:
    return frozenset(filter(None, map(grade_id_of, cells.cells)))


def _known(root: Path) -> Iterator[_Known]:
    """Yield what the course has, sources first."""
    for reference in (*_of_sources(root), *_of_copies(root)):
        name = reference.assignment.notebook
        cells = _grade_ids(parse_notebook(reference.assignment.released))
        yield _Known(name, cells, reference)


def _of_sources(root: Path) -> Iterator[Reference]:
    try:
        found = Course.open(root)
        names = found.assignment_names()
    except CourseError:
        return
    for name in names:
        for part in found.notebooks(name):
            made = _read(part.released, part.notebook)
            limits, environment = part.limits, part.environment
            yield Reference(
                replace(
                    made,
                    limits=LIMITS | limits,
                    environment=environment,
                    parameters=part.parameters,
                    imports=part.imports,
                ),
                f"the sources of {part.label}",
            )


def _of_copies(root: Path) -> Iterator[Reference]:
    for path in sorted(_copies(root)):
        texts = {str(path): _text(path), f"{path}, as git has it": _committed(path)}
        for where, text in texts.items():
            if text and release.untouched(text):
                yield Reference(_read(text, path.stem), where)
                break


def _copies(root: Path) -> Iterator[Path]:
    """Yield the notebooks that lie where student copies of a course lie."""
    for folder in (*(root / name for name in release.FOLDERS), *root.glob("release/*")):
        yield from folder.glob("*.ipynb")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _committed(path: Path) -> str:
    """The file as git has it; "" where git knows none."""
    command = ["git", "-C", str(path.parent), "show", f"HEAD:./{path.name}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_GIT_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _read(text: str, name: str) -> Assignment:
    """A student copy as an assignment: its tests are the visible ones."""
    copy = parse_source(text, name, regions=False)
    said = copy.metadata.get("grader", {})
    return Assignment(
        name=str(said.get("assignment", name)),
        notebook=name,
        source=text,
        released=text,
        release=str(said.get("release", "")),
        tasks=tasks_of(copy),
        imports=course.imports(copy),
        limits=LIMITS,
    )


def _unknown(submitted: Path, root: Path, names: list[str]) -> str:
    there = f"there are {', '.join(names)}" if names else "there is none"
    return (
        f"{submitted}: is no notebook of the course in {root}: {there}, and it has no "
        "cell of one; name the right folder with --course"
    )


__all__ = ["LIMITS", "Reference", "find"]
