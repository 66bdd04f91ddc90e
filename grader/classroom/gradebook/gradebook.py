"""Write results into nbgrader's database; the only module that opens it.

The tables are nbgrader's own, so its formgrader, feedback and exporters work with them.
nbgrader's ``Gradebook`` commits after every cell and every score, about a hundred times
per submission. Here one submission, or several, are one transaction: written as a whole
or not at all, with a number of statements that does not grow with the number of
submissions or cells. What people entered (manual scores, extra credit, comments) is
never changed; but after a new automatic score, nbgrader asks for a review again.

Importing this module loads SQLAlchemy and nbgrader, so import it only where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Self

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, inspect, select
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, StatementError
from sqlalchemy.orm import Session

from grader.classroom.gradebook import assignments, by_hand, deadlines, submissions
from grader.classroom.gradebook.assignments import AssignmentIds
from grader.classroom.gradebook.by_hand import Marks, NotebookKey
from grader.classroom.gradebook.deadlines import Deadlines
from grader.classroom.gradebook.submissions import GradebookEntry
from grader.classroom.gradebook.tables import ALEMBIC_DIR, api
from grader.errors import ClassError
from grader.records import Assignment, Result

#: The ``course_id`` that nbgrader uses for a course without a name.
DEFAULT_COURSE = "default_course"
#: Submissions per statement: databases limit the number of values in one.
MOST_AT_ONCE = 50
#: Seconds to wait while another program, such as formgrader, writes to SQLite.
BUSY_SECONDS = 30


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of the SQLite file at ``path``."""
    return URL.create("sqlite", database=str(path)).render_as_string()


class Standing(NamedTuple):
    """The state of a submission in the gradebook.

    Attributes
    ----------
    score : float
        Its score, with manual scores and extra credit.
    needs_grading : bool
        Whether a part of it still has to be graded by hand.
    """

    score: float
    needs_grading: bool


class _Group(NamedTuple):
    """Submissions of one notebook, by student; each student has only one."""

    assignment: Assignment
    entries: dict[str, GradebookEntry]


class Gradebook:
    """nbgrader's database, open for one writer. Use it in a ``with`` statement.

    Parameters
    ----------
    url
        Any SQLAlchemy URL. In a new or empty database, nbgrader's tables are created.
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
        self._recorded: dict[tuple[str, str], tuple[str, AssignmentIds]] = {}
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
        """Close the connection; leaving the ``with`` block does this, too."""
        self._engine.dispose()

    def record(self, assignment: Assignment) -> AssignmentIds:
        """Write an assignment: the notebook's cells, points and released text.

        :meth:`write` calls this; call it yourself only for an assignment without
        submissions. As in nbgrader, the points and texts of a notebook with submissions
        can change, but no cell can be added or removed.

        Raises
        ------
        ClassError
            If a cell was added or removed while there are submissions.
        """
        key = assignment.name, assignment.notebook
        release, ids = self._recorded.get(key, ("", None))
        if ids is not None and release == assignment.release:
            return ids
        with self._transaction() as session:
            assignments.record(session, assignment, self._course)
            session.flush()
            ids = assignments.row_ids(session, assignment)
        self._recorded[key] = assignment.release, ids
        return ids

    def write(
        self,
        assignment: Assignment,
        result: Result,
        *,
        submitted: str | None = None,
        ran: str | None = None,
    ) -> None:
        """Write one graded submission, as a whole or not at all.

        Parameters
        ----------
        assignment
            The assignment's notebook.
        result
            The grade.
        submitted
            ISO 8601 time of the submission; None keeps the time already there.
        ran
            The notebook that was graded, as JSON text. Answers in it that are still
            the released text get nbgrader's comment "No response."; None keeps the
            automatic comments already there.

        Raises
        ------
        ClassError
            If the result has cells that the assignment does not have, or the
            database refuses.
        """
        self.write_all([GradebookEntry(assignment, result, submitted, ran)])

    def write_all(self, entries: Iterable[GradebookEntry]) -> None:
        """Write several submissions in one transaction: all of them or none.

        Raises
        ------
        ClassError
            As :meth:`write` does.
        """
        groups = [(self.record(group.assignment), group) for group in _grouped(entries)]
        with self._transaction() as session:
            for ids, group in groups:
                submissions.write(session.connection(), ids, group.entries)

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

    def standings(self) -> dict[tuple[str, str], Standing]:
        """Return the state of each submission, by student and assignment."""
        submission = api.SubmittedAssignment
        query = select(
            submission.student_id,
            api.Assignment.name,
            submission.score,
            submission.needs_manual_grade,
        ).join(api.Assignment)
        with self._transaction() as session:
            rows = session.execute(query)
            return {
                (student, assignment): Standing(score, bool(unfinished))
                for student, assignment, score, unfinished in rows
            }

    def students(self) -> list[dict[str, str]]:
        """Return each student's ID, names, e-mail address and number in the LMS."""
        columns = ("id", "first_name", "last_name", "email", "lms_user_id")
        with self._transaction() as session:
            rows = session.scalars(select(api.Student).order_by(api.Student.id))
            return [{c: getattr(row, c) or "" for c in columns} for row in rows]

    def due_dates(self) -> dict[str, datetime]:
        """Return when each assignment that has a due date is due."""
        with self._transaction() as session:
            return deadlines.dates(session)

    def set_due_dates(self, dates: Mapping[str, datetime]) -> None:
        """Write when assignments are due; one that is missing is created.

        Parameters
        ----------
        dates
            The due dates, by the names of the assignments.
        """
        with self._transaction() as session:
            deadlines.set_dates(session, dates, self._course)

    def deadlines(self) -> Deadlines:
        """Return due dates, extensions, and the penalties for late submissions."""
        with self._transaction() as session:
            return deadlines.read(session)

    def by_hand(self) -> dict[NotebookKey, Marks]:
        """Return the points, extra credit and comments that people entered."""
        with self._transaction() as session:
            return by_hand.read(session)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except StatementError as error:
            where = self._engine.url.render_as_string(hide_password=True)
            raise ClassError(
                f"The gradebook {where} cannot be used: {_short(error)}. Nothing was "
                "written in this step."
            ) from error


def _grouped(entries: Iterable[GradebookEntry]) -> Iterator[_Group]:
    """Yield groups of submissions that can be written with the same statements."""
    groups: dict[tuple[str, str], _Group] = {}
    for entry in entries:
        new, student = entry.assignment, entry.result.student
        key = new.name, new.notebook
        group = groups.setdefault(key, _Group(new, {}))
        full = len(group.entries) == MOST_AT_ONCE
        if full or student in group.entries or new is not group.assignment:
            yield group
            group = groups[key] = _Group(new, {})
        group.entries[student] = entry
    yield from groups.values()


# --- the database itself -------------------------------------------------------


def _engine(url: str) -> Engine:
    try:
        where = make_url(url)
        if where.get_backend_name() != "sqlite":
            return create_engine(where)
        engine = create_engine(where, connect_args={"timeout": BUSY_SECONDS})
    except (ArgumentError, ImportError, ValueError) as error:
        raise ClassError(
            f"The database {url.split('@')[-1]!r} cannot be opened: {error}. "
            "Give a URL such as sqlite:////home/me/class/gradebook.db or "
            "postgresql+psycopg://user@host/name"
        ) from error
    event.listen(engine, "connect", _disable_driver_transactions)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _disable_driver_transactions(connection: Any, _: object) -> None:
    connection.isolation_level = None


def _begin_immediate(connection: Connection) -> None:
    # Python's driver begins a transaction only at the first change. By then, rows that
    # were read could be outdated, and new tables would not be part of the transaction.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare(connection: Connection) -> None:
    migrations = MigrationContext.configure(connection)
    script = ScriptDirectory.from_config(_alembic())
    if not inspect(connection).has_table("assignment"):
        api.Base.metadata.create_all(connection)
        migrations.stamp(script, "head")
    elif (schema := migrations.get_current_revision()) != script.get_current_head():
        raise ClassError(
            f"The gradebook was made by another version of nbgrader (schema {schema}, "
            f"expected {script.get_current_head()}). Back it up, then run: "
            "nbgrader db upgrade"
        )


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", ALEMBIC_DIR)
    return config


def _short(error: StatementError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


__all__ = [
    "DEFAULT_COURSE",
    "Gradebook",
    "GradebookEntry",
    "Standing",
    "sqlite_url",
]
