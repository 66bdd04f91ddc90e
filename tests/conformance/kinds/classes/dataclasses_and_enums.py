# Dataclasses and enumerations.

# %% style dataclass_fields
# The test reads the fields of a dataclass.
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
# A frozen dataclass must refuse changes.
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
# The test calls asdict and replace on a dataclass.
# %% solution
from dataclasses import dataclass
@dataclass
class Train:
    line: str
    delay: int
# %% right: without a repr
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
# Each object must have its own list.
# %% solution
from dataclasses import dataclass, field
@dataclass
class Cart:
    items: list = field(default_factory=list)
# %% right: with __post_init__
from dataclasses import dataclass
@dataclass
class Cart:
    items: list = None
    def __post_init__(self):
        self.items = [] if self.items is None else self.items
# %% wrong: one list for all
class Cart:
    shared = []
    def __init__(self, items=None):
        self.items = Cart.shared if items is None else items
# %% test
one, other = Cart(), Cart()
one.items.append("tea")
assert one.items == ["tea"] and other.items == []

# %% style enum_members
# The test checks members, values and order of an enumeration.
# %% solution
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
# %% right: with auto
from enum import Enum, auto
class Color(Enum):
    RED = auto()
    GREEN = auto()
    BLUE = auto()
# %% right: by calling Enum
from enum import Enum
Color = Enum("Color", "RED GREEN BLUE")
# %% wrong: a plain class
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
# The test calls a method of an enumeration.
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
# %% wrong: stays at the last member
from enum import Enum
class Light(Enum):
    RED, AMBER, GREEN = range(3)
    def after(self):
        return Light(min(self.value + 1, 2))
# %% test
assert Light.RED.after() is Light.AMBER
assert Light.GREEN.after() is Light.RED

# %% style flag_enum
# The test combines flags.
# %% solution
from enum import Flag, auto
class Rights(Flag):
    READ = auto()
    WRITE = auto()
# %% right: with numbers
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
