"""What tests may ask of student code: asked of a jailed kernel, by a real examiner.

Each test cell holds for the student's code as it would in one process, and fails for
code that differs in the point that it asks about.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.execution.examiner.client import Examiner
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.records import Outcome

CODE = '''
import asyncio, logging, sys, warnings
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

def area(w, h: float = 2, *rest, unit="m") -> float:
    """The area of a rectangle."""
    return w * h

class Shape(ABC):
    @abstractmethod
    def area(self): ...

class Square(Shape):
    """A square."""
    sides = 4
    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2
    @property
    def double(self): return 2 * self.side
    @double.setter
    def double(self, value): self.side = value / 2
    @staticmethod
    def unit(): return Square(1)
    @classmethod
    def of(cls, side): return cls(side)

class Vector:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, other): return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, k): return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __iadd__(self, other):
        self.x += other.x
        return self
    def __neg__(self): return Vector(-self.x, -self.y)
    def __abs__(self): return 5.0
    def __eq__(self, other):
        if not isinstance(other, Vector): return NotImplemented
        return (self.x, self.y) == (other.x, other.y)
    def __hash__(self): return hash((self.x, self.y))
    def __lt__(self, other): return self.x < other.x
    def __repr__(self): return f"Vector({self.x}, {self.y})"
    def __bool__(self): return bool(self.x)
    def __getitem__(self, k): return (self.x, self.y)[k]
    def __setitem__(self, k, v): setattr(self, "xy"[k], v)
    def __iter__(self): return iter((self.x, self.y))
    def __len__(self): return 2
    def __contains__(self, k): return k in (self.x, self.y)
    def __call__(self, k): return self.x + k
    def __format__(self, spec): return f"<{self.x}{spec}>"

class Plain: pass

@dataclass
class Point:
    x: int
    y: int = 0

class Color(Enum):
    RED = 1
    BLUE = 2

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

def counter(n):
    got = 0
    for i in range(n):
        new = yield i + got
        got = new or 0
    return "end"

class Opened:
    log = []
    def __enter__(self):
        Opened.log.append("in")
        return self
    def __exit__(self, kind, error, trace):
        Opened.log.append(kind.__name__ if kind else "out")
        return kind is ZeroDivisionError or kind is AssertionError

@contextmanager
def managed():
    Opened.log.append("begin")
    try: yield 5
    finally: Opened.log.append("end")

async def slow(x):
    await asyncio.sleep(0.05)
    if x < 0: raise ValueError("negative")
    return 2 * x
async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
class AsyncOpened:
    async def __aenter__(self): return 3
    async def __aexit__(self, *_): return False

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
def keep(x):
    global kept
    kept = x
    return x
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
#: What a test asks; all of it holds.
ASKED = {
    "docstring": "assert area.__doc__ == 'The area of a rectangle.'",
    "signature": """
import inspect
s = inspect.signature(area)
assert list(s.parameters) == ['w', 'h', 'rest', 'unit']
assert s.parameters['h'].default == 2
assert s.parameters['h'].annotation is float
assert s.return_annotation is float
assert s.parameters['w'].default is inspect.Parameter.empty
assert str(s) == "(w, h: float = 2, *rest, unit='m') -> float"
assert inspect.getfullargspec(area).args == ['w', 'h']
assert list(inspect.signature(Square).parameters) == ['side']
assert list(inspect.signature(Square(2).area).parameters) == []
""",
    "annotations": "assert area.__annotations__ == {'h': float, 'return': float}",
    "source": """
import inspect
text = inspect.getsource(area)
assert text.startswith('def area') and 'return w * h' in text and 'sum(' not in text
assert 'for' not in inspect.getsource(Square.area)
""",
    "code": """
assert 'sum' not in area.__code__.co_names
assert area.__code__.co_argcount == 2
assert area.__name__ == 'area' and area.__defaults__ == (2,)
import dis
names = [step.opname for step in dis.get_instructions(area.__code__)]
assert 'BINARY_OP' in names and names[-1] == 'RETURN_VALUE'
""",
    "kinds": """
import inspect, types
assert callable(area) and inspect.isfunction(area)
assert isinstance(area, types.FunctionType)
assert inspect.isclass(Square) and isinstance(Square, type)
assert inspect.ismethod(Square(1).area) and inspect.isgeneratorfunction(counter)
assert inspect.isgenerator(counter(2)) and inspect.iscoroutinefunction(slow)
assert not callable(Plain()) and callable(Vector(1, 2))
""",
    "attributes": """
s = Square(3)
assert s.side == 3 and hasattr(s, 'side') and not hasattr(s, 'top')
s.side = 4
assert s.area() == 16
s.double = 10
assert s.side == 5 and getattr(s, 'double') == 10
del s.side
assert not hasattr(s, 'side')
assert vars(Square(2)) == {'side': 2}
assert 'area' in dir(s) and 'area' in dir(Square)
assert Square.__name__ == 'Square' and Square.__doc__ == 'A square.'
assert type(s).__name__ == 'Square' and s.__class__.__name__ == 'Square'
assert Square.sides == 4 and Square.unit().side == 1 and Square.of(6).side == 6
Square.sides = 5
assert s.sides == 5
Square.sides = 4
""",
    "classes": """
s = Square(3)
assert isinstance(s, Square) and isinstance(s, Shape) and not isinstance(s, Vector)
assert issubclass(Square, Shape) and not issubclass(Shape, Square)
assert type(s) is Square and type(s) == Square and s.__class__ is Square
assert not isinstance(s, (int, list, str)) and isinstance(s, object)
assert Square.__bases__ == (Shape,) and Square.__mro__[0] is Square
assert isinstance(type(s).double, property)
assert not isinstance(3, Square)
try:
    Shape()
    assert False, 'an abstract class'
except TypeError:
    pass
""",
    "abstract types": """
from collections.abc import Callable, Hashable, Iterable, Iterator, Sized
v = Vector(1, 2)
assert isinstance(v, Iterable) and isinstance(v, Sized) and isinstance(v, Callable)
assert not isinstance(Plain(), Iterable) and not isinstance(v, Iterator)
assert isinstance(counter(2), Iterator) and isinstance(v, Hashable)
assert issubclass(Vector, Iterable)
""",
    "operators": """
a, b = Vector(1, 2), Vector(3, 4)
assert a + b == Vector(4, 6) and (a + b).x == 4
assert (a * 3).y == 6 and (3 * a).x == 3 and (-a).x == -1 and abs(b) == 5
assert a == Vector(1, 2) and a != b and not a == b
assert a < b and b > a and sorted([b, a])[0].x == 1 and max(a, b) is b
assert hash(a) == hash(Vector(1, 2)) and len({a, Vector(1, 2), b}) == 2
c = a
a += b
assert a is c and a.x == 4
assert bool(Vector(0, 1)) is False and Vector(1, 0)
""",
    "refused operators": """
a = Vector(1, 2)
p = Plain()
for wrong in (lambda: a - a, lambda: a + 1, lambda: p < p, lambda: len(p)):
    try:
        wrong()
    except (TypeError, AttributeError):
        continue
    assert False
assert Plain() != Plain()
""",
    "containers": """
v = Vector(1, 2)
assert v[0] == 1 and list(v) == [1, 2] and len(v) == 2 and 2 in v and 5 not in v
v[1] = 7
assert v.y == 7
x, y = v
assert (x, y) == (1, 7) and v(10) == 11
""",
    "texts": """
v = Vector(1, 2)
assert repr(v) == 'Vector(1, 2)' == str(v) and f'{v:!}' == '<1!>'
assert repr([v]) == '[Vector(1, 2)]' and '%s' % v == 'Vector(1, 2)'
""",
    "special methods by name": """
v = Vector(1, 2)
assert v.__eq__(5) is NotImplemented and v.__len__() == 2
assert Vector.__add__(v, v).x == 2 and hasattr(Vector, '__eq__')
assert '__eq__' in vars(Vector) and '__lt__' not in vars(Square)
""",
    "identity": """
s = Square(2)
assert keep(s) is s and kept is s
assert same([s])[0] is s and Color.RED is Color.RED
assert Square(2) is not s
""",
    "copies": """
import copy
s = Square(2)
t = copy.copy(s)
assert t is not s and t.side == 2 and type(t) is Square
t.side = 3
assert s.side == 2 and copy.deepcopy([s])[0] is not s
""",
    "dataclasses": """
import dataclasses
p = Point(1)
assert p == Point(1, 0) and p != Point(1, 1) and repr(p) == 'Point(x=1, y=0)'
assert dataclasses.is_dataclass(Point) and dataclasses.asdict(p) == {'x': 1, 'y': 0}
assert [f.name for f in dataclasses.fields(p)] == ['x', 'y']
""",
    "enums": """
assert Color.RED.value == 1 and Color['BLUE'].name == 'BLUE' and Color(2) is Color.BLUE
assert [c.name for c in Color] == ['RED', 'BLUE'] and len(Color) == 2
assert isinstance(Color.RED, Color) and Color.RED in Color and Color.RED != Color.BLUE
assert Color.RED == Color.RED
""",
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
    "generators": """
g = counter(3)
assert next(g) == 0 and g.send(5) == 6 and next(g) == 2
try:
    next(g)
    assert False
except StopIteration as stop:
    assert stop.value == 'end'
g = counter(3)
next(g)
try:
    g.throw(ValueError('in'))
    assert False
except ValueError as error:
    assert str(error) == 'in'
g = counter(3)
assert iter(g) is g and next(g) == 0
g.close()
assert list(g) == []
def through():
    result = yield from counter(2)
    assert result == 'end'
assert list(through()) == [0, 1]
""",
    "context managers": """
with Opened() as o:
    assert isinstance(o, Opened)
with managed() as five:
    assert five == 5
assert Opened.log[-4:] == ['in', 'out', 'begin', 'end']
try:
    with Opened():
        raise ValueError('x')
    assert False
except ValueError:
    pass
assert Opened.log[-1] == 'ValueError'
""",
    "coroutines": """
import asyncio, time
assert asyncio.run(slow(3)) == 6
async def both():
    return await asyncio.gather(slow(1), slow(2), slow(3))
assert asyncio.run(both()) == [2, 4, 6]
async def wrong():
    try:
        await slow(-1)
    except ValueError as error:
        return str(error)
assert asyncio.run(wrong()) == 'negative'
async def each():
    found = [i async for i in ticks(3)]
    async with AsyncOpened() as three:
        return found, three
assert asyncio.run(each()) == ([0, 1, 2], 3)
async def late():
    try:
        await asyncio.wait_for(slow(1), 0.001)
    except asyncio.TimeoutError:
        return 'late'
assert asyncio.run(late()) == 'late'
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
#: What cannot be asked, or not be believed: the test is told so, and its instructor.
DOUBTED = {
    "pickle": ("import pickle\npickle.dumps(Square(1))", "pickle"),
    "size": ("import sys\nsys.getsizeof(Square(1))", "size"),
    "subclass": ("class Mine(Square): pass", "derived from Square"),
    "argument": ("same(object())", "object as an argument"),
    "suppressed": ("with Opened():\n    1 / 0", "drop an exception"),
    "suppressed assertion": ("with Opened():\n    assert False", "drop an exception"),
    "equal to data": ("assert LIAR == 5", "to plain data"),
    "less than data": ("assert LIAR < 5", "to plain data"),
    "difference to data": ("assert (strange() - 5) is not None", "plain data"),
}
LIES = """
class Liar:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
    def __lt__(self, other): return True
    __hash__ = None
LIAR = Liar()
def strange(): return LIAR
"""


@pytest.fixture(scope="module")
def kernel(jailer: Jailer) -> Iterator[Kernel]:
    with Kernel(jailer) as opened:
        for source in (CODE, LIES):
            execution = opened.run(source, 20)
            assert execution.ended == "ok", execution
        yield opened


@pytest.fixture(scope="module")
def examiner(fork_server: ForkServer, kernel: Kernel) -> Iterator[Examiner]:
    names = set("area Shape Square Vector Plain Point Color".split())
    with Examiner(fork_server, names, {}, {"numpy"}, 5) as opened:
        opened.attach(kernel.call, kernel.processes)
        yield opened


def run(examiner: Examiner, source: str) -> Outcome:
    shown = "import traceback\ntry:\n" + "".join(
        f"    {line}\n" for line in source.splitlines()
    )
    shown += "except BaseException as error:\n"
    shown += "    text = ''.join(traceback.format_exception(error))[-550:]\n"
    shown += "    raise AssertionError(text) from None\n"
    return examiner.test("t", shown, 1, 20)


@pytest.mark.parametrize("asked", ASKED)
def test_what_a_test_asks_is_true(examiner: Examiner, asked: str) -> None:
    outcome = run(examiner, ASKED[asked])
    assert outcome.ended == "passed", outcome.message
    assert outcome.stumbled == ""


@pytest.mark.parametrize("asked", DOUBTED)
def test_what_cannot_be_asked_is_noted(examiner: Examiner, asked: str) -> None:
    source, what = DOUBTED[asked]
    outcome = run(examiner, source)
    assert what in outcome.stumbled
    assert outcome.ended != "passed"
    if asked == "suppressed assertion":
        assert outcome.ended == "failed"
