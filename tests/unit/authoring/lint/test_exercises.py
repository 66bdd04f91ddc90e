"""Each rule on exercises reports a notebook that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.lint.exercises import RULES
from tests.support.linting import Bad, check, grade_id, move, remove, replace

CASES: dict[str, Bad] = {
    "other points": Bad(
        "exercises",
        "add-prompt",
        "says 3 points, its tests give 2",
        replace("add-prompt", "2 points", "3 points"),
    ),
    "no points": Bad(
        "exercises",
        "q1-prompt",
        "names no points",
        replace("q1-prompt", " (2 points)", ""),
    ),
    "wrong number": Bad(
        "exercises",
        "add-prompt",
        "Exercise 2 comes where Exercise 1",
        replace("add-prompt", "Exercise 1", "Exercise 2"),
    ),
    "nameless prompt": Bad(
        "exercises",
        "add-prompt",
        "names none of add",
        replace("add-prompt", "`add(a, b)`", "it"),
    ),
    "test moved": Bad(
        "tests",
        "add-test",
        "'add-test' does not",
        move("add-test", 11),
    ),
    "test of another name": Bad(
        "tests",
        "add-test",
        "'other-test' does not follow",
        grade_id("add-test", "other-test"),
    ),
    "answer without test": Bad("tests", "q1-answer", "without", remove("q1-test")),
}


@pytest.mark.parametrize("bad", CASES.values(), ids=CASES)
def test_a_bad_one_is_found(tmp_path: Path, bad: Bad) -> None:
    check(bad, tmp_path)


def test_every_rule_has_a_bad_notebook() -> None:
    assert {bad.rule for bad in CASES.values()} == set(RULES)
