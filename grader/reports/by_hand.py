"""Put the points that a person gave into a result, as the gradebook has them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.grading import scoring
from grader.records import Check, Result, Status, points_text

if TYPE_CHECKING:
    from grader.classroom.gradebook.by_hand import Mark, Marks

GRADED = "graded by your instructor"


def with_marks(result: Result, marks: Marks) -> Result:
    """Return a result in which points and extra credit by a person are counted.

    Parameters
    ----------
    result
        The result of one notebook.
    marks
        What people entered about this notebook.
    """
    if not marks.points:
        return result
    given = marks.points
    cells = tuple(
        _marked(check, given[check.grade_id]) if check.grade_id in given else check
        for check in result.cells
    )
    return replace(result, cells=cells, score=scoring.total(cells))


def _marked(check: Check, mark: Mark) -> Check:
    points = check.points if mark.points is None else mark.points
    status = check.status if mark.points is None else _status(points, check.max_points)
    message = "; ".join(_words(check, mark))
    return replace(check, points=points + mark.extra, status=status, message=message)


def _status(points: float, most: float) -> Status:
    if points >= most:
        return "passed"
    return "partial" if points > 0 else "failed"


def _words(check: Check, mark: Mark) -> Iterator[str]:
    """Yield what the student reads beside the points."""
    if mark.points is None:
        if check.message:
            yield check.message
    elif mark.again:
        yield f"{GRADED}, who looks at it again"
    else:
        yield GRADED
    if mark.extra:
        yield f"with {points_text(mark.extra)} of extra credit"


__all__ = ["GRADED", "with_marks"]
