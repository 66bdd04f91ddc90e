"""The columns of Gradescope's own *Download Grades*. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.reports.exports.columns import csv_text, name_parts, number, score
from grader.reports.exports.export import Export

if TYPE_CHECKING:
    from grader.classroom.grades import Grade

_SCORES = (
    "First Name",
    "Last Name",
    "SID",
    "Email",
    "Total Score",
    "Max Points",
    "Status",
    "Submission Time",
)


def make(grades: Sequence[Grade]) -> Export:
    """The columns of Gradescope's own *Download Grades*."""
    rows = []
    for grade in grades:
        sid = grade.person.numbers.get("gradescope", grade.person.id)
        when = f"{grade.submitted:%Y-%m-%d %H:%M:%S %z}" if grade.submitted else ""
        status = "Missing" if grade.result is None else "Graded"
        about = (*name_parts(grade), sid, grade.person.email)
        rows.append((*about, score(grade), number(grade.max_score), status, when))
    return Export(csv_text([_SCORES, *rows]))


__all__ = ["make"]
