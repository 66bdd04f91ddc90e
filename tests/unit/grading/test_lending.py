"""A test lends what it has reached; the rest is remembered as lost."""

from __future__ import annotations

import pytest

from grader.grading.lending import Lending
from grader.grading.lost_names import LostNames
from grader.notebooks.cells import cells_of, parse_notebook
from grader.records import Outcome
from tests.support.small_course import notebook

CELLS = """
# %% one-test
first = 1
assert one == 1
second = 2
### BEGIN HIDDEN TESTS
assert one != 7
### END HIDDEN TESTS
third = 3
# %% two
two = first + second + third
# %% own
pass
"""


def lending() -> tuple[Lending, LostNames]:
    lost = LostNames()
    return Lending(cells_of(parse_notebook(notebook(CELLS))), lost), lost


@pytest.mark.parametrize(
    ("outcome", "source"),
    [
        (None, "first = 1\nsecond = 2\nthird = 3"),
        (Outcome("passed"), "first = 1\nsecond = 2\nthird = 3"),
        (Outcome("failed", line=5), "first = 1\nsecond = 2"),
        (Outcome("failed", line=2), "first = 1"),
        (Outcome("error", line=1), "first = 1"),
        # What takes too long, or ends the kernel, is not run a second time.
        (Outcome("timeout", line=3), "first = 1"),
        (Outcome("crashed", line=1), ""),
        # Where it ended is not known.
        (Outcome("crashed"), "first = 1\nsecond = 2\nthird = 3"),
    ],
)
def test_what_is_lent(outcome: Outcome | None, source: str) -> None:
    ours, _ = lending()
    assert ours.source("one-test", outcome) == source
    assert ours.lends("one-test")


def test_the_first_line_that_did_not_run_is_named_as_the_cause() -> None:
    ours, lost = lending()
    ours.source("one-test", Outcome("failed", line=2))
    cause = lost.cause(["two = first + third"], ["two"])
    assert cause.message == (
        "the likely cause: the line “second = 2” of a test above did not run, because "
        "the test failed before it, and third comes from it"
    )
    assert lost.cause(["two = first"], ["two"]).message == ""


def test_of_other_cells_nothing_is_lent() -> None:
    ours, _ = lending()
    assert ours.source("own") == ours.source("two") == ""
    assert not ours.lends("two")
