"""The rows of one graded submission: scores, and nbgrader's own comments."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from nbgrader import api
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from grader.booking.released import Layout
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


def sheet_of(
    rows: Connection, layout: Layout, student: str, submitted: str | None
) -> tuple[str, bool]:
    """Return the id of the submitted notebook, and whether it was made just now."""
    if _first(rows, _STUDENTS, {"id": student}) is None:
        rows.execute(insert(_STUDENTS), {"id": student})
    moment = {} if submitted is None else {"timestamp": _utc(submitted)}
    key = {"assignment_id": layout.assignment, "student_id": student}
    work = _first(rows, _WORKS, key)
    if work is None:
        # Of a submission that is new there is no notebook that could be looked for.
        work = _added(rows, _WORKS, key | moment)
        return _added(rows, _SHEETS, _of_work(layout, work)), True
    if moment:
        rows.execute(update(_WORKS).where(_WORKS.c.id == work), moment)
    sheet = _first(rows, _SHEETS, _of_work(layout, work))
    if sheet is None:
        return _added(rows, _SHEETS, _of_work(layout, work)), True
    return sheet, False


def _of_work(layout: Layout, work: str) -> dict[str, str]:
    return {"notebook_id": layout.notebook, "assignment_id": work}


def _first(rows: Connection, table: Any, key: Mapping[str, str]) -> str | None:
    wanted = [table.c[name] == value for name, value in key.items()]
    return rows.scalar(select(table.c.id).where(*wanted))


def _added(rows: Connection, table: Any, values: Mapping[str, Any]) -> str:
    """Add a row; return its id, which is ours to make."""
    made = str(api.new_uuid())
    rows.execute(insert(table), {"id": made, **values})
    return made


def _of_sheet(
    rows: Connection, table: Any, sheet: str, cells: Collection[str], what: Any
) -> dict[str, tuple[str, Any]]:
    """Return id and the column `what` of the sheet's rows, by cell."""
    ours = select(table.c.cell_id, table.c.id, what).where(
        table.c.cell_id.in_(cells), table.c.notebook_id == sheet
    )
    return {cell: (row, value) for cell, row, value in rows.execute(ours)}


def _put(
    rows: Connection,
    table: Any,
    sheet: str,
    cells: Collection[str],
    known: Mapping[str, tuple[str, Any]],
    values: Mapping[str, dict[str, Any]],
) -> None:
    """Give each of `cells` a row of the sheet, with the `values` for its id."""
    new = [
        {"cell_id": cell, "notebook_id": sheet} | values.get(cell, {})
        for cell in cells
        if cell not in known
    ]
    for like in ([r for r in new if len(r) == 2], [r for r in new if len(r) > 2]):
        if like:
            rows.execute(insert(table), like)
    changes = [
        {"row": known[cell][0]} | changed
        for cell, changed in values.items()
        if cell in known
    ]
    if changes:
        rows.execute(update(table).where(table.c.id == bindparam("row")), changes)


def score(
    rows: Connection,
    layout: Layout,
    sheet: tuple[str, bool],
    assignment: Assignment,
    result: Result,
) -> None:
    """Write what each cell has earned; what people entered stays.

    Raises
    ------
    ClassError
        If the result has cells that the assignment does not have.
    """
    known = layout.graded.keys() | {task.grade_id for task in assignment.tasks}
    if unknown := {check.grade_id for check in result.cells} - known:
        raise ClassError(_unknown_cells(assignment, result, unknown))
    cells = layout.graded.values()
    manual = _GRADES.c.manual_score
    there = {} if sheet[1] else _of_sheet(rows, _GRADES, sheet[0], cells, manual)
    marks = {
        cell: _marks(check, there.get(cell, ("", None))[1])
        for check in result.cells
        if (cell := layout.graded.get(check.grade_id))
    }
    _put(rows, _GRADES, sheet[0], cells, there, marks)


def comment(
    rows: Connection, layout: Layout, sheet: tuple[str, bool], ran: str | None
) -> None:
    """Say of each answer whether it is blank, given the notebook as it ran."""
    cells, said = layout.commented, _COMMENTS.c.auto_comment
    there = {} if sheet[1] else _of_sheet(rows, _COMMENTS, sheet[0], cells, said)
    texts = _texts_as_ran(ran) if ran is not None else {}
    remarks = {
        cell: {"auto_comment": _remark(layout.released.get(name), texts.get(name))}
        for name, cell in layout.answered.items()
        if ran is not None
    }
    _put(rows, _COMMENTS, sheet[0], cells, there, remarks)


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
    """Return the same of a notebook that we wrote: a tenth of the time of parsing."""
    cells = json.loads(text)["cells"]
    named = ((c["metadata"].get("nbgrader", {}).get("grade_id"), c) for c in cells)
    return {name: "".join(cell["source"]) for name, cell in named if name}


__all__ = ["NO_RESPONSE", "comment", "score", "sheet_of"]
