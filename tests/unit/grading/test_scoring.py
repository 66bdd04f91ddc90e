"""From outcomes to points and words. Only a passed test earns anything."""

from __future__ import annotations

from typing import Any

import pytest

from grader.grading import scoring
from grader.grading.scoring import AnswerState
from grader.records import Check, Outcome, Task

TASK = Task("t", "test", 4.0, "assert f()", "code", "Exercise")


def outcome(ended: Any = "passed", value: Any = None, message: str = "") -> Outcome:
    return Outcome(ended, value, message)


def check(given: Outcome, points: float = 4.0, **answer: Any) -> Check:
    task = Task("t", "test", points, "", "code", "")
    return scoring.check(task, given, AnswerState(**answer), "examiner", 0.5)


@pytest.mark.parametrize(
    ("value", "points", "status"),
    [
        (None, 4.0, "passed"),
        (4.0, 4.0, "passed"),
        (99, 4.0, "passed"),
        (2.5, 2.5, "partial"),
        (1e-9, 0.0, "failed"),
        (0, 0.0, "failed"),
        (-3, 0.0, "failed"),
        (float("nan"), 0.0, "failed"),
        (float("inf"), 0.0, "failed"),
        (float("-inf"), 0.0, "failed"),
    ],
)
def test_partial_credit_is_clamped(value: Any, points: float, status: str) -> None:
    found = check(outcome(value=value))
    assert (found.points, found.status) == (points, status)
    assert found.max_points == 4.0


@pytest.mark.parametrize("ended", ["failed", "error", "timeout", "crashed"])
@pytest.mark.parametrize("value", [None, 4.0])
def test_nothing_but_a_passed_test_earns_points(ended: str, value: Any) -> None:
    found = check(outcome(ended, value, "why"))
    assert (found.points, found.status) == (0.0, ended)
    assert found.message


@pytest.mark.parametrize("ended", ["failed", "error", "timeout", "crashed"])
def test_a_test_without_points_can_fail_too(ended: str) -> None:
    assert check(outcome(ended), points=0).status == ended
    assert check(outcome("passed"), points=0).status == "passed"


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ({"missing": True}, "missing", "no answer was found"),
        ({"lost": "timeout"}, "timeout", "longer than its time limit"),
        ({"lost": "crashed"}, "crashed", "ended the kernel"),
        ({"lost": "crashed", "why": "an earlier cell"}, "crashed", "an earlier cell"),
        ({"grader_failed": True}, "crashed", "not you"),
        ({"blank": True}, "missing", "not answered yet"),
        ({"error": "NameError: x"}, "error", "NameError: x"),
        ({}, "failed", "told by the test"),
        ({"missing": True, "blank": True}, "missing", "no answer was found"),
        ({"grader_failed": True, "lost": "timeout"}, "crashed", "not you"),
    ],
)
def test_the_reason_is_the_answers_own_trouble_first(
    answer: dict[str, Any], status: str, words: str
) -> None:
    found = check(outcome("failed", message="told by the test"), **answer)
    assert found.status == status
    assert words in found.message


@pytest.mark.parametrize(
    "answer", [{"missing": True}, {"lost": "timeout"}, {"blank": True}, {"error": "E"}]
)
def test_a_passed_test_counts_however_the_answer_fared(answer: dict[str, Any]) -> None:
    found = check(outcome(), **answer)
    assert (found.points, found.status, found.message) == (4.0, "passed", "")


@pytest.mark.parametrize("ended", ["timeout", "crashed"])
def test_a_broken_channel_comes_before_blank(ended: str) -> None:
    assert check(outcome(ended, message="internal"), blank=True).status == ended
    assert "internal" not in check(outcome(ended, message="internal")).message


def test_manual_cells_wait_for_a_person() -> None:
    found = scoring.manual(TASK)
    assert (found.status, found.points, found.max_points) == ("manual", 0.0, 4.0)


def test_every_graded_cell_of_an_unread_submission_is_missing() -> None:
    answer = Task("a", "answer", 0.0, "", "code", "")
    essay = Task("e", "manual", 3.0, "", "markdown", "")
    found = scoring.missing([answer, TASK, essay], "not JSON")
    assert [each.grade_id for each in found] == ["t", "e"]
    assert {(c.status, c.points, c.message) for c in found} == {
        ("missing", 0.0, "not JSON")
    }


def test_the_total_is_free_of_rounding_noise() -> None:
    thirds = [check(outcome(value=0.1)), check(outcome(value=0.2))]
    assert scoring.total(thirds) == 0.3
