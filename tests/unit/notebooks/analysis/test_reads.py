"""What a cell reads of others, and what is its own."""

from __future__ import annotations

import pytest

from grader.notebooks.analysis.reads import needed, reads

CASES = {
    "a name": ("b = a", "a", "", "b"),
    "its own": ("a = 1\nb = a", "", "", "a b"),
    "a function's": ("def f(x):\n    return x + a", "", "a", "f"),
    "its own, in a function": ("a = 1\nf = lambda: a", "", "a", "a f"),
    "a comprehension's": ("b = [x + a for x in c]", "a c", "", "b"),
    "a class's": ("class A:\n    x = a\na = 1", "a", "a", "A a"),
    "a setting": ("%matplotlib inline\nb = a", "a", "", "b"),
}


@pytest.mark.parametrize(
    ("source", "at_once", "later", "bound"), CASES.values(), ids=CASES
)
def test_what_a_cell_reads(source: str, at_once: str, later: str, bound: str) -> None:
    found = reads(source, trusted=True)
    assert found.at_once == set(at_once.split())
    assert found.later == set(later.split())
    assert found.bound == set(bound.split())


def test_who_is_trusted_binds_before_reading() -> None:
    loop = "for a in x:\n    b = a"
    assert reads(loop, trusted=True).at_once == {"x"}
    assert reads(loop, trusted=False).at_once == {"a", "x"}


@pytest.mark.parametrize(
    "source",
    ["a += 1", "del a", "for i in range(3):\n    a += i", "if True:\n    a += 1"],
)
def test_a_name_that_is_changed_in_place_must_exist_before(source: str) -> None:
    for trusted in (True, False):
        assert "a" in reads(source, trusted=trusted).at_once


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("try:\n    f()\nexcept E as e:\n    assert e.args", "E f"),
        ("for i in a:\n    assert i", "a"),
        ("assert [i for i in a]", "a"),
        ("def f(x):\n    return x + y + g\ng = 1", "y"),
        ("a += 1", "a"),
        ("a = a + 1", "a"),
    ],
)
def test_what_a_cell_needs_from_others(source: str, names: str) -> None:
    assert needed(source) == set(names.split())
