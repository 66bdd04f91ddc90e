"""Tests and answers share their names, as in a notebook, and both witnesses see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.records import Trust
from tests.support.evidence import outputs
from tests.support.small_course import checks, course, graded, submit

pytestmark = pytest.mark.long

SOURCE = """
# %% power
def power(start):
    return A * start
# %% power-test
A = 3
assert power(2) == 6
### BEGIN HIDDEN TESTS
A = 70731337
assert power(1) == 70731337
### END HIDDEN TESTS
# %% later
assert "A" not in globals()
# %% next-test
assert power(1) == 70731337, "as an earlier test has left it"
# %% helper
def helper(x):
    return x * x
def total(n):
    return sum(helper(i) for i in range(n))
# %% helper-test
assert total(3) == 5
kept = helper
del helper
try:
    total(3)
except NameError:
    pass
else:
    raise AssertionError("total does not use helper")
finally:
    helper = kept
# %% row
import numpy as np
row = np.array([1, 2])
table = [0, row, "a"]
# %% row-test
assert "row" in dir() and table == [0, row, "a"]
# %% slow
async def slow(x):
    return [x]
# %% slow-test
assert await slow(1) == [1]
# %% formula
formula = "3 + 4"
# %% formula-test
assert eval(formula) == 7
made = [item for item in [1, 2]]
# %% again
def again(items):
    return [item for item in items]
# %% again-test
for item in [[1], [2, 3]]:
    assert again(item) == item
# %% made-test
assert again(made) == [1, 2]
# %% fresh-test
made = [5]
assert again(made) == [5]
# %% last-test
assert again(made) == [5]
"""
EXPECTED: dict[str, Trust] = {
    "power-test": "both",
    "next-test": "both",
    "helper-test": "both",
    "row-test": "both",
    "slow-test": "both",
    "formula-test": "in-kernel",
    "again-test": "both",
    "made-test": "in-kernel",
    "fresh-test": "both",
    "last-test": "both",
}
WRONG = {
    "power-test": ("return A * start", "return 6"),
    "helper-test": ("sum(helper(i) for", "sum(i * i for"),
    "row-test": ('table = [0, row, "a"]', 'table = [0, row.copy(), "a"]'),
}


def test_a_test_shares_its_names_with_the_answers(tmp_path: Path) -> None:
    course(tmp_path, hw=SOURCE)
    submit(tmp_path, "right", hw=SOURCE)
    for test, (old, new) in WRONG.items():
        assert old in SOURCE
        submit(tmp_path, test, hw=SOURCE.replace(old, new))
    results = graded(tmp_path)
    right = checks(results["right"])
    assert {name: check.trust for name, check in right.items()} == EXPECTED
    assert results["right"].score == len(EXPECTED)
    for test in WRONG:
        found = checks(results[test])
        assert found[test].points == 0, found[test]
        assert results[test].score == len(EXPECTED) - 1 - (test == "power-test")
    # What a test binds is no more there for the cells whose outputs are shown.
    for student in results:
        ran = tmp_path / f"class/autograded/{student}/hw/hw.ipynb"
        assert "70731337" not in outputs(ran)
