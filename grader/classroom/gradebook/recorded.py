"""Read the score of each cell from a gradebook, and change nothing in it.

Importing this module loads SQLAlchemy and nbgrader, so import it only where it is used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Select, create_engine, select
from sqlalchemy.exc import DatabaseError

from grader.classroom.gradebook.tables import api
from grader.errors import ClassError


class CellKey(NamedTuple):
    """One graded cell of one student's submission."""

    student: str
    assignment: str
    notebook: str
    grade_id: str


@dataclass(frozen=True, slots=True)
class RecordedScore:
    """What a gradebook holds about one cell.

    Attributes
    ----------
    points : float or None
        What nbgrader gave by itself; None if a person has to grade the cell.
    max_points : float
        What the cell was worth.
    """

    points: float | None
    max_points: float


@dataclass(frozen=True, slots=True)
class RecordedScores:
    """The scores in a gradebook.

    Attributes
    ----------
    cells : mapping
        For each cell of each submission.
    submitted : mapping
        When each submission was made, by student and assignment; None if that is not
        recorded.
    """

    cells: Mapping[CellKey, RecordedScore]
    submitted: Mapping[tuple[str, str], datetime | None]


def read_recorded(gradebook: Path) -> RecordedScores:
    """Read the scores that nbgrader gave by itself.

    Parameters
    ----------
    gradebook
        The SQLite file; it is opened for reading only.

    Raises
    ------
    ClassError
        There is no such file, or it is not a gradebook of nbgrader's.
    """
    if not gradebook.is_file():
        raise ClassError(
            f"{gradebook}: there is no such gradebook; name nbgrader's gradebook.db "
            "with --gradebook FILE"
        )
    uri = f"{gradebook.resolve().as_uri()}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(uri, uri=True))
    try:
        with engine.connect() as connection:
            rows = [
                row
                for model in (api.GradeCell, api.TaskCell)
                for row in connection.execute(_cells(model))
            ]
    except DatabaseError as error:
        reason = str(error.orig or error).splitlines()[0]
        raise ClassError(
            f"{gradebook}: not a gradebook of this version of nbgrader ({reason}); if "
            "an older version made it, copy the file and run: nbgrader db upgrade"
        ) from error
    finally:
        engine.dispose()
    return RecordedScores(dict(_scores(rows)), dict(_times(rows)))


def _cells(model: Any) -> Select[Any]:
    """Return the query for all graded cells of one kind."""
    submission, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    return (
        select(
            submission.student_id,
            api.Assignment.name.label("assignment"),
            api.Notebook.name.label("notebook"),
            model.name.label("cell"),
            model.max_score,
            api.Grade.auto_score,
            submission.timestamp,
        )
        .select_from(api.Grade)
        .join(model, api.Grade.cell_id == model.id)
        .join(notebook, api.Grade.notebook_id == notebook.id)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .join(submission, notebook.assignment_id == submission.id)
        .join(api.Assignment, submission.assignment_id == api.Assignment.id)
    )


def _scores(rows: list[Any]) -> Iterator[tuple[CellKey, RecordedScore]]:
    for row in rows:
        key = CellKey(row.student_id, row.assignment, row.notebook, row.cell)
        yield key, RecordedScore(row.auto_score, row.max_score)


def _times(rows: list[Any]) -> Iterator[tuple[tuple[str, str], datetime | None]]:
    for row in rows:
        time = row.timestamp.replace(tzinfo=UTC) if row.timestamp else None
        yield (row.student_id, row.assignment), time


__all__ = ["CellKey", "RecordedScore", "RecordedScores", "read_recorded"]
