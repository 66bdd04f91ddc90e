# Arithmetic, comparisons, hashes and conversions of the student's objects.

# %% style add_operator
# The test adds two objects.
# sample: yes
# %% solution
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)
# %% right: with type(self)
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, other):
        return type(self)(other.x + self.x, other.y + self.y)
# %% wrong: subtracts
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vector(self.x - other.x, self.y - other.y)
# %% wrong: no operator
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
# %% test
total = Vector(1, 2) + Vector(3, 4)
assert (total.x, total.y) == (4, 6)

# %% style reflected_operator
# The test multiplies a number by an object, which is on the right.
# %% solution
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __mul__(self, times):
        return Money(self.cents * times)
    __rmul__ = __mul__
# %% right: its own method
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __mul__(self, times):
        return Money(self.cents * times)
    def __rmul__(self, times):
        return self * times
# %% wrong: only on the left
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __mul__(self, times):
        return Money(self.cents * times)
# %% test
assert (Money(5) * 3).cents == 15
assert (3 * Money(5)).cents == 15

# %% style order_operators
# The test compares objects by < and by max.
# sample: yes
# %% solution
class Version:
    def __init__(self, text):
        self.parts = [int(part) for part in text.split(".")]
    def __lt__(self, other):
        return self.parts < other.parts
# %% right: as tuples
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))
    def __lt__(self, other):
        return self.parts < other.parts
    def __gt__(self, other):
        return self.parts > other.parts
# %% wrong: as strings
class Version:
    def __init__(self, text):
        self.parts = text.split(".")
    def __lt__(self, other):
        return self.parts < other.parts
# %% test
assert Version("1.2") < Version("1.10")
newest = max(Version("1.9"), Version("1.10"))
assert [str(part) for part in newest.parts] == ["1", "10"]

# %% style total_ordering
# The test compares objects by <=, >=, == and !=.
# %% solution
import functools
@functools.total_ordering
class Card:
    def __init__(self, rank):
        self.rank = rank
    def __eq__(self, other):
        return self.rank == other.rank
    def __lt__(self, other):
        return self.rank < other.rank
# %% right: a dataclass
from dataclasses import dataclass
@dataclass(order=True)
class Card:
    rank: int
# %% wrong: only <
class Card:
    def __init__(self, rank):
        self.rank = rank
    def __lt__(self, other):
        return self.rank < other.rank
# %% test
assert Card(2) <= Card(2) and Card(3) >= Card(2)
assert Card(2) == Card(2) and Card(2) != Card(3)

# %% style equality
# Objects with the same content must be equal.
# %% solution
class Fruit:
    def __init__(self, name):
        self.name = name
    def __eq__(self, other):
        return isinstance(other, Fruit) and self.name == other.name
    def __hash__(self):
        return hash(self.name)
# %% right: a frozen dataclass
from dataclasses import dataclass
@dataclass(frozen=True)
class Fruit:
    name: str
# %% wrong: compares identity
class Fruit:
    def __init__(self, name):
        self.name = name
# %% wrong: always equal
class Fruit:
    def __init__(self, name):
        self.name = name
    def __eq__(self, other):
        return True
    def __hash__(self):
        return 1
# %% test
assert Fruit("fig") == Fruit("fig")
assert Fruit("fig") != Fruit("kiwi")
assert not Fruit("fig") == 3

# %% style hashable
# The test puts objects into a set.
# %% solution
class Tag:
    def __init__(self, text):
        self.text = text
    def __eq__(self, other):
        return self.text == other.text
    def __hash__(self):
        return hash(self.text)
# %% right: by a tuple
class Tag:
    def __init__(self, text):
        self.text = text
    def __eq__(self, other):
        return (self.text,) == (other.text,)
    def __hash__(self):
        return hash((self.text,))
# %% wrong: no hash
class Tag:
    def __init__(self, text):
        self.text = text
    def __eq__(self, other):
        return self.text == other.text
# %% test
assert len({Tag("a"), Tag("a"), Tag("b")}) == 2

# %% style truth_value
# The test uses the truth value of an object.
# %% solution
class Queue:
    def __init__(self, items=()):
        self.items = list(items)
    def __bool__(self):
        return bool(self.items)
# %% right: with __len__
class Queue:
    def __init__(self, items=()):
        self.items = list(items)
    def __len__(self):
        return len(self.items)
# %% wrong: always true
class Queue:
    def __init__(self, items=()):
        self.items = list(items)
# %% test
assert Queue([1])
assert not Queue(), "an empty queue is false"

# %% style number_conversions
# The test calls int, float and abs on an object, and negates it.
# %% solution
class Angle:
    def __init__(self, degrees):
        self.degrees = degrees
    def __int__(self):
        return int(self.degrees)
    def __float__(self):
        return float(self.degrees)
    def __abs__(self):
        return Angle(abs(self.degrees))
    def __neg__(self):
        return Angle(-self.degrees)
# %% right: also with __index__
class Angle:
    def __init__(self, degrees):
        self.degrees = degrees
    def __index__(self):
        return int(self.degrees)
    def __int__(self):
        return int(self.degrees)
    def __float__(self):
        return self.degrees + 0.0
    def __abs__(self):
        return Angle(max(self.degrees, -self.degrees))
    def __neg__(self):
        return Angle(0 - self.degrees)
# %% wrong: no negation
class Angle:
    def __init__(self, degrees):
        self.degrees = degrees
    def __int__(self):
        return int(self.degrees)
    def __float__(self):
        return float(self.degrees)
    def __abs__(self):
        return Angle(abs(self.degrees))
    def __neg__(self):
        return self
# %% test
assert int(Angle(30)) == 30 and float(Angle(2)) == 2.0
assert abs(Angle(-5)).degrees == 5
assert (-Angle(4)).degrees == -4

# %% style matrix_multiplication
# The test uses the operator @.
# %% solution
class Permutation:
    def __init__(self, places):
        self.places = tuple(places)
    def __matmul__(self, other):
        return Permutation(self.places[p] for p in other.places)
# %% right: with map
class Permutation:
    def __init__(self, places):
        self.places = tuple(places)
    def __matmul__(self, other):
        return Permutation(map(self.places.__getitem__, other.places))
# %% wrong: the operands swapped
class Permutation:
    def __init__(self, places):
        self.places = tuple(places)
    def __matmul__(self, other):
        return Permutation(other.places[p] for p in self.places)
# %% test
turned = Permutation([1, 2, 0]) @ Permutation([1, 0, 2])
assert turned.places == (2, 1, 0)

# %% style in_place_operator
# += must change the object itself.
# %% solution
class Score:
    def __init__(self):
        self.points = 0
    def __iadd__(self, points):
        self.points += points
        return self
# %% right: a method with two names
class Score:
    def __init__(self):
        self.points = 0
    def add(self, points):
        self.points = self.points + points
        return self
    __iadd__ = add
# %% wrong: a new object
class Score:
    def __init__(self, points=0):
        self.points = points
    def __add__(self, points):
        return Score(self.points + points)
# %% test
mine = Score()
also_mine = mine
mine += 5
assert mine.points == 5
assert also_mine.points == 5
