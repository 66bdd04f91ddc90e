"""Later cells find what test cells bind, and hidden tests stay where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small_course import checks, course, graded, submit

pytestmark = pytest.mark.long

VISIBLE = """
# %% one
### BEGIN SOLUTION
one = 1
### END SOLUTION
# %% one-test
import math
sample = [4, 5]
assert one == 1
### BEGIN HIDDEN TESTS
secret = 7
assert one + secret == 8
### END HIDDEN TESTS
# %%
longest = len(sample)
# %% two
### BEGIN SOLUTION
two = math.sqrt(max(sample) - 1)
### END SOLUTION
# %% two-test
assert two == longest == 2
# %% three
### BEGIN SOLUTION
three = 3
### END SOLUTION
# %% three-test
assert three == 3
"""
BELOW = (
    VISIBLE.replace("import math\n", "assert one == 1\nimport math\n")
    .replace("one + secret == 8\n", "repr(one) == '1'\n")
    .replace("### END HIDDEN TESTS\n", "### END HIDDEN TESTS\ntop = 3\n")
    .replace("three = 3\n", "three = top\n")
)
HIDDEN = VISIBLE.replace("max(sample) - 1", "secret - 3")


def answers(text: str, **changed: str) -> str:
    """Return a student's copy, with these texts in place of others."""
    for name, source in changed.items():
        text = text.replace(f"{name} = {name_of(text, name)}\n", f"{source}\n")
    return text


def name_of(text: str, name: str) -> str:
    return text.split(f"\n{name} = ")[1].split("\n")[0]


def test_the_visible_statements_of_a_test_run_in_the_kernel(tmp_path: Path) -> None:
    course(tmp_path, hw=VISIBLE)
    submit(tmp_path, "right", hw=VISIBLE)
    submit(tmp_path, "wrong", hw=answers(VISIBLE, one="one = 2"))
    dead = answers(VISIBLE, two="import os\nos._exit(1)", three="three = len(sample)+1")
    submit(tmp_path, "dead", hw=dead)
    results = graded(tmp_path)
    points = {name: result.score for name, result in results.items()}
    # A kernel that comes after another has them, too.
    assert points == {"right": 3, "wrong": 2, "dead": 2}
    for result in results.values():
        assert "in-kernel" not in {check.trust for check in result.cells}


@pytest.mark.nightly
def test_a_test_that_lends_what_is_hidden_runs_in_the_kernel(tmp_path: Path) -> None:
    course(tmp_path, hw=HIDDEN)
    submit(tmp_path, "right", hw=HIDDEN)
    found = graded(tmp_path)["right"]
    assert found.score == 3
    trust = {name: check.trust for name, check in checks(found).items()}
    # The tests below it are judged by the examiner, too.
    assert trust == {"one-test": "in-kernel", "two-test": "both", "three-test": "both"}


@pytest.mark.nightly
def test_a_failed_test_lends_nothing_below_the_line_that_failed(tmp_path: Path) -> None:
    course(tmp_path, hw=BELOW)
    submit(tmp_path, "right", hw=BELOW)
    submit(tmp_path, "wrong", hw=answers(BELOW, one="one = 2"))
    submit(tmp_path, "nearly", hw=answers(BELOW, one="one = 1.0"))
    results = graded(tmp_path)
    points = {name: result.score for name, result in results.items()}
    # As nbgrader: answers miss what the first test would have bound below.
    assert points == {"right": 3, "wrong": 0, "nearly": 1}
    told = checks(results["wrong"])["two-test"].message
    assert "“import math” of a test above did not run" in told


def test_students_cannot_have_a_hidden_test_run_beside_their_page(
    tmp_path: Path,
) -> None:
    course(tmp_path, hw=VISIBLE)
    submit(tmp_path, "curious", hw=answers(VISIBLE, three="print(secret)\nthree = 3"))
    found = graded(tmp_path)["curious"]
    assert "in-kernel" not in {check.trust for check in found.cells}
    assert checks(found)["three-test"].status == "error"
    ran = (tmp_path / "class/autograded/curious/hw/hw.ipynb").read_text()
    assert "NameError" in ran
