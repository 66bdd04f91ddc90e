"""Outcomes cross the examiner's control socket whole, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from grader.errors import ExaminerError
from grader.execution.examiner.outcomes import from_wire, to_wire
from grader.execution.wire import messages
from grader.records import Outcome

OUTCOMES = [
    Outcome("passed"),
    Outcome("passed", 2.5),
    Outcome("failed", message="look at the sign", hidden=True, line=3),
    Outcome("timeout", reason="the 20 s that a cell may take"),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.ended)
def test_an_outcome_comes_through_whole(outcome: Outcome) -> None:
    frame = messages.pack(to_wire(outcome))
    body = frame[messages.HEADER.size :]
    assert from_wire(messages.unpack(body)) == outcome


@pytest.mark.parametrize(
    "changed",
    [
        {"ended": "splendid"},
        {"ended": ["passed"]},
        {"value": "2"},
        {"value": True},
        {"message": None},
        {"reason": 1},
        {"hidden": 1},
        {"line": True},
        {"line": "3"},
        {"points": 10.0},
    ],
    ids=str,
)
def test_a_malformed_outcome_makes_no_score(changed: dict[str, Any]) -> None:
    with pytest.raises(ExaminerError):
        from_wire(to_wire(Outcome("passed")) | changed)


def test_an_outcome_without_its_end_makes_no_score() -> None:
    with pytest.raises(ExaminerError):
        from_wire({"value": 1.0})
