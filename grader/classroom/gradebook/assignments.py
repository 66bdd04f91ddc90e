"""Read and write an assignment in nbgrader's database: notebook, cells and points."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.classroom.gradebook.tables import api
from grader.errors import ClassError
from grader.notebooks.cells import (
    grade_id_of,
    is_locked,
    kind_of,
    nbgrader_of,
    parse_notebook,
)
from grader.records import Assignment


@dataclass(frozen=True, slots=True)
class AssignmentIds:
    """The IDs of an assignment's rows in the database.

    Attributes
    ----------
    assignment, notebook : str
        The IDs of both.
    graded : mapping
        The IDs of cells that have points, by grade_id.
    answered : mapping
        The IDs of cells that students fill in, by grade_id.
    commented : collection
        The IDs of cells that can have comments.
    released : mapping
        The text that students received, by grade_id.
    """

    assignment: str
    notebook: str
    graded: Mapping[str, str]
    answered: Mapping[str, str]
    commented: Collection[str]
    released: Mapping[str, str]


def record(session: Session, assignment: Assignment, course: str) -> None:
    """Write the rows of an assignment's notebook; they replace earlier ones.

    Parameters
    ----------
    session
        An open transaction.
    assignment
        The notebook, with its cells and points.
    course
        nbgrader's ``course_id``.

    Raises
    ------
    ClassError
        If a cell was added or removed while there are submissions.
    """
    notebook = _notebook(session, assignment, course)
    new = dict(_rows(assignment))
    rows = (*_cells(notebook), *notebook.source_cells)
    existing = {(type(row), row.name): row for row in rows}
    changed = new.keys() ^ existing.keys()
    if changed and notebook.submissions:
        raise ClassError(_cells_changed(assignment, {name for _, name in changed}))
    for key in existing.keys() - new.keys():
        session.delete(existing[key])
    for (model, name), values in new.items():
        row = existing.get((model, name)) or model(name=name, notebook=notebook)
        session.add(row)
        for column, value in values.items():
            setattr(row, column, value)


def _cells(notebook: Any) -> tuple[Any, ...]:
    return *notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells


def _notebook(session: Session, assignment: Assignment, course: str) -> Any:
    """Return the row of the notebook; create it, and its assignment, if missing."""
    parent = session.scalar(select(api.Assignment).filter_by(name=assignment.name))
    if parent is None:
        parent = api.Assignment(name=assignment.name, course_id=course)
        session.add(parent)
    query = select(api.Notebook).filter_by(name=assignment.notebook, assignment=parent)
    notebook = session.scalar(query)
    if notebook is None:
        notebook = api.Notebook(name=assignment.notebook, assignment=parent)
        session.add(notebook)
    metadata = parse_notebook(assignment.source).metadata
    notebook.kernelspec = json.dumps(metadata.get("kernelspec", {}))
    return notebook


def _rows(assignment: Assignment) -> Iterator[tuple[tuple[Any, str], dict[str, Any]]]:
    """Yield the rows of each cell, as nbgrader writes them when it makes a release.

    The source of an answer is the text that students received; that of a locked cell
    is the instructor's, with its hidden tests.
    """
    released = _texts(assignment.released)
    for cell in parse_notebook(assignment.source).cells:
        kind, name = kind_of(cell), grade_id_of(cell)
        if name is None or not (kind or is_locked(cell)):
            continue
        if kind in {"answer", "manual"}:
            cell.source = released.get(name, "")
            yield (api.SolutionCell, name), {}
        if kind in {"test", "manual", "task"}:
            model = api.TaskCell if kind == "task" else api.GradeCell
            points = float(nbgrader_of(cell)["points"])
            yield (model, name), {"max_score": points, "cell_type": _cell_type(cell)}
        yield (api.SourceCell, name), _source(cell)


def _source(cell: Any) -> dict[str, Any]:
    return {
        "cell_type": _cell_type(cell),
        "locked": is_locked(cell),
        "source": cell.source,
        "checksum": api.utils.compute_checksum(cell),
    }


def _cell_type(cell: Any) -> str:
    # nbgrader's column allows only these two, so a raw cell counts as markdown.
    return "code" if cell.cell_type == "code" else "markdown"


def _texts(text: str) -> dict[str, str]:
    """Return the source of each cell that has a grade_id."""
    cells = parse_notebook(text).cells
    return {name: c.source for c in cells if (name := grade_id_of(c))}


def _cells_changed(assignment: Assignment, names: Iterable[str]) -> str:
    return (
        f"Cells of {assignment.name}/{assignment.notebook} were added or removed "
        f"({', '.join(sorted(names))}), and the gradebook has submissions graded "
        "without that change. Restore the cells, or grade into a new class "
        "folder, or remove the assignment and all its scores, manual ones too, with: "
        f"nbgrader db assignment remove {assignment.name} --force"
    )


def row_ids(session: Session, assignment: Assignment) -> AssignmentIds:
    """Return the IDs of the rows that :func:`record` wrote.

    Parameters
    ----------
    session
        An open transaction.
    assignment
        The notebook.
    """
    notebook = session.scalar(
        select(api.Notebook)
        .join(api.Assignment)
        .where(api.Assignment.name == assignment.name)
        .where(api.Notebook.name == assignment.notebook)
    )
    assert notebook is not None
    tasks, answers = notebook.task_cells, notebook.solution_cells
    return AssignmentIds(
        assignment=notebook.assignment_id,
        notebook=notebook.id,
        graded={cell.name: cell.id for cell in (*notebook.grade_cells, *tasks)},
        answered={cell.name: cell.id for cell in answers},
        commented=[cell.id for cell in (*answers, *tasks)],
        released=_texts(assignment.released),
    )


__all__ = ["AssignmentIds", "record", "row_ids"]
