"""Write the rows of graded submissions: scores, and nbgrader's own comments."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from nbgrader import api
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from grader.classroom.gradebook.assignments import Layout
from grader.errors import ClassError
from grader.records import Assignment, Check, Result

#: What nbgrader tells a student whose answer is the released text, unchanged.
NO_RESPONSE = "No response."
# nbgrader's tables, without what its classes do for each row. Rows are looked for
# by what has an index: a search by notebook alone would read every student's.
_STUDENTS = api.Student.__table__
_WORKS = api.SubmittedAssignment.__table__
_SHEETS = api.SubmittedNotebook.__table__
_GRADES = api.Grade.__table__
_COMMENTS = api.Comment.__table__


class Sheet(NamedTuple):
    """A submitted notebook: its id, and whether it was made just now."""

    id: str
    fresh: bool


class _Work(NamedTuple):
    """A submission of an assignment: its id, and whether it was made just now."""

    id: str
    fresh: bool


class _Place(NamedTuple):
    """A cell of a sheet, by both their ids."""

    sheet: str
    cell: str


class _Row(NamedTuple):
    """A row that is there already: its id, and one of its values."""

    id: str
    value: Any


class Entry(NamedTuple):
    """What is written of one graded submission; see Gradebook.write."""

    assignment: Assignment
    result: Result
    submitted: str | None = None
    ran: str | None = None


def write(rows: Connection, layout: Layout, entries: Mapping[str, Entry]) -> None:
    """Write the submissions of one notebook.

    The number of statements does not grow with them, nor with their cells.

    Parameters
    ----------
    rows
        A connection with an open transaction.
    layout
        The ids of the assignment's rows.
    entries
        What is written, by student.

    Raises
    ------
    ClassError
        If a result has cells that the assignment does not have.
    """
    for entry in entries.values():
        known = {task.grade_id for task in entry.assignment.tasks}
        found = {check.grade_id for check in entry.result.cells}
        if unknown := found - known - layout.graded.keys():
            raise ClassError(_unknown_cells(entry.assignment, entry.result, unknown))
    times = {student: entry.submitted for student, entry in entries.items()}
    sheets = _sheets(rows, layout, times)
    _score(rows, layout, [(sheets[s], entry.result) for s, entry in entries.items()])
    _comment(rows, layout, [(sheets[s], entry.ran) for s, entry in entries.items()])


# --- whose sheet ---


def _sheets(
    rows: Connection, layout: Layout, times: Mapping[str, str | None]
) -> dict[str, Sheet]:
    """Return each student's sheet, made where there is none; note the `times`."""
    key = _STUDENTS.c.id
    there = _found(rows, key, key, key.in_(times))
    _add(rows, _STUDENTS, [{"id": name} for name in times if name not in there])
    works = _works(rows, layout, times)
    old = [work.id for work in works.values() if not work.fresh]
    # Of a submission that is new there is no notebook that could be looked for.
    its, of_work = _SHEETS.c.notebook_id == layout.notebook, _SHEETS.c.assignment_id
    known = _found(rows, of_work, _SHEETS.c.id, its, of_work.in_(old)) if old else {}
    made = {work.id: _new_id() for work in works.values() if work.id not in known}
    place = {"notebook_id": layout.notebook}
    sheets = [{"id": i, "assignment_id": work} | place for work, i in made.items()]
    _add(rows, _SHEETS, sheets)
    ids = known | made
    return {s: Sheet(ids[work.id], work.id in made) for s, work in works.items()}


def _works(
    rows: Connection, layout: Layout, times: Mapping[str, str | None]
) -> dict[str, _Work]:
    """Return each student's submission of the assignment, made where there is none."""
    ours = _WORKS.c.assignment_id == layout.assignment, _WORKS.c.student_id.in_(times)
    known = _found(rows, _WORKS.c.student_id, _WORKS.c.id, *ours)
    made = {student: _new_id() for student in times if student not in known}
    moments = {s: {"timestamp": _utc(t)} for s, t in times.items() if t is not None}
    place = {"assignment_id": layout.assignment}
    works = [{"id": i, "student_id": s} | place for s, i in made.items()]
    _add(rows, _WORKS, [work | moments.get(work["student_id"], {}) for work in works])
    _change(rows, _WORKS, {known[s]: m for s, m in moments.items() if s in known})
    ids = known | made
    return {student: _Work(ids[student], student in made) for student in times}


# --- what is on it ---


def _score(
    rows: Connection, layout: Layout, results: Sequence[tuple[Sheet, Result]]
) -> None:
    """Write what each cell has earned; what people entered stays."""
    cells = layout.graded.values()
    sheets = [sheet for sheet, _ in results]
    there = _on(rows, _GRADES, sheets, cells, _GRADES.c.manual_score)
    marks = {}
    for sheet, result in results:
        for check in result.cells:
            if cell := layout.graded.get(check.grade_id):
                place = _Place(sheet.id, cell)
                row = there.get(place)
                marks[place] = _marks(check, row.value if row else None)
    _put(rows, _GRADES, _places(sheets, cells), there, marks)


def _comment(
    rows: Connection, layout: Layout, notebooks: Sequence[tuple[Sheet, str | None]]
) -> None:
    """Say of each answer whether it is blank, given the notebooks as they ran."""
    sheets = [sheet for sheet, _ in notebooks]
    cells = layout.commented
    there = _on(rows, _COMMENTS, sheets, cells, _COMMENTS.c.auto_comment)
    remarks = {
        _Place(sheet.id, cell): {"auto_comment": remark}
        for sheet, ran in notebooks
        if ran is not None
        for cell, remark in _remarks(layout, ran)
    }
    _put(rows, _COMMENTS, _places(sheets, cells), there, remarks)


def _remarks(layout: Layout, ran: str) -> Iterator[tuple[str, str | None]]:
    texts = _texts_as_ran(ran)
    for name, cell in layout.answered.items():
        yield cell, _remark(layout.released.get(name), texts.get(name))


def _places(sheets: Iterable[Sheet], cells: Collection[str]) -> list[_Place]:
    return [_Place(sheet.id, cell) for sheet in sheets for cell in cells]


def _on(
    rows: Connection,
    table: Any,
    sheets: Iterable[Sheet],
    cells: Collection[str],
    what: Any,
) -> dict[_Place, _Row]:
    """Return the rows that sheets have already, with the column `what`."""
    old = [sheet.id for sheet in sheets if not sheet.fresh]
    if not old:
        return {}
    ours = select(table.c.notebook_id, table.c.cell_id, table.c.id, what).where(
        table.c.cell_id.in_(cells), table.c.notebook_id.in_(old)
    )
    found = rows.execute(ours)
    return {_Place(sheet, cell): _Row(row, value) for sheet, cell, row, value in found}


def _put(
    rows: Connection,
    table: Any,
    places: Iterable[_Place],
    known: Mapping[_Place, _Row],
    values: Mapping[_Place, dict[str, Any]],
) -> None:
    """Give each place a row, with the `values` for it."""
    new = [
        {"id": _new_id(), "notebook_id": place.sheet, "cell_id": place.cell}
        | values.get(place, {})
        for place in places
        if place not in known
    ]
    _add(rows, table, new)
    _change(rows, table, {known[p].id: v for p, v in values.items() if p in known})


# --- rows ---


def _found(rows: Connection, key: Any, value: Any, *wanted: Any) -> dict[str, str]:
    """Return two columns of those rows, the one by the other."""
    return {k: v for k, v in rows.execute(select(key, value).where(*wanted))}  # noqa: C416 - rows are no pairs to mypy


def _add(rows: Connection, table: Any, new: Sequence[Mapping[str, Any]]) -> None:
    """Add rows; those that have the same columns, with one statement."""
    for columns in dict.fromkeys(tuple(row) for row in new):
        rows.execute(insert(table), [row for row in new if tuple(row) == columns])


def _change(rows: Connection, table: Any, new: Mapping[str, Mapping[str, Any]]) -> None:
    """Change rows, by their ids; all in the same columns, if there are any."""
    if new:
        changes = [{"row": row} | dict(values) for row, values in new.items()]
        rows.execute(update(table).where(table.c.id == bindparam("row")), changes)


def _new_id() -> str:
    """Return an id such as nbgrader's, 32 hexadecimal digits, but in order of time.

    Random ones go to random places of a database's indexes: in a class of 5,000 a
    submission changes five times as many of their pages, and each is written twice.
    """
    return f"{time.time_ns():016x}{secrets.token_hex(8)}"


# --- what it says ---


def _marks(check: Check, manual_score: float | None) -> dict[str, Any]:
    auto = None if check.status == "manual" else check.points
    return {
        "auto_score": auto,
        "needs_manual_grade": auto is None or manual_score is not None,
    }


def _remark(released: str | None, text: str | None) -> str | None:
    if released is None or text is None:
        return None
    # Editors trim trailing blanks; that is no answer.
    same = [line.rstrip() for line in released.rstrip().split("\n")] == [
        line.rstrip() for line in text.rstrip().split("\n")
    ]
    return NO_RESPONSE if same else None


def _utc(text: str) -> datetime:
    """Return ISO 8601 as nbgrader stores times: in UTC, without saying so."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _unknown_cells(assignment: Assignment, result: Result, names: Iterable[str]) -> str:
    return (
        f"The result of {result.student} has cells that {assignment.name}/"
        f"{assignment.notebook} does not have: {', '.join(sorted(names))}. It was "
        "graded with another release; grade it again with --force."
    )


def _texts_as_ran(text: str) -> dict[str, str]:
    """Return the source of each named cell of a notebook that we wrote, unchecked."""
    cells = json.loads(text)["cells"]
    named = ((c["metadata"].get("nbgrader", {}).get("grade_id"), c) for c in cells)
    return {name: "".join(cell["source"]) for name, cell in named if name}


__all__ = ["NO_RESPONSE", "Entry", "write"]
