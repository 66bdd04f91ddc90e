"""JUnit XML with one test case for each graded cell. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.reports.exports.columns import number
from grader.reports.exports.export import Export

if TYPE_CHECKING:
    from grader.classroom.grades import Grade
    from grader.records import Check
    from grader.reports.junit import JUnitCase


def make(grades: Sequence[Grade]) -> Export:
    """JUnit XML with one test case for each graded cell."""
    from grader.reports import junit  # the command line loads this module for --help

    cases = [
        _case(grade, check)
        for grade in grades
        if grade.result
        for check in grade.result.cells
    ]
    return Export(junit.document("grades", cases))


def _case(grade: Grade, check: Check) -> JUnitCase:
    from grader.reports.junit import JUnitCase

    name = f"{check.notebook}/{check.grade_id}" if check.notebook else check.grade_id
    group = f"{grade.assignment}.{grade.person.id}"
    if check.status == "manual":
        note = "graded by hand"
        return JUnitCase(group, name, check.seconds, note=note)
    share = f"{number(check.points)}/{number(check.max_points)}"
    lost = check.points < check.max_points
    failures = ((share, check.message),) if lost else ()
    return JUnitCase(group, name, check.seconds, failures)


__all__ = ["make"]
