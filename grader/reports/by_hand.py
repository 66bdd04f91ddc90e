"""Add the points that graders entered by hand, in the gradebook, to results.

Pure except for :func:`read`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.grading import scoring
from grader.records import Check, Result, Status, points_text

if TYPE_CHECKING:
    from grader.classroom.folder import Classroom
    from grader.classroom.gradebook.by_hand import Mark, Marks, NotebookKey

GRADED = "graded by your instructor"


def read(room: Classroom, database: str | None = None) -> Mapping[NotebookKey, Marks]:
    """Return the points and comments that graders entered by hand for each notebook.

    The result is empty if the class has no gradebook.

    Parameters
    ----------
    room
        The class folder.
    database
        SQLAlchemy URL of the gradebook; None takes the class folder's own, if any.
    """
    if database is None and not room.gradebook.is_file():
        return {}
    from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url

    with Gradebook(database or sqlite_url(room.gradebook)) as book:
        return book.by_hand()


def counted(
    results: Iterable[Result], entered: Mapping[NotebookKey, Marks]
) -> list[Result]:
    """Return the results of a class, with the points that graders entered by hand.

    Cells that a person has to look at again have the status ``manual``.

    Parameters
    ----------
    results
        Each is about all notebooks of an assignment.
    entered
        What people entered about each notebook.
    """
    given = {
        (student, assignment, notebook, cell): mark
        for (student, assignment, notebook), marks in entered.items()
        for cell, mark in marks.points.items()
    }
    only = {(student, name): notebook for student, name, notebook in entered}
    return (
        [_counted(result, given, only) for result in results] if given else [*results]
    )


def _counted(
    result: Result,
    given: Mapping[tuple[str, str, str, str], Mark],
    only: Mapping[tuple[str, str], str],
) -> Result:
    whose = result.student, result.assignment
    marks = (
        given.get((*whose, check.notebook or only.get(whose, ""), check.grade_id))
        for check in result.cells
    )
    cells = tuple(
        check
        if mark is None
        else replace(_marked(check, mark), status="manual")
        if mark.again
        else _marked(check, mark)
        for check, mark in zip(result.cells, marks, strict=True)
    )
    return replace(result, cells=cells, score=scoring.total(cells))


def with_marks(result: Result, marks: Marks) -> Result:
    """Return the result of a notebook, with the points that graders entered by hand.

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


__all__ = ["GRADED", "counted", "read", "with_marks"]
