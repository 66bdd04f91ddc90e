"""Names that a student's cells share with the tests are found."""

from __future__ import annotations

import pytest

from grader.notebooks.analysis.shadows import shadowed
from grader.notebooks.cells import cells_of, parse_notebook
from tests.support.small_course import notebook

ANSWERS = frozenset({"square"})
SOURCE = """
# %% square
ANSWER
# %% square-test
cases = [2, 3]
assert square(max(cases)) == 9
# %% other
other = 1
# %% other-test
assert other == 1
"""


def found(answer: str, source: str = SOURCE) -> frozenset[str]:
    text = notebook(source.replace("ANSWER", answer))
    return shadowed(cells_of(parse_notebook(text)), ANSWERS | {"other"})


@pytest.mark.parametrize(
    "answer",
    [
        "def square(x): return x * x",
        "import math\ndef square(x): return math.pow(x, 2)",
        "def square(x):\n    max = x * x\n    return max",
    ],
)
def test_an_answer_with_names_of_its_own_shares_none(answer: str) -> None:
    assert found(answer) == frozenset()


@pytest.mark.parametrize(
    "answer",
    [
        "max = 0\ndef square(x): return x * x",
        "def max(x): return 0\ndef square(x): return x * x",
        "from numpy import *\ndef square(x): return x * x",
        "for max in (1, 2): pass",
    ],
)
def test_a_name_that_a_test_uses_is_found(answer: str) -> None:
    assert "square-test" in found(answer)


def test_what_a_test_binds_is_found_where_an_answer_reads_it() -> None:
    reads = "def square(x): return x * len(cases)"
    assert found(reads) == {"square-test", "other-test"}


def test_only_tests_after_the_name_are_concerned() -> None:
    later = SOURCE.replace("other = 1", "other = 1\nmax = 0")
    assert found("def square(x): return x * x", later) == frozenset()
