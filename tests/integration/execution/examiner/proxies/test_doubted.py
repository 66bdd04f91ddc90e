"""What the examiner cannot ask of student code, or must not believe.

The outcome has a note, so that the test does not pass by the student's answer alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.execution.examiner.proxies.conftest import Judge

#: The student's answers.
CODE = """
class Square:
    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2

class Opened:
    log = []
    def __enter__(self):
        Opened.log.append("in")
        return self
    def __exit__(self, kind, error, trace):
        Opened.log.append(kind.__name__ if kind else "out")
        return kind is ZeroDivisionError or kind is AssertionError

def same(x): return x

class Liar:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
    def __lt__(self, other): return True
    __hash__ = None
LIAR = Liar()
def strange(): return LIAR
"""
#: Test cells, each with a part of the note that its outcome has.
DOUBTED = {
    "pickle": ("import pickle\npickle.dumps(Square(1))", "pickle"),
    "size": ("import sys\nsys.getsizeof(Square(1))", "size"),
    "subclass": ("class Mine(Square): pass", "derived from Square"),
    "argument": ("same(object())", "object as an argument"),
    "suppressed": ("with Opened():\n    1 / 0", "drop an exception"),
    "suppressed assertion": ("with Opened():\n    assert False", "drop an exception"),
    "equal to data": ("assert LIAR == 5", "as plain data"),
    "less than data": ("assert LIAR < 5", "as plain data"),
    "difference to data": ("assert (strange() - 5) is not None", "plain data"),
}


@pytest.mark.parametrize("cell", DOUBTED)
def test_the_outcome_notes_it(judge: Judge, cell: str) -> None:
    source, note = DOUBTED[cell]
    outcome = judge(source)
    assert note in outcome.stumbled
    assert outcome.ended != "passed"
    if cell == "suppressed assertion":
        assert outcome.ended == "failed"
