"""Canvas' gradebook. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.reports.exports.columns import csv_text, number, score
from grader.reports.exports.export import Export

if TYPE_CHECKING:
    from grader.classroom.grades import Grade


def make(grades: Sequence[Grade]) -> Export:
    """Canvas' gradebook: a row for each student, a column for each assignment."""
    names = sorted({grade.assignment: grade.max_score for grade in grades}.items())
    by_key = {(g.person.id, g.assignment): g for g in grades}
    people = {g.person.id: g.person for g in grades}
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    most = ["    Points Possible", "", "", "", "", *(number(m) for _, m in names)]
    rows = []
    for student, person in sorted(people.items()):
        about = [
            person.name or student,
            person.numbers.get("canvas", ""),
            "",
            student,
            "",
        ]
        rows.append([*about, *(score(by_key[student, name]) for name, _ in names)])
    return Export(csv_text([[*header, *(name for name, _ in names)], most, *rows]))


__all__ = ["make"]
