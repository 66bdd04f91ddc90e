# Operators and abilities that are asked of the student's own objects and functions:
# arithmetic, order, equality, containers, attributes, docstrings, signatures.

# %% style add_operator
# Two objects are added.
# sample: yes
# %% solution
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)
# %% right: by type(self)
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
# The object is on the right of a number.
# %% solution
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __mul__(self, times):
        return Money(self.cents * times)
    __rmul__ = __mul__
# %% right: written out
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __mul__(self, times):
        return Money(self.cents * times)
    def __rmul__(self, times):
        return self * times
# %% wrong: on the left only
class Money:
    def __init__(self, cents):
        self.cents = cents
    def __mul__(self, times):
        return Money(self.cents * times)
# %% test
assert (Money(5) * 3).cents == 15
assert (3 * Money(5)).cents == 15

# %% style order_operators
# Objects are compared by < and sorted.
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
# %% wrong: as texts
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
# All comparisons work.
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
# %% wrong: < only
class Card:
    def __init__(self, rank):
        self.rank = rank
    def __lt__(self, other):
        return self.rank < other.rank
# %% test
assert Card(2) <= Card(2) and Card(3) >= Card(2)
assert Card(2) == Card(2) and Card(2) != Card(3)

# %% style equality
# Objects with the same content are equal.
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
# %% wrong: identity
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
# Objects are kept in a set.
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

# %% style container_protocol
# len, in, [] and iteration.
# %% solution
class Team:
    def __init__(self, *names):
        self._names = list(names)
    def __len__(self):
        return len(self._names)
    def __getitem__(self, place):
        return self._names[place]
    def __contains__(self, name):
        return name in self._names
# %% right: with __iter__
class Team:
    def __init__(self, *names):
        self._names = names
    def __len__(self):
        return len(self._names)
    def __getitem__(self, place):
        return self._names[place]
    def __iter__(self):
        return iter(self._names)
# %% wrong: off by one
class Team:
    def __init__(self, *names):
        self._names = list(names)
    def __len__(self):
        return len(self._names)
    def __getitem__(self, place):
        return self._names[place - 1]
# %% test
team = Team("ada", "bob")
assert len(team) == 2 and team[0] == "ada"
assert "bob" in team and "cyn" not in team
assert list(team) == ["ada", "bob"]

# %% style item_assignment
# Items are set and deleted.
# %% solution
class Shelf:
    def __init__(self):
        self._books = {}
    def __setitem__(self, place, book):
        self._books[place] = book
    def __getitem__(self, place):
        return self._books[place]
    def __delitem__(self, place):
        del self._books[place]
# %% right: a dict
class Shelf(dict):
    pass
# %% wrong: nothing is deleted
class Shelf:
    def __init__(self):
        self._books = {}
    def __setitem__(self, place, book):
        self._books[place] = book
    def __getitem__(self, place):
        return self._books[place]
    def __delitem__(self, place):
        pass
# %% test
shelf = Shelf()
shelf["top"] = "Emma"
assert shelf["top"] == "Emma"
del shelf["top"]
try:
    shelf["top"]
except KeyError:
    pass
else:
    raise AssertionError("deleted items must be gone")

# %% style slicing
# A slice of the object is another object of its class.
# %% solution
class Track:
    def __init__(self, points):
        self.points = list(points)
    def __getitem__(self, key):
        if isinstance(key, slice):
            return Track(self.points[key])
        return self.points[key]
# %% right: by type
class Track:
    def __init__(self, points):
        self.points = [*points]
    def __getitem__(self, key):
        got = self.points[key]
        return type(self)(got) if type(key) is slice else got
# %% wrong: a list
class Track:
    def __init__(self, points):
        self.points = list(points)
    def __getitem__(self, key):
        return self.points[key]
# %% test
track = Track([1, 2, 3, 4])
assert track[0] == 1
assert isinstance(track[1:3], Track) and track[1:3].points == [2, 3]

# %% style repr_text
# repr and str.
# %% solution
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
    def __repr__(self):
        return f"Celsius({self.degrees})"
    def __str__(self):
        return f"{self.degrees} °C"
# %% right: by format
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
    def __repr__(self):
        return "Celsius({})".format(self.degrees)
    def __str__(self):
        return "{} °C".format(self.degrees)
# %% wrong: no repr
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
    def __str__(self):
        return f"{self.degrees} °C"
# %% test
assert repr(Celsius(3)) == "Celsius(3)"
assert str(Celsius(3)) == "3 °C"
assert f"{Celsius(1)}" == "1 °C"

# %% style truth_value
# bool() of an object.
# %% solution
class Queue:
    def __init__(self, items=()):
        self.items = list(items)
    def __bool__(self):
        return bool(self.items)
# %% right: by __len__
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
# int, float, abs, round and negation.
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
# %% right: by __index__ too
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
# The operator @.
# %% solution
class Permutation:
    def __init__(self, places):
        self.places = tuple(places)
    def __matmul__(self, other):
        return Permutation(self.places[p] for p in other.places)
# %% right: by map
class Permutation:
    def __init__(self, places):
        self.places = tuple(places)
    def __matmul__(self, other):
        return Permutation(map(self.places.__getitem__, other.places))
# %% wrong: the other way
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
# %% right: another name
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

# %% style attribute_set
# Attributes are set from outside; a property checks them.
# %% solution
class Account:
    def __init__(self):
        self._balance = 0
    @property
    def balance(self):
        return self._balance
    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError("no debts")
        self._balance = value
# %% right: by property()
class Account:
    def __init__(self):
        self.__money = 0
    def _get(self):
        return self.__money
    def _set(self, value):
        if value < 0:
            raise ValueError(value)
        self.__money = value
    balance = property(_get, _set)
# %% wrong: unchecked
class Account:
    def __init__(self):
        self.balance = 0
# %% test
account = Account()
account.balance = 10
assert account.balance == 10
try:
    account.balance = -1
except ValueError:
    pass
else:
    raise AssertionError("a negative balance must be refused")
assert account.balance == 10

# %% style property_read_only
# A property cannot be set.
# %% solution
class Circle:
    def __init__(self, radius):
        self.radius = radius
    @property
    def diameter(self):
        return 2 * self.radius
# %% right: by property()
class Circle:
    def __init__(self, radius):
        self.radius = radius
    diameter = property(lambda self: self.radius + self.radius)
# %% wrong: an attribute
class Circle:
    def __init__(self, radius):
        self.radius = radius
        self.diameter = 2 * radius
# %% test
circle = Circle(2)
circle.radius = 5
assert circle.diameter == 10
try:
    circle.diameter = 1
except AttributeError:
    pass
else:
    assert False, "diameter cannot be set"

# %% style has_attribute
# hasattr tells whether a method is there.
# %% solution
class Duck:
    def quack(self):
        return "quack"
# %% right: with a base
class Bird:
    def quack(self):
        return "quack"
class Duck(Bird):
    pass
# %% wrong: another method
class Duck:
    def speak(self):
        return "quack"
# %% wrong: one too many
class Duck:
    def quack(self):
        return "quack"
    def bark(self):
        return "woof"
# %% test
assert hasattr(Duck(), "quack") and callable(Duck().quack)
assert not hasattr(Duck(), "bark")

# %% style private_attribute
# Data must not be in reach by a public name.
# %% solution
class Safe:
    def __init__(self, code):
        self.__code = code
    def opens(self, code):
        return code == self.__code
# %% right: one underscore
class Safe:
    def __init__(self, code):
        self._code = code
    def opens(self, code):
        return self._code == code
# %% wrong: public
class Safe:
    def __init__(self, code):
        self.code = code
    def opens(self, code):
        return code == self.code
# %% test
assert Safe(7).opens(7) and not Safe(7).opens(8)
assert not hasattr(Safe(7), "code")
assert [n for n in vars(Safe(7)) if not n.startswith("_")] == []

# %% style slots
# No attribute can be added.
# %% solution
class Pixel:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x, self.y = x, y
# %% right: a dataclass
from dataclasses import dataclass
@dataclass(slots=True)
class Pixel:
    x: int
    y: int
# %% wrong: no slots
class Pixel:
    def __init__(self, x, y):
        self.x, self.y = x, y
# %% test
pixel = Pixel(1, 2)
assert (pixel.x, pixel.y) == (1, 2)
try:
    pixel.z = 3
except AttributeError:
    pass
else:
    assert False, "use __slots__"

# %% style subclass_relation
# One class must derive from the other.
# %% solution
class Animal:
    def legs(self):
        return 4
class Spider(Animal):
    def legs(self):
        return 8
# %% right: with super
class Animal:
    def legs(self):
        return 4
class Spider(Animal):
    def legs(self):
        return 2 * super().legs()
# %% wrong: not derived
class Animal:
    def legs(self):
        return 4
class Spider:
    def legs(self):
        return 8
# %% test
assert Spider().legs() == 8
assert issubclass(Spider, Animal) and isinstance(Spider(), Animal)

# %% style base_classes
# __bases__ and __mro__.
# %% solution
class Base:
    pass
class Left(Base):
    pass
class Right(Base):
    pass
class Both(Left, Right):
    pass
# %% right: with content
class Base:
    """The root."""
class Left(Base):
    side = "l"
class Right(Base):
    side = "r"
class Both(Left, Right):
    """Both sides."""
# %% wrong: the other order
class Base:
    pass
class Left(Base):
    pass
class Right(Base):
    pass
class Both(Right, Left):
    pass
# %% test
assert [c.__name__ for c in Both.__mro__] == ["Both", "Left", "Right", "Base", "object"]
assert Both.__bases__ == (Left, Right)

# %% style abstract_class
# An abstract class cannot be made.
# %% solution
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
class Square(Shape):
    def __init__(self, side):
        self.side = side
    def area(self):
        return self.side**2
# %% right: by the metaclass
import abc
class Shape(metaclass=abc.ABCMeta):
    @abc.abstractmethod
    def area(self):
        raise NotImplementedError
class Square(Shape):
    def __init__(self, side):
        self.side = side
    def area(self):
        return self.side * self.side
# %% wrong: not abstract
class Shape:
    def area(self):
        raise NotImplementedError
class Square(Shape):
    def __init__(self, side):
        self.side = side
    def area(self):
        return self.side**2
# %% test
assert Square(3).area() == 9
try:
    Shape()
except TypeError:
    pass
else:
    assert False, "Shape must be abstract"

# %% style abstract_type_check
# isinstance with an abstract type of collections.abc.
# %% solution
class Numbers:
    def __init__(self, *values):
        self.values = values
    def __iter__(self):
        return iter(self.values)
    def __len__(self):
        return len(self.values)
# %% right: a generator method
class Numbers:
    def __init__(self, *values):
        self.values = values
    def __iter__(self):
        yield from self.values
    def __len__(self):
        return sum(1 for _ in self)
# %% wrong: by index only
class Numbers:
    def __init__(self, *values):
        self.values = values
    def __getitem__(self, place):
        return self.values[place]
    def __len__(self):
        return len(self.values)
# %% test
from collections.abc import Iterable, Sized
assert list(Numbers(1, 2)) == [1, 2]
assert isinstance(Numbers(), Iterable) and isinstance(Numbers(), Sized)
