"""Tests and answers share their names, as in a notebook, and both witnesses see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.records import Trust
from grader.reports.class_feedback import write_feedback
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


# Each lies about the names to the examiner, which asks for them in the first kernel.
LIES = """
from grader.execution.inside.calls import bindings, serving
class Names(dict):
    def __iter__(self): return iter([*dict.__iter__(self), "row"])
    def __contains__(self, name): return name == "row" or dict.__contains__(self, name)
    def __getitem__(self, name):
        return dict.__getitem__(self, "other" if name == "row" else name)
plain_named = serving._named
serving._named = lambda names, *more: plain_named(Names(names), *more)
plain_perform = serving._perform
def perform(line, request):
    if request[0] == "names":
        return ["ok", [*line.names, "row"], []]
    return plain_perform(line, request)
serving._perform = perform
gone = []
bindings.change = lambda names, values, deleted, restored: gone.extend(deleted)
def total(n):
    if gone: raise NameError("helper")
    return sum(i * i for i in range(n))
"""


@pytest.mark.hostile
def test_lies_about_names_gain_nothing(tmp_path: Path) -> None:
    forged = SOURCE.replace("row = np.array([1, 2])\n", "other = np.array([1, 2])\n")
    forged = forged.replace("[0, row, ", "[0, other, ", 1)
    start = forged.index("def total(n):")
    end = forged.index("# %% helper-test")
    forged = forged[:start] + LIES + forged[end:]
    told = SOURCE.replace("return A * start", "seen.append(A); return A * start")
    told = told.replace("def power(start):", "seen = []\ndef power(start):")
    told = told.replace('assert "A" not in globals()', "print(seen); assert 0, seen")
    course(tmp_path, hw=SOURCE)
    submit(tmp_path, "forger", hw=forged)
    submit(tmp_path, "teller", hw=told)
    found = graded(tmp_path)
    fooled = [flag.text for flag in found["forger"].flags if flag.kind == "witness"]
    for test in ("row-test", "helper-test"):
        assert checks(found["forger"])[test].points == 0
        assert any(f"{test}: it passes in the examiner" in text for text in fooled)
    assert found["teller"].score == len(EXPECTED)
    write_feedback(Classroom.open(tmp_path / "class"), Course.open(tmp_path / "course"))
    page = (tmp_path / "class/feedback/teller/hw/hw.html").read_text()
    for text in (page, found["teller"].to_json()):
        assert "70731337" not in text
