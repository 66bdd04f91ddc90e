"""Named tuples arrive as such, and return to the class that they came from."""

from __future__ import annotations

import gc
from collections import namedtuple
from typing import Any, NamedTuple

import pytest

from grader.execution.wire import named_tuples
from tests.support.wires import Stayed, back, refusal, through

Point = namedtuple("Point", "x y", defaults=[0])
Empty = namedtuple("Empty", "")


class Person(NamedTuple):
    """Somebody."""

    name: str
    age: int = 7


class Able(NamedTuple):
    x: int

    def double(self) -> int:
        return self.x * 2


class Strange(NamedTuple):
    x: int

    def __repr__(self) -> str:
        return "x"


class Child(Point):
    pass


def named(name: str, fields: str) -> Any:
    """Make a class of named tuples that only this test has."""
    make: Any = namedtuple
    return make(name, fields)


@pytest.mark.parametrize("value", [Point(1, 2), Point(1), Empty(), Person("Ada", 36)])
def test_a_named_tuple_arrives_with_its_fields_and_its_looks(value: Any) -> None:
    found: Any = through(value)
    assert type(found) is not type(value)
    assert issubclass(type(found), tuple)
    assert found == value
    assert repr(found) == repr(value)
    assert found._asdict() == value._asdict()
    assert type(found)._field_defaults == type(value)._field_defaults
    assert type(found).__doc__ == type(value).__doc__


def test_all_that_is_of_one_class_stays_of_one_class() -> None:
    first, (second, kind) = through(Point(1, 2)), through([Point(3), Point])
    assert type(first) is type(second) is kind
    assert isinstance(first, kind)
    assert type(through(Person("Ada"))) is not kind
    assert through(named("Point", "x y")) is not kind
    assert kind(5) == (5, 0)


def test_what_comes_back_is_of_the_class_that_it_came_from() -> None:
    assert type(back(Point(1, 2))) is Point
    assert back(Person) is Person
    made = through(Point, "examiner")
    assert type(through(made(1))) is Point


@pytest.mark.parametrize("value", [Able(1), Strange(1), Child(1, 2), Able, Child])
def test_a_class_with_methods_of_its_own_stays(value: Any) -> None:
    with pytest.raises(Stayed):
        through(value)


def test_a_class_that_was_changed_later_stays() -> None:
    changed = named("Changed", "x")
    assert named_tuples.is_class(changed)
    changed.__len__ = lambda self: 5
    assert not named_tuples.is_class(changed)


KIND = [True, 5_000_000, "P", ["x"], None, []]
MALFORMED: list[Any] = [
    {"named tuple class": 7},
    {"named tuple class": KIND[:-1]},
    {"named tuple class": [1, *KIND[1:]]},
    {"named tuple class": [True, "0", *KIND[2:]]},
    {"named tuple class": [True, 0, "class", *KIND[3:]]},
    {"named tuple class": [True, 0, "a b", *KIND[3:]]},
    {"named tuple class": [True, 0, "a" * 300, *KIND[3:]]},
    {"named tuple class": [*KIND[:3], ["x", "x"], None, []]},
    {"named tuple class": [*KIND[:3], ["_x"], None, []]},
    {"named tuple class": [*KIND[:3], ["def"], None, []]},
    {"named tuple class": [*KIND[:3], ["x=print(1)"], None, []]},
    {"named tuple class": [*KIND[:3], ["fi", "\ufb01"], None, []]},
    {"named tuple class": [*KIND[:3], [f"a{n}" for n in range(300)], None, []]},
    {"named tuple class": [*KIND[:3], [["x"]], None, []]},
    {"named tuple class": [True, 5_000_001, "P", ["x"], None, [1, 2]]},
    {"named tuple class": [*KIND[:4], 7, []]},
    {"named tuple": []},
    {"named tuple": [7, 1]},
    {"named tuple": [KIND]},
    {"named tuple": [KIND, 1, 2]},
]


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda tree: repr(tree)[:60])
def test_malformed_classes_are_refused(tree: Any) -> None:
    assert refusal({"named tuple": [KIND, 1]}) == ""
    assert refusal(tree)


def test_a_number_that_does_not_fit_is_no_way_to_a_class_here() -> None:
    made = through(Point, "examiner")
    number = named_tuples._classes.number(Point)[1]  # noqa: SLF001 - as a forger would
    forged = {"named tuple class": [False, number, "Point", ["x", "y", "z"], None, []]}
    from grader.execution.wire import codec, registry

    found = codec.decode(forged, registry.decoders("student"))
    assert found is not Point
    assert found is not made


def test_the_classes_in_use_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.collect()
    in_use = len(named_tuples._classes._made)  # noqa: SLF001 - to count from there
    monkeypatch.setattr(named_tuples, "MAX_CLASSES", in_use + 20)
    many = [
        {"named tuple class": [True, 9_000_000 + n, *KIND[2:]]} for n in range(1, 30)
    ]
    assert "more than" in refusal(many)
    for tree in many:
        assert refusal(tree) == "", "a class that is no longer in use counts"
