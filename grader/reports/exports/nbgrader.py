"""The columns of ``nbgrader export``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grader.reports.exports.columns import csv_text, name_parts, number, score
from grader.reports.exports.export import Export

if TYPE_CHECKING:
    from grader.classroom.grades import Grade


def _time(moment: datetime | None) -> str:
    """Return a time in UTC, as nbgrader writes it; empty if it is not known."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if moment else ""


_NBGRADER = (
    "assignment duedate timestamp student_id last_name first_name email raw_score "
    "late_submission_penalty score max_score"
).split()


def make(grades: Sequence[Grade]) -> Export:
    """The columns of ``nbgrader export``."""
    rows = []
    for grade in grades:
        first, last = name_parts(grade)
        times = _time(grade.due), _time(grade.submitted)
        person = (grade.person.id, last, first, grade.person.email)
        points = (*_before_penalty(grade), score(grade), number(grade.max_score))
        rows.append((grade.assignment, *times, *person, *points))
    return Export(csv_text([_NBGRADER, *rows]))


def _before_penalty(grade: Grade) -> tuple[str, str]:
    """Return the score without the penalty for a late submission, and the penalty."""
    if grade.raw_score is None:
        return score(grade), ""
    return number(grade.raw_score), number(grade.timing.penalty)


__all__ = ["make"]
