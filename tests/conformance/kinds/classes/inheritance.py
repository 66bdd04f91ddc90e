# Inheritance, class methods and attributes.

# %% style inheritance_super
# A method must call the same method of its base class.
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
# The test derives a class from the student's class.
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
# A class method makes an object.
# %% solution
class Time:
    def __init__(self, minutes):
        self.minutes = minutes
    @classmethod
    def parse(cls, text):
        hours, minutes = text.split(":")
        return cls(60 * int(hours) + int(minutes))
# %% right: with map
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
# The test calls a static method on the class and on an object.
# %% solution
class Temperature:
    @staticmethod
    def to_fahrenheit(celsius):
        return celsius * 9 / 5 + 32
# %% right: another formula
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
# %% right: with itertools
import itertools
class Ticket:
    _numbers = itertools.count(1)
    sold = 0
    def __init__(self):
        self.number = next(self._numbers)
        type(self).sold = self.number
# %% wrong: an attribute of each object
class Ticket:
    sold = 0
    def __init__(self):
        self.sold += 1
        self.number = self.sold
# %% test
tickets = [Ticket() for _ in range(3)]
assert [ticket.number for ticket in tickets] == [1, 2, 3]
assert Ticket.sold == 3

# %% style getattr_dynamic
# A class makes attributes when they are read.
# %% solution
class Settings:
    def __init__(self, **values):
        self._values = values
    def __getattr__(self, name):
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None
# %% right: in __dict__
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

# %% style registered_subclasses
# A class must register its subclasses, also those of the test.
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
# A descriptor must check the values that are assigned.
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
# %% right: in __dict__
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
# %% wrong: one value for all objects
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
