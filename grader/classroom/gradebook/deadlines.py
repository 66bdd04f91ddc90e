"""Read and write when assignments are due, and read what late submissions cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.classroom.gradebook.tables import api


class Deadlines(NamedTuple):
    """What the gradebook says about late work.

    Attributes
    ----------
    dates : mapping
        When each assignment is due, where that is known.
    extensions : mapping
        The time that a student was given beyond that, by student and assignment.
    penalties : mapping
        The points that were taken off, by student and assignment, then by notebook.
    """

    dates: Mapping[str, datetime]
    extensions: Mapping[tuple[str, str], timedelta]
    penalties: Mapping[tuple[str, str], Mapping[str, float]]

    def due(self, student: str, assignment: str) -> datetime | None:
        """Return when a submission is due, with the student's extension.

        Parameters
        ----------
        student, assignment
            Whose submission it is, and to what.
        """
        date = self.dates.get(assignment)
        extension = self.extensions.get((student, assignment), timedelta(0))
        return date + extension if date else None


def dates(session: Session) -> dict[str, datetime]:
    """Return when each assignment that has a due date is due."""
    query = select(api.Assignment.name, api.Assignment.duedate)
    rows = session.execute(query.where(api.Assignment.duedate.is_not(None)))
    return {name: due.replace(tzinfo=UTC) for name, due in rows}


def set_dates(session: Session, due: Mapping[str, datetime], course: str) -> None:
    """Write when assignments are due; one that is missing is created.

    Parameters
    ----------
    session
        An open transaction.
    due
        The due dates, by the names of the assignments.
    course
        nbgrader's ``course_id``, for new assignments.
    """
    for name, date in due.items():
        row = session.scalar(select(api.Assignment).filter_by(name=name))
        if row is None:
            row = api.Assignment(name=name, course_id=course)
            session.add(row)
        row.duedate = date.astimezone(UTC).replace(tzinfo=None)


def read(session: Session) -> Deadlines:
    """Return due dates, extensions, and the penalties for late submissions."""
    submission, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    extended = select(
        submission.student_id, api.Assignment.name, submission.extension
    ).join(api.Assignment)
    lost = (
        select(
            submission.student_id,
            api.Assignment.name,
            api.Notebook.name,
            notebook.late_submission_penalty,
        )
        .select_from(notebook)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .join(submission, notebook.assignment_id == submission.id)
        .join(api.Assignment, submission.assignment_id == api.Assignment.id)
        .where(notebook.late_submission_penalty > 0)
    )
    rows = session.execute(extended.where(submission.extension.is_not(None)))
    extensions = {(student, name): time for student, name, time in rows}
    penalties: dict[tuple[str, str], dict[str, float]] = {}
    for student, name, of, points in session.execute(lost):
        penalties.setdefault((student, name), {})[of] = points
    return Deadlines(dates(session), extensions, penalties)


__all__ = ["Deadlines", "dates", "read", "set_dates"]
