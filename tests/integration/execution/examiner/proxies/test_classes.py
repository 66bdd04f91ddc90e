"""What tests ask of a student's class, and of an object of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.execution.examiner.proxies.conftest import Runner

#: The student's answers.
CODE = '''
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

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

def keep(x):
    global kept
    kept = x
    return x

def same(x): return x
'''
#: Test cells. Each passes.
ASKED = {
    "signature": """
import inspect
assert list(inspect.signature(Square).parameters) == ['side']
assert list(inspect.signature(Square(2).area).parameters) == []
""",
    "source": "import inspect\nassert 'for' not in inspect.getsource(Square.area)",
    "kinds": """
import inspect
assert inspect.isclass(Square) and isinstance(Square, type)
assert inspect.ismethod(Square(1).area)
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
assert isinstance(v, Hashable)
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
    "strings": """
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
}


@pytest.mark.parametrize("cell", ASKED.values(), ids=ASKED)
def test_a_cell_passes_as_in_one_process(passes_in_both: Runner, cell: str) -> None:
    passes_in_both(cell)
