"""The student copies of a course on disk: where they belong, written, kept, compared.

:mod:`grader.course.release` makes the copy of a notebook.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from grader.course.release import student_copy
from grader.errors import CourseError
from grader.notebooks.cells import parse_notebook

FOLDERS = ("lessons", "labs")
SOURCES = "solutions"
KEPT = "releases"
_SOURCE_IS_GONE = "its source no longer exists; delete this copy\n"


class StaleCopy(NamedTuple):
    """A student copy that is out of date, and how it differs, as a diff."""

    path: Path
    diff: str


@dataclass(frozen=True, slots=True)
class StudentCopy:
    """An up-to-date student copy: where it belongs, and its text."""

    path: Path
    text: str


def copies(course: Path, names: Iterable[str] = ()) -> Iterator[StudentCopy]:
    """Make the student copies of a course; nothing is written.

    Parameters
    ----------
    course
        The course folder.
    names
        Only these assignments; all if none is named.
    """
    for path in _sources(course, tuple(names)):
        text = path.read_text(encoding="utf-8")
        copy = student_copy(text, path.stem)  # first, because it checks the source
        yield StudentCopy(course / _folder(text, path) / path.name, copy)


def copy_path(course: Path, source: Path) -> Path:
    """Return where the student copy of an instructor's notebook belongs.

    Parameters
    ----------
    course
        The course folder.
    source
        The instructor's notebook.
    """
    return course / _folder(source.read_text(encoding="utf-8"), source) / source.name


def write(course: Path, names: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write the student copies; if one cannot be made, write none.

    Parameters
    ----------
    course
        The course folder.
    names
        Only these assignments; all if none is named.

    Returns
    -------
    tuple of Path
        The copies whose content changed.
    """
    changed = [c for c in tuple(copies(course, names)) if _current(c.path) != c.text]
    for copy in changed:
        copy.path.parent.mkdir(exist_ok=True)
        copy.path.write_text(copy.text, encoding="utf-8")
    return tuple(copy.path for copy in changed)


def keep(course: Path, names: Iterable[str] = ()) -> tuple[Path, ...]:
    """Keep the current student copies, for submissions that are made from them.

    Parameters
    ----------
    course
        The course folder.
    names
        Only these assignments; all if none is named.

    Returns
    -------
    tuple of Path
        ``releases/NAME/RELEASE.ipynb`` of each copy that was not kept before.
    """
    kept = []
    for copy in tuple(copies(course, names)):
        release = parse_notebook(copy.text).metadata["grader"]["release"]
        path = course / KEPT / copy.path.stem / f"{release[:12]}.ipynb"
        if _current(path) != copy.text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(copy.text, encoding="utf-8")
            kept.append(path)
    return tuple(kept)


def stale(course: Path, names: Iterable[str] = ()) -> tuple[StaleCopy, ...]:
    """Return the student copies that are out of date.

    Without `names`, copies whose source no longer exists are included.

    Parameters
    ----------
    course
        The course folder.
    names
        Only these assignments; all if none is named.
    """
    chosen = tuple(names)
    new = tuple(copies(course, chosen))
    differing = [StaleCopy(c.path, _diff(c)) for c in new if _current(c.path) != c.text]
    orphans = () if chosen else _orphans(course, {c.path for c in new})
    return (*differing, *(StaleCopy(path, _SOURCE_IS_GONE) for path in orphans))


def _sources(course: Path, names: tuple[str, ...]) -> list[Path]:
    sources = {path.stem: path for path in sorted((course / SOURCES).glob("*.ipynb"))}
    if not sources:
        raise CourseError(
            f"{course / SOURCES}: holds no notebook; a course keeps its sources "
            f"there as {SOURCES}/NAME.ipynb"
        )
    unknown = [name for name in names if name not in sources]
    if unknown:
        raise CourseError(
            f"{course}: no assignment {unknown[0]!r}; there are {', '.join(sources)}"
        )
    return [sources[name] for name in names or sources]


def _folder(text: str, path: Path) -> str:
    """Return the folder of the student copy, from ``metadata.grader.folder``."""
    settings = parse_notebook(text).metadata.get("grader")
    folder = settings.get("folder") if isinstance(settings, dict) else settings
    if folder not in FOLDERS:
        raise CourseError(
            f"{path}: metadata.grader.folder is {folder!r}; it must be one of "
            f"{', '.join(FOLDERS)}; set it in the notebook's metadata"
        )
    return str(folder)


def _current(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _diff(copy: StudentCopy) -> str:
    old = (_current(copy.path) or "").splitlines(keepends=True)
    new = copy.text.splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, "as it is", "as released"))


def _orphans(course: Path, copy_paths: set[Path]) -> list[Path]:
    """Return the student copies on disk that have no source."""
    on_disk = {p for folder in FOLDERS for p in (course / folder).glob("*.ipynb")}
    return sorted(on_disk - copy_paths)


__all__ = [
    "FOLDERS",
    "KEPT",
    "SOURCES",
    "StaleCopy",
    "StudentCopy",
    "copies",
    "copy_path",
    "keep",
    "stale",
    "write",
]
