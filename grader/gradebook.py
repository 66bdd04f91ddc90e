"""Results into nbgrader's database; the only module that opens it.

nbgrader's own models are used, so its formgrader, feedback, and exporters work
on what is written here. Its ``Gradebook`` commits after every cell and every
score, some hundred times a submission; here a submission is one transaction:
written wholly or not at all, and in a number of statements that does not grow
with its cells. What people entered (manual scores, extra credit, comments) is
never touched, except that a new automatic score asks for their review again.

Importing this module loads SQLAlchemy and nbgrader: do it where it is used.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from nbgrader import api
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import (
    bindparam,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, StatementError
from sqlalchemy.orm import Session

from grader import notebook
from grader.errors import ClassError
from grader.records import Assignment, Check, Result

#: nbgrader's own choice where a course has no name.
DEFAULT_COURSE = "default_course"
#: What nbgrader tells a student whose answer is the released text, unchanged.
NO_RESPONSE = "No response."
#: Seconds to wait while somebody else, say formgrader, writes to SQLite.
BUSY_SECONDS = 30


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of the SQLite file at ``path``."""
    return URL.create("sqlite", database=str(path)).render_as_string()


class Entry(NamedTuple):
    """What :meth:`Gradebook.write` is given of one graded submission."""

    assignment: Assignment
    result: Result
    submitted: str | None = None
    ran: str | None = None


class Gradebook:
    """nbgrader's database, open for one writer.

    Parameters
    ----------
    url
        Any SQLAlchemy URL. A new or empty database receives nbgrader's tables.
    course
        nbgrader's ``course_id``.

    Raises
    ------
    ClassError
        If the database cannot be opened, or an older nbgrader made it.

    Examples
    --------
    >>> with Gradebook("sqlite://") as book:
    ...     book.scores("lab")
    {}
    """

    def __init__(self, url: str, course: str = DEFAULT_COURSE) -> None:
        self._engine = _engine(url)
        self._course = course
        self._recorded: dict[tuple[str, str], tuple[str, _Layout]] = {}
        try:
            with self._transaction() as session:
                _prepare(session.connection())
                if session.get(api.Course, course) is None:
                    session.add(api.Course(id=course))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connection."""
        self._engine.dispose()

    def record(self, assignment: Assignment) -> _Layout:
        """Write what is graded: the notebook's cells, points and released text.

        Called by :meth:`write`; needed alone only for an assignment without
        submissions. As in nbgrader, a notebook that has submissions may change
        its points and texts but neither gain nor lose a cell.

        Raises
        ------
        ClassError
            If a cell came or went while there are submissions.
        """
        key = assignment.name, assignment.notebook
        release, layout = self._recorded.get(key, ("", None))
        if layout is not None and release == assignment.release:
            return layout
        with self._transaction() as session:
            _record(session, assignment, self._course)
            session.flush()
            layout = _layout(session, assignment)
        self._recorded[key] = assignment.release, layout
        return layout

    def write(
        self,
        assignment: Assignment,
        result: Result,
        *,
        submitted: str | None = None,
        ran: str | None = None,
    ) -> None:
        """Write one graded submission, wholly or not at all.

        Parameters
        ----------
        assignment
            What was graded.
        result
            The grade.
        submitted
            ISO 8601 time of the hand-in; None keeps the time already there.
        ran
            The notebook that was graded, as JSON text. Answers in it that are
            still the released text get nbgrader's comment "No response."; None
            keeps the automatic comments already there.

        Raises
        ------
        ClassError
            If the result has cells that the assignment does not have, or the
            database refuses.
        """
        self.write_all([Entry(assignment, result, submitted, ran)])

    def write_all(self, entries: Iterable[Entry]) -> None:
        """Write several, all of them or none: the disk is waited for only once.

        Raises
        ------
        ClassError
            As :meth:`write` does.
        """
        layouts = [(entry, self.record(entry.assignment)) for entry in entries]
        with self._transaction() as session:
            rows = session.connection()
            for (assignment, result, submitted, ran), layout in layouts:
                sheet = _sheet(rows, layout, result.student, submitted)
                _score(rows, layout, sheet, assignment, result)
                _comment(rows, layout, sheet, ran)

    def scores(self, assignment: str) -> dict[str, float]:
        """Return each student's score, manual scores and extra credit included."""
        query = (
            select(api.SubmittedAssignment.student_id, api.SubmittedAssignment.score)
            .join(api.Assignment)
            .where(api.Assignment.name == assignment)
            .order_by(api.SubmittedAssignment.student_id)
        )
        with self._transaction() as session:
            return {student: score for student, score in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy

    def standings(self) -> dict[tuple[str, str], tuple[float, bool]]:
        """Return score, and whether a person still has to grade, of each hand-in.

        The keys are student and assignment. Manual scores and extra credit are in.
        """
        work = api.SubmittedAssignment
        query = select(
            work.student_id, api.Assignment.name, work.score, work.needs_manual_grade
        ).join(api.Assignment)
        with self._transaction() as session:
            rows = session.execute(query)
            return {(s, a): (score, bool(due)) for s, a, score, due in rows}

    def students(self) -> list[dict[str, str]]:
        """Return what is known of each student, by nbgrader's names of columns."""
        columns = ("id", "first_name", "last_name", "email", "lms_user_id")
        with self._transaction() as session:
            found = session.scalars(select(api.Student).order_by(api.Student.id))
            return [{c: getattr(row, c) or "" for c in columns} for row in found]

    def due_dates(self) -> dict[str, datetime]:
        """Return when each assignment that has a due date is due."""
        query = select(api.Assignment.name, api.Assignment.duedate)
        with self._transaction() as session:
            rows = session.execute(query.where(api.Assignment.duedate.is_not(None)))
            return {name: due.replace(tzinfo=UTC) for name, due in rows}

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except StatementError as error:
            where = self._engine.url.render_as_string(hide_password=True)
            raise ClassError(
                f"The gradebook {where} cannot be used: {_short(error)}. Nothing of "
                "this step was written."
            ) from error


# --- the database itself -------------------------------------------------------


def _engine(url: str) -> Engine:
    try:
        where = make_url(url)
        if where.get_backend_name() != "sqlite":
            return create_engine(where)
        engine = create_engine(where, connect_args={"timeout": BUSY_SECONDS})
    except (ArgumentError, ImportError, ValueError) as error:
        raise ClassError(
            f"{url.split('@')[-1]!r} is no database that can be opened: {error}. "
            "Give a URL such as sqlite:////home/me/class/gradebook.db or "
            "postgresql+psycopg://user@host/name"
        ) from error
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _leave_transactions_to_us(connection: Any, _: object) -> None:
    connection.isolation_level = None


def _begin_immediate(connection: Connection) -> None:
    # Python's driver begins at the first change, too late: what was read before
    # could be outdated, and new tables would not be part of the transaction.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare(connection: Connection) -> None:
    migrations = MigrationContext.configure(connection)
    script = ScriptDirectory.from_config(_alembic())
    if not inspect(connection).has_table("assignment"):
        api.Base.metadata.create_all(connection)
        migrations.stamp(script, "head")
    elif (found := migrations.get_current_revision()) != script.get_current_head():
        raise ClassError(
            f"The gradebook was made by another version of nbgrader (schema {found}, "
            f"expected {script.get_current_head()}). Back it up, then run: "
            "nbgrader db upgrade"
        )


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", ALEMBIC_DIR)
    return config


def _short(error: StatementError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


# --- the assignment ------------------------------------------------------------


def _record(session: Session, assignment: Assignment, course: str) -> None:
    home = _notebook(session, assignment, course)
    wanted = dict(_rows(assignment))
    existing = {
        (type(row), row.name): row for row in (*home._base_cells, *home.source_cells)
    }
    changed = wanted.keys() ^ existing.keys()
    if changed and home.submissions:
        raise ClassError(_cells_changed(assignment, {name for _, name in changed}))
    for key in existing.keys() - wanted.keys():
        session.delete(existing[key])
    for (model, name), values in wanted.items():
        row = existing.get((model, name)) or model(name=name, notebook=home)
        session.add(row)
        for column, value in values.items():
            setattr(row, column, value)


def _notebook(session: Session, assignment: Assignment, course: str) -> Any:
    parent = session.scalar(select(api.Assignment).filter_by(name=assignment.name))
    if parent is None:
        parent = api.Assignment(name=assignment.name, course_id=course)
        session.add(parent)
    query = select(api.Notebook).filter_by(name=assignment.notebook, assignment=parent)
    home = session.scalar(query)
    if home is None:
        home = api.Notebook(name=assignment.notebook, assignment=parent)
        session.add(home)
    metadata = notebook.parse(assignment.source).metadata
    home.kernelspec = json.dumps(metadata.get("kernelspec", {}))
    return home


def _rows(assignment: Assignment) -> Iterator[tuple[tuple[Any, str], dict[str, Any]]]:
    """Yield nbgrader's rows for each cell, as it would when it makes a release.

    An answer's source is the text that students received, a locked cell's is the
    instructor's with its hidden tests.
    """
    released = _texts(assignment.released)
    for cell in notebook.parse(assignment.source).cells:
        kind, name = notebook.kind(cell), notebook.grade_id(cell)
        if name is None or not (kind or notebook.is_locked(cell)):
            continue
        if kind in {"answer", "manual"}:
            cell.source = released.get(name, "")
            yield (api.SolutionCell, name), {}
        if kind in {"test", "manual", "task"}:
            model = api.TaskCell if kind == "task" else api.GradeCell
            points = float(notebook.nbgrader_of(cell)["points"])
            yield (model, name), {"max_score": points, "cell_type": _cell_type(cell)}
        yield (api.SourceCell, name), _source(cell)


def _source(cell: Any) -> dict[str, Any]:
    return {
        "cell_type": _cell_type(cell),
        "locked": notebook.is_locked(cell),
        "source": cell.source,
        "checksum": api.utils.compute_checksum(cell),
    }


def _cell_type(cell: Any) -> str:
    # nbgrader's columns know no raw cells.
    return "code" if cell.cell_type == "code" else "markdown"


def _texts(text: str) -> dict[str, str]:
    """Return the source of each cell that has a grade_id."""
    cells = notebook.parse(text).cells
    return {name: c.source for c in cells if (name := notebook.grade_id(c))}


def _texts_as_ran(text: str) -> dict[str, str]:
    """Return the same of a notebook that we wrote: a tenth of the time of parsing."""
    cells = json.loads(text)["cells"]
    named = ((c["metadata"].get("nbgrader", {}).get("grade_id"), c) for c in cells)
    return {name: "".join(cell["source"]) for name, cell in named if name}


def _cells_changed(assignment: Assignment, names: Iterable[str]) -> str:
    return (
        f"Cells of {assignment.name}/{assignment.notebook} were added or removed "
        f"({', '.join(sorted(names))}), and the gradebook holds submissions graded "
        "without that change. Bring the cells back, or grade into a new class "
        "folder, or remove the assignment and all its scores, manual ones too, with: "
        f"nbgrader db assignment remove {assignment.name} --force"
    )


# --- one submission ------------------------------------------------------------

# nbgrader's tables, without what its classes do for each row. Rows are looked for
# by what has an index: a search by notebook alone would read every student's.
_STUDENTS = api.Student.__table__
_WORKS = api.SubmittedAssignment.__table__
_SHEETS = api.SubmittedNotebook.__table__
_GRADES = api.Grade.__table__
_COMMENTS = api.Comment.__table__


@dataclass(frozen=True, slots=True)
class _Layout:
    """Ids of an assignment's rows, and of its cells by grade_id; released texts."""

    assignment: str
    notebook: str
    graded: Mapping[str, str]
    answered: Mapping[str, str]
    commented: Collection[str]
    released: Mapping[str, str]


def _layout(session: Session, assignment: Assignment) -> _Layout:
    home = session.scalar(
        select(api.Notebook)
        .join(api.Assignment)
        .where(api.Assignment.name == assignment.name)
        .where(api.Notebook.name == assignment.notebook)
    )
    assert home is not None
    cells = home._base_cells
    return _Layout(
        assignment=home.assignment_id,
        notebook=home.id,
        graded={c.name: c.id for c in cells if c.type in ("GradeCell", "TaskCell")},
        answered={c.name: c.id for c in cells if c.type == "SolutionCell"},
        commented=[c.id for c in cells if c.type in ("SolutionCell", "TaskCell")],
        released=_texts(assignment.released),
    )


def _sheet(
    rows: Connection, layout: _Layout, student: str, submitted: str | None
) -> tuple[str, bool]:
    """Return the id of the submitted notebook, and whether it was made just now."""
    if _first(rows, _STUDENTS, id=student) is None:
        rows.execute(insert(_STUDENTS), {"id": student})
    key = {"assignment_id": layout.assignment, "student_id": student}
    work, _ = _get_or_add(rows, _WORKS, key)
    if submitted is not None:
        moment = update(_WORKS).where(_WORKS.c.id == work)
        rows.execute(moment, {"timestamp": _utc(submitted)})
    key = {"notebook_id": layout.notebook, "assignment_id": work}
    return _get_or_add(rows, _SHEETS, key)


def _first(rows: Connection, table: Any, **key: str) -> str | None:
    wanted = [table.c[name] == value for name, value in key.items()]
    return rows.scalar(select(table.c.id).where(*wanted))


def _get_or_add(rows: Connection, table: Any, key: dict[str, str]) -> tuple[str, bool]:
    found = _first(rows, table, **key)
    if found is not None:
        return found, False
    made = rows.execute(insert(table).returning(table.c.id), key)
    return str(made.scalar_one()), True


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


def _score(
    rows: Connection,
    layout: _Layout,
    sheet: tuple[str, bool],
    assignment: Assignment,
    result: Result,
) -> None:
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


def _comment(
    rows: Connection, layout: _Layout, sheet: tuple[str, bool], ran: str | None
) -> None:
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


__all__ = ["DEFAULT_COURSE", "NO_RESPONSE", "Gradebook", "sqlite_url"]
