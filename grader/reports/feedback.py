"""Write the page that a student gets: the score, the reasons, and the repairs.

Pure but for :func:`write`. The page stands alone: no script, no file beside it,
nothing loaded from anywhere, and a content security policy that says so. All
text on it may stem from a student and is escaped; of the assignment it shows
titles and points, never a source.

It lies where ``nbgrader generate_feedback`` would put its own page, which
replaces ours if a teacher runs that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Template

from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.files import plain_name, replace_file
from grader.grading import combine
from grader.notebooks.cells import headings_of, parse_notebook
from grader.records import Assignment, Check, Result, Status
from grader.reports import html
from grader.reports.status_words import WORDS

_GAP = 0.3  # percent of the bar between two questions
_POINTS = re.compile(r"\s*\([\d.]+ points?\)\s*$")


@dataclass(frozen=True, slots=True)
class Question:
    """The graded cells under one heading."""

    title: str
    parts: tuple[Check, ...]

    @property
    def points(self) -> float:
        """What was earned so far."""
        return sum(part.points for part in self.parts)

    @property
    def max_points(self) -> float:
        """What could be earned."""
        return sum(part.max_points for part in self.parts)

    @property
    def status(self) -> Status:
        """The parts' common status, or ``partial`` where they differ."""
        found = {part.status for part in self.parts}
        return found.pop() if len(found) == 1 else "partial"


@dataclass(frozen=True, slots=True)
class Segment:
    """One cell's share of the total bar, in percent of the bar's width.

    ``width`` leaves a gap to the next segment; ``earned`` is a part of it.
    """

    waiting: bool
    start: float
    width: float
    earned: float


def page(
    assignment: Assignment,
    result: Result,
    *,
    graded: datetime,
    submitted: str | None = None,
) -> str:
    """Return the HTML page about one graded submission.

    Parameters
    ----------
    assignment
        What was graded; its heading, titles and points are shown.
    result
        The grade.
    graded
        When it was graded.
    submitted
        ISO 8601 time of the submission, if known.
    """
    asked = tuple(questions(assignment, result))
    # The seed stays off the page: who knows it knows what hidden tests draw.
    return _template().render(
        title=_title(assignment),
        result=result,
        questions=asked,
        segments=tuple(_segments(asked)),
        waiting=sum(c.max_points for c in result.cells if c.status == "manual"),
        common=_common_message(result),
        used=[status for status in WORDS if status in {c.status for c in result.cells}],
        graded=_date(graded),
        submitted=submitted and _date(datetime.fromisoformat(submitted)),
    )


def write(
    room: Classroom,
    assignment: Assignment,
    result: Result,
    *,
    graded: datetime,
    submitted: str | None = None,
) -> Path:
    """Write the page to ``feedback/STUDENT/ASSIGNMENT/NB.html``; see :func:`page`.

    Parameters
    ----------
    room
        The class folder.
    assignment, result
        What was graded, and the grade.
    graded
        When it was graded.
    submitted
        ISO 8601 time of the submission, if known.
    """
    folder = room.folder("feedback", result.student, result.assignment)
    path = folder / f"{plain_name(assignment.notebook)}.html"
    text = page(assignment, result, graded=graded, submitted=submitted)
    replace_file(path, text)
    return path


def questions(assignment: Assignment, result: Result) -> Iterator[Question]:
    """Yield the questions in the notebook's order, each with its graded cells.

    A graded cell that the result lacks shows as missing, a result's cell that
    the assignment lacks comes last, so that points always add up to the total.

    Parameters
    ----------
    assignment
        What was graded.
    result
        The grade.
    """
    checks = {check.grade_id: check for check in result.cells}
    graded = [task for task in assignment.tasks if task.kind != "answer"]
    for title, tasks in groupby(graded, key=lambda task: _plain_title(task.title)):
        parts = (checks.pop(t.grade_id, _absent(t.grade_id, t.points)) for t in tasks)
        yield Question(title, tuple(parts))
    yield from (Question(check.grade_id, (check,)) for check in checks.values())


def _absent(grade_id: str, points: float) -> Check:
    return Check(grade_id, 0.0, points, "missing", "none")


def _segments(asked: tuple[Question, ...]) -> Iterator[Segment]:
    parts = [c for question in asked for c in question.parts if c.max_points > 0]
    total = sum(part.max_points for part in parts)
    start = 0.0
    for part in parts:
        share = 100 * part.max_points / total
        width = share - (_GAP if part is not parts[-1] else 0)
        earned = width * min(max(part.points / part.max_points, 0.0), 1.0)
        yield Segment(part.status == "manual", start, width, earned)
        start += share


def _common_message(result: Result) -> str:
    """Return the message that every cell has, as when a notebook is unreadable."""
    messages = {check.message for check in result.cells}
    return messages.pop() if len(messages) == 1 and len(result.cells) > 1 else ""


def _title(assignment: Assignment) -> str:
    cells = parse_notebook(assignment.released).cells
    headings = (text for c in cells for level, text in headings_of(c) if level == 1)
    return next(headings, assignment.name)


def _plain_title(text: str) -> str:
    return _POINTS.sub("", text).replace("`", "")


def _date(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M %Z}".strip()


@cache
def _template() -> Template:
    environment = html.environment("feedback.css")
    environment.globals["words"] = WORDS
    return environment.get_template("feedback.html.j2")


def write_feedback(course: Course, room: Classroom) -> list[Path]:
    """Write a page for each result of the class; return where they lie.

    Parameters
    ----------
    course
        The course.
    room
        The class folder.
    """
    parts: dict[str, tuple[Assignment, ...]] = {}
    pages = []
    for (_, name), result in room.read_results().items():
        if name not in parts:
            parts[name] = course.notebooks(name)
        now = datetime.now().astimezone()
        for part in parts[name]:
            own = combine.result_of_notebook(result, part)
            pages.append(write(room, part, own, graded=now))
    return pages


__all__ = [
    "Question",
    "Segment",
    "page",
    "questions",
    "write",
    "write_feedback",
]
