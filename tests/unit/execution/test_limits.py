"""Limits are positive numbers with known names, and become rlimits."""

from __future__ import annotations

import resource
from typing import Any

import pytest

from grader.errors import CourseError
from grader.execution.limits import MIB, Limits, rlimits


def test_what_is_not_given_is_the_default() -> None:
    assert Limits.of({}) == Limits()
    found = Limits.of({"cell_seconds": 2.5})
    assert found.cell_seconds == 2.5
    assert found.memory_mb == Limits().memory_mb


def test_an_unknown_limit_is_named_with_the_legal_ones() -> None:
    with pytest.raises(CourseError, match=r"cell_second; legal are cell_seconds, "):
        Limits.of({"cell_second": 3})


@pytest.mark.parametrize(
    "value", [0, -1, float("inf"), float("nan"), True, "5", None, [5]], ids=repr
)
def test_a_limit_is_a_number_above_zero(value: Any) -> None:
    with pytest.raises(CourseError, match="limit memory_mb is"):
        Limits.of({"memory_mb": value})


def test_memory_counts_beyond_what_is_held() -> None:
    found = rlimits(Limits(memory_mb=100), 7 * MIB)
    assert found[resource.RLIMIT_DATA] == 107 * MIB
    # TensorFlow reserves far more address space than it touches.
    assert resource.RLIMIT_AS not in found


def test_each_limit_reaches_its_rlimit() -> None:
    limits = Limits(processes=11, files=12, disk_mb=13, total_seconds=14)
    found = rlimits(limits, 0)
    assert found[resource.RLIMIT_NPROC] == 11
    assert found[resource.RLIMIT_NOFILE] == 12
    assert found[resource.RLIMIT_FSIZE] == 13 * MIB
    assert found[resource.RLIMIT_CPU] >= 14
    assert found[resource.RLIMIT_CORE] == 0


def test_every_rlimit_can_be_set() -> None:
    for kind, value in rlimits(Limits(memory_mb=0.5, disk_mb=1.5), 1).items():
        assert type(value) is int
        assert value >= 0, kind
