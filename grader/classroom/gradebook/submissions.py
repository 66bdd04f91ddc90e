"""Write the rows of graded submissions: scores, and nbgrader's own comments."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from grader.classroom.gradebook.assignments import AssignmentIds
from grader.classroom.gradebook.tables import api
from grader.errors import ClassError
from grader.records import Assignment, Check, Result

#: nbgrader's comment on an answer that is still the released text.
NO_RESPONSE = "No response."
# nbgrader's tables, without the work that its classes do for each row. Queries use
# columns that have an index: a search by notebook alone would read all students' rows.
_STUDENTS = api.Student.__table__
_SUBMISSIONS = api.SubmittedAssignment.__table__
_NOTEBOOKS = api.SubmittedNotebook.__table__
_GRADES = api.Grade.__table__
_COMMENTS = api.Comment.__table__


class _NotebookRow(NamedTuple):
    """The row of a submitted notebook: its ID, and whether it was just created."""

    id: str
    is_new: bool


class _SubmissionRow(NamedTuple):
    """The row of a submitted assignment: its ID, and whether it was just created."""

    id: str
    is_new: bool


class _CellKey(NamedTuple):
    """The IDs of a submitted notebook and of a cell of the assignment."""

    notebook: str
    cell: str


class _ExistingRow(NamedTuple):
    """The ID of a row that exists, and one of its values."""

    id: str
    value: Any


class GradebookEntry(NamedTuple):
    """A graded submission to write; see :meth:`Gradebook.write` for the fields."""

    assignment: Assignment
    result: Result
    submitted: str | None = None
    ran: str | None = None


def write(
    connection: Connection, ids: AssignmentIds, entries: Mapping[str, GradebookEntry]
) -> None:
    """Write the graded submissions of one notebook.

    The number of statements does not grow with the number of submissions or cells.

    Parameters
    ----------
    connection
        A connection with an open transaction.
    ids
        The IDs of the assignment's rows.
    entries
        The graded submissions, by student.

    Raises
    ------
    ClassError
        If a result has cells that the assignment does not have.
    """
    for entry in entries.values():
        in_assignment = {task.grade_id for task in entry.assignment.tasks}
        in_result = {check.grade_id for check in entry.result.cells}
        if unknown := in_result - in_assignment - ids.graded.keys():
            raise ClassError(_unknown_cells(entry.assignment, entry.result, unknown))
    times = {student: entry.submitted for student, entry in entries.items()}
    rows = _notebook_rows(connection, ids, times)
    results = [(rows[student], entry.result) for student, entry in entries.items()]
    _write_scores(connection, ids, results)
    notebooks = [(rows[student], entry.ran) for student, entry in entries.items()]
    _write_comments(connection, ids, notebooks)


# --- the rows of submissions ---


def _notebook_rows(
    connection: Connection, ids: AssignmentIds, times: Mapping[str, str | None]
) -> dict[str, _NotebookRow]:
    """Return each student's notebook row, created if missing; write the `times`."""
    key = _STUDENTS.c.id
    students = _select_pairs(connection, key, key, key.in_(times))
    missing = [{"id": student} for student in times if student not in students]
    _insert(connection, _STUDENTS, missing)
    submissions = _submission_rows(connection, ids, times)
    old = [row.id for row in submissions.values() if not row.is_new]
    existing: dict[str, str] = {}
    if old:  # a new submission cannot have a notebook yet
        parent = _NOTEBOOKS.c.assignment_id
        same_notebook = _NOTEBOOKS.c.notebook_id == ids.notebook
        existing = _select_pairs(
            connection, parent, _NOTEBOOKS.c.id, same_notebook, parent.in_(old)
        )
    created = {
        row.id: _new_id() for row in submissions.values() if row.id not in existing
    }
    new_rows = [
        {"id": new_id, "assignment_id": submission, "notebook_id": ids.notebook}
        for submission, new_id in created.items()
    ]
    _insert(connection, _NOTEBOOKS, new_rows)
    all_ids = existing | created
    return {
        student: _NotebookRow(all_ids[row.id], row.id in created)
        for student, row in submissions.items()
    }


def _submission_rows(
    connection: Connection, ids: AssignmentIds, times: Mapping[str, str | None]
) -> dict[str, _SubmissionRow]:
    """Return each student's submission row, created if missing; write the `times`."""
    student_id = _SUBMISSIONS.c.student_id
    same_assignment = _SUBMISSIONS.c.assignment_id == ids.assignment
    existing = _select_pairs(
        connection,
        student_id,
        _SUBMISSIONS.c.id,
        same_assignment,
        student_id.in_(times),
    )
    created = {student: _new_id() for student in times if student not in existing}
    timestamps = {
        student: {"timestamp": _utc(time)}
        for student, time in times.items()
        if time is not None
    }
    new_rows = [
        {"id": new_id, "student_id": student, "assignment_id": ids.assignment}
        | timestamps.get(student, {})
        for student, new_id in created.items()
    ]
    _insert(connection, _SUBMISSIONS, new_rows)
    changes = {
        existing[student]: values
        for student, values in timestamps.items()
        if student in existing
    }
    _update(connection, _SUBMISSIONS, changes)
    all_ids = existing | created
    return {
        student: _SubmissionRow(all_ids[student], student in created)
        for student in times
    }


# --- scores and comments ---


def _write_scores(
    connection: Connection,
    ids: AssignmentIds,
    results: Sequence[tuple[_NotebookRow, Result]],
) -> None:
    """Write the points of each cell; keep what people entered."""
    cells = ids.graded.values()
    notebooks = [row for row, _ in results]
    existing = _existing_rows(
        connection, _GRADES, notebooks, cells, _GRADES.c.manual_score
    )
    scores = {}
    for notebook, result in results:
        for check in result.cells:
            if cell := ids.graded.get(check.grade_id):
                key = _CellKey(notebook.id, cell)
                row = existing.get(key)
                scores[key] = _score_columns(check, row.value if row else None)
    _write_rows(connection, _GRADES, _cell_keys(notebooks, cells), existing, scores)


def _write_comments(
    connection: Connection,
    ids: AssignmentIds,
    notebooks: Sequence[tuple[_NotebookRow, str | None]],
) -> None:
    """Write nbgrader's comment on unchanged answers in the notebooks as they ran."""
    rows = [row for row, _ in notebooks]
    existing = _existing_rows(
        connection, _COMMENTS, rows, ids.commented, _COMMENTS.c.auto_comment
    )
    comments = {
        _CellKey(row.id, cell): {"auto_comment": comment}
        for row, ran in notebooks
        if ran is not None
        for cell, comment in _comments(ids, ran)
    }
    keys = _cell_keys(rows, ids.commented)
    _write_rows(connection, _COMMENTS, keys, existing, comments)


def _comments(ids: AssignmentIds, ran: str) -> Iterator[tuple[str, str | None]]:
    """Yield the ID of each answer cell, and the comment on it."""
    texts = _texts_as_ran(ran)
    for name, cell in ids.answered.items():
        yield cell, _comment(ids.released.get(name), texts.get(name))


def _cell_keys(
    notebooks: Iterable[_NotebookRow], cells: Collection[str]
) -> list[_CellKey]:
    return [_CellKey(row.id, cell) for row in notebooks for cell in cells]


def _existing_rows(
    connection: Connection,
    table: Any,
    notebooks: Iterable[_NotebookRow],
    cells: Collection[str],
    column: Any,
) -> dict[_CellKey, _ExistingRow]:
    """Return the rows that notebooks have in `table`, with the value of `column`."""
    old = [row.id for row in notebooks if not row.is_new]
    if not old:
        return {}
    query = select(table.c.notebook_id, table.c.cell_id, table.c.id, column).where(
        table.c.cell_id.in_(cells), table.c.notebook_id.in_(old)
    )
    return {
        _CellKey(notebook, cell): _ExistingRow(row, value)
        for notebook, cell, row, value in connection.execute(query)
    }


def _write_rows(
    connection: Connection,
    table: Any,
    keys: Iterable[_CellKey],
    existing: Mapping[_CellKey, _ExistingRow],
    values: Mapping[_CellKey, dict[str, Any]],
) -> None:
    """Create the rows of `keys` that are missing, and write `values` into all."""
    new_rows = [
        {"id": _new_id(), "notebook_id": key.notebook, "cell_id": key.cell}
        | values.get(key, {})
        for key in keys
        if key not in existing
    ]
    _insert(connection, table, new_rows)
    changes = {existing[key].id: v for key, v in values.items() if key in existing}
    _update(connection, table, changes)


# --- rows ---


def _select_pairs(
    connection: Connection, key: Any, value: Any, *conditions: Any
) -> dict[str, str]:
    """Return column `value` by column `key`, of the rows that meet all conditions."""
    rows = connection.execute(select(key, value).where(*conditions))
    return {k: v for k, v in rows}  # noqa: C416 - rows are no pairs to mypy


def _insert(
    connection: Connection, table: Any, new_rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, with one statement for all that have the same columns."""
    for columns in dict.fromkeys(tuple(row) for row in new_rows):
        same = [row for row in new_rows if tuple(row) == columns]
        connection.execute(insert(table), same)


def _update(
    connection: Connection, table: Any, values: Mapping[str, Mapping[str, Any]]
) -> None:
    """Change rows, given by their IDs; all changes must have the same columns."""
    if values:
        changes = [{"row": row} | dict(new) for row, new in values.items()]
        statement = update(table).where(table.c.id == bindparam("row"))
        connection.execute(statement, changes)


def _new_id() -> str:
    """Return an ID of 32 hexadecimal digits, as nbgrader's, that grows with time.

    Random IDs go to random places of the database's indexes: in a class of 5,000, each
    submission would change five times as many pages, and each page is written twice.
    """
    return f"{time.time_ns():016x}{secrets.token_hex(8)}"


# --- values of columns ---


def _score_columns(check: Check, manual_score: float | None) -> dict[str, Any]:
    auto = None if check.status == "manual" else check.points
    return {
        "auto_score": auto,
        "needs_manual_grade": auto is None or manual_score is not None,
    }


def _comment(released: str | None, text: str | None) -> str | None:
    if released is None or text is None:
        return None
    # Editors remove trailing blanks, which does not make it an answer.
    unchanged = [line.rstrip() for line in released.rstrip().split("\n")] == [
        line.rstrip() for line in text.rstrip().split("\n")
    ]
    return NO_RESPONSE if unchanged else None


def _utc(text: str) -> datetime:
    """Return an ISO 8601 time as nbgrader stores it: in UTC, without a time zone."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _unknown_cells(assignment: Assignment, result: Result, names: Iterable[str]) -> str:
    return (
        f"The result of {result.student} has cells that {assignment.name}/"
        f"{assignment.notebook} does not have: {', '.join(sorted(names))}. It was "
        "graded with another release; grade it again with --force."
    )


def _texts_as_ran(text: str) -> dict[str, str]:
    """Return the source of each cell with a grade_id, in a notebook that we wrote."""
    cells = json.loads(text)["cells"]
    named = ((c["metadata"].get("nbgrader", {}).get("grade_id"), c) for c in cells)
    return {name: "".join(cell["source"]) for name, cell in named if name}


__all__ = ["NO_RESPONSE", "GradebookEntry", "write"]
