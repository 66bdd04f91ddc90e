"""The strongest level that a machine supports, and never a weaker one than demanded."""

from __future__ import annotations

from typing import Any

import pytest

from grader.errors import SandboxError
from grader.execution.jail import levels
from grader.execution.jail.levels import LEVELS, obstacle_to, strictest, strongest


def supports(monkeypatch: pytest.MonkeyPatch, *supported: str) -> None:
    """Have this machine support some levels only."""

    def obstacle(level: str) -> str:
        return "" if level in supported else f"no {level} here"

    monkeypatch.setattr(levels, "obstacle_to", obstacle)


@pytest.mark.parametrize(
    ("asked", "supported", "chosen"),
    [
        ("auto", ("bwrap", "confined"), "bwrap"),
        ("auto", ("confined",), "confined"),
        ("confined", ("bwrap", "confined"), "bwrap"),
        ("confined", ("confined",), "confined"),
        ("bwrap", ("bwrap",), "bwrap"),
        ("none", ("bwrap", "confined"), "none"),
        ("none", (), "none"),
    ],
)
def test_the_strongest_of_those_that_are_good_enough_is_chosen(
    monkeypatch: pytest.MonkeyPatch, asked: Any, supported: tuple[str, ...], chosen: str
) -> None:
    supports(monkeypatch, *supported)
    assert strongest(asked) == chosen


@pytest.mark.parametrize(
    ("asked", "supported", "reasons"),
    [
        ("bwrap", ("confined",), ["no bwrap here"]),
        ("auto", (), ["no bwrap here", "no confined here"]),
        ("confined", (), ["no bwrap here", "no confined here"]),
    ],
)
def test_a_level_that_is_not_supported_is_refused_with_each_reason(
    monkeypatch: pytest.MonkeyPatch,
    asked: Any,
    supported: tuple[str, ...],
    reasons: Any,
) -> None:
    supports(monkeypatch, *supported)
    with pytest.raises(SandboxError) as caught:
        strongest(asked)
    assert str(caught.value).splitlines() == reasons


@pytest.mark.parametrize(
    ("asked", "demanded", "chosen"),
    [
        ("auto", (), "auto"),
        ("auto", ("auto",), "auto"),
        ("auto", ("auto", "confined"), "confined"),
        ("auto", ("bwrap", "confined"), "bwrap"),
        ("confined", ("bwrap",), "bwrap"),
        ("bwrap", ("confined",), "bwrap"),
        ("none", ("auto",), "none"),
    ],
)
def test_the_strictest_demand_counts(
    asked: Any, demanded: tuple[str, ...], chosen: str
) -> None:
    assert strictest(asked, *demanded) == chosen


@pytest.mark.parametrize("level", LEVELS)
def test_no_jail_is_refused_where_a_course_demands_one(level: str) -> None:
    with pytest.raises(SandboxError, match=f"demands a jail of the level {level}"):
        strictest("none", "auto", level)


def test_each_level_has_a_probe() -> None:
    assert all(isinstance(obstacle_to(level), str) for level in LEVELS)
