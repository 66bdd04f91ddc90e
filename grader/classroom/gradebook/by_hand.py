"""Read what people entered: points of cells, extra credit and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nbgrader import api
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

NotebookKey = tuple[str, str, str]
"""A student, an assignment and one of its notebooks."""


class Mark(NamedTuple):
    """What a person entered about one graded cell.

    Attributes
    ----------
    points : float or None
        The points that the person gave; None if only extra credit was given.
    extra : float
        The extra credit.
    again : bool
        Whether a person has to look at it again, as the cell was graded anew since.
    """

    points: float | None
    extra: float
    again: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What people entered about a notebook, by the names of its cells.

    Attributes
    ----------
    points : mapping
        About graded cells.
    comments : mapping
        Comments, on graded cells and on answers.
    """

    points: Mapping[str, Mark] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


def read(session: Session) -> dict[NotebookKey, Marks]:
    """Return what people entered about each notebook; only those with anything.

    Parameters
    ----------
    session
        An open transaction.
    """
    grade, comment = api.Grade, api.Comment
    given = _of_cells(
        grade, grade.manual_score, grade.extra_credit, grade.needs_manual_grade
    ).where(or_(grade.manual_score.is_not(None), grade.extra_credit != 0))
    said = _of_cells(comment, comment.manual_comment).where(
        comment.manual_comment.is_not(None), comment.manual_comment != ""
    )
    points: dict[NotebookKey, dict[str, Mark]] = {}
    for student, name, notebook, cell, score, extra, again in session.execute(given):
        mark = Mark(score, extra or 0.0, bool(again))
        points.setdefault((student, name, notebook), {})[cell] = mark
    comments: dict[NotebookKey, dict[str, str]] = {}
    for student, name, notebook, cell, text in session.execute(said):
        comments.setdefault((student, name, notebook), {})[cell] = text
    return {
        key: Marks(points.get(key, {}), comments.get(key, {}))
        for key in points.keys() | comments.keys()
    }


def _of_cells(table: Any, *columns: Any) -> Select[Any]:
    """Return a query for columns of a table that has a row for a cell."""
    submission, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    return (
        select(
            submission.student_id,
            api.Assignment.name,
            api.Notebook.name,
            api.BaseCell.name,
            *columns,
        )
        .select_from(table)
        .join(api.BaseCell, table.cell_id == api.BaseCell.id)
        .join(notebook, table.notebook_id == notebook.id)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .join(submission, notebook.assignment_id == submission.id)
        .join(api.Assignment, submission.assignment_id == api.Assignment.id)
    )


__all__ = ["Mark", "Marks", "NotebookKey", "read"]
