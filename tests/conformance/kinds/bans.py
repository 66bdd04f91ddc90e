# Bans that are enforced while the answer runs: names and builtins replaced by mocks,
# tracing, subclasses that count or forbid an operation, a look at the source.

# %% style mock_in_main
# The guide's way: a name of the notebook is patched, and must not be called.
# sample: yes
# %% solution
def smaller(x, y):
    return x if x < y else y
# %% right: with if
def smaller(x, y):
    if x < y:
        return x
    return y
# %% wrong: min
def smaller(x, y):
    return min(x, y)
# %% test
from unittest.mock import patch
with patch("__main__.min", create=True) as builtin_min:
    smaller(1, 2)
builtin_min.assert_not_called()
assert smaller(1, 2) == 1

# %% style builtin_replaced
# A builtin is replaced by a function that raises.
# sample: yes
# %% solution
def total_of(numbers):
    total = 0
    for number in numbers:
        total += number
    return total
# %% right: by reduce
from functools import reduce
def total_of(numbers):
    return reduce(lambda a, b: a + b, numbers, 0)
# %% wrong: sum
def total_of(numbers):
    return sum(numbers)
# %% test
import builtins
real_sum = builtins.sum
def no_sum(*args, **kwargs):
    raise RuntimeError("do not use sum()")
builtins.sum = no_sum
try:
    assert total_of([1, 2, 3]) == 6
finally:
    builtins.sum = real_sum

# %% style builtin_patched
# mock.patch of builtins with a side effect.
# %% solution
def in_order(items):
    result = []
    for item in items:
        place = 0
        while place < len(result) and result[place] < item:
            place += 1
        result.insert(place, item)
    return result
# %% right: swaps
def in_order(items):
    items = list(items)
    for i in range(len(items)):
        for j in range(i):
            if items[i] < items[j]:
                items[i], items[j] = items[j], items[i]
    return items
# %% wrong: sorted
def in_order(items):
    return sorted(items)
# %% test
from unittest.mock import patch
with patch("builtins.sorted", side_effect=AssertionError("no sorted()")):
    assert in_order([3, 1, 2]) == [1, 2, 3]

# %% style numpy_function_patched
# A function of a library is patched.
# %% solution
def average_of(numbers):
    return sum(numbers) / len(numbers)
# %% right: by a loop
def average_of(numbers):
    total = 0
    for number in numbers:
        total += number
    return total / len(numbers)
# %% wrong: np.mean
import numpy as np
def average_of(numbers):
    return np.mean(numbers)
# %% test
from unittest.mock import patch
import numpy as np
with patch("numpy.mean", side_effect=AssertionError("no np.mean")):
    assert average_of([1, 2, 3]) == 2

# %% style must_call_library
# A function of a library must be called.
# %% solution
import math
def hypotenuse(a, b):
    return math.hypot(a, b)
# %% right: imported in the function
def hypotenuse(a, b):
    import math
    return math.hypot(a, b)
# %% wrong: by hand
def hypotenuse(a, b):
    return (a * a + b * b) ** 0.5
# %% test
import math
from unittest.mock import patch
with patch("math.hypot", wraps=math.hypot) as hypot:
    assert hypotenuse(3, 4) == 5
hypot.assert_called_once_with(3, 4)

# %% style must_call_own_helper
# One function of the answer must use the other.
# %% solution
def area_of_square(side):
    return side * side
def volume_of_cube(side):
    return area_of_square(side) * side
# %% right: another order
def area_of_square(side):
    return side**2
def volume_of_cube(side):
    face = area_of_square(side)
    return side * face
# %% wrong: not used
def area_of_square(side):
    return side * side
def volume_of_cube(side):
    return side**3
# %% test
from unittest.mock import patch
assert volume_of_cube(2) == 8
with patch("__main__.area_of_square", return_value=100):
    assert volume_of_cube(2) == 200, "use area_of_square"

# %% style helper_rebound
# The helper is replaced by assignment to its global name.
# %% solution
def tax(price):
    return price / 10
def with_tax(price):
    return price + tax(price)
# %% right: another sum
def tax(price):
    return 0.1 * price
def with_tax(price):
    return sum([price, tax(price)])
# %% wrong: written out
def tax(price):
    return price / 10
def with_tax(price):
    return price * 1.1
# %% test
assert abs(with_tax(10) - 11) < 1e-9
kept_tax = tax
tax = lambda price: 1
try:
    assert with_tax(10) == 11 and with_tax(20) == 21
finally:
    tax = kept_tax

# %% style input_patched
# input is patched, as a student's program asks.
# %% solution
def ask_age():
    return int(input("age? "))
# %% right: in two steps
def ask_age():
    text = input("age? ")
    return int(text)
# %% wrong: a text
def ask_age():
    return input("age? ")
# %% test
from unittest.mock import patch
with patch("builtins.input", return_value="42"):
    assert ask_age() == 42

# %% style input_rebound
# input is a global of the test.
# %% solution
def ask_twice():
    return [input(), input()]
# %% right: by a comprehension
def ask_twice():
    return [input() for _ in range(2)]
# %% wrong: once
def ask_twice():
    return [input()] * 2
# %% test
replies = ["a", "b"]
def input(prompt=""):
    return replies.pop(0)
try:
    assert ask_twice() == ["a", "b"]
finally:
    del input

# %% style open_mocked
# open is mocked; no file exists.
# %% solution
def first_line(path):
    with open(path) as file:
        return file.readline().strip()
# %% right: by next
def first_line(path):
    with open(path) as file:
        return next(iter(file.read().splitlines()))
# %% wrong: the whole text
def first_line(path):
    with open(path) as file:
        return file.read().strip()
# %% test
from unittest.mock import mock_open, patch
with patch("__main__.open", mock_open(read_data="one\ntwo\n")) as opened:
    assert first_line("numbers.txt") == "one"
opened.assert_called_once()

# %% style random_mocked
# The random number is chosen by a mock.
# %% solution
import random
def toss():
    return "heads" if random.random() < 0.5 else "tails"
# %% right: with if
import random
def toss():
    if random.random() >= 0.5:
        return "tails"
    return "heads"
# %% wrong: by choice
import random
def toss():
    return random.choice(["heads", "tails"]) if random.randint(0, 1) else "edge"
# %% test
from unittest.mock import patch
for number, side in [(0.2, "heads"), (0.9, "tails"), (0.5, "tails")] * 5:
    with patch("random.random", return_value=number):
        assert toss() == side

# %% style time_mocked
# The clock is mocked.
# %% solution
import time
def elapsed(work):
    start = time.time()
    work()
    return time.time() - start
# %% right: other names
import time
def elapsed(work):
    before = time.time()
    work()
    after = time.time()
    return after - before
# %% wrong: the time of day
import time
def elapsed(work):
    work()
    return time.time()
# %% test
from unittest.mock import patch
with patch("time.time", side_effect=[10.0, 12.5]):
    assert elapsed(lambda: None) == 2.5

# %% style sleep_mocked
# sleep is mocked, and its calls are compared.
# %% solution
import time
def wait_longer(times):
    for n in range(times):
        time.sleep(2**n)
# %% right: by while
import time
def wait_longer(times):
    seconds = 1
    while times > 0:
        time.sleep(seconds)
        seconds *= 2
        times -= 1
# %% wrong: always the same
import time
def wait_longer(times):
    for n in range(times):
        time.sleep(1)
# %% test
from unittest.mock import call, patch
with patch("time.sleep") as sleep:
    wait_longer(3)
assert sleep.call_args_list == [call(1), call(2), call(4)]

# %% style callback_mock
# A mock is passed as a callback.
# %% solution
def for_each(items, action):
    for item in items:
        action(item)
# %% right: by a comprehension
def for_each(items, action):
    [action(item) for item in items]
# %% wrong: without the last
def for_each(items, action):
    for item in items[:-1]:
        action(item)
# %% test
from unittest.mock import Mock
action = Mock()
for_each([1, 2], action)
assert action.call_count == 2
action.assert_called_with(2)

# %% style object_mock
# A mock stands for an object, whose method must be called.
# %% solution
def notify(user, text):
    user.send(text.upper())
# %% right: with a variable
def notify(user, text):
    message = text.upper()
    user.send(message)
# %% wrong: as it is
def notify(user, text):
    user.send(text)
# %% test
from unittest.mock import MagicMock
user = MagicMock()
notify(user, "hi")
user.send.assert_called_once_with("HI")

# %% style counting_list
# A subclass of list counts how often it is sorted.
# %% solution
def median_of(items):
    ordered = sorted(items)
    return ordered[len(ordered) // 2]
# %% right: a copy sorted
def median_of(items):
    ordered = list(items)
    ordered.sort()
    return ordered[len(ordered) // 2]
# %% wrong: sorts the argument
def median_of(items):
    items.sort()
    return items[len(items) // 2]
# %% test
class Watched(list):
    sorts = 0
    def sort(self, *args, **kwargs):
        Watched.sorts += 1
        super().sort(*args, **kwargs)
assert median_of(Watched([3, 1, 2])) == 2
assert Watched.sorts == 0, "do not sort the argument"

# %% style counting_comparisons
# Comparisons are counted: binary search needs few.
# %% solution
def find_place(items, wanted):
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
# %% right: bisect
import bisect
def find_place(items, wanted):
    return bisect.bisect_left(items, wanted)
# %% wrong: one after the other
def find_place(items, wanted):
    for place, item in enumerate(items):
        if not item < wanted:
            return place
    return len(items)
# %% test
class Counted:
    comparisons = 0
    def __init__(self, value):
        self.value = value
    def __lt__(self, other):
        Counted.comparisons += 1
        return self.value < other.value
assert find_place([Counted(n) for n in range(1000)], Counted(700)) == 700
assert Counted.comparisons <= 12, "halve the range each time"

# %% style counting_access
# A list that counts its item accesses.
# %% solution
def first_and_last(items):
    return items[0], items[-1]
# %% right: with names
def first_and_last(items):
    first, last = items[0], items[-1]
    return (first, last)
# %% wrong: looks at all
def first_and_last(items):
    every = [items[n] for n in range(len(items))]
    return every[0], every[-1]
# %% test
class CountingList(list):
    reads = 0
    def __getitem__(self, place):
        CountingList.reads += 1
        return super().__getitem__(place)
assert first_and_last(CountingList(range(50))) == (0, 49)
assert CountingList.reads <= 2

# %% style forbidden_multiplication
# An int that cannot be multiplied.
# %% solution
def times_three(n):
    return n + n + n
# %% right: by sum
def times_three(n):
    return sum([n, n, n])
# %% wrong: multiplies
def times_three(n):
    return n * 3
# %% test
class NoProduct(int):
    def __mul__(self, other):
        raise AssertionError("add instead")
    __rmul__ = __mul__
assert times_three(NoProduct(4)) == 12

# %% style recursion_traced
# Recursive calls are counted by a wrapper around the global name.
# %% solution
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)
# %% right: if and else
def factorial(n):
    if n == 0:
        return 1
    else:
        return n * factorial(n - 1)
# %% wrong: by a loop
def factorial(n):
    result = 1
    for k in range(2, n + 1):
        result *= k
    return result
# %% test
assert factorial(5) == 120
plain_factorial, depth = factorial, []
def factorial(n):
    depth.append(n)
    return plain_factorial(n)
factorial(5)
assert len(depth) > 3, "call the function itself"
factorial = plain_factorial

# %% style settrace_calls
# sys.settrace sees which functions run.
# alone: tracing may be left on
# %% solution
def helper_a(x):
    return x + 1
def entry(x):
    return helper_a(x)
# %% right: twice used
def helper_a(x):
    return x + 1
def entry(x):
    result = helper_a(x)
    return result
# %% wrong: not called
def helper_a(x):
    return x + 1
def entry(x):
    return x + 1
# %% test
import sys
seen = set()
def note_call(frame, event, argument):
    seen.add(frame.f_code.co_name)
kept_trace = sys.gettrace()
sys.settrace(note_call)
try:
    assert entry(1) == 2
finally:
    sys.settrace(kept_trace)
assert "helper_a" in seen

# %% style profile_c_calls
# sys.setprofile sees the builtins that run.
# alone: profiling may be left on
# %% solution
def longest_word(words):
    best = ""
    for word in words:
        if len(word) > len(best):
            best = word
    return best
# %% right: by while
def longest_word(words):
    words, best = list(words), ""
    while words:
        word = words.pop()
        best = word if len(word) >= len(best) else best
    return best
# %% wrong: max
def longest_word(words):
    return max(words, key=len)
# %% test
import sys
builtins_called = set()
def note_builtin(frame, event, argument):
    if event == "c_call":
        builtins_called.add(argument.__name__)
sys.setprofile(note_builtin)
try:
    longest = longest_word(["a", "ccc", "bb"])
finally:
    sys.setprofile(None)
assert longest == "ccc"
assert "max" not in builtins_called

# %% style source_without_loop
# The source is searched for a keyword.
# %% solution
def squares_to(n):
    return [k * k for k in range(n)]
# %% right: by map
def squares_to(n):
    return list(map(lambda k: k * k, range(n)))
# %% wrong: with while
def squares_to(n):
    result, k = [], 0
    while k < n:
        result.append(k * k)
        k += 1
    return result
# %% test
import inspect
assert squares_to(4) == [0, 1, 4, 9]
assert "while" not in inspect.getsource(squares_to)

# %% style source_as_tree
# The syntax tree is searched for a call.
# %% solution
def reversed_text(text):
    return text[::-1]
# %% right: by a loop
def reversed_text(text):
    result = ""
    for letter in text:
        result = letter + result
    return result
# %% wrong: reversed
def reversed_text(text):
    return "".join(reversed(text))
# %% test
import ast, inspect
assert reversed_text("abc") == "cba"
calls = [n.func.id for n in ast.walk(ast.parse(inspect.getsource(reversed_text)))
         if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
assert "reversed" not in calls

# %% style code_names
# __code__.co_names holds the names that a function uses.
# %% solution
def absolute(x):
    return -x if x < 0 else x
# %% right: by a root
def absolute(x):
    return (x * x) ** 0.5
# %% wrong: abs
def absolute(x):
    return abs(x)
# %% test
assert absolute(-3) == 3 and absolute(2) == 2
assert "abs" not in absolute.__code__.co_names

# %% style one_line
# The function must have one statement.
# %% solution
def both(a, b):
    return a and b
# %% right: a conditional
def both(a, b):
    return b if a else a
# %% wrong: with a branch
def both(a, b):
    if a:
        return b
    return a
# %% test
import ast, inspect
assert both(True, False) is False and both(True, True) is True
assert len(ast.parse(inspect.getsource(both)).body[0].body) == 1, "one line"
