"""A test is left to the examiner alone only if it sees all it asks from outside."""

from __future__ import annotations

import pytest

from grader.notebooks.analysis.names import imported
from grader.notebooks.analysis.outside import doubt

ANSWERS = {"f", "g", "x"}
MODULES = {"np": "numpy", "math": "math", "plt": "matplotlib.pyplot"}


@pytest.mark.parametrize(
    "source",
    [
        "assert f(3) == 9",
        "assert x == 5, 'five'",
        "assert not f(3)",
        "assert f(1) is None",
        "assert f(1) == 1 and f(2) == 2",
        "assert np.allclose(f([1, 2]), [3])",
        "np.testing.assert_allclose(f(np.ones(3)), 1)",
        "from nose.tools import assert_equal\nassert_equal(f(1), 2)",
        "for a, b in [(1, 2), (3, 4)]:\n    assert f(a) == b, f'no {a}'",
        "for i in range(3):\n    out = f(i)\n    assert out == i",
        "assert all(f(i) == i for i in range(3))",
        "data = [1, 2]\nout = f(data)\nassert data == [1, 2]\nassert out == 3",
        "r = f(2)\nassert isinstance(r, dict)\nassert r['a'] == 1",
        "assert f(1).shape == (2,)",
        "assert abs(f(3) - math.pi) < 1e-3\n1.5",
    ],
)
def test_results_of_calls_with_plain_values_are_seen(source: str) -> None:
    assert doubt(source, ANSWERS, MODULES) == ""


@pytest.mark.parametrize(
    "source",
    [
        # what is shared or kept
        "a = f(1)\nb = f(2)\nassert a == [1]",
        "a = f(1)\na[0] = 2\nassert a[1] == 0",
        "a = f(1)\na += [2]",
        "a = f(1)\na.append(2)",
        "data = [1]\nf(data)\ng(1)\nassert data == [1]",
        "data = [1]\nassert f(data) == 1\nassert g(data) == 1",
        "inner = [1]\ndata = [inner]\nf(data)\nassert inner == [1]",
        "assert f(1) == f(2)",
        "assert f(f(1)) == 1",
        "assert [f(i) for i in range(3)] == [[0], [1], [2]]",
        "assert f(1) is f(1)",
        "for i in range(2):\n    out = f(i)\n    g(i)\n    assert out == [i]",
        # what a call leaves behind
        "import io\nassert f(1) is None",
        "from unittest.mock import patch\nwith patch('f'): pass",
        "with np.errstate(all='raise'):\n    f(1)",
        "plt.figure()",
        # what only the student's own process knows
        "assert f.__doc__",
        "assert callable(f)",
        "assert isinstance(f(1), Own)",
        "assert type(f(1)) == int",
        "assert 'sum' in globals()",
        "assert hasattr(x, 'a')",
        # callbacks
        "assert sorted([1], key=f) == [1]",
        "assert np.vectorize(f)(1) == 1",
        "assert f(lambda v: v) == 1",
        # other
        "x = 3\nassert x == 3",
        "np = 3",
        "assert np.random.rand() == f(1)",
        "try:\n    f(1)\nexcept ValueError:\n    pass",
        "%%time\nassert f(1) == 1",
        "!ls\nassert f(1) == 1",
        "assert f(1",
        "assert helper(f(1))",
        "assert f(1) == 1, f(2)",
    ],
)
def test_everything_else_is_doubted(source: str) -> None:
    assert doubt(source, ANSWERS, MODULES)


def test_a_doubt_names_the_line() -> None:
    assert doubt("assert f(1) == 1\nassert f(1) is f", ANSWERS, {}).startswith("line 2")


def test_imports_are_found_under_their_names() -> None:
    cells = ["import os.path\nimport numpy as n", "from math import pi as p", "x = ("]
    assert imported(cells) == {"os": "os", "n": "numpy", "p": "math.pi"}
