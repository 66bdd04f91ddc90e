"""Write the feedback pages of a class: read what each student is told, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from grader.classroom import timing
from grader.classroom.folder import Classroom
from grader.classroom.timing import Timing
from grader.course.course import Course
from grader.files import plain_name
from grader.grading import combine
from grader.notebooks.cells import cells_of, parse_notebook
from grader.records import Assignment, Result
from grader.reports import by_hand, feedback


class StudentFeedback(NamedTuple):
    """What a student is told about one notebook; see :mod:`grader.reports.feedback`.

    The result has the points that a person gave; `comments` are what a person wrote, by
    the names of the cells.
    """

    assignment: Assignment
    result: Result
    timing: Timing
    answers: Mapping[str, str]
    comments: Mapping[str, str] | None = None


def read_feedback(
    classroom: Classroom, course: Course, database: str | None = None
) -> Iterator[StudentFeedback]:
    """Yield the feedback on each graded notebook of the class.

    Parameters
    ----------
    classroom
        The class folder.
    course
        The course whose assignments were graded.
    database
        SQLAlchemy URL of the gradebook, which has the due dates, the penalties for late
        submissions, and what people entered; None takes the class folder's own, if any.
    """
    notebooks: dict[str, tuple[Assignment, ...]] = {}
    results = classroom.read_results()
    timings = timing.read(classroom, results, database)
    entered = by_hand.read(classroom, database)
    for (student, name), result in results.items():
        if name not in notebooks:
            notebooks[name], _ = course.read(name)
        for notebook in notebooks[name]:
            own = combine.result_of_notebook(result, notebook)
            marks = entered.get((student, name, notebook.notebook))
            yield StudentFeedback(
                notebook,
                by_hand.with_marks(own, marks) if marks else own,
                timings[student, name],
                _answers(classroom, notebook, result),
                marks.comments if marks else None,
            )


def write_feedback(
    classroom: Classroom, course: Course, database: str | None = None
) -> list[Path]:
    """Write a feedback page for each graded notebook of the class.

    Parameters
    ----------
    classroom, course, database
        As for :func:`read_feedback`.

    Returns
    -------
    list of Path
        The pages.
    """
    told = read_feedback(classroom, course, database)
    return [write_told(classroom, each, datetime.now().astimezone()) for each in told]


def write_told(room: Classroom, told: StudentFeedback, graded: datetime) -> Path:
    """Write one page; see :func:`grader.reports.feedback.page`.

    Parameters
    ----------
    room
        The class folder.
    told
        What the student is told.
    graded
        When it was graded.
    """
    text = feedback.page(
        told.assignment,
        told.result,
        graded=graded,
        timing=told.timing,
        answers=told.answers,
        comments=told.comments,
    )
    return feedback.write(room, told.assignment, told.result, text)


def _answers(
    classroom: Classroom, notebook: Assignment, result: Result
) -> Mapping[str, str]:
    """Return the student's answers, from the notebook as it ran; none if it is gone."""
    folder = classroom.folder("autograded", result.student, result.assignment)
    path = folder / f"{plain_name(notebook.notebook)}.ipynb"
    try:
        cells = cells_of(parse_notebook(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    answers = (cell for cell in cells if cell.kind in ("answer", "manual"))
    return {cell.grade_id: cell.source for cell in answers}


__all__ = ["StudentFeedback", "read_feedback", "write_feedback", "write_told"]
