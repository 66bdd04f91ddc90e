"""Containers that come twice arrive as one, and arguments come back as themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.errors import WireError
from grader.execution.wire import codec
from grader.execution.wire.sharing import Containers, Mark, settled, with_marks

ROW: list[Any] = [1]
ARRAY = np.zeros(2)


def sent(values: list[Any], given: list[Any]) -> list[Any]:
    """Return values as the other side gets them, which has copies of `given`."""
    numbers = Containers(given).numbers()
    trees = [codec.encode(value) for value in with_marks(values, numbers)]
    hooks: dict[str, codec.Hook] = {
        "given": lambda number: Mark("given", number),
        "again": lambda number: Mark("again", number),
    }
    return settled([codec.decode(t, hooks) for t in trees], Containers(given).found)[0]


def test_what_comes_once_is_left_as_it_is() -> None:
    values = [[1, [2]], {"a": (3, [4])}, 5]
    assert with_marks(values, {}) is values


@pytest.mark.parametrize(
    "value",
    [[ROW, ROW], {"a": ROW, "b": [ROW]}, [(ROW, 1), ROW], [[2], [ROW, [3]], ROW]],
    ids=str,
)
def test_what_comes_twice_is_one(value: Any) -> None:
    (found,) = sent([value], [])
    assert found == value
    shared = [each for each in Containers([found]).found if each == ROW]
    assert len(shared) == 1
    assert Containers([found]).shared


def test_equal_is_not_the_same() -> None:
    (found,) = sent([[[1], [1]]], [])
    assert found[0] is not found[1]


def test_arguments_come_back_as_themselves() -> None:
    given = [ROW, {"k": ARRAY}]
    back, inside = sent([ROW, [ARRAY, [ROW], [5]]], given)
    assert back is ROW
    assert inside[0] is ARRAY
    assert inside[1][0] is ROW


def test_two_values_of_a_message_share() -> None:
    first, second = sent([ROW, [ROW]], [])
    assert second[0] is first


@pytest.mark.parametrize("number", [1, -1, True, "0", None, 2**40])
@pytest.mark.parametrize("of", ["given", "again"])
def test_a_mark_for_nothing_is_refused(of: Any, number: Any) -> None:
    with pytest.raises(WireError):
        settled([[Mark(of, number)]], [ROW])


def test_a_mark_is_no_key_and_in_no_set() -> None:
    for tree in ({"set": [{"again": 0}]}, {"dict": [[{"again": 0}, 1]]}):
        with pytest.raises(WireError):
            codec.decode(tree, {"again": lambda number: Mark("again", number)})
