# Bans by mocks: names, builtins and functions of libraries are replaced.

# %% style mock_in_main
# As in nbgrader's guide: the test patches a name in the notebook, and the answer must
# not call it.
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
# The test replaces a builtin by a function that raises an error.
# sample: yes
# %% solution
def total_of(numbers):
    total = 0
    for number in numbers:
        total += number
    return total
# %% right: with reduce
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
# The test patches a builtin by a mock that raises an error.
# %% solution
def in_order(items):
    result = []
    for item in items:
        place = 0
        while place < len(result) and result[place] < item:
            place += 1
        result.insert(place, item)
    return result
# %% right: by swaps
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
# The test patches a function of a library.
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
# The answer must call a function of a library.
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
# One function of the answer must call the other.
# %% solution
def area_of_square(side):
    return side * side
def volume_of_cube(side):
    return area_of_square(side) * side
# %% right: the factors swapped
def area_of_square(side):
    return side**2
def volume_of_cube(side):
    face = area_of_square(side)
    return side * face
# %% wrong: does not call area_of_square
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
# The test replaces a helper by an assignment to its global name.
# %% solution
def tax(price):
    return price / 10
def with_tax(price):
    return price + tax(price)
# %% right: with sum
def tax(price):
    return 0.1 * price
def with_tax(price):
    return sum([price, tax(price)])
# %% wrong: the helper is not called
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
# The test patches input, which the answer calls.
# %% solution
def ask_age():
    return int(input("age? "))
# %% right: in two steps
def ask_age():
    text = input("age? ")
    return int(text)
# %% wrong: a string
def ask_age():
    return input("age? ")
# %% test
from unittest.mock import patch
with patch("builtins.input", return_value="42"):
    assert ask_age() == 42

# %% style input_rebound
# The test defines a global function called input.
# %% solution
def ask_twice():
    return [input(), input()]
# %% right: by a comprehension
def ask_twice():
    return [input() for _ in range(2)]
# %% wrong: asks once
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
# The test mocks open, so that no file is needed.
# %% solution
def first_line(path):
    with open(path) as file:
        return file.readline().strip()
# %% right: with next
def first_line(path):
    with open(path) as file:
        return next(iter(file.read().splitlines()))
# %% wrong: the whole file
def first_line(path):
    with open(path) as file:
        return file.read().strip()
# %% test
from unittest.mock import mock_open, patch
with patch("__main__.open", mock_open(read_data="one\ntwo\n")) as opened:
    assert first_line("numbers.txt") == "one"
opened.assert_called_once()

# %% style random_mocked
# A mock chooses the random number.
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
# %% wrong: with choice
import random
def toss():
    return random.choice(["heads", "tails"]) if random.randint(0, 1) else "edge"
# %% test
from unittest.mock import patch
for number, side in [(0.2, "heads"), (0.9, "tails"), (0.5, "tails")] * 5:
    with patch("random.random", return_value=number):
        assert toss() == side

# %% style time_mocked
# The test mocks the clock.
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
# The test mocks sleep, and compares its calls.
# %% solution
import time
def wait_longer(times):
    for n in range(times):
        time.sleep(2**n)
# %% right: with while
import time
def wait_longer(times):
    seconds = 1
    while times > 0:
        time.sleep(seconds)
        seconds *= 2
        times -= 1
# %% wrong: always one second
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
# The test passes a mock as a callback.
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
# The test passes a mock, whose method the answer must call.
# %% solution
def notify(user, text):
    user.send(text.upper())
# %% right: with a variable
def notify(user, text):
    message = text.upper()
    user.send(message)
# %% wrong: the text unchanged
def notify(user, text):
    user.send(text)
# %% test
from unittest.mock import MagicMock
user = MagicMock()
notify(user, "hi")
user.send.assert_called_once_with("HI")
