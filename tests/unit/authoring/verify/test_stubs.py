"""Stubs that parse and show the solution's signature, and stubs that do not."""

from __future__ import annotations

from typing import Any

import pytest

from grader.authoring.verify import stubs
from grader.notebooks.cells import Cell, new_cell

SOLUTION = "def f(a, b=1, *, c=None):\n    ### BEGIN SOLUTION\n    return a\n"
SOLUTION += "    ### END SOLUTION"
STUB = "def f(a, b=1, *, c=None):\n    ..."


def cell(source: str, **nbgrader: Any) -> Cell:
    node = new_cell("code", source, "x")
    node.metadata["nbgrader"] = {"grade_id": "f", "solution": True, **nbgrader}
    return Cell.of(node)


def faults(solution: str, stub: str, test: str = "assert f(1) == 1") -> list[str]:
    tests = cell(test, solution=False, grade=True, grade_id="f-test")
    return list(stubs.faults([cell(solution), tests], [cell(stub)]))


@pytest.mark.parametrize(
    "stub",
    [
        STUB,
        "def f( a,b = 1,*,c=None ):\n    pass",
        "%matplotlib inline\n" + STUB,
        STUB + "\n\n\ndef helper():\n    pass",
    ],
)
def test_stubs_that_are_fine(stub: str) -> None:
    assert faults(SOLUTION, stub) == []


@pytest.mark.parametrize(
    ("stub", "told"),
    [
        ("def f(a, b=1, *, c=None):\n", "not valid Python"),
        ("def f(a, b=2, *, c=None):\n    ...", r"f(a, b=2, *, c=None)"),
        ("def f(x, b=1, *, c=None):\n    ...", "the solution is (a, b=1, *, c=None)"),
        ("def f(a, b=1, c=None):\n    ...", "the solution is"),
        ("def g(a, b=1, *, c=None):\n    ...", "does not show f("),
        ("...", "does not show f("),
    ],
)
def test_stubs_that_mislead(stub: str, told: str) -> None:
    (fault,) = faults(SOLUTION, stub)
    assert fault.startswith("cell f: ")
    assert told in fault


def test_a_function_that_no_test_uses_may_be_the_students_own() -> None:
    assert faults("def own(a):\n    return a", "...", "assert True") == []


def test_methods_count_too() -> None:
    solution = "class A:\n    def m(self, a):\n        return a"
    stub = "class A:\n    def m(self):\n        ..."
    (fault,) = faults(solution, stub)
    assert "A.m(self)" in fault


def test_a_cell_that_students_do_not_get() -> None:
    source = [cell(SOLUTION)]
    (fault,) = stubs.faults(source, [])
    assert "has no such cell" in fault
