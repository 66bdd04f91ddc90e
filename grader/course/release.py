"""Make the student copies of a course, with nbgrader's own preprocessors.

The copy of a source is a function of the source's text: same text, same copy.
No configuration file of nbgrader is read; what matters is set here.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from grader.course import leaks
from grader.errors import CourseError
from grader.notebooks import magics, syntax
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    is_answer,
    nbgrader_of,
    notebook_text,
    parse_notebook,
)
from grader.notebooks.source import parse_source

_TODO = "# TODO: your answer here"
CODE_STUB = f"...  {_TODO}"
TEXT_STUB = "YOUR ANSWER HERE"
FOLDERS = ("lessons", "labs")
SOURCES = "solutions"
KEPT = "releases"
_NOTEBOOK_METADATA = ("kernelspec", "language_info")
_SOURCE_IS_GONE = "its source no longer exists; delete this copy\n"


class Stubs(NamedTuple):
    """The texts that replace solutions, in code cells and in written answers."""

    code: str = CODE_STUB
    text: str = TEXT_STUB


class StaleCopy(NamedTuple):
    """A student copy that is out of date, and how it differs, as a diff."""

    path: Path
    diff: str


@dataclass(frozen=True, slots=True)
class StudentCopy:
    """An up-to-date student copy: where it belongs, and its text."""

    path: Path
    text: str


def release_hash(source_text: str) -> str:
    """Return the SHA-256 of an instructor's notebook, which identifies a release."""
    return hashlib.sha256(source_text.encode()).hexdigest()


def student_copy(
    source_text: str,
    name: str,
    *,
    stubs: Stubs | None = None,
    regions: bool = True,
    checked: bool = True,
) -> str:
    """Make the notebook that students receive from the instructor's.

    Parameters
    ----------
    source_text
        JSON text of the instructor's notebook.
    name
        The assignment's name, also for messages.
    stubs
        The texts that replace solutions; None for the default ones.
    regions
        See :func:`grader.notebooks.source.parse_source`.
    checked
        Refuse a copy that leaks a solution or that students cannot run. ``grader
        verify`` does not refuse it, but lists everything that is wrong with it.

    Returns
    -------
    str
        JSON text of the student copy.

    Raises
    ------
    CourseError
        The source is unusable, a stub is not valid Python, or a part of a solution or
        a hidden test would reach students.
    """
    source = parse_source(source_text, name, regions=regions)
    copy = parse_notebook(notebook_text(source))
    copy = _preprocessed(copy, stubs or Stubs(), name, strict=regions)
    copy.metadata = _pick(copy.metadata, _NOTEBOOK_METADATA)
    copy.metadata["grader"] = {"assignment": name, "release": release_hash(source_text)}
    for cell in copy.cells:
        cell.metadata = _pick(cell.metadata, leaks.CELL_METADATA)
    if checked:
        for fault in broken_rules(source, copy):
            raise CourseError(f"{name}{fault}")
    return notebook_text(copy)


def broken_rules(source: NotebookNode, copy: NotebookNode) -> Iterator[str]:
    """Yield each rule for authors that a student copy breaks.

    The copy contains a stub that is not valid Python, so that students could not run
    it, or a part of a solution or of a hidden test.

    Parameters
    ----------
    source
        The instructor's notebook.
    copy
        The student copy.

    Yields
    ------
    str
        What is wrong and how to correct it, to be put after the notebook's name.
    """
    yield from _bad_stubs(copy)
    for leak in leaks.find_leaks(source, copy):
        yield f"{', ' if leak.startswith('cell ') else ': '}{leak}"


def untouched(text: str) -> bool:
    """Tell from its checksums whether a student copy is as it was released."""
    try:
        changed = altered(text)
    except CourseError:
        return False
    return bool(changed) and not any(changed.values())


def altered(text: str) -> dict[str, bool]:
    """Return for each grade_id whether its cell differs from what was released.

    Raises
    ------
    CourseError
        The text is not a student copy.
    """
    from nbgrader.utils import compute_checksum  # slow import

    copy = parse_source(text, "a student copy", regions=False)
    return {
        name: nbgrader_of(cell).get("checksum") != compute_checksum(cell)
        for cell in copy.cells
        if (name := grade_id_of(cell)) is not None
    }


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


def _preprocessed(
    copy: NotebookNode, stubs: Stubs, name: str, *, strict: bool
) -> NotebookNode:
    """Run the steps of nbgrader's release, in nbgrader's order.

    If not `strict`, leave out nbgrader's own checks, which refuse some notebooks that
    :func:`parse_source` accepts.
    """
    from nbgrader import preprocessors as steps  # slow import
    from traitlets.config import Config

    config = Config()
    config.ClearSolutions.text_stub = stubs.text
    config.ClearSolutions.enforce_metadata = strict
    language = copy.metadata.get("kernelspec", {}).get("language", "python")
    config.ClearSolutions.code_stub = {"python": stubs.code, language: stubs.code}
    order = (
        steps.LockCells,
        steps.ClearSolutions,
        steps.ClearOutput,
        steps.ClearHiddenTests,
        steps.ClearMarkScheme,
        steps.ComputeChecksums,
        *((steps.CheckCellMetadata,) if strict else ()),
    )
    resources: dict[str, Any] = {}
    try:
        for step in order:
            copy, resources = step(config=config).preprocess(copy, resources)
            if step is steps.ClearSolutions:
                _quieten_stubs(copy)
    except Exception as error:
        raise CourseError(
            f"{name}: nbgrader cannot release this notebook ({error}); "
            "correct the cell's metadata or markers"
        ) from error
    return copy


def _quieten_stubs(copy: NotebookNode) -> None:
    """Leave only the comment of a stub that is not indented.

    As the last line of a cell, its ``...`` would be shown as a result, ``Ellipsis``.
    """
    for cell in copy.cells:
        if cell.cell_type == "code" and is_answer(cell):
            lines = cell.source.split("\n")
            cell.source = "\n".join(_TODO if ln == CODE_STUB else ln for ln in lines)


def _pick(metadata: NotebookNode, keys: tuple[str, ...]) -> NotebookNode:
    return NotebookNode({key: metadata[key] for key in keys if key in metadata})


def _bad_stubs(copy: NotebookNode) -> Iterator[str]:
    for cell in copy.cells:
        if cell.cell_type == "code" and is_answer(cell):
            try:
                syntax.parse(magics.without(cell.source))
            except SyntaxError as error:
                yield (
                    f", cell {grade_id_of(cell)}: without the solution, it is "
                    f"not valid Python ({error.msg}, line {error.lineno}); keep the "
                    "def line and its docstring outside the solution"
                )


__all__ = [
    "CODE_STUB",
    "FOLDERS",
    "KEPT",
    "SOURCES",
    "TEXT_STUB",
    "StaleCopy",
    "Stubs",
    "StudentCopy",
    "altered",
    "broken_rules",
    "copies",
    "copy_path",
    "keep",
    "release_hash",
    "stale",
    "student_copy",
    "untouched",
    "write",
]
