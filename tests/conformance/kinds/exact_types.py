# The exact type of a result, and settings of an object that its equality hides.

# %% style type_is_list
# The type is compared by `is`.
# sample: yes
# %% solution
def first_letters(words):
    return [word[0] for word in words]
# %% right: by map
def first_letters(words):
    return list(map(lambda word: word[0], words))
# %% wrong: a tuple
def first_letters(words):
    return tuple(word[0] for word in words)
# %% wrong: a subclass
class Letters(list):
    pass
def first_letters(words):
    return Letters(word[0] for word in words)
# %% test
assert list(first_letters(["ab", "cd"])) == ["a", "c"]
assert type(first_letters(["x"])) is list

# %% style bytearray_result
# A bytearray, which equals bytes.
# %% solution
def buffer_of(text):
    return bytearray(text, "ascii")
# %% right: by encode
def buffer_of(text):
    return bytearray(text.encode())
# %% wrong: bytes
def buffer_of(text):
    return text.encode()
# %% test
buffer = buffer_of("abc")
assert buffer == b"abc"
assert isinstance(buffer, bytearray)
buffer[0] = 122
assert buffer == b"zbc"

# %% style bytes_result
# bytes, and not a str.
# %% solution
def packed(number):
    return number.to_bytes(2, "big")
# %% right: by bytes
def packed(number):
    return bytes([number // 256, number % 256])
# %% wrong: the other end first
def packed(number):
    return number.to_bytes(2, "little")
# %% wrong: a text
def packed(number):
    return chr(number // 256) + chr(number % 256)
# %% test
assert packed(258) == b"\x01\x02"
assert isinstance(packed(1), bytes)

# %% style counter_result
# A Counter, which equals a dict.
# sample: yes
# %% solution
from collections import Counter
def letters_in(text):
    return Counter(text)
# %% right: by update
from collections import Counter
def letters_in(text):
    counts = Counter()
    counts.update(text)
    return counts
# %% wrong: a dict
def letters_in(text):
    counts = {}
    for letter in text:
        counts[letter] = counts.get(letter, 0) + 1
    return counts
# %% test
from collections import Counter
assert letters_in("aab") == {"a": 2, "b": 1}
assert isinstance(letters_in("x"), Counter)
assert letters_in("x")["y"] == 0

# %% style counter_methods
# Methods of a Counter are called.
# %% solution
from collections import Counter
def word_counts(text):
    return Counter(text.split())
# %% right: a loop
import collections
def word_counts(text):
    counts = collections.Counter()
    for word in text.split():
        counts[word] += 1
    return counts
# %% wrong: counts letters
from collections import Counter
def word_counts(text):
    return Counter(text)
# %% test
assert word_counts("to be or not to be").most_common(1)[0][1] == 2
assert word_counts("a b a") - word_counts("a") == {"a": 1, "b": 1}

# %% style namedtuple_result
# A named tuple, with its fields.
# %% solution
from collections import namedtuple
Point = namedtuple("Point", "x y")
def mirrored(point):
    return Point(-point.x, point.y)
# %% right: by _replace
from collections import namedtuple
Point = namedtuple("Point", ["x", "y"])
def mirrored(point):
    return point._replace(x=-point.x)
# %% wrong: a plain tuple
from collections import namedtuple
Point = namedtuple("Point", "x y")
def mirrored(point):
    return (-point.x, point.y)
# %% test
p = mirrored(Point(1, 2))
assert p == (-1, 2)
assert p.x == -1 and p._fields == ("x", "y")
assert isinstance(p, Point)

# %% style namedtuple_typed
# A typing.NamedTuple with a default.
# %% solution
from typing import NamedTuple
class Book(NamedTuple):
    title: str
    pages: int = 100
# %% right: by the function
from collections import namedtuple
Book = namedtuple("Book", "title pages", defaults=[100])
# %% wrong: without the default
from collections import namedtuple
Book = namedtuple("Book", "title pages")
# %% test
b = Book("Emma")
assert b.pages == 100 and b._asdict() == {"title": "Emma", "pages": 100}
assert isinstance(b, tuple)

# %% style defaultdict_result
# A defaultdict makes missing values.
# %% solution
from collections import defaultdict
def by_length(words):
    groups = defaultdict(list)
    for word in words:
        groups[len(word)].append(word)
    return groups
# %% right: by setdefault
from collections import defaultdict
def by_length(words):
    groups = defaultdict(list)
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups
# %% wrong: a dict
def by_length(words):
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups
# %% test
groups = by_length(["a", "bb", "c"])
assert groups[1] == ["a", "c"]
assert groups[7] == [], "use a defaultdict"

# %% style ordered_dict
# The order of an OrderedDict counts in a comparison.
# %% solution
from collections import OrderedDict
def ranked(scores):
    return OrderedDict(sorted(scores.items(), key=lambda pair: -pair[1]))
# %% right: item by item
from collections import OrderedDict
def ranked(scores):
    result = OrderedDict()
    for name in sorted(scores, key=scores.get, reverse=True):
        result[name] = scores[name]
    return result
# %% wrong: the other order
from collections import OrderedDict
def ranked(scores):
    return OrderedDict(sorted(scores.items(), key=lambda pair: pair[1]))
# %% test
from collections import OrderedDict
assert ranked({"a": 1, "b": 2}) == OrderedDict([("b", 2), ("a", 1)])

# %% style dict_order
# The order of a plain dict's keys.
# %% solution
def sorted_by_key(table):
    return {key: table[key] for key in sorted(table)}
# %% right: dict of sorted
def sorted_by_key(table):
    return dict(sorted(table.items()))
# %% wrong: as it was
def sorted_by_key(table):
    return dict(table)
# %% test
assert list(sorted_by_key({"b": 1, "a": 2})) == ["a", "b"]

# %% style deque_result
# A deque with a bound.
# %% solution
from collections import deque
def last_three(items):
    return deque(items, maxlen=3)
# %% right: by append
from collections import deque
def last_three(items):
    kept = deque(maxlen=3)
    for item in items:
        kept.append(item)
    return kept
# %% wrong: without a bound
from collections import deque
def last_three(items):
    return deque(list(items)[-3:])
# %% test
from collections import deque
recent = last_three(range(5))
assert recent == deque([2, 3, 4])
recent.append(9)
assert list(recent) == [3, 4, 9]
assert recent.maxlen == 3

# %% style frozenset_result
# A frozenset can be hashed; a set equals it.
# %% solution
def vowels(text):
    return frozenset(text) & frozenset("aeiou")
# %% right: a comprehension
def vowels(text):
    return frozenset(letter for letter in text if letter in "aeiou")
# %% wrong: a set
def vowels(text):
    return {letter for letter in text if letter in "aeiou"}
# %% test
assert vowels("queue") == {"u", "e"}
assert {vowels("a"): 1} == {frozenset("a"): 1}

# %% style bool_not_int
# True, and not 1.
# %% solution
def is_even(n):
    return n % 2 == 0
# %% right: by bits
def is_even(n):
    return not n & 1
# %% wrong: a number
def is_even(n):
    return 1 - n % 2
# %% test
assert is_even(4) is True
assert is_even(3) is False

# %% style int_not_float
# An int, and not a float that equals it.
# %% solution
def halves(n):
    return n // 2
# %% right: by int
def halves(n):
    return int(n / 2)
# %% wrong: a float
def halves(n):
    return n / 2
# %% test
assert halves(8) == 4
assert isinstance(halves(8), int), "a whole number"

# %% style numpy_scalar
# A NumPy scalar, and not a Python float.
# %% solution
import numpy as np
def single(x):
    return np.float32(x)
# %% right: by astype
import numpy as np
def single(x):
    return np.asarray(x).astype("float32")[()]
# %% wrong: a float
def single(x):
    return float(x)
# %% test
import numpy as np
assert single(0.5) == 0.5
assert isinstance(single(1), np.float32)

# %% style python_float
# A Python float, and not NumPy's.
# %% solution
import numpy as np
def plain_mean(a):
    return float(np.mean(a))
# %% right: by item
import numpy as np
def plain_mean(a):
    return np.mean(a).item()
# %% wrong: NumPy's
import numpy as np
def plain_mean(a):
    return np.mean(a)
# %% test
assert plain_mean([1.0, 2.0]) == 1.5
assert type(plain_mean([1.0])) is float

# %% style zero_dimensions
# An array without dimensions is not a scalar.
# %% solution
import numpy as np
def boxed(x):
    return np.array(x)
# %% right: by asarray
import numpy as np
def boxed(x):
    return np.asarray(x)
# %% wrong: a scalar
import numpy as np
def boxed(x):
    return np.float64(x)
# %% test
import numpy as np
assert isinstance(boxed(2.0), np.ndarray)
assert boxed(2.0).shape == () and boxed(2.0) == 2

# %% style array_dtype
# The dtype of an array.
# %% solution
import numpy as np
def pixel_row(n):
    return np.zeros(n, dtype=np.uint8)
# %% right: by astype
import numpy as np
def pixel_row(n):
    return np.zeros(n).astype("uint8")
# %% wrong: floats
import numpy as np
def pixel_row(n):
    return np.zeros(n)
# %% test
assert pixel_row(3).tolist() == [0, 0, 0]
assert pixel_row(3).dtype == "uint8"

# %% style read_only
# An array that cannot be written.
# %% solution
import numpy as np
def constant(values):
    a = np.array(values)
    a.flags.writeable = False
    return a
# %% right: by setflags
import numpy as np
def constant(values):
    a = np.array(values)
    a.setflags(write=False)
    return a
# %% wrong: writeable
import numpy as np
def constant(values):
    return np.array(values)
# %% test
fixed = constant([1, 2])
assert fixed.tolist() == [1, 2]
assert not fixed.flags.writeable
try:
    fixed[0] = 5
except ValueError:
    pass
else:
    raise AssertionError("the array must be read-only")

# %% style memory_order
# Fortran's order of an array.
# %% solution
import numpy as np
def columns_first(a):
    return np.asfortranarray(a)
# %% right: by order
import numpy as np
def columns_first(a):
    return np.array(a, order="F")
# %% wrong: C order
import numpy as np
def columns_first(a):
    return np.array(a, order="C")
# %% test
import numpy as np
made = columns_first(np.arange(6).reshape(2, 3))
assert made.flags["F_CONTIGUOUS"] and made[1, 0] == 3

# %% style masked_array
# A masked array.
# %% solution
import numpy as np
def hide_negative(a):
    return np.ma.masked_less(a, 0)
# %% right: masked_where
import numpy as np
def hide_negative(a):
    a = np.asarray(a)
    return np.ma.masked_where(a < 0, a)
# %% wrong: zeros instead
import numpy as np
def hide_negative(a):
    return np.where(np.asarray(a) < 0, 0, a)
# %% test
import numpy as np
hidden = hide_negative([1, -1, 3])
assert isinstance(hidden, np.ma.MaskedArray)
assert hidden.count() == 2 and hidden.mean() == 2

# %% style matrix_product
# np.matrix multiplies as matrices do.
# %% solution
import numpy as np
def as_matrix(rows):
    return np.matrix(rows)
# %% right: asmatrix
import numpy as np
def as_matrix(rows):
    return np.asmatrix(np.array(rows))
# %% wrong: an array
import numpy as np
def as_matrix(rows):
    return np.array(rows)
# %% test
m = as_matrix([[1, 1], [0, 1]])
assert (m * m).tolist() == [[1, 2], [0, 1]]

# %% style structured_array
# Fields of a structured array.
# %% solution
import numpy as np
def people_table(names, ages):
    return np.array(list(zip(names, ages)), dtype=[("name", "U10"), ("age", "i4")])
# %% right: field by field
import numpy as np
def people_table(names, ages):
    table = np.zeros(len(names), dtype=[("name", "U10"), ("age", "i4")])
    table["name"], table["age"] = names, ages
    return table
# %% wrong: without names
import numpy as np
def people_table(names, ages):
    return np.array([names, ages])
# %% test
people = people_table(["ada", "bob"], [36, 20])
assert people["age"].mean() == 28
assert people.dtype.names == ("name", "age")

# %% style range_result
# A range object.
# %% solution
def odd_numbers(n):
    return range(1, n, 2)
# %% right: by slices
def odd_numbers(n):
    return range(n)[1::2]
# %% wrong: a list
def odd_numbers(n):
    return list(range(1, n, 2))
# %% test
assert list(odd_numbers(6)) == [1, 3, 5]
assert isinstance(odd_numbers(6), range)
assert odd_numbers(10**12)[-1] == 10**12 - 1

# %% style complex_result
# Complex numbers.
# %% solution
def roots(a, b, c):
    d = complex(b * b - 4 * a * c) ** 0.5
    return (-b + d) / (2 * a), (-b - d) / (2 * a)
# %% right: cmath
import cmath
def roots(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)
# %% wrong: real parts
def roots(a, b, c):
    d = complex(b * b - 4 * a * c) ** 0.5
    return ((-b + d) / (2 * a)).real, ((-b - d) / (2 * a)).real
# %% test
one, other = roots(1, 0, 4)
assert abs(one - 2j) < 1e-9 and abs(other + 2j) < 1e-9
assert one.imag == 2 and isinstance(one, complex)

# %% style slice_result
# A slice object.
# %% solution
def window(start, length):
    return slice(start, start + length)
# %% right: with a step
def window(start, length):
    return slice(start, start + length, None)
# %% wrong: a pair
def window(start, length):
    return (start, start + length)
# %% test
assert window(2, 3) == slice(2, 5)
assert "abcdefg"[window(1, 2)] == "bc"

# %% style none_result
# None, and not an empty list.
# %% solution
def find_user(users, name):
    return users.get(name)
# %% right: with if
def find_user(users, name):
    if name in users:
        return users[name]
# %% wrong: a text
def find_user(users, name):
    return users.get(name, "")
# %% test
assert find_user({"ada": 1}, "ada") == 1
assert find_user({}, "bob") is None
