# Exact types of Python and its standard library.

# %% style type_is_list
# The test compares the type with `is`.
# sample: yes
# %% solution
def first_letters(words):
    return [word[0] for word in words]
# %% right: with map
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
# The result must be a bytearray, which equals bytes.
# %% solution
def buffer_of(text):
    return bytearray(text, "ascii")
# %% right: with encode
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
# The result must be bytes, not a str.
# %% solution
def packed(number):
    return number.to_bytes(2, "big")
# %% right: with bytes
def packed(number):
    return bytes([number // 256, number % 256])
# %% wrong: little-endian
def packed(number):
    return number.to_bytes(2, "little")
# %% wrong: a string
def packed(number):
    return chr(number // 256) + chr(number % 256)
# %% test
assert packed(258) == b"\x01\x02"
assert isinstance(packed(1), bytes)

# %% style counter_result
# The result must be a Counter, which equals a dict.
# sample: yes
# %% solution
from collections import Counter
def letters_in(text):
    return Counter(text)
# %% right: with update
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
# The test calls methods of a Counter.
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
# The result must be a named tuple.
# %% solution
from collections import namedtuple
Point = namedtuple("Point", "x y")
def mirrored(point):
    return Point(-point.x, point.y)
# %% right: with _replace
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
# The answer is a NamedTuple with a default.
# %% solution
from typing import NamedTuple
class Book(NamedTuple):
    title: str
    pages: int = 100
# %% right: with namedtuple()
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
# The result must be a defaultdict, which adds missing keys.
# %% solution
from collections import defaultdict
def by_length(words):
    groups = defaultdict(list)
    for word in words:
        groups[len(word)].append(word)
    return groups
# %% right: with setdefault
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
# The test compares two OrderedDicts, whose order counts.
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
# %% wrong: the order reversed
from collections import OrderedDict
def ranked(scores):
    return OrderedDict(sorted(scores.items(), key=lambda pair: pair[1]))
# %% test
from collections import OrderedDict
assert ranked({"a": 1, "b": 2}) == OrderedDict([("b", 2), ("a", 1)])

# %% style dict_order
# The test compares the order of the keys of a plain dict.
# %% solution
def sorted_by_key(table):
    return {key: table[key] for key in sorted(table)}
# %% right: with sorted items
def sorted_by_key(table):
    return dict(sorted(table.items()))
# %% wrong: the old order
def sorted_by_key(table):
    return dict(table)
# %% test
assert list(sorted_by_key({"b": 1, "a": 2})) == ["a", "b"]

# %% style deque_result
# The result must be a deque with a maximum length.
# %% solution
from collections import deque
def last_three(items):
    return deque(items, maxlen=3)
# %% right: with append
from collections import deque
def last_three(items):
    kept = deque(maxlen=3)
    for item in items:
        kept.append(item)
    return kept
# %% wrong: without a maximum length
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
# The result must be a frozenset: a set equals it, but cannot be hashed.
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
# The result must be True or False, not 1 or 0.
# %% solution
def is_even(n):
    return n % 2 == 0
# %% right: with bits
def is_even(n):
    return not n & 1
# %% wrong: an int
def is_even(n):
    return 1 - n % 2
# %% test
assert is_even(4) is True
assert is_even(3) is False

# %% style int_not_float
# The result must be an int, not an equal float.
# %% solution
def halves(n):
    return n // 2
# %% right: with int
def halves(n):
    return int(n / 2)
# %% wrong: a float
def halves(n):
    return n / 2
# %% test
assert halves(8) == 4
assert isinstance(halves(8), int), "a whole number"

# %% style range_result
# The result must be a range.
# %% solution
def odd_numbers(n):
    return range(1, n, 2)
# %% right: with a slice
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
# The results must be complex numbers.
# %% solution
def roots(a, b, c):
    d = complex(b * b - 4 * a * c) ** 0.5
    return (-b + d) / (2 * a), (-b - d) / (2 * a)
# %% right: with cmath
import cmath
def roots(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)
# %% wrong: only the real parts
def roots(a, b, c):
    d = complex(b * b - 4 * a * c) ** 0.5
    return ((-b + d) / (2 * a)).real, ((-b - d) / (2 * a)).real
# %% test
one, other = roots(1, 0, 4)
assert abs(one - 2j) < 1e-9 and abs(other + 2j) < 1e-9
assert one.imag == 2 and isinstance(one, complex)

# %% style slice_result
# The result must be a slice.
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
# The result must be None, not an empty string.
# %% solution
def find_user(users, name):
    return users.get(name)
# %% right: with if
def find_user(users, name):
    if name in users:
        return users[name]
# %% wrong: an empty string
def find_user(users, name):
    return users.get(name, "")
# %% test
assert find_user({"ada": 1}, "ada") == 1
assert find_user({}, "bob") is None
