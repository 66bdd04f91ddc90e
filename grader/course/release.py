"""Make the student copy of a notebook, with nbgrader's own preprocessors.

The copy of a source is a function of the source's text: same text, same copy.
No configuration file of nbgrader is read; what matters is set here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
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
_NOTEBOOK_METADATA = ("kernelspec", "language_info")


class Stubs(NamedTuple):
    """The texts that replace solutions, in code cells and in written answers."""

    code: str = CODE_STUB
    text: str = TEXT_STUB


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
    "TEXT_STUB",
    "Stubs",
    "altered",
    "broken_rules",
    "release_hash",
    "student_copy",
    "untouched",
]
