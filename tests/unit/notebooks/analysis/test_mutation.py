"""Mutants differ from the solution in one thing, in a set order, and parse."""

from __future__ import annotations

import ast

import pytest

from grader.notebooks.analysis.mutation import mutants


@pytest.mark.parametrize(
    ("solution", "wanted"),
    [
        ("a = b + c", {"a = b - c", "a = b", "a = c"}),
        ("a = b - c", {"a = b + c", "a = b", "a = c - b"}),
        ("a += b", {"a -= b", "a = b"}),
        ("a = -b", {"a = b"}),
        ("a = b < c", {"a = b <= c", "a = b > c"}),
        ("a = b in c", {"a = b not in c"}),
        ("a = b and c", {"a = b or c"}),
        ("a = 3", {"a = 4", "a = 2"}),
        ("a = 0", {"a = 1", "a = -1"}),
        ("a = 0.5", {"a = 1.5", "a = 0.25"}),
        ("a = True", {"a = False"}),
        ("a = 'B'", {"a = 'A'", "a = 'C'", "a = 'D'"}),
        ("a = 'same'", {"a = 'valid'"}),
        ("a = 'words'", {"a = 'wordsx'"}),
        ("a = b.T", {"a = b"}),
        ("a = b[i, j]", {"a = b[j, i]"}),
        ("a = b[i:j]", {"a = b[:j]", "a = b[i:]"}),
        ("a = b[:, ::c]", {"a = b[::c, :]", "a = b[:, :]"}),
        ("a = f(b, c)", {"a = f(c, b)"}),
        ("a = f(b, key=c)", {"a = f(b)"}),
        ("a = np.sum(b)", {"a = np.mean(b)"}),
        ("a, b = c", {"b, a = c"}),
    ],
)
def test_what_becomes_of_a_solution(solution: str, wanted: set[str]) -> None:
    assert {normal(made) for made in mutants(solution)} == set(map(normal, wanted))


def normal(source: str) -> str:
    return ast.unparse(ast.parse(source))


def test_only_the_solution_is_changed_and_layout_stays() -> None:
    source = (
        "def f(a, b=1):  # one\n"
        '    """Add 1."""\n'
        "    ### BEGIN SOLUTION\n"
        "    ü = 'ä'; return a  +  b   # the sum\n"
        "    ### END SOLUTION\n"
        "c = 1\n"
    )
    made = list(mutants(source))
    assert len(made) == 4
    for each in made:
        changed = [
            (old, new)
            for old, new in zip(source.split("\n"), each.split("\n"), strict=True)
            if old != new
        ]
        assert len(changed) == 1
        assert changed[0][0].startswith("    ü = ")
        assert changed[0][1].endswith("   # the sum")


def test_parentheses_are_put_where_the_change_needs_them() -> None:
    made = {ast.unparse(ast.parse(each)) for each in mutants("a = b * c ** d")}
    assert "a = b * (c * d)" in made
    assert "a = b * c * d" not in made


def test_no_mutant_comes_twice_and_the_order_is_set() -> None:
    source = "a = [x + 1 for x in b if x < 2]\nb = a[1:] * 2"
    made = list(mutants(source))
    assert made == list(mutants(source))
    assert len(set(made)) == len(made)
    assert source not in made


def test_magics_stay_and_what_is_not_python_has_none() -> None:
    made = list(mutants("%matplotlib inline\na = b + 1"))
    assert made
    assert all(each.startswith("%matplotlib inline\na = ") for each in made)
    assert list(mutants("def f(")) == []
