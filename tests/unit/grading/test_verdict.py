"""Of two verdicts the lower one counts; what nobody knows, a person decides."""

from __future__ import annotations

import pytest

from grader.grading.verdict import kernel_could_change, lower
from grader.records import Ended, Outcome

ENDS: tuple[Ended, ...] = ("passed", "failed", "error", "timeout", "crashed")


@pytest.mark.parametrize("examined", ENDS)
@pytest.mark.parametrize("in_kernel", ENDS)
def test_points_need_both(examined: Ended, in_kernel: Ended) -> None:
    found = lower(Outcome(examined), Outcome(in_kernel), 2)
    both = examined == in_kernel == "passed"
    assert (found.outcome.ended == "passed") == both
    assert found.proposed is None
    assert found.disputed == (examined == "passed" and in_kernel != "passed")


def test_the_smaller_share_counts() -> None:
    some, most = Outcome("passed", 0.5), Outcome("passed", 1.5)
    assert lower(some, most, 2).outcome.value == 0.5
    assert lower(most, some, 2).outcome.value == 0.5


@pytest.mark.parametrize("ended", ["passed", "failed", "error", "crashed"])
def test_a_person_decides_where_the_examiner_stumbled(ended: Ended) -> None:
    stumbled = Outcome(ended, stumbled="the source of f")
    assert lower(stumbled, Outcome("passed"), 2).proposed == 2
    assert lower(stumbled, Outcome("passed", 0.5), 2).proposed == 0.5
    assert lower(stumbled, Outcome("failed"), 2).proposed is None


def test_what_was_late_is_not_proposed() -> None:
    late = Outcome("timeout", stumbled="the source of f")
    assert lower(late, Outcome("passed"), 2).proposed is None


def test_one_witness_is_enough_where_there_is_no_other() -> None:
    assert lower(Outcome("passed"), None, 2).outcome.ended == "passed"
    assert lower(None, Outcome("failed"), 2).outcome.ended == "failed"
    with pytest.raises(ValueError, match="nobody"):
        lower(None, None, 2)


def test_the_kernel_is_asked_only_where_that_can_change_something() -> None:
    assert kernel_could_change(Outcome("passed"), 2)
    assert kernel_could_change(Outcome("failed", stumbled="the source of f"), 2)
    assert not kernel_could_change(Outcome("failed"), 2)
    assert not kernel_could_change(Outcome("passed", 0.0), 2)
