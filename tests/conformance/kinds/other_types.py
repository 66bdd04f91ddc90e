# Right answers of another type than the solution's, which compare as equal or behave
# alike, and arguments of types that the solution does not need to be exact.

# %% style keys_view
# dict.keys() where the solution returns a set.
# sample: yes
# %% solution
def names_in(table):
    return set(table)
# %% right: the keys
def names_in(table):
    return table.keys()
# %% right: a frozen set
def names_in(table):
    return frozenset(table)
# %% wrong: a list
def names_in(table):
    return list(table)
# %% test
assert names_in({"a": 1, "b": 2}) == {"a", "b"}

# %% style values_view
# dict.values() that is iterated.
# %% solution
def prices_of(table):
    return list(table.values())
# %% right: the view
def prices_of(table):
    return table.values()
# %% right: a generator
def prices_of(table):
    return (table[key] for key in table)
# %% wrong: the keys
def prices_of(table):
    return list(table.keys())
# %% test
assert sorted(prices_of({"a": 2, "b": 1})) == [1, 2]

# %% style items_view
# dict.items() where pairs are wanted.
# %% solution
def pairs_of(table):
    return [(key, table[key]) for key in table]
# %% right: the view
def pairs_of(table):
    return table.items()
# %% right: zip
def pairs_of(table):
    return zip(table.keys(), table.values())
# %% wrong: turned
def pairs_of(table):
    return [(table[key], key) for key in table]
# %% test
assert list(pairs_of({"a": 1})) == [("a", 1)]

# %% style fraction_for_float
# A Fraction equals the float.
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
# %% wrong: whole numbers
def half_of(n):
    return n // 2
# %% test
assert half_of(3) == 1.5
assert 2 < half_of(5) < 3

# %% style fraction_arithmetic
# The result is used in arithmetic.
# %% solution
def third_of(n):
    return n / 3
# %% right: a Fraction
from fractions import Fraction
def third_of(n):
    return Fraction(n) / 3
# %% right: NumPy's
import numpy as np
def third_of(n):
    return np.float64(n) / 3
# %% wrong: a quarter
def third_of(n):
    return n / 4
# %% test
assert abs(third_of(1) - 0.3333333) < 1e-6
assert round(third_of(10) * 3) == 10

# %% style counter_argument
# A Counter is passed; the student may use its methods.
# %% solution
def most_frequent(counts):
    return max(counts, key=lambda word: counts[word])
# %% right: most_common
def most_frequent(counts):
    return counts.most_common(1)[0][0]
# %% wrong: the rarest
def most_frequent(counts):
    return min(counts, key=lambda word: counts[word])
# %% test
from collections import Counter
assert most_frequent(Counter("abracadabra")) == "a"

# %% style counter_for_dict
# A Counter where the solution returns a dict.
# %% solution
def tally_of(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts
# %% right: a Counter
from collections import Counter
def tally_of(items):
    return Counter(items)
# %% right: a defaultdict
from collections import defaultdict
def tally_of(items):
    counts = defaultdict(int)
    for item in items:
        counts[item] += 1
    return counts
# %% wrong: a set
def tally_of(items):
    return {item: 1 for item in items}
# %% test
assert tally_of("aab") == {"a": 2, "b": 1}

# %% style range_for_list
# A range where a sequence is wanted.
# %% solution
def multiples(k, n):
    return [k * i for i in range(n)]
# %% right: a range
def multiples(k, n):
    return range(0, k * n, k)
# %% right: a tuple
def multiples(k, n):
    return tuple(k * i for i in range(n))
# %% wrong: one too few
def multiples(k, n):
    return range(0, k * (n - 1), k)
# %% test
assert list(multiples(3, 4)) == [0, 3, 6, 9]
assert multiples(3, 4)[2] == 6 and len(multiples(3, 4)) == 4

# %% style numpy_bool
# A NumPy bool is as true as Python's.
# %% solution
def all_positive(a):
    return all(x > 0 for x in a)
# %% right: NumPy's
import numpy as np
def all_positive(a):
    return np.all(np.asarray(a) > 0)
# %% right: 1 or 0
def all_positive(a):
    return int(min(a) > 0)
# %% wrong: any
def all_positive(a):
    return any(x > 0 for x in a)
# %% test
assert all_positive([1, 2])
assert not all_positive([1, -2])

# %% style numpy_array_for_list
# An array where a list is iterated.
# %% solution
def scaled(values, k):
    return [k * value for value in values]
# %% right: an array
import numpy as np
def scaled(values, k):
    return k * np.asarray(values)
# %% right: map
def scaled(values, k):
    return map(lambda value: k * value, values)
# %% wrong: repeated
def scaled(values, k):
    return values * k
# %% test
assert list(scaled([1, 2], 3)) == [3, 6]

# %% style matrix_for_array
# np.matrix where an array is wanted.
# %% solution
import numpy as np
def identity_of(n):
    return np.eye(n)
# %% right: a matrix
import numpy as np
def identity_of(n):
    return np.matrix(np.identity(n))
# %% right: lists
def identity_of(n):
    return [[float(i == j) for j in range(n)] for i in range(n)]
# %% wrong: ones
import numpy as np
def identity_of(n):
    return np.ones((n, n))
# %% test
import numpy as np
np.testing.assert_array_equal(identity_of(2), [[1, 0], [0, 1]])

# %% style sparse_for_dense
# A sparse matrix with the same methods.
# %% solution
import numpy as np
def counts_matrix():
    return np.array([[0, 2], [0, 0]])
# %% right: sparse
from scipy import sparse
def counts_matrix():
    return sparse.csr_matrix(([2], ([0], [1])), shape=(2, 2))
# %% wrong: elsewhere
import numpy as np
def counts_matrix():
    return np.array([[0, 0], [2, 0]])
# %% test
assert counts_matrix().shape == (2, 2)
assert counts_matrix().sum() == 2 and counts_matrix()[0, 1] == 2

# %% style string_subclass
# A str of its own kind.
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
# An IntEnum member for an int.
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
# %% wrong: a text
def level_of(name):
    return "3" if name == "high" else "1"
# %% test
assert level_of("low") == 1
assert level_of("high") + 1 == 4

# %% style namedtuple_for_tuple
# A named tuple where a tuple is wanted.
# %% solution
def min_max(values):
    return min(values), max(values)
# %% right: a named tuple
from collections import namedtuple
Bounds = namedtuple("Bounds", "low high")
def min_max(values):
    return Bounds(min(values), max(values))
# %% wrong: a list
def min_max(values):
    return [min(values), max(values)]
# %% test
assert min_max([3, 1, 2]) == (1, 3)
low, high = min_max([5])
assert low == high == 5

# %% style callable_object
# A callable object for a function.
# %% solution
def shifted(x):
    return x + 1
# %% right: an object
class Shift:
    def __call__(self, x):
        return x + 1
shifted = Shift()
# %% right: partial
import functools, operator
shifted = functools.partial(operator.add, 1)
# %% wrong: the other way
def shifted(x):
    return x - 1
# %% test
assert shifted(1) == 2
assert list(map(shifted, [1, 2])) == [2, 3]

# %% style class_for_function
# A class where a factory function is meant.
# %% solution
def make_point(x, y):
    return {"x": x, "y": y}
# %% right: dict itself
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

# %% style path_for_text
# A Path where a text would do.
# %% solution
def data_file(name):
    return "data/" + name
# %% right: a Path
from pathlib import Path
def data_file(name):
    return Path("data") / name
# %% wrong: backwards
def data_file(name):
    return name + "/data"
# %% test
import os
assert os.path.basename(data_file("a.csv")) == "a.csv"
assert os.fspath(data_file("a.csv")) == "data/a.csv"

# %% style datetime_result
# Dates and times.
# %% solution
import datetime
def days_later(day, n):
    return day + datetime.timedelta(days=n)
# %% right: by ordinals
import datetime
def days_later(day, n):
    return datetime.date.fromordinal(day.toordinal() + n)
# %% wrong: one too many
import datetime
def days_later(day, n):
    return day + datetime.timedelta(days=n + 1)
# %% test
import datetime
assert days_later(datetime.date(2024, 2, 28), 2) == datetime.date(2024, 3, 1)

# %% style timedelta_result
# A difference of times.
# %% solution
def between(a, b):
    return b - a
# %% right: absolute
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
# A member of an enumeration of the test is passed through.
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

# %% style memoryview_for_bytes
# bytes-like results.
# %% solution
def header_of(data):
    return data[:4]
# %% right: a memoryview
def header_of(data):
    return memoryview(data)[:4]
# %% right: a bytearray
def header_of(data):
    return bytearray(data[:4])
# %% wrong: three
def header_of(data):
    return data[:3]
# %% test
assert bytes(header_of(b"PNG data")) == b"PNG "
assert header_of(b"PNG data") == b"PNG "

# %% style list_subclass
# A list of the student's own kind.
# %% solution
def stack_of(*items):
    return list(items)
# %% right: a subclass
class Stack(list):
    def push(self, item):
        self.append(item)
def stack_of(*items):
    return Stack(items)
# %% wrong: turned round
def stack_of(*items):
    return list(reversed(items))
# %% test
assert stack_of(1, 2) == [1, 2]
assert stack_of(1, 2)[-1] == 2 and len(stack_of()) == 0

# %% style dataclass_for_object
# A dataclass where the solution has a class.
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
# Special floating point values.
# %% solution
def safe_div(a, b):
    return a / b if b else float("inf")
# %% right: math.inf
import math
def safe_div(a, b):
    return math.inf if b == 0 else a / b
# %% right: NumPy's
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
# Integers of any size.
# %% solution
import math
def big_factorial(n):
    return math.factorial(n)
# %% right: by prod
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
