"""Notebooks in and out, and what their cells are to the grader. Pure.

An instructor's notebook is checked by :mod:`grader.notebooks.source`, a student's
is read by :mod:`grader.submissions.repair`. The only module that imports nbformat.
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

from grader.notebooks import magics, serialize
from grader.records import Task, TaskKind

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*")

Role = Literal["", "setup", "answer", "test", "extra"]
"""What a code cell is in a merged notebook: the instructor's set-up, an answer, a
test, or a cell that the student added; nothing where it was not merged."""


# What a cell is ---------------------------------------------------------------
def nbgrader_of(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader wrote about the cell; empty for an ordinary cell."""
    found = cell.get("metadata", {}).get("nbgrader")
    return dict(found) if isinstance(found, dict) else {}


def grade_id_of(cell: NotebookNode) -> str | None:
    """The cell's grade_id as a string, or None."""
    found = nbgrader_of(cell).get("grade_id")
    return str(found) if found not in (None, "") else None


def _has(cell: NotebookNode, flag: str) -> bool:
    found = cell.get("metadata", {}).get("nbgrader")
    return isinstance(found, dict) and found.get(flag) is True


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
    found = cell.get("metadata", {}).get("tags")
    return tuple(map(str, found)) if isinstance(found, list) else ()


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
            kind=found,
            points=_points(cell),
            source=cell.source,
            cell_type=cell.cell_type,
            title=title,
        )
        for cell, title in titled
        if (found := kind_of(cell)) is not None
    )


def _points(cell: NotebookNode) -> float:
    graded = _has(cell, "grade") or is_task(cell)
    return float(nbgrader_of(cell).get("points", 0)) if graded else 0.0


def _titles(notebook: NotebookNode) -> Iterator[str]:
    """Title of each cell: its exercise's heading, else the nearest one above.

    An exercise's heading stands in a locked cell and holds until a heading of
    the same or a higher level.
    """
    exercise, level, nearest = "", 7, ""
    for cell in notebook.cells:
        for depth, text in () if is_answer(cell) else headings_of(cell):
            nearest = text
            if is_locked(cell) or depth <= level:
                exercise, level = (text, depth) if is_locked(cell) else ("", 7)
        yield exercise or nearest


def headings_of(cell: NotebookNode) -> Iterator[tuple[int, str]]:
    """Level and text of each Markdown heading in the cell, code blocks left out."""
    fenced = False
    for line in cell.source.split("\n") if cell.cell_type == "markdown" else ():
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        found = None if fenced else _HEADING.fullmatch(line)
        if found is not None:
            yield len(found[1]), found[2]


# Cells as records -------------------------------------------------------------
@dataclass(frozen=True, eq=False)
class Cell:
    """A cell of a notebook, with what grading asks about it found out once.

    Attributes
    ----------
    node : NotebookNode
        The cell itself, which is written out again; outputs are set on it.
    identifier, cell_type, source : str
        As in the notebook.
    grade_id : str
        nbgrader's name for it; empty for an ordinary cell.
    kind : {"answer", "test", "manual", "task", None}
        See :class:`grader.records.Task`; None for no part of the grade.
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
            role=merged.get("role", ""),
            added=bool(merged.get("extra")),
            tags=tags_of(node),
            points=_points(node),
        )

    @property
    def is_code(self) -> bool:
        return self.cell_type == "code"

    @property
    def by_student(self) -> bool:
        """Whether the code is the student's: an answer, or a cell they added."""
        return self.role in ("answer", "extra")

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree, not to be changed; None for what is no Python."""
        return magics.parsed_to_read(self.source)

    def with_source(self, source: str) -> Cell:
        """Return a copy with another text."""
        return Cell.of(NotebookNode({**self.node, "source": source}))

    def show(self, shown: Sequence[Mapping[str, Any]]) -> None:
        """Set the outputs, given as plain data that is valid already."""
        self.node["outputs"] = [output_node(dict(each)) for each in shown]


def cells_of(notebook: NotebookNode) -> tuple[Cell, ...]:
    """Return a record for each cell of a notebook."""
    return tuple(map(Cell.of, notebook.cells))


# In and out -------------------------------------------------------------------
def notebook_text(notebook: NotebookNode) -> str:
    """JSON text of a notebook, byte for byte the same for the same notebook."""
    return serialize.text(notebook) + "\n"


def parse_notebook(text: str, *, outputs: bool = False) -> NotebookNode:
    """Read a notebook that was checked before, such as ``Assignment.source``.

    Cells without an id get a stable one, and code cells lose their outputs unless
    ``outputs`` says that they are wanted.
    """
    return _with_ids(nbformat.from_dict(_rejoined(json.loads(text), outputs)))


def notebook_of(
    cells: list[NotebookNode], metadata: dict[str, Any], prefix: str
) -> NotebookNode:
    """Make a notebook of cells; ids that cannot be used are counted from `prefix`."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata |= nbformat.from_dict(metadata)
    notebook.cells = cells
    return _with_ids(notebook, prefix)


def new_cell(cell_type: str, source: str, identifier: str) -> NotebookNode:
    """A cell with empty metadata."""
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
    """One output of a code cell, from plain data that is valid already."""
    node: NotebookNode = nbformat.from_dict(raw)
    return node


def _rejoined(raw: dict[str, Any], outputs: bool = False) -> dict[str, Any]:
    """Sources as strings; nbformat's reader does it, with checks we don't want."""
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
        found = cell.get("id")
        if not isinstance(found, str) or found in seen or not _CELL_ID.fullmatch(found):
            found = f"{prefix}-{number}"
            while found in seen:
                found += "x"
        cell["id"] = found
        seen.add(found)
    notebook["nbformat_minor"] = 5
    return notebook


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
    "output_node",
    "parse_notebook",
    "schema_problem",
    "tags_of",
    "tasks_of",
]
