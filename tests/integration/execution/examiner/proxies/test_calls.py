"""What a call of student code does besides returning a value.

It raises, prints, warns and logs, calls functions of the test, and changes arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.execution.examiner.proxies.conftest import Runner

#: The student's answers.
CODE = '''
import logging, sys, warnings

def area(w, h: float = 2, *rest, unit="m") -> float:
    """The area of a rectangle."""
    return w * h

class Square:
    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2

class MyError(ValueError):
    def __init__(self, text, code):
        super().__init__(text)
        self.code = code

class Deeper(MyError): pass

def fail(k):
    if k == 1: raise MyError("mine", 7)
    if k == 2:
        try: {}["x"]
        except KeyError as error: raise Deeper("deep", 8) from error
    if k == 3: raise KeyError("x")
    if k == 4: open("/nowhere")
    return k

def loud(x):
    print("got", x)
    print("oh", file=sys.stderr)
    warnings.warn("old", DeprecationWarning)
    logging.getLogger("bank").warning("low %d", x)
    logging.getLogger("bank").info("fine")
    return x

def apply(f, *args, **kwargs): return f(*args, **kwargs)

def twice(f):
    def g(*args): return f(f(*args))
    return g

def caught(f):
    try: return f()
    except ValueError as error: return "caught " + str(error)

def same(x): return x

def grid(n):
    row = [0] * n
    return [row] * n

def fresh_grid(n): return [[0] * n for _ in range(n)]

def set_first(rows): rows[0][0] = 9

def spoil(xs):
    xs.append(1)
    raise ValueError("spoilt")

def memoize(f):
    table = {}
    def g(n):
        if n not in table: table[n] = f(n)
        return table[n]
    return g
'''
#: Test cells. Each passes.
ASKED = {
    "exceptions": """
import inspect
try:
    fail(1)
except MyError as error:
    assert error.code == 7 and str(error) == 'mine' and error.args == ('mine',)
    assert type(error) is MyError
else:
    assert False
try:
    fail(2)
except ValueError as error:
    assert isinstance(error, MyError) and type(error) is Deeper
    assert isinstance(error.__cause__, KeyError) and error.__cause__.args == ('x',)
    assert error.__context__ is not None
else:
    assert False
try:
    fail(3)
except KeyError as error:
    assert error.args == ('x',) and error.__cause__ is None
try:
    fail(4)
except FileNotFoundError as error:
    assert error.errno == 2 and error.filename == '/nowhere'
assert issubclass(MyError, ValueError) and inspect.isclass(MyError)
""",
    "pytest.raises": """
import pytest
with pytest.raises(MyError, match='mine') as info:
    fail(1)
assert info.value.code == 7
with pytest.raises(MyError):
    raise MyError('own', 3)
""",
    "prints": """
import contextlib, io, sys
out, err = io.StringIO(), io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
    assert area(1) == 2
assert out.getvalue() == '' == err.getvalue()
import warnings, logging
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
    with warnings.catch_warnings(record=True):
        loud(3)
assert out.getvalue() == 'got 3\\n' and 'oh' in err.getvalue()
""",
    "warnings": """
import pytest, warnings
with pytest.warns(DeprecationWarning, match='old'):
    loud(1)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    loud(1)
    loud(1)
    area(1)
assert len(seen) == 2 and seen[0].category is DeprecationWarning
with warnings.catch_warnings():
    warnings.simplefilter('error')
    area(1)
    try:
        loud(1)
        assert False
    except DeprecationWarning:
        pass
""",
    "logs": """
import unittest
case = unittest.TestCase()
with case.assertLogs('bank', 'WARNING') as logs:
    loud(4)
assert logs.output == ['WARNING:bank:low 4']
with case.assertLogs('bank', 'INFO') as logs:
    loud(4)
assert logs.output == ['WARNING:bank:low 4', 'INFO:bank:fine']
""",
    "callbacks": """
seen = []
def note(*args, **kwargs):
    seen.append((args, kwargs))
    return len(seen)
assert apply(note, 1, [2], k='z') == 1 and seen == [((1, [2]), {'k': 'z'})]
assert twice(lambda x: x + 3)(4) == 10
assert apply(sorted, [3, 1, 2], key=lambda x: -x) == [3, 2, 1]
assert apply(max, [1, 5]) == 5
assert same(note) is note and same(len)([1]) == 1
assert apply(lambda s: s.area(), Square(3)) == 9
assert apply(sum, (i for i in range(4))) == 6
assert apply(lambda: area(2)) == 4
@memoize
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
assert fib(20) == 6765
""",
    "errors of callbacks": """
class Mine(ValueError): pass
def wrong(): raise Mine('why')
assert caught(wrong) == 'caught why'
try:
    apply(wrong)
    assert False
except Mine as error:
    assert error.args == ('why',)
try:
    apply(lambda: fail(1))
    assert False
except MyError as error:
    assert error.code == 7
""",
    "mocks": """
from unittest.mock import Mock, patch
m = Mock(return_value=3)
assert apply(m, 1, k=2) == 3
m.assert_called_once_with(1, k=2)
with patch.object(Square, 'area', lambda self: 99):
    assert Square(2).area() == 99
assert Square(2).area() == 4
""",
    "arguments come back": """
xs = [1, 2]
assert same(xs) is xs and same([xs, 3])[0] is xs and same({'a': xs})['a'] is xs
import numpy as np
v = np.zeros(3)
assert same(v) is v
assert same([1]) == [1]
""",
    "aliasing": """
rows = grid(2)
assert rows[0] is rows[1]
rows[0][0] = 5
assert rows[1][0] == 5
assert fresh_grid(2)[0] is not fresh_grid(2)[1]
inner = [1]
outer = [inner, inner]
set_first(outer)
assert inner == [9] and outer[0] is inner is outer[1]
""",
    "arguments of a call that fails": """
xs = []
try:
    spoil(xs)
except ValueError:
    pass
assert xs == [1]
""",
}


@pytest.mark.parametrize("cell", ASKED.values(), ids=ASKED)
def test_a_cell_passes_as_in_one_process(passes_in_both: Runner, cell: str) -> None:
    passes_in_both(cell)
