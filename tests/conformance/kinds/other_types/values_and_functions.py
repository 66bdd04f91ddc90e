# Other numbers, strings, dates, functions and classes than the solution's.

# %% style fraction_for_float
# The answer may return a Fraction or a Decimal that equals the float.
# sample: yes
# %% solution
def half_of(n):
    return n / 2
# %% right: a Fraction
from fractions import Fraction
def half_of(n):
    return Fraction(n, 2)
# %% right: a Decimal
from decimal import Decimal
def half_of(n):
    return Decimal(n) / 2
# %% wrong: rounded down
def half_of(n):
    return n // 2
# %% test
assert half_of(3) == 1.5
assert 2 < half_of(5) < 3

# %% style fraction_arithmetic
# The test computes with a Fraction or a NumPy number.
# %% solution
def third_of(n):
    return n / 3
# %% right: a Fraction
from fractions import Fraction
def third_of(n):
    return Fraction(n) / 3
# %% right: a NumPy number
import numpy as np
def third_of(n):
    return np.float64(n) / 3
# %% wrong: a quarter
def third_of(n):
    return n / 4
# %% test
assert abs(third_of(1) - 0.3333333) < 1e-6
assert round(third_of(10) * 3) == 10

# %% style numpy_bool
# The answer may return a NumPy bool where the solution returns a bool.
# %% solution
def all_positive(a):
    return all(x > 0 for x in a)
# %% right: a NumPy bool
import numpy as np
def all_positive(a):
    return np.all(np.asarray(a) > 0)
# %% right: 1 or 0
def all_positive(a):
    return int(min(a) > 0)
# %% wrong: with any
def all_positive(a):
    return any(x > 0 for x in a)
# %% test
assert all_positive([1, 2])
assert not all_positive([1, -2])

# %% style string_subclass
# The answer may return an object of a subclass of str.
# %% solution
def initials(name):
    return "".join(word[0] for word in name.split())
# %% right: a subclass of str
class Initials(str):
    pass
def initials(name):
    return Initials("".join(word[0] for word in name.split()))
# %% wrong: with dots
def initials(name):
    return ".".join(word[0] for word in name.split())
# %% test
assert initials("Ada Byron") == "AB"
assert initials("Ada Byron").lower() == "ab"

# %% style int_subclass
# The answer may return a member of an IntEnum where the solution returns an int.
# %% solution
def level_of(name):
    return {"low": 1, "high": 3}[name]
# %% right: an IntEnum
from enum import IntEnum
class Level(IntEnum):
    low = 1
    high = 3
def level_of(name):
    return Level[name]
# %% right: a bool
def level_of(name):
    return 3 if name == "high" else True
# %% wrong: a string
def level_of(name):
    return "3" if name == "high" else "1"
# %% test
assert level_of("low") == 1
assert level_of("high") + 1 == 4

# %% style callable_object
# The answer may be a callable object where the solution is a function.
# %% solution
def shifted(x):
    return x + 1
# %% right: a callable object
class Shift:
    def __call__(self, x):
        return x + 1
shifted = Shift()
# %% right: with partial
import functools, operator
shifted = functools.partial(operator.add, 1)
# %% wrong: subtracts
def shifted(x):
    return x - 1
# %% test
assert shifted(1) == 2
assert list(map(shifted, [1, 2])) == [2, 3]

# %% style class_for_function
# The answer may be a class where the solution is a function.
# %% solution
def make_point(x, y):
    return {"x": x, "y": y}
# %% right: a lambda
make_point = lambda x, y: dict(x=x, y=y)
# %% right: a subclass of dict
class make_point(dict):
    def __init__(self, x, y):
        super().__init__(x=x, y=y)
# %% wrong: a pair
def make_point(x, y):
    return (x, y)
# %% test
assert make_point(1, 2)["y"] == 2
assert make_point(1, 2) == {"x": 1, "y": 2}

# %% style path_for_string
# The answer may return a Path where the solution returns a string.
# %% solution
def data_file(name):
    return "data/" + name
# %% right: a Path
from pathlib import Path
def data_file(name):
    return Path("data") / name
# %% wrong: folder and file swapped
def data_file(name):
    return name + "/data"
# %% test
import os
assert os.path.basename(data_file("a.csv")) == "a.csv"
assert os.fspath(data_file("a.csv")) == "data/a.csv"

# %% style datetime_result
# The function takes and returns dates.
# %% solution
import datetime
def days_later(day, n):
    return day + datetime.timedelta(days=n)
# %% right: by ordinals
import datetime
def days_later(day, n):
    return datetime.date.fromordinal(day.toordinal() + n)
# %% wrong: one day too many
import datetime
def days_later(day, n):
    return day + datetime.timedelta(days=n + 1)
# %% test
import datetime
assert days_later(datetime.date(2024, 2, 28), 2) == datetime.date(2024, 3, 1)

# %% style timedelta_result
# The function returns the difference of two times.
# %% solution
def between(a, b):
    return b - a
# %% right: with abs
def between(a, b):
    return abs(a - b)
# %% wrong: seconds
def between(a, b):
    return (b - a).total_seconds()
# %% test
from datetime import datetime, timedelta
gap = between(datetime(2024, 1, 1, 8), datetime(2024, 1, 1, 9, 30))
assert gap == timedelta(minutes=90)

# %% style enum_result
# The function returns a member of an enumeration of the instructor.
# %% given
from enum import Enum
class Suit(Enum):
    HEARTS = 1
    SPADES = 2
# %% solution
def other_suit(suit):
    return Suit.SPADES if suit is Suit.HEARTS else Suit.HEARTS
# %% right: by value
def other_suit(suit):
    return Suit(3 - suit.value)
# %% wrong: its number
def other_suit(suit):
    return 3 - suit.value
# %% test
assert other_suit(Suit.HEARTS) is Suit.SPADES
assert other_suit(other_suit(Suit.SPADES)) == Suit.SPADES

# %% style dataclass_for_object
# The answer may be a dataclass where the solution is a plain class.
# %% solution
class Song:
    def __init__(self, title, seconds):
        self.title, self.seconds = title, seconds
    def minutes(self):
        return self.seconds / 60
# %% right: a dataclass
from dataclasses import dataclass
@dataclass
class Song:
    title: str
    seconds: int
    def minutes(self):
        return self.seconds / 60
# %% right: a named tuple
from typing import NamedTuple
class Song(NamedTuple):
    title: str
    seconds: int
    def minutes(self):
        return self.seconds / 60
# %% wrong: whole minutes
class Song:
    def __init__(self, title, seconds):
        self.title, self.seconds = title, seconds
    def minutes(self):
        return self.seconds // 60
# %% test
song = Song("Help", 90)
assert song.title == "Help" and song.minutes() == 1.5

# %% style infinite_and_nan
# The function returns infinity.
# %% solution
def safe_div(a, b):
    return a / b if b else float("inf")
# %% right: math.inf
import math
def safe_div(a, b):
    return math.inf if b == 0 else a / b
# %% right: NumPy's infinity
import numpy as np
def safe_div(a, b):
    return np.inf if b == 0 else np.float64(a) / b
# %% wrong: nan
def safe_div(a, b):
    return a / b if b else float("nan")
# %% test
assert safe_div(1, 0) == float("inf")
assert safe_div(1, 4) == 0.25

# %% style big_integers
# The function returns integers that no float holds exactly.
# %% solution
import math
def big_factorial(n):
    return math.factorial(n)
# %% right: with prod
import math
def big_factorial(n):
    return math.prod(range(1, n + 1))
# %% wrong: a float
import math
def big_factorial(n):
    return float(math.factorial(n))
# %% test
assert big_factorial(25) == 15511210043330985984000000
assert big_factorial(100) % 10**24 == 0
