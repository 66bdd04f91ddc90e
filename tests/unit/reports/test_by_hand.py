"""Students' pages show the points and comments that a grader entered in formgrader."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest

from grader.classroom.gradebook.by_hand import Mark, Marks
from grader.classroom.timing import Timing
from grader.records import Result
from grader.reports import feedback
from grader.reports.by_hand import counted, with_marks
from grader.reports.class_feedback import StudentFeedback
from grader.reports.feedback_notebook import as_notebook
from tests.support.gradebooks import LAB, result

pytestmark = pytest.mark.filterwarnings("default")

COMMENTS = {"q2": "See **q1**.", "essay": "<b>Why</b>?"}


def marked(**marks: Mark) -> Result:
    given = {name.replace("_", "-"): mark for name, mark in marks.items()}
    return with_marks(result("ada", share=0.5), Marks(given))


def page(graded: Result) -> str:
    when = datetime(2025, 3, 4, tzinfo=UTC)
    return feedback.page(LAB, graded, graded=when, comments=COMMENTS)


@pytest.mark.parametrize(
    ("points", "status"), [(3.0, "passed"), (1.5, "partial"), (0.0, "failed")]
)
def test_points_of_a_person_count_and_nothing_waits(points: float, status: str) -> None:
    graded = marked(essay=Mark(points, 0.0, False), plan=Mark(1.0, 0.0, False))
    cells = {check.grade_id: check for check in graded.cells}
    assert (cells["essay"].points, cells["essay"].status) == (points, status)
    assert graded.score == 2.0 + points + 1.0
    assert "Waiting for a person" not in page(graded)
    assert "Waiting for a person" in page(result("ada"))


def test_a_person_may_overrule_a_test_and_give_extra_credit() -> None:
    graded = marked(q1_test=Mark(2.0, 0.0, True), q2_test=Mark(None, 0.5, False))
    first, second, *_ = graded.cells
    assert (first.points, first.status) == (2.0, "passed")
    assert first.message == "graded by your instructor, who looks at it again"
    assert (second.points, second.status) == (1.5, "failed")
    assert second.message.endswith("with 0.5 of extra credit")
    assert graded.score == 3.5


def test_comments_are_on_the_page_and_in_the_notebook() -> None:
    html = page(marked())
    assert "See <b>q1</b>." in html
    assert escape(COMMENTS["essay"]) in html
    told = StudentFeedback(LAB, marked(), Timing(), {}, COMMENTS)
    (cell,) = json.loads(as_notebook(told))["cells"]
    assert "Your instructor writes:\n\n```text\nSee **q1**.\n```" in cell["source"]


def test_a_comment_on_an_answer_without_a_test_is_not_lost() -> None:
    names = [task.grade_id for task in LAB.tasks]
    comments = {name: f"about {name}" for name in names}
    shown = [
        text
        for question in feedback.questions(LAB, marked(), comments=comments)
        for text in question.comments
    ]
    assert shown == [f"about {name}" for name in names]


def test_the_scores_of_a_class_have_the_points_of_a_person() -> None:
    ada, bo = result("ada", share=0.5), result("bo")
    marks = {"essay": Mark(2.5, 0.0, False), "q1-test": Mark(2.0, 0.0, True)}
    entered = {("ada", "lab", "nb"): Marks(marks)}
    first, second = counted([ada, bo], entered)
    assert first.score == 2.0 + 1.0 + 2.5
    waiting = {check.grade_id for check in first.cells if check.status == "manual"}
    assert waiting == {"plan", "q1-test"}
    assert second == bo
    named = tuple(replace(check, notebook="nb") for check in ada.cells)
    other = tuple(replace(check, notebook="nb2") for check in ada.cells)
    (both,) = counted([replace(ada, cells=named + other)], entered)
    assert both.score == first.score + ada.score
