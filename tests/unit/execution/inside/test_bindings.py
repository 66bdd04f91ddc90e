"""What a test binds in the student's namespace, and what is left of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from grader.execution.inside.calls import bindings


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    bindings.restore({})
    bindings.forget()


def test_a_test_takes_back_what_it_has_changed() -> None:
    names: dict[str, Any] = {"a": 1, "b": 2, "c": 3}
    bindings.change(names, {"a": 10, "new": 4}, ["b", "absent"], [])
    assert names == {"a": 10, "c": 3, "new": 4}
    bindings.change(names, {"a": 11, "b": 12}, ["new"], [])
    assert names == {"a": 11, "b": 12, "c": 3}
    bindings.restore(names)
    assert names == {"a": 1, "b": 2, "c": 3}


def test_one_name_can_be_taken_back_before_the_others() -> None:
    names: dict[str, Any] = {"a": 1}
    bindings.change(names, {"a": 10, "b": 20}, [], [])
    bindings.change(names, {}, [], ["b", "never_changed"])
    assert names == {"a": 10}


def test_a_name_with_a_dot_is_one_in_a_module() -> None:
    before = math.hypot
    names: dict[str, Any] = {}
    bindings.change(names, {"math.hypot": 3, "math.new": 4}, [], [])
    assert (vars(math)["hypot"], vars(math)["new"]) == (3, 4) and not names
    bindings.restore(names)
    assert math.hypot is before and not hasattr(math, "new")


def test_what_a_test_leaves_is_bound_again_unless_a_cell_has_bound_it_since() -> None:
    names: dict[str, Any] = {"a": 1, "b": 2, "gone": 3}
    bindings.change(names, {"a": 10, "b": 20, "new": 30}, ["gone"], [])
    bindings.restore(names)
    names["b"] = 5
    bindings.bind_again(names, ["a", "b", "new", "gone", "unknown"])
    assert names == {"a": 10, "b": 5, "new": 30, "gone": 3}
    bindings.restore(names)
    assert names == {"a": 1, "b": 5, "gone": 3}
    bindings.forget()
    bindings.bind_again(names, ["a"])
    assert names["a"] == 1


def test_names_share_an_object_also_by_way_of_others() -> None:
    row = [1]
    names = {"row": row, "grid": [row], "all": {"x": [row], "y": (other := [2],)}}
    names |= {"other": other, "alone": [1], "number": 3}
    found = bindings.that_share(names, "row", [*names, "absent"])
    assert set(found) == {"grid", "all", "other"}
    assert bindings.that_share(names, "number", ["row"]) == []
