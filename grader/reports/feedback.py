"""Write the feedback page for a student: the score, the reasons, and the repairs.

Pure except for :func:`write`. The page is one file without
scripts that loads nothing, and its content security policy enforces that. All text on
it may come from a student and is escaped; of the assignment it shows what is in the
student copy, never the source.

It is written where ``nbgrader generate_feedback`` puts its own page, which replaces
ours if an instructor runs that command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Template

from grader.classroom.folder import Classroom
from grader.classroom.timing import Timing
from grader.files import plain_name, replace_file
from grader.notebooks.cells import headings_of, parse_notebook
from grader.records import Assignment, Check, Flag, Result, Status, Task
from grader.reports import html
from grader.reports.course_problems import other_flags
from grader.reports.prompts import Prompt, prompts
from grader.reports.status_words import STATUS_WORDS

_GAP = 0.3  # percent of the bar between two questions
_POINTS = re.compile(r"\s*\([\d.]+ points?\)\s*$")


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """The graded cells under one heading.

    Attributes
    ----------
    title : str
        The text of the heading.
    parts : tuple of Check
        The results of the cells.
    asked : str
        The text of the question, in Markdown.
    section : str
        The section of the notebook that it belongs to.
    answers : tuple of str
        What the student has answered.
    comments : tuple of str
        What a person wrote about it.
    """

    title: str
    parts: tuple[Check, ...]
    asked: str = ""
    section: str = ""
    answers: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it is a question with a short answer, which is shown at once."""
        return self.title.startswith("Question")

    @property
    def is_full(self) -> bool:
        """Whether it earned all points, or is still to be graded by a person."""
        return self.status in ("passed", "manual")

    @property
    def points(self) -> float:
        """The points earned so far."""
        return sum(part.points for part in self.parts)

    @property
    def max_points(self) -> float:
        """The points that can be earned."""
        return sum(part.max_points for part in self.parts)

    @property
    def status(self) -> Status:
        """The status that all parts have, or ``partial`` if they differ."""
        statuses = {part.status for part in self.parts}
        return statuses.pop() if len(statuses) == 1 else "partial"


@dataclass(frozen=True, slots=True)
class Segment:
    """One cell's part of the bar that shows the total score.

    Attributes
    ----------
    waiting : bool
        Whether it is still to be graded by hand.
    start, width : float
        Its position and size in percent of the bar; a gap follows.
    earned : float
        The part of `width` that was earned, in percent of the bar.
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
    timing: Timing | None = None,
    answers: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
) -> str:
    """Return the HTML page about one graded submission.

    Parameters
    ----------
    assignment
        The assignment's notebook; what is in its student copy is shown.
    result
        The grade.
    graded
        When it was graded.
    timing
        When it was submitted and due, and what being late cost, if that is known.
    answers
        The student's answers, by the names of the answer cells.
    comments
        What a person wrote about cells, by their names.
    """
    timed = timing or Timing()
    penalty = timed.penalties.get(assignment.notebook, 0.0)
    graded_questions = tuple(questions(assignment, result, answers, comments))
    # The seed must not be shown: it tells which random inputs hidden tests use.
    return _template().render(
        title=title_of(assignment),
        result=result,
        looked_unusual=len(_unusual(result)),
        questions=graded_questions,
        segments=tuple(_segments(graded_questions)),
        waiting=sum(c.max_points for c in result.cells if c.status == "manual"),
        common=_common_message(result),
        used=[
            status
            for status in STATUS_WORDS
            if status in {c.status for c in result.cells}
        ],
        graded=_date(graded),
        submitted=timed.submitted and _date(timed.submitted),
        due=timed.due and _date(timed.due),
        late=timed.told_late,
        penalty=penalty,
        counted=max(0.0, result.score - penalty),
    )


def write(room: Classroom, assignment: Assignment, result: Result, text: str) -> Path:
    """Write a page to ``feedback/STUDENT/ASSIGNMENT/NB.html``.

    Parameters
    ----------
    room
        The class folder.
    assignment, result
        The assignment's notebook, and the grade.
    text
        The page; see :func:`page`.

    Returns
    -------
    Path
        Where it was written.
    """
    folder = room.folder("feedback", result.student, result.assignment)
    path = folder / f"{plain_name(assignment.notebook)}.html"
    replace_file(path, text)
    return path


def questions(
    assignment: Assignment,
    result: Result,
    answers: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
) -> Iterator[GradedQuestion]:
    """Yield the questions in the notebook's order, each with its graded cells.

    The points always add up to the total: a graded cell without a result is shown as
    missing, and a result without a cell in the assignment comes last.

    Parameters
    ----------
    assignment
        The assignment's notebook.
    result
        The grade.
    answers
        The student's answers, by the names of the answer cells.
    comments
        What a person wrote about cells, by their names.
    """
    asked = prompts(assignment)
    given = answers or {}
    checks = {check.grade_id: check for check in result.cells}
    graded = [task for task in assignment.tasks if task.kind != "answer"]
    by_title = groupby(graded, key=lambda task: task.title)
    groups = [(title, list(tasks)) for title, tasks in by_title]
    remarks = _remarks(assignment, groups, comments or {})
    for (title, tasks), remark in zip(groups, remarks, strict=True):
        parts = [checks.pop(t.grade_id, _missing(t.grade_id, t.points)) for t in tasks]
        prompt = asked.get(title, Prompt())
        is_blank = all(part.status == "missing" for part in parts)
        texts = [given.get(name, "").strip() for name in prompt.answers]
        yield GradedQuestion(
            _plain_title(title) or title_of(assignment),
            tuple(parts),
            asked=prompt.text,
            section=prompt.section,
            answers=() if is_blank else tuple(filter(None, texts)),
            comments=remark,
        )
    yield from (GradedQuestion(check.grade_id, (check,)) for check in checks.values())


def _remarks(
    assignment: Assignment,
    groups: Sequence[tuple[str, Sequence[Task]]],
    comments: Mapping[str, str],
) -> Iterator[tuple[str, ...]]:
    """Yield the comments on each group of graded cells, and on what is above them."""
    names = [task.grade_id for task in assignment.tasks]
    ends = [names.index(tasks[-1].grade_id) + 1 for _, tasks in groups]
    starts, stops = [0, *ends[:-1]], [*ends[:-1], len(names)]
    for start, stop in zip(starts, stops, strict=True) if groups else ():
        yield tuple(comments[name] for name in names[start:stop] if name in comments)


def _missing(grade_id: str, points: float) -> Check:
    return Check(grade_id, 0.0, points, "missing", "none")


def _segments(graded_questions: tuple[GradedQuestion, ...]) -> Iterator[Segment]:
    parts = [
        c for question in graded_questions for c in question.parts if c.max_points > 0
    ]
    total = sum(part.max_points for part in parts)
    start = 0.0
    for part in parts:
        share = 100 * part.max_points / total
        width = share - (_GAP if part is not parts[-1] else 0)
        earned = width * min(max(part.points / part.max_points, 0.0), 1.0)
        yield Segment(part.status == "manual", start, width, earned)
        start += share


def _common_message(result: Result) -> str:
    """Return the message that all cells share, as if the notebook is unreadable."""
    messages = {check.message for check in result.cells}
    return messages.pop() if len(messages) == 1 and len(result.cells) > 1 else ""


def title_of(assignment: Assignment) -> str:
    """Return the first heading of an assignment, or its name."""
    cells = parse_notebook(assignment.released).cells
    headings = (text for c in cells for level, text in headings_of(c) if level == 1)
    return next(headings, assignment.name)


def _plain_title(text: str) -> str:
    return _POINTS.sub("", text).replace("`", "")


def _date(moment: datetime) -> str:
    return html.moment(moment.isoformat())


def _unusual(result: Result) -> list[Flag]:
    """Return the flags about something that the student has done, and may explain.

    A disagreement of the two witnesses says nothing about the student, and neither does
    a copy from an earlier release: the instructor may have corrected a test since. Of
    an error, a limit and a file that cannot be read, the page says more elsewhere.
    """
    neutral = ("witness", "release", "error", "limit", "unreadable")
    return [flag for flag in other_flags(result) if flag.kind not in neutral]


@cache
def _template() -> Template:
    environment = html.environment("feedback.css")
    environment.globals["words"] = STATUS_WORDS
    return environment.get_template("feedback.html.j2")


__all__ = [
    "GradedQuestion",
    "Segment",
    "page",
    "questions",
    "title_of",
    "write",
]
