"""Read and write notebooks, and say what each cell is to the grader. Pure.

:class:`Cell` is the record of one cell: its kind, grade_id, tags and points, found
once. The functions on raw nodes above it are for code that writes notebooks.
:mod:`grader.notebooks.source` checks an instructor's notebook, and
:mod:`grader.submissions.repair` reads a student's. No other module imports nbformat.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import nbformat
from nbformat import NotebookNode

from grader.notebooks import magics, markers, serialize
from grader.records import Task, TaskKind

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*")

Role = Literal["", "setup", "answer", "test", "extra"]
"""What a code cell is in a merged notebook: the instructor's set-up, an answer, a
test, or a cell that the student added; nothing where it was not merged."""


# What a cell is ---------------------------------------------------------------
def nbgrader_of(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader wrote about the cell; empty for an ordinary cell."""
    label = cell.get("metadata", {}).get("nbgrader")
    return dict(label) if isinstance(label, dict) else {}


def grade_id_of(cell: NotebookNode) -> str | None:
    """The cell's grade_id as a string, or None."""
    grade_id = nbgrader_of(cell).get("grade_id")
    return str(grade_id) if grade_id not in (None, "") else None


def _has(cell: NotebookNode, flag: str) -> bool:
    label = cell.get("metadata", {}).get("nbgrader")
    return isinstance(label, dict) and label.get(flag) is True


def is_answer(cell: NotebookNode) -> bool:
    """The student writes here (points may stand elsewhere or here)."""
    return _has(cell, "solution") and not _has(cell, "task")


def is_test(cell: NotebookNode) -> bool:
    """A test cell: carries points and is always the instructor's."""
    return _has(cell, "grade") and not _has(cell, "solution")


def is_manual(cell: NotebookNode) -> bool:
    """An answer that a person grades."""
    return _has(cell, "grade") and is_answer(cell)


def is_task(cell: NotebookNode) -> bool:
    """A description, in nbgrader's way, of a task that a person grades."""
    return _has(cell, "task")


def is_locked(cell: NotebookNode) -> bool:
    """Not for the student to change: tests, task texts, read-only cells."""
    locked = _has(cell, "locked") and not is_answer(cell)
    return is_test(cell) or is_task(cell) or locked


def kind_of(cell: NotebookNode) -> TaskKind | None:
    """The kind of task in this cell, or None if it is no part of the grade."""
    if is_task(cell):
        return "task"
    if is_manual(cell):
        return "manual"
    if is_answer(cell):
        return "answer"
    return "test" if is_test(cell) else None


def tags_of(cell: NotebookNode) -> tuple[str, ...]:
    """The cell's tags."""
    tags = cell.get("metadata", {}).get("tags")
    return tuple(map(str, tags)) if isinstance(tags, list) else ()


def tasks_of(notebook: NotebookNode) -> tuple[Task, ...]:
    """The graded and answer cells in order, each titled by its exercise.

    Examples
    --------
    >>> tasks_of(nbformat.v4.new_notebook())
    ()
    """
    titled = zip(notebook.cells, _titles(notebook), strict=True)
    return tuple(
        Task(
            grade_id=str(grade_id_of(cell)),
            kind=kind,
            points=_points(cell),
            source=cell.source,
            cell_type=cell.cell_type,
            title=title,
        )
        for cell, title in titled
        if (kind := kind_of(cell)) is not None
    )


def _points(cell: NotebookNode) -> float:
    """What the cell is worth; a student may have written anything there."""
    graded = _has(cell, "grade") or is_task(cell)
    points = nbgrader_of(cell).get("points", 0) if graded else 0
    return float(points) if isinstance(points, int | float) else 0.0


def _titles(notebook: NotebookNode) -> Iterator[str]:
    """Yield the title of each cell: its exercise's heading, else the nearest above.

    The heading of an exercise is in a locked cell. It counts until a heading of the
    same or a higher level.
    """
    exercise, level, nearest = "", 7, ""
    for cell in notebook.cells:
        for depth, text in () if is_answer(cell) else headings_of(cell):
            nearest = text
            if is_locked(cell) or depth <= level:
                exercise, level = (text, depth) if is_locked(cell) else ("", 7)
        yield exercise or nearest


def headings_of(cell: NotebookNode) -> Iterator[tuple[int, str]]:
    """Level and text of each Markdown heading in the cell.

    Code blocks are left out, and so is what students do not get, such as a mark scheme.
    """
    fenced = False
    lines = cell.source.split("\n") if cell.cell_type == "markdown" else ()
    for line in markers.outside(lines):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading is not None:
            yield len(heading[1]), heading[2]


# Cells as records -------------------------------------------------------------
@dataclass(frozen=True, eq=False)
class Cell:
    """One cell of a notebook and what the grader asks about it, found once.

    Attributes
    ----------
    node : NotebookNode
        The cell itself. It is what is written out again; outputs are set on it.
    identifier, cell_type, source : str
        As in the notebook.
    grade_id : str
        nbgrader's name for it; empty for an ordinary cell.
    kind : {"answer", "test", "manual", "task", None}
        See :class:`grader.records.Task`; None for a cell that is not graded.
    locked : bool
        Whether students may not change it: a test, a task or a read-only cell.
    role : str
        See `Role`.
    added : bool
        Whether the student added it.
    tags : tuple of str
        Its tags.
    points : float
        What nbgrader's metadata says it is worth.
    """

    node: NotebookNode
    identifier: str
    cell_type: str
    source: str
    grade_id: str
    kind: TaskKind | None
    locked: bool
    role: Role
    added: bool
    tags: tuple[str, ...]
    points: float

    @classmethod
    def of(cls, node: NotebookNode) -> Cell:
        """Return the record of a notebook's cell."""
        merged = node.get("metadata", {}).get("grader", {})
        return cls(
            node=node,
            identifier=str(node.get("id", "")),
            cell_type=node.cell_type,
            source=node.source,
            grade_id=grade_id_of(node) or "",
            kind=kind_of(node),
            locked=is_locked(node),
            role=merged.get("role", ""),
            added=bool(merged.get("extra")),
            tags=tags_of(node),
            points=_points(node),
        )

    @property
    def is_code(self) -> bool:
        return self.cell_type == "code"

    @property
    def is_answer(self) -> bool:
        """Whether the student writes here, for a test or for a person to grade."""
        return self.kind in ("answer", "manual")

    @property
    def is_test(self) -> bool:
        return self.kind == "test"

    @property
    def by_student(self) -> bool:
        """Whether the code is the student's: an answer, or a cell they added."""
        return self.role in ("answer", "extra")

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree, shared and not to be changed; None if it is not Python."""
        return magics.parsed_to_read(self.source)

    def with_source(self, source: str) -> Cell:
        """Return a copy with another source."""
        return Cell.of(NotebookNode({**self.node, "source": source}))

    def show(self, outputs: Sequence[Mapping[str, Any]]) -> None:
        """Set the outputs, given as plain data that was checked before."""
        self.node["outputs"] = [output_node(dict(output)) for output in outputs]


def cells_of(notebook: NotebookNode) -> tuple[Cell, ...]:
    """Return a record for each cell of a notebook."""
    return tuple(map(Cell.of, notebook.cells))


# In and out -------------------------------------------------------------------
def notebook_text(notebook: NotebookNode) -> str:
    """Return the JSON text of a notebook: the same bytes for the same notebook."""
    return serialize.text(notebook) + "\n"


def parse_notebook(text: str, *, outputs: bool = False) -> NotebookNode:
    """Read a notebook that was checked before, such as ``Assignment.source``.

    Cells without a usable id get one, always the same.

    Parameters
    ----------
    text
        The notebook as JSON.
    outputs
        Keep the outputs of code cells.
    """
    return _with_ids(nbformat.from_dict(_rejoined(json.loads(text), outputs)))


def notebook_of(
    cells: list[NotebookNode], metadata: dict[str, Any], prefix: str
) -> NotebookNode:
    """Make a notebook of cells.

    Parameters
    ----------
    cells
        Its cells, in order. A missing, invalid or repeated id is replaced.
    metadata
        The notebook's metadata.
    prefix
        How the ids that replace others begin; a number follows.
    """
    notebook = nbformat.v4.new_notebook()
    notebook.metadata |= nbformat.from_dict(metadata)
    notebook.cells = cells
    return _with_ids(notebook, prefix)


def new_cell(cell_type: str, source: str, identifier: str) -> NotebookNode:
    """Make a cell without metadata and outputs.

    Parameters
    ----------
    cell_type
        ``"code"``, ``"markdown"`` or ``"raw"``.
    source
        The cell's text.
    identifier
        The cell's id.
    """
    raw: dict[str, Any] = {
        "cell_type": cell_type,
        "id": identifier,
        "metadata": {},
        "source": source,
    }
    if cell_type == "code":
        raw |= {"execution_count": None, "outputs": []}
    node: NotebookNode = nbformat.from_dict(raw)
    return node


def output_node(raw: dict[str, Any]) -> NotebookNode:
    """Make an output of a code cell from plain data that was checked before."""
    node: NotebookNode = nbformat.from_dict(raw)
    return node


def _rejoined(raw: dict[str, Any], outputs: bool = False) -> dict[str, Any]:
    """Join sources that are lists of lines; nbformat's reader would check them too."""
    for cell in raw["cells"]:
        if isinstance(cell.get("source"), list):
            cell["source"] = "".join(cell["source"])
        if cell.get("cell_type") == "code" and not outputs:
            cell |= {"outputs": [], "execution_count": None}
    return raw


def _with_ids(notebook: NotebookNode, prefix: str = "cell") -> NotebookNode:
    """Replace missing, invalid and repeated cell ids by stable ones."""
    seen = {""}
    for number, cell in enumerate(notebook.cells, start=1):
        name = cell.get("id")
        if not isinstance(name, str) or name in seen or not _CELL_ID.fullmatch(name):
            name = f"{prefix}-{number}"
            while name in seen:
                name += "x"
        cell["id"] = name
        seen.add(name)
    notebook["nbformat_minor"] = 5
    return notebook


def of_older_format(raw: Any) -> bool:
    """Say whether a notebook, as read from JSON, has one of the formats 1 to 3."""
    return isinstance(raw, dict) and raw.get("nbformat") in (1, 2, 3)


def as_format_4(text: str) -> dict[str, Any]:
    """Return a notebook of an older format, given as JSON text, in format 4.

    Raises
    ------
    ValueError
        The notebook breaks the rules of its format.
    """
    try:
        return dict(nbformat.convert(nbformat.reader.reads(text), 4))
    except Exception as error:
        # nbformat checks nothing before it converts, so any error may come up.
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(reason) from error


def schema_problem(notebook: NotebookNode) -> str:
    """Return what nbformat's schema finds wrong with a notebook; empty if nothing."""
    try:
        nbformat.validate(notebook)
    except (nbformat.ValidationError, KeyError, TypeError, AttributeError) as error:
        return str(error).splitlines()[0]
    return ""


__all__ = [
    "Cell",
    "NotebookNode",
    "Role",
    "as_format_4",
    "cells_of",
    "grade_id_of",
    "headings_of",
    "is_answer",
    "is_locked",
    "is_manual",
    "is_task",
    "is_test",
    "kind_of",
    "nbgrader_of",
    "new_cell",
    "notebook_of",
    "notebook_text",
    "of_older_format",
    "output_node",
    "parse_notebook",
    "schema_problem",
    "tags_of",
    "tasks_of",
]
