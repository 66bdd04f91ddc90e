"""What stands out in a student's code is said in a few words, and no more."""

from __future__ import annotations

import pytest

from grader.records import Flag
from grader.submissions.code_flags import code_flags


def texts(flags: tuple[Flag, ...]) -> tuple[str, ...]:
    assert {flag.kind for flag in flags} <= {"code"}
    return tuple(flag.text for flag in flags)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import os\nos._exit(0)", "calls os._exit"),
        ("import sys\ndef f(): sys.exit()", "calls sys.exit"),
        (
            "import numpy as np\nnp.testing.assert_allclose = print",
            "replaces np.testing.assert_allclose",
        ),
        ("import builtins\nbuiltins.abs = None", "replaces builtins.abs"),
        ("from a import b\nb.c += 1", "replaces b.c"),
        ("open('/proc/self/maps')", "names files under /proc"),
        ("open('lab.ipynb')", "names a notebook file"),
        ("sqlite3.connect('../gradebook.db')", "names the gradebook"),
        ("f'{x}/.nbgrader/{y}'", "names nbgrader"),
        ("get_ipython().ast_transformers.clear()", "reaches for the IPython shell"),
        ("import gc\ngc.get_objects()", "looks through the interpreter's memory"),
        ("import os\nos.fork()", "starts processes"),
        ("import socket\nsocket.socket()", "opens sockets"),
    ],
)
def test_what_stands_out(source: str, said: str) -> None:
    assert texts(code_flags([source])) == (said,)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nx = np.zeros(3)\nx[0] = 1\nnp.testing.assert_equal(x, x)",
        "class A:\n    def __init__(self): self.x = 1",
        "def exit(): pass\nexit()",
        "def broken(",
        "!cat /proc/cpuinfo",
        "",
    ],
)
def test_ordinary_code_stays_unsaid(source: str) -> None:
    assert texts(code_flags([source])) == ()


def test_each_thing_is_said_once_in_the_order_of_the_cells() -> None:
    cells = ["import os\nos._exit(1)\nos._exit(2)", "os.fork()", "os._exit(3)"]
    assert texts(code_flags(cells)) == ("calls os._exit", "starts processes")


def test_a_module_is_known_in_later_cells() -> None:
    assert texts(code_flags(["import numpy as np", "np.abs = 3"])) == (
        "replaces np.abs",
    )
