"""Brightspace's grade import. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.reports.exports.columns import csv_text, score
from grader.reports.exports.export import Export

if TYPE_CHECKING:
    from grader.classroom.grades import Grade


def make(grades: Sequence[Grade]) -> Export:
    """Brightspace's grade import, which identifies students by user name.

    As in its own exports, a ``#`` keeps spreadsheets from reading ``007`` as a number,
    and marks the end of a line, so that its last score may be empty.
    """
    names = sorted({grade.assignment for grade in grades})
    by_key = {(g.person.id, g.assignment): g for g in grades}
    header = ["Username", *(f"{name} Points Grade" for name in names)]
    rows, left_out = [], []
    for student in sorted({grade.person.id for grade in grades}):
        number = by_key[student, names[0]].person.numbers.get("brightspace")
        if number and student.endswith(f"-{number}"):
            left_out.append(
                f"{student}: no user name is known; collect again with the file that "
                "Brightspace exports under Grades as --roster"
            )
            continue
        points = (score(by_key[student, name]) for name in names)
        rows.append([f"#{student}", *points, "#"])
    table = csv_text([[*header, "End-of-Line Indicator"], *rows])
    return Export(table, tuple(left_out))


__all__ = ["make"]
