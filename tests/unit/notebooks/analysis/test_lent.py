"""What only a test cell binds and a later cell reads is found, and nothing else."""

from __future__ import annotations

import pytest

from grader.notebooks.analysis.lent import Lent, LentStatement, lent
from grader.notebooks.cells import cells_of, parse_notebook
from tests.support.small_course import notebook

HIDE = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


def found(text: str) -> Lent:
    return lent(cells_of(parse_notebook(notebook(text))))


def sources(lent: Lent) -> dict[str, str]:
    """Return what each test lends, as one text."""
    return {
        grade_id: "\n".join(one.source for one in statements)
        for grade_id, statements in lent.statements.items()
    }


def lends(test: str, reader: str, above: str = "one = 1") -> str:
    """Return what a test lends to the answer below it."""
    text = f"# %% one\n{above}\n# %% one-test\n{test}\n# %% two\n{reader}"
    return sources(found(text)).get("one-test", "")


@pytest.mark.parametrize(
    ("test", "reader", "statements"),
    [
        ("import math\nassert one == 1", "two = math.sqrt(4)", "import math"),
        ("sample = [4, 5]\nother = 3", "two = max(sample)", "sample = [4, 5]"),
        (
            "def check(v):\n    return v",
            "two = check(1)",
            "def check(v):\n    return v",
        ),
        ("class A:\n    b = 1", "two = A.b", "class A:\n    b = 1"),
        ("from math import *", "two = sqrt(4)", "from math import *"),
        ("from math import *", "two = len('ab')", ""),
        ("for i in range(3):\n    pass", "two = i", "for i in range(3):\n    pass"),
        ("import math; a = 1", "def two():\n    return math.pi", "import math"),
        ("a = 1\nb = a + 1\nc = 5", "two = b", "a = 1\nb = a + 1"),
        ("b = one + 1", "two = b", "b = one + 1"),
        ("a = []\na.append(1)\nprint(a)", "two = a", "a = []\na.append(1)"),
        ("a = {}\na['k'] = 1", "two = a", "a = {}\na['k'] = 1"),
        ("assert (a := 1) == 1", "two = a", "assert (a := 1) == 1"),
        ("a = 1\na = 2", "two = a", "a = 1\na = 2"),
        ("a = 1", "%timeit f(a)", "a = 1"),
        ("a = 1", "a = a + 1", "a = 1"),
        # Bound by the reader itself, by another cell, or read by nobody.
        ("a = 1", "a = 2\ntwo = a", ""),
        ("one = 5", "two = one", ""),
        ("a = 1", "two = 2", ""),
        ("a = 1", "def two(a):\n    a += 1\n    return a", ""),
        ("this is no Python", "two = this", ""),
    ],
)
def test_the_statements_that_bind_a_name_are_lent(
    test: str, reader: str, statements: str
) -> None:
    assert lends(test, reader) == statements


def test_cells_above_a_test_are_lent_nothing() -> None:
    text = "# %% one\ndef one():\n    return a\n# %% one-test\na = 1\nassert one() == 1"
    assert found(text) == Lent({}, frozenset())


def test_what_an_earlier_test_lends_to_a_later_one_is_lent_too() -> None:
    text = (
        "# %% a-test\nfirst = 1\n# %% own\npass\n# %% b-test\nsecond = first\n"
        "# %% c\nthird = second"
    )
    assert sources(found(text)) == {"a-test": "first = 1", "b-test": "second = first"}


@pytest.mark.parametrize(
    "test",
    [
        HIDE.format("sample = [1]"),
        f"if True:\n    pass\n    {HIDE.format('    sample = [1]').strip()}",
        f"{HIDE.format('size = 1')}\nsample = [size]",
    ],
    ids=["hidden", "partly-hidden", "needs-hidden"],
)
def test_no_hidden_statement_is_lent(test: str) -> None:
    text = f"# %% one-test\n{test}\n# %% two\ntwo = sample"
    assert found(text) == Lent({}, frozenset({"one-test"}))


def test_a_visible_statement_is_enough() -> None:
    test = "sample = [1]\n" + HIDE.format("sample = [1, 2]")
    text = f"# %% one-test\n{test}\n# %% two\ntwo = sample"
    lines = (LentStatement(1, "sample = [1]"),)
    assert found(text) == Lent({"one-test": lines}, frozenset())


def test_the_line_of_a_statement_is_its_first() -> None:
    test = "\n\n@print\ndef check(v):\n    return v\nuse = (\n    check(1)\n)"
    text = f"# %% one-test\n# a comment\n{test}\n# %% two\ntwo = use"
    (statements,) = found(text).statements.values()
    assert [one.line for one in statements] == [4, 7]
