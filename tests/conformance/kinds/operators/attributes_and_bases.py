# Attributes and base classes of the student's objects.

# %% style attribute_set
# A property must check the values that are assigned.
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
# %% right: with property()
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
# A property must be read-only.
# %% solution
class Circle:
    def __init__(self, radius):
        self.radius = radius
    @property
    def diameter(self):
        return 2 * self.radius
# %% right: with property()
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
# The test calls hasattr to see which methods there are.
# %% solution
class Duck:
    def quack(self):
        return "quack"
# %% right: inherited
class Bird:
    def quack(self):
        return "quack"
class Duck(Bird):
    pass
# %% wrong: another method
class Duck:
    def speak(self):
        return "quack"
# %% wrong: a forbidden method
class Duck:
    def quack(self):
        return "quack"
    def bark(self):
        return "woof"
# %% test
assert hasattr(Duck(), "quack") and callable(Duck().quack)
assert not hasattr(Duck(), "bark")

# %% style private_attribute
# Data must have no public name.
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
# The class must refuse new attributes.
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
# The test reads __bases__ and __mro__.
# %% solution
class Base:
    pass
class Left(Base):
    pass
class Right(Base):
    pass
class Both(Left, Right):
    pass
# %% right: with attributes
class Base:
    """The root."""
class Left(Base):
    side = "l"
class Right(Base):
    side = "r"
class Both(Left, Right):
    """Both sides."""
# %% wrong: the bases swapped
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
# It must be impossible to make an object of an abstract class.
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
# %% right: with the metaclass
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
# The test checks an object against abstract classes of collections.abc.
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
# %% wrong: only by index
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
