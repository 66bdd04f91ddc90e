# Classes as they are taught: dataclasses, enumerations, inheritance, class methods,
# composition, state over several calls.

# %% style dataclass_fields
# The fields of a dataclass.
# sample: yes
# %% solution
from dataclasses import dataclass
@dataclass
class Recipe:
    name: str
    minutes: int = 30
# %% right: with field
from dataclasses import dataclass, field
@dataclass
class Recipe:
    name: str
    minutes: int = field(default=30)
# %% wrong: a plain class
class Recipe:
    def __init__(self, name, minutes=30):
        self.name, self.minutes = name, minutes
# %% test
import dataclasses
assert Recipe("soup").minutes == 30
assert dataclasses.is_dataclass(Recipe)
assert [f.name for f in dataclasses.fields(Recipe)] == ["name", "minutes"]

# %% style dataclass_frozen
# A frozen dataclass cannot be changed.
# %% solution
from dataclasses import dataclass
@dataclass(frozen=True)
class Coordinate:
    lat: float
    lon: float
# %% right: with order
from dataclasses import dataclass
@dataclass(frozen=True, order=True)
class Coordinate:
    lat: float
    lon: float
# %% wrong: not frozen
from dataclasses import dataclass
@dataclass
class Coordinate:
    lat: float
    lon: float
# %% test
import dataclasses
place = Coordinate(1.0, 2.0)
assert place == Coordinate(1.0, 2.0)
try:
    place.lat = 3.0
except dataclasses.FrozenInstanceError:
    pass
else:
    assert False, "freeze the class"

# %% style dataclass_helpers
# asdict and replace.
# %% solution
from dataclasses import dataclass
@dataclass
class Train:
    line: str
    delay: int
# %% right: keyword only fields are not asked for
from dataclasses import dataclass
@dataclass(repr=False)
class Train:
    line: str
    delay: int
# %% wrong: another field
from dataclasses import dataclass
@dataclass
class Train:
    line: str
    delay: int
    late: bool = False
# %% test
from dataclasses import asdict, replace
train = Train("S1", 0)
assert asdict(replace(train, delay=5)) == {"line": "S1", "delay": 5}

# %% style dataclass_default_factory
# Each object has a list of its own.
# %% solution
from dataclasses import dataclass, field
@dataclass
class Cart:
    items: list = field(default_factory=list)
# %% right: __post_init__
from dataclasses import dataclass
@dataclass
class Cart:
    items: list = None
    def __post_init__(self):
        self.items = [] if self.items is None else self.items
# %% wrong: shared
class Cart:
    shared = []
    def __init__(self, items=None):
        self.items = Cart.shared if items is None else items
# %% test
one, other = Cart(), Cart()
one.items.append("tea")
assert one.items == ["tea"] and other.items == []

# %% style enum_members
# Members, values and order of an enumeration.
# %% solution
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
# %% right: auto
from enum import Enum, auto
class Color(Enum):
    RED = auto()
    GREEN = auto()
    BLUE = auto()
# %% right: by the function
from enum import Enum
Color = Enum("Color", "RED GREEN BLUE")
# %% wrong: a class of numbers
class Color:
    RED = 1
    GREEN = 2
    BLUE = 3
# %% wrong: one missing
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
# %% test
from enum import Enum
assert issubclass(Color, Enum)
assert [color.name for color in Color] == ["RED", "GREEN", "BLUE"]
assert Color(2) is Color.GREEN and Color["BLUE"].value == 3

# %% style enum_method
# A method of an enumeration.
# %% solution
from enum import Enum
class Light(Enum):
    RED, AMBER, GREEN = range(3)
    def after(self):
        return Light((self.value + 1) % 3)
# %% right: by a list
from enum import Enum
class Light(Enum):
    RED = 0
    AMBER = 1
    GREEN = 2
    def after(self):
        members = list(Light)
        return members[members.index(self) - 2]
# %% wrong: no way back
from enum import Enum
class Light(Enum):
    RED, AMBER, GREEN = range(3)
    def after(self):
        return Light(min(self.value + 1, 2))
# %% test
assert Light.RED.after() is Light.AMBER
assert Light.GREEN.after() is Light.RED

# %% style flag_enum
# Flags are combined.
# %% solution
from enum import Flag, auto
class Rights(Flag):
    READ = auto()
    WRITE = auto()
# %% right: numbers
from enum import IntFlag
class Rights(IntFlag):
    READ = 1
    WRITE = 2
# %% wrong: overlapping
from enum import IntFlag
class Rights(IntFlag):
    READ = 1
    WRITE = 3
# %% test
both_rights = Rights.READ | Rights.WRITE
assert Rights.READ in both_rights
assert not Rights.READ & Rights.WRITE

# %% style inheritance_super
# A method calls the one of its base class.
# %% solution
class Employee:
    def __init__(self, pay):
        self.pay = pay
    def yearly(self):
        return 12 * self.pay
class Boss(Employee):
    def yearly(self):
        return super().yearly() + 1000
# %% right: by the base's name
class Employee:
    def __init__(self, pay):
        self.pay = pay
    def yearly(self):
        return self.pay * 12
class Boss(Employee):
    def yearly(self):
        return 1000 + Employee.yearly(self)
# %% wrong: no bonus
class Employee:
    def __init__(self, pay):
        self.pay = pay
    def yearly(self):
        return 12 * self.pay
class Boss(Employee):
    pass
# %% test
assert Boss(10).yearly() == 1120
assert isinstance(Boss(1), Employee)

# %% style subclass_by_test
# The test derives a class from the student's.
# %% solution
class Template:
    def run(self):
        return [self.start(), self.work(), "end"]
    def start(self):
        return "start"
    def work(self):
        raise NotImplementedError
# %% right: by a loop
class Template:
    def start(self):
        return "start"
    def work(self):
        raise NotImplementedError
    def run(self):
        return [step() for step in (self.start, self.work)] + ["end"]
# %% wrong: work is not called
class Template:
    def run(self):
        return ["start", "work", "end"]
    def start(self):
        return "start"
    def work(self):
        raise NotImplementedError
# %% test
class Baking(Template):
    def work(self):
        return "bake"
assert Baking().run() == ["start", "bake", "end"]

# %% style classmethod_constructor
# A class method makes objects, also of a subclass.
# %% solution
class Time:
    def __init__(self, minutes):
        self.minutes = minutes
    @classmethod
    def parse(cls, text):
        hours, minutes = text.split(":")
        return cls(60 * int(hours) + int(minutes))
# %% right: map
class Time:
    def __init__(self, minutes):
        self.minutes = minutes
    @classmethod
    def parse(cls, text):
        hours, minutes = map(int, text.split(":"))
        return cls(hours * 60 + minutes)
# %% wrong: no minutes
class Time:
    def __init__(self, minutes):
        self.minutes = minutes
    @classmethod
    def parse(cls, text):
        return cls(60 * int(text.split(":")[0]))
# %% test
assert Time.parse("1:30").minutes == 90
assert type(Time.parse("0:05")) is Time

# %% style static_method
# A static method, called on the class and on an object.
# %% solution
class Temperature:
    @staticmethod
    def to_fahrenheit(celsius):
        return celsius * 9 / 5 + 32
# %% right: other formula
class Temperature:
    @staticmethod
    def to_fahrenheit(celsius):
        return 32 + 1.8 * celsius
# %% wrong: a plain method
class Temperature:
    def to_fahrenheit(celsius):
        return celsius * 9 / 5 + 32
# %% test
assert Temperature.to_fahrenheit(100) == 212
assert Temperature().to_fahrenheit(0) == 32

# %% style class_counter
# A class counts its objects.
# %% solution
class Ticket:
    sold = 0
    def __init__(self):
        Ticket.sold += 1
        self.number = Ticket.sold
# %% right: itertools
import itertools
class Ticket:
    _numbers = itertools.count(1)
    sold = 0
    def __init__(self):
        self.number = next(self._numbers)
        type(self).sold = self.number
# %% wrong: of the object
class Ticket:
    sold = 0
    def __init__(self):
        self.sold += 1
        self.number = self.sold
# %% test
tickets = [Ticket() for _ in range(3)]
assert [ticket.number for ticket in tickets] == [1, 2, 3]
assert Ticket.sold == 3

# %% style state_over_calls
# A stack over many calls.
# %% solution
class IntStack:
    def __init__(self):
        self._items = []
    def push(self, item):
        self._items.append(item)
    def pop(self):
        return self._items.pop()
    def is_empty(self):
        return not self._items
# %% right: linked
class IntStack:
    def __init__(self):
        self._top = None
    def push(self, item):
        self._top = (item, self._top)
    def pop(self):
        item, self._top = self._top
        return item
    def is_empty(self):
        return self._top is None
# %% wrong: a queue
class IntStack:
    def __init__(self):
        self._items = []
    def push(self, item):
        self._items.append(item)
    def pop(self):
        return self._items.pop(0)
    def is_empty(self):
        return not self._items
# %% test
stack = IntStack()
assert stack.is_empty()
for n in range(3):
    stack.push(n)
assert [stack.pop() for _ in range(3)] == [2, 1, 0]
assert stack.is_empty() is True

# %% style composition
# Objects inside objects.
# %% solution
class Engine:
    def __init__(self):
        self.running = False
class Car:
    def __init__(self):
        self.engine = Engine()
    def start(self):
        self.engine.running = True
# %% right: engine passed
class Engine:
    running = False
class Car:
    def __init__(self, engine=None):
        self.engine = engine or Engine()
    def start(self):
        self.engine.running = True
# %% wrong: a new engine
class Engine:
    def __init__(self):
        self.running = False
class Car:
    def __init__(self):
        self.engine = Engine()
    def start(self):
        Engine().running = True
# %% test
car = Car()
assert car.engine.running is False
car.start()
assert car.engine.running is True

# %% style duck_typing
# Objects of the test are passed to the answer.
# %% solution
def loudest(animals):
    return max(animals, key=lambda animal: animal.volume())
# %% right: sorted
def loudest(animals):
    return sorted(animals, key=lambda animal: -animal.volume())[0]
# %% wrong: the first
def loudest(animals):
    return animals[0]
# %% test
class Sound:
    def __init__(self, v):
        self.v = v
    def volume(self):
        return self.v
cat, lion = Sound(1), Sound(9)
assert loudest([cat, lion]) is lion

# %% style objects_of_student_in_list
# A list of the student's objects is sorted by the test.
# %% solution
class Runner:
    def __init__(self, name, time):
        self.name, self.time = name, time
    def pace(self):
        return self.time / 10
# %% right: a property inside
class Runner:
    def __init__(self, name, time):
        self.name = name
        self.time = time
    def pace(self):
        return 0.1 * self.time
# %% wrong: time itself
class Runner:
    def __init__(self, name, time):
        self.name, self.time = name, time
    def pace(self):
        return -self.time
# %% test
runners = [Runner("b", 20), Runner("a", 10)]
assert [r.name for r in sorted(runners, key=lambda r: r.pace())] == ["a", "b"]

# %% style linked_list
# A linked structure is walked by the test.
# %% solution
class ListNode:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
def from_items(items):
    head = None
    for item in reversed(items):
        head = ListNode(item, head)
    return head
# %% right: by recursion
class ListNode:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next
def from_items(items):
    return ListNode(items[0], from_items(items[1:])) if items else None
# %% wrong: backwards
class ListNode:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
def from_items(items):
    head = None
    for item in items:
        head = ListNode(item, head)
    return head
# %% test
node, values = from_items([1, 2, 3]), []
while node is not None:
    values.append(node.value)
    node = node.next
assert values == [1, 2, 3]

# %% style tree_recursion
# A tree, built by the test from the student's class.
# %% solution
class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children
    def total(self):
        return self.value + sum(child.total() for child in self.children)
# %% right: a stack
class Tree:
    def __init__(self, value, *children):
        self.value = value
        self.children = list(children)
    def total(self):
        total, todo = 0, [self]
        while todo:
            node = todo.pop()
            total += node.value
            todo += node.children
        return total
# %% wrong: one level
class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children
    def total(self):
        return self.value + sum(child.value for child in self.children)
# %% test
assert Tree(1, Tree(2, Tree(3)), Tree(4)).total() == 10

# %% style getattr_dynamic
# Attributes that are made when they are asked for.
# %% solution
class Settings:
    def __init__(self, **values):
        self._values = values
    def __getattr__(self, name):
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None
# %% right: update of __dict__
class Settings:
    def __init__(self, **values):
        self.__dict__.update(values)
# %% wrong: None for missing names
class Settings:
    def __init__(self, **values):
        self._values = values
    def __getattr__(self, name):
        return self._values.get(name)
# %% test
options = Settings(size=3)
assert options.size == 3
assert getattr(options, "missing", "none") == "none"

# %% style metaclass_or_init_subclass
# Subclasses register themselves.
# %% solution
class Plugin:
    known = {}
    def __init_subclass__(cls):
        Plugin.known[cls.__name__] = cls
class Zoom(Plugin):
    pass
# %% right: a metaclass
class Registering(type):
    known = {}
    def __init__(cls, name, bases, body):
        super().__init__(name, bases, body)
        if bases:
            Registering.known[name] = cls
class Plugin(metaclass=Registering):
    pass
class Zoom(Plugin):
    pass
# %% wrong: by hand
class Plugin:
    known = {}
class Zoom(Plugin):
    pass
Plugin.known["Zoom"] = Zoom
# %% test
assert "Zoom" in Plugin.known
class Crop(Plugin):
    pass
assert Plugin.known["Crop"] is Crop

# %% style descriptor
# A descriptor that checks values.
# %% solution
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, instance, owner):
        return getattr(instance, self.name)
    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(value)
        setattr(instance, self.name, value)
class Box:
    width = Positive()
# %% right: __dict__
class Positive:
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, instance, owner=None):
        return instance.__dict__[self.name]
    def __set__(self, instance, value):
        if not value > 0:
            raise ValueError("not positive")
        instance.__dict__[self.name] = value
class Box:
    width = Positive()
# %% wrong: one value for all
class Positive:
    def __get__(self, instance, owner):
        return self.value
    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(value)
        self.value = value
class Box:
    width = Positive()
# %% test
small, large = Box(), Box()
small.width, large.width = 1, 9
assert small.width == 1 and large.width == 9
try:
    small.width = 0
except ValueError:
    pass
else:
    assert False
