"""Gradescope's ``results.json``: a test for each graded cell.

The format is that of Gradescope's autograder specification. Points that a person gives
are not part of a test's score: Gradescope has its own questions for manual grading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.reports.platforms.sheet import Row, Sheet

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")


def make(sheet: Sheet, visibility: str = "visible") -> dict[str, Any]:
    """Return the content of ``results.json``.

    Parameters
    ----------
    sheet
        What the student reads.
    visibility
        When the student sees the tests: one of :data:`VISIBILITIES`.
    """
    return {
        "score": sheet.score,
        "output": "\n".join(sheet.notes),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        # Only instructors read what the grader prints.
        "stdout_visibility": "hidden",
        "visibility": visibility,
        "tests": [_test(row, visibility) for row in sheet.rows],
        "extra_data": {"grader_failed": sheet.grader_failed},
    }


def _test(row: Row, visibility: str) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": row.name,
        "output": row.text,
        "visibility": visibility,
    }
    if row.by_hand:
        return test
    return test | {"score": row.check.points, "max_score": row.check.max_points}


def message(text: str, *, grader_failed: bool = False) -> dict[str, Any]:
    """Return a results file without a grade.

    Parameters
    ----------
    text
        Why there is none, for the student.
    grader_failed
        Whether the student is not to blame.
    """
    return {
        "score": 0,
        "output": text,
        "output_format": "text",
        "stdout_visibility": "hidden",
        "tests": [],
        "extra_data": {"grader_failed": grader_failed},
    }


def faults_of_file(content: dict[str, Any]) -> Iterator[str]:
    """Yield what Gradescope would refuse in a results file, besides its tests."""
    if not _is_number(content.get("score")):
        yield "score is not a number"
    if content.get("visibility", "visible") not in VISIBILITIES:
        yield f"visibility is {content['visibility']!r}"


def faults_of_test(test: dict[str, Any]) -> Iterator[str]:
    """Yield what Gradescope would refuse in one test of a results file."""
    for key in ("name", "output"):
        if not isinstance(test.get(key, ""), str):
            yield f"{key} is not a string"
    for key in ("score", "max_score"):
        if not _is_number(test.get(key, 0)):
            yield f"{key} is not a number"
    if test.get("visibility", "visible") not in VISIBILITIES:
        yield f"visibility is {test['visibility']!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


__all__ = ["VISIBILITIES", "faults_of_file", "faults_of_test", "make", "message"]
