"""Cells whose names nbgrader made up are called by words that a reader knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.grading.cell_words import in_words
from grader.records import Assignment
from tests.support.small_course import course

STUB, TEST, DEFINED, NAMED = (
    "cell-cd932fd681964ae1",
    "cell-a3913c46bc1f65f1-test",
    "cell-cd932fd681964ae2",
    "squares",
)
COURSE = f"""
# %% {STUB}
### BEGIN SOLUTION
x = 1
### END SOLUTION
# %% first-test
assert x == 1
# %% {DEFINED}
def squares(values):
    ### BEGIN SOLUTION
    return [v * v for v in values]
    ### END SOLUTION
# %% squares-test
### BEGIN HIDDEN TESTS
assert squares([3]) == [9]
### END HIDDEN TESTS
assert squares([2]) == [4]
# %% {NAMED}
### BEGIN SOLUTION
y = 1
### END SOLUTION
# %% y-test
assert y == 1
"""


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    made = COURSE.replace("squares-test", "squares-check-test")
    (one,) = course(tmp_path_factory.mktemp("c"), hw=made).notebooks("hw")
    return one


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"cell {DEFINED} raised ValueError",
            "the 2nd answer cell (“def squares(values):”) raised ValueError",
        ),
        (
            f"cell {STUB} raised NameError",
            "the answer to the 1st graded cell (“assert x == 1”) raised NameError",
        ),
        ("cell squares raised NameError", "cell squares raised NameError"),
        ("cell cell-0123456789abcdef is new", "cell cell-0123456789abcdef is new"),
        (f"{DEFINED}s and x{DEFINED}", f"{DEFINED}s and x{DEFINED}"),
    ],
)
def test_made_up_names(assignment: Assignment, text: str, told: str) -> None:
    assert in_words(assignment, text) == told


def test_hidden_lines_are_not_told(tmp_path: Path) -> None:
    name = "cell-a3913c46bc1f65f1"
    text = COURSE.replace("squares-test", f"{name}-test")
    (one,) = course(tmp_path, hw=text).notebooks("hw")
    (test,) = (task for task in one.tasks if task.grade_id == f"{name}-test")
    assert "[9]" in test.source
    renamed = [
        replace(task, grade_id=name) if task is test else task for task in one.tasks
    ]
    released = one.released.replace(f"{name}-test", name)
    made = replace(one, released=released, tasks=tuple(renamed))
    assert in_words(made, f"test {name}: slow") == (
        "the 2nd graded cell (“assert squares([2]) == [4]”): slow"
    )
