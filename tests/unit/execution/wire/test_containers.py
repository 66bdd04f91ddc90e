"""Containers of the standard library arrive as exactly what they are."""

from __future__ import annotations

import array
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict, deque
from typing import Any

import pytest

from tests.support.wire_values import alike
from tests.support.wires import Stayed, back, refusal, through

LETTERS = {"a": 1, "b": [2, (3,)]}
VALUES: list[Any] = [
    Counter("abracadabra"),
    Counter(),
    OrderedDict([("b", 1), ("a", 2)]),
    defaultdict(list, {"x": [1]}),
    defaultdict(None, {1: 2}),
    defaultdict(Counter, {"x": Counter("aab")}),
    deque([1, 2, 3], maxlen=5),
    deque([deque(), [Counter("a")]]),
    bytearray(b"ab\0"),
    array.array("i", [1, -2, 3]),
    array.array("d"),
]
VIEWS = [
    view
    for mapping in (LETTERS, OrderedDict(LETTERS))
    for view in (mapping.keys(), mapping.values(), mapping.items())
]


def name(value: Any) -> str:
    return type(value).__name__


@pytest.mark.parametrize("value", VALUES, ids=name)
@pytest.mark.parametrize("way", [through, back])
def test_containers_arrive_whole(value: Any, way: Any) -> None:
    found = way(value)
    assert type(found) is type(value)
    assert found == value
    assert repr(found) == repr(value)


@pytest.mark.parametrize("view", VIEWS, ids=name)
def test_views_arrive_as_views(view: Any) -> None:
    found = through(view)
    assert type(found) is type(view)
    assert list(found) == list(view)
    assert found == view or name(view).endswith("values")


def test_views_are_compared_as_sets() -> None:
    keys = through({"a": 1, "b": 2}.keys())
    assert keys == {"a", "b"}
    assert keys - {"a"} == {"b"}
    assert through({"a": 1}.items()) == {("a", 1)}


def test_the_order_and_the_abilities_of_containers_are_kept() -> None:
    assert list(through(OrderedDict([("b", 1), ("a", 2)]))) == ["b", "a"]
    assert through(Counter("aab")).most_common(1) == [("a", 2)]
    counts = through(defaultdict(int))
    counts["new"] += 1
    assert counts == {"new": 1}
    last = through(deque([1, 2], 2))
    last.append(3)
    assert last == deque([2, 3])


class Own(Counter[Any]):
    pass


@pytest.mark.parametrize(
    "value",
    [
        Own("aab"),
        UserDict({"a": 1}),
        ChainMap({}),
        defaultdict(lambda: 0),
        memoryview(b"ab"),
        array.array("u", "ab"),
        iter([1]),
    ],
    ids=name,
)
def test_what_holds_code_or_is_a_class_of_their_own_stays(value: Any) -> None:
    with pytest.raises(Stayed):
        through([value])


MALFORMED: list[Any] = [
    {"counter": 7},
    {"counter": [7]},
    {"counter": [[[1], 2]]},
    {"counter": [[1, 2, 3]]},
    {"counter": [[key, 1] for key in alike(101)]},
    {"ordered dict": [[key, 1] for key in alike(101)]},
    {"default dict": []},
    {"default dict": [7]},
    {"default dict": [{"array": ["<f8", [0], b""]}]},
    {"default dict": [{"type": "os.system"}]},
    {"default dict": [None, *([key, 1] for key in alike(101))]},
    {"deque": []},
    {"deque": [1, 2, 3]},
    {"deque": [-1]},
    {"deque": [True, 2]},
    {"view": []},
    {"view": ["keys", 1]},
    {"view": ["odict_keys_", 1]},
    {"view": ["dict_keys", [1]]},
    {"view": ["dict_items", 1]},
    {"view": [["dict_keys"], 1]},
    {"view": ["dict_keys", *alike(101)]},
    {"bytearray": 10**9},
    {"bytearray": "text"},
    {"array.array": ["u", b"abcd"]},
    {"array.array": ["i", b"abc"]},
    {"array.array": ["i", 10**9]},
    {"array.array": ["d"]},
]


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda tree: repr(tree)[:40])
def test_malformed_containers_are_refused(tree: Any) -> None:
    assert refusal(tree)


def test_containers_inside_each_other_count_as_levels() -> None:
    inside: Any = 1
    for _ in range(41):
        inside = {"deque": [None, inside]}
    assert "deeper" in refusal(inside)
    itself: deque[Any] = deque()
    itself.append(itself)
    with pytest.raises(Exception, match="inside itself"):
        through(itself)
