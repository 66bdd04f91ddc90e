"""Moodle's grading worksheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.reports.exports.columns import csv_text, number
from grader.reports.exports.export import Export, who

if TYPE_CHECKING:
    from grader.classroom.grades import Grade

_WORKSHEET = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)


def make(grades: Sequence[Grade]) -> Export:
    """Moodle's grading worksheet, which identifies students by participant number."""
    rows, left_out = [], []
    for grade in grades:
        participant = grade.person.numbers.get("moodle")
        if grade.score is None:
            continue
        if not participant:
            left_out.append(
                f"{who(grade)}: no participant number is known; collect again with "
                "Moodle's grading worksheet as --roster"
            )
            continue
        about = (grade.person.name, grade.person.email, "Submitted for grading")
        points = (
            number(grade.score),
            number(grade.max_score),
            "Yes",
            "-",
            "-",
            "",
        )
        rows.append((f"Participant {participant}", *about, *points))
    return Export(csv_text([_WORKSHEET, *rows]), tuple(left_out))


__all__ = ["make"]
