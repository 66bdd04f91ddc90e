"""Which names are the student's and which are the instructor's."""

from __future__ import annotations

import pytest

from grader.notebooks.analysis.names import (
    bound_names,
    definitions,
    notebook_names,
)
from tests.support.small_course import notebook


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = 1", "a"),
        ("a, (b, *c) = x", "a b c"),
        ("a: int = 1", "a"),
        ("a += 1", "a"),
        ("for i, j in x: k = i", "i j k"),
        ("with f() as g: pass", "g"),
        ("if (n := 3): m = 2", "n m"),
        ("try:\n    a = 1\nexcept E as e:\n    b = 2", "a b"),
        ("def f(x, y=1):\n    z = 2", "f"),
        ("async def f(): z = 2", "f"),
        ("class C:\n    z = 2", "C"),
        ("f = lambda x: x", "f"),
        ("a = [b for b in c if (d := b)]", "a d"),
        ("a = {b: c for b, c in (d for d in e)}", "a"),
        ("match a:\n    case [b, *c]: pass\n    case D(x=e) as f: pass", "b c e f"),
        ("import a.b, c as d", "a d"),
        ("from a import b as c, d", "c d"),
        ("x.y = 1; z[0] = 2", ""),
        ("print(a)", ""),
        ("%matplotlib inline\na = 1", "a"),
        ("!pip install x", ""),
        ("def broken(", ""),
        ("", ""),
    ],
)
def test_names_that_a_cell_binds(source: str, names: str) -> None:
    assert bound_names([source]) == set(names.split())


def test_names_of_all_cells_count_whatever_one_of_them_is() -> None:
    assert bound_names(["a = 1", "def broken(", "b = 2"]) == {"a", "b"}


def test_imports_are_taken_apart() -> None:
    found = definitions(["import numpy as np, os.path", "from a import b as c, d"])
    assert found == {
        "np": "import numpy as np",
        "os": "import os.path",
        "c": "from a import b as c",
        "d": "from a import d",
    }


def test_imports_count_wherever_they_stand_but_in_functions() -> None:
    source = (
        "try:\n    import a\nexcept ImportError:\n    import b as a2\n"
        "if x:\n    from c import d\n"
        "def f():\n    import hidden\n"
        "g = lambda: __import__('other')\n"
    )
    assert set(definitions([source])) == {"a", "a2", "d", "f"}


def test_functions_and_classes_come_whole() -> None:
    found = definitions(["@wraps\ndef f(x):\n    return x\n\nclass C(B):\n    y = 1\n"])
    assert found["f"].startswith("@wraps\ndef f(x):")
    assert "y = 1" in found["C"]


def test_data_are_not_definitions() -> None:
    assert definitions(["x = 1\nnp.random.seed(3)", "from a import *"]) == {}


def test_the_last_definition_counts() -> None:
    found = definitions(["def f(): return 1", "def f(): return 2"])
    assert found["f"].endswith("return 2")


def test_a_definition_stands_on_its_own() -> None:
    names: dict[str, object] = {}
    for text in definitions(["import math as m\ndef f(x): return m.sqrt(x)"]).values():
        exec(text, names)
    assert names["f"](9) == 3  # type: ignore[operator]


def test_names_that_answers_read_include_those_in_modules() -> None:
    source = (
        "# %%\nimport time, numpy as np\nrate = 2\n"
        "# %% a\nimport math\ndef f(x):\n    y = time.sleep(x)\n"
        "    return math.pi + rate + np.linalg.norm(y) + y.size\n"
        "# %% a-test\nassert f(hidden)\n"
    )
    known = notebook_names(notebook(source))
    assert known.answers == {"f", "math"}
    assert {"time.sleep", "math.pi", "numpy.linalg", "rate", "np"} <= known.read
    assert known.read.isdisjoint({"x", "y", "hidden", "y.size", "f"})
