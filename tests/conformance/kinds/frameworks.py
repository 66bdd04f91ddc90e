# Test frameworks and helpers inside a test cell: unittest, doctest, hypothesis, pytest,
# numpy.testing, mocks of modules, checks of the instructor's own.

# %% style unittest_run
# A TestCase is run, and its result is asserted.
# sample: yes
# %% solution
def fizz(n):
    return "fizz" if n % 3 == 0 else str(n)
# %% right: other order
def fizz(n):
    if n % 3:
        return str(n)
    return "fizz"
# %% wrong: a number
def fizz(n):
    return "fizz" if n % 3 == 0 else n
# %% test
import io, unittest
class FizzTest(unittest.TestCase):
    def test_three(self):
        self.assertEqual(fizz(3), "fizz")
    def test_other(self):
        self.assertEqual(fizz(4), "4")
suite = unittest.defaultTestLoader.loadTestsFromTestCase(FizzTest)
outcome = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
assert outcome.wasSuccessful()

# %% style unittest_case_methods
# Assertions of a TestCase without a runner.
# %% solution
def split_name(name):
    first, last = name.split(" ", 1)
    return {"first": first, "last": last}
# %% right: partition
def split_name(name):
    first, _, last = name.partition(" ")
    return dict(first=first, last=last)
# %% wrong: turned
def split_name(name):
    first, last = name.split(" ", 1)
    return {"first": last, "last": first}
# %% test
import unittest
check = unittest.TestCase()
check.assertDictEqual(split_name("Ada Byron"), {"first": "Ada", "last": "Byron"})
check.assertIn("first", split_name("a b"))
check.assertIsInstance(split_name("a b"), dict)

# %% style unittest_raises
# assertRaises as a context manager and with a pattern.
# %% solution
def parse_age(text):
    age = int(text)
    if age > 150:
        raise ValueError(f"too old: {age}")
    return age
# %% right: other condition
def parse_age(text):
    age = int(text)
    if not age <= 150:
        raise ValueError("too old: " + text)
    return age
# %% wrong: another text
def parse_age(text):
    age = int(text)
    if age > 150:
        raise ValueError("no")
    return age
# %% test
import unittest
check = unittest.TestCase()
check.assertEqual(parse_age("30"), 30)
with check.assertRaisesRegex(ValueError, "too old"):
    parse_age("200")
with check.assertRaises(ValueError):
    parse_age("x")

# %% style unittest_subtests
# subTest in a loop, and a message.
# %% solution
def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
# %% right: calendar
import calendar
def is_leap(year):
    return calendar.isleap(year)
# %% wrong: every fourth
def is_leap(year):
    return year % 4 == 0
# %% test
import io, unittest
class LeapTest(unittest.TestCase):
    def test_years(self):
        for year, leap in [(2000, True), (1900, False), (2024, True), (2023, False)]:
            with self.subTest(year=year):
                self.assertEqual(is_leap(year), leap)
result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(LeapTest).run(result)
assert not result.failures and not result.errors

# %% style unittest_main
# unittest.main with exit=False; its text goes to standard error, so it is captured.
# %% solution
def shout_word(word):
    return word.upper() + "!"
# %% right: by format
def shout_word(word):
    return "{}!".format(word.upper())
# %% wrong: without the mark
def shout_word(word):
    return word.upper()
# %% test
import contextlib, io, unittest
class ShoutTest(unittest.TestCase):
    def test_word(self):
        self.assertEqual(shout_word("hi"), "HI!")
with contextlib.redirect_stderr(io.StringIO()):
    program = unittest.main(argv=["x", "ShoutTest"], exit=False)
assert program.result.wasSuccessful()

# %% style doctest_of_test
# Examples of the test.
# %% solution
def clamp(x, low, high):
    return min(max(x, low), high)
# %% right: by ifs
def clamp(x, low, high):
    if x < low:
        return low
    return high if x > high else x
# %% wrong: no upper limit
def clamp(x, low, high):
    return max(x, low)
# %% test
import doctest
examples = "\n".join([">>> clamp(5, 0, 3)", "3", ">>> clamp(-1, 0, 3)", "0"])
parsed = doctest.DocTestParser().get_doctest(examples, {"clamp": clamp}, "clamp", None, 0)
runner = doctest.DocTestRunner(verbose=False)
runner.run(parsed, out=lambda text: None)
assert runner.failures == 0 and runner.tries == 2

# %% style doctest_of_student
# The student writes doctests, which must be there and pass.
# %% solution
def negate(x):
    """Return minus x.

    >>> negate(3)
    -3
    """
    return -x
# %% right: two examples
def negate(x):
    """
    >>> negate(0)
    0
    >>> negate(-2)
    2
    """
    return 0 - x
# %% wrong: none
def negate(x):
    """Return minus x."""
    return -x
# %% wrong: a false one
def negate(x):
    """
    >>> negate(3)
    3
    """
    return -x
# %% test
import doctest
found = doctest.DocTestFinder().find(negate, "negate", globs={"negate": negate})
runner = doctest.DocTestRunner(verbose=False)
for each in found:
    runner.run(each, out=lambda text: None)
assert runner.tries > 0, "write an example"
assert runner.failures == 0

# %% style doctest_examples
# doctest.run_docstring_examples; its text is captured.
# %% solution
def plus_one(x):
    """
    >>> plus_one(1)
    2
    """
    return x + 1
# %% right: another example
def plus_one(x):
    """
    >>> plus_one(-1)
    0
    """
    return 1 + x
# %% wrong: fails
def plus_one(x):
    """
    >>> plus_one(1)
    3
    """
    return x + 1
# %% test
import contextlib, doctest, io
with contextlib.redirect_stdout(io.StringIO()) as text:
    doctest.run_docstring_examples(plus_one, {"plus_one": plus_one})
assert plus_one(4) == 5
assert text.getvalue() == ""

# %% style hypothesis_given
# Properties are checked with generated inputs.
# needs: hypothesis
# %% solution
def run_lengths(text):
    runs = []
    for letter in text:
        if runs and runs[-1][0] == letter:
            runs[-1][1] += 1
        else:
            runs.append([letter, 1])
    return runs
# %% right: groupby
from itertools import groupby
def run_lengths(text):
    return [[letter, len(list(group))] for letter, group in groupby(text)]
# %% wrong: not the last
def run_lengths(text):
    runs = []
    for letter in text[:-1]:
        if runs and runs[-1][0] == letter:
            runs[-1][1] += 1
        else:
            runs.append([letter, 1])
    return runs
# %% test
from hypothesis import given, settings, strategies as st
@settings(max_examples=30, deadline=None, database=None)
@given(st.text(alphabet="ab", max_size=8))
def round_trip(text):
    assert "".join(letter * count for letter, count in run_lengths(text)) == text
round_trip()

# %% style hypothesis_compares
# The answer is compared with the instructor's function on generated lists.
# needs: hypothesis
# %% solution
def second_largest(items):
    return sorted(items)[-2]
# %% right: heapq
import heapq
def second_largest(items):
    return heapq.nlargest(2, items)[1]
# %% wrong: distinct values
def second_largest(items):
    return sorted(set(items) | {-100})[-2]
# %% test
from hypothesis import given, settings, strategies as st
@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=5))
def like_ours(items):
    rest = list(items)
    rest.remove(max(rest))
    assert second_largest(items) == max(rest)
like_ours()

# %% style pytest_raises
# pytest.raises with a pattern.
# needs: pytest
# %% solution
def nth_root(x, n):
    if n == 0:
        raise ValueError("n must not be 0")
    return x ** (1 / n)
# %% right: other text
def nth_root(x, n):
    if not n:
        raise ValueError(f"{n} must not be 0")
    return x ** (1 / n)
# %% wrong: another kind
def nth_root(x, n):
    return x ** (1 / n)
# %% test
import pytest
assert nth_root(9, 2) == 3
with pytest.raises(ValueError, match="must not be 0"):
    nth_root(1, 0)

# %% style pytest_approx
# pytest.approx of numbers, lists and dicts.
# needs: pytest
# %% solution
def shares(amounts):
    total = sum(amounts.values())
    return {name: amount / total for name, amount in amounts.items()}
# %% right: by a loop
def shares(amounts):
    result = {}
    for name in amounts:
        result[name] = amounts[name] / sum(amounts.values())
    return result
# %% wrong: percent
def shares(amounts):
    total = sum(amounts.values())
    return {name: 100 * amount / total for name, amount in amounts.items()}
# %% test
import pytest
assert shares({"a": 1, "b": 2}) == pytest.approx({"a": 0.333333, "b": 0.666667}, rel=1e-4)
assert list(shares({"a": 1}).values()) == pytest.approx([1.0])

# %% style pytest_warns
# pytest.warns.
# needs: pytest
# %% solution
import warnings
def deprecated_add(a, b):
    warnings.warn("use +", DeprecationWarning)
    return a + b
# %% right: positional text
from warnings import warn
def deprecated_add(a, b):
    warn("use + instead", DeprecationWarning, 2)
    return a + b
# %% wrong: silent
def deprecated_add(a, b):
    return a + b
# %% test
import pytest
with pytest.warns(DeprecationWarning):
    assert deprecated_add(1, 2) == 3

# %% style np_testing_allclose
# assert_allclose with tolerances.
# %% solution
import numpy as np
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()
# %% right: scipy
from scipy.special import softmax as scipy_softmax
def softmax(x):
    return scipy_softmax(x)
# %% wrong: not divided
import numpy as np
def softmax(x):
    return np.exp(x - np.max(x))
# %% test
import numpy as np
np.testing.assert_allclose(softmax(np.array([0.0, 0.0])), [0.5, 0.5])
### BEGIN HIDDEN TESTS
np.testing.assert_allclose(softmax(np.array([1.0, 2.0, 3.0])).sum(), 1.0, rtol=1e-12)
np.testing.assert_allclose(softmax(np.array([1000.0, 1000.0])), [0.5, 0.5], err_msg="large")
### END HIDDEN TESTS

# %% style np_testing_equal
# assert_equal of nested data, assert_array_equal and shapes.
# %% solution
import numpy as np
def halves_of(a):
    middle = len(a) // 2
    return {"left": a[:middle], "right": a[middle:]}
# %% right: split
import numpy as np
def halves_of(a):
    left, right = np.array_split(a, 2)
    if len(left) > len(right):
        left, right = a[: len(right)], a[len(right):]
    return {"left": left, "right": right}
# %% wrong: rounded up
def halves_of(a):
    middle = (len(a) + 1) // 2
    return {"left": a[:middle], "right": a[middle:]}
# %% test
import numpy as np
parts = halves_of(np.arange(5))
np.testing.assert_equal(parts, {"left": np.array([0, 1]), "right": np.array([2, 3, 4])})
np.testing.assert_array_equal(parts["left"], [0, 1])

# %% style np_testing_raises
# np.testing.assert_raises, and assert_array_less.
# %% solution
import numpy as np
def unit(v):
    length = np.linalg.norm(v)
    if length == 0:
        raise ValueError("zero vector")
    return v / length
# %% right: by hand
import numpy as np
def unit(v):
    length = np.sqrt(np.dot(v, v))
    if not length:
        raise ValueError("no direction")
    return v * (1 / length)
# %% wrong: silent
import numpy as np
def unit(v):
    length = np.linalg.norm(v)
    return v / length if length else v
# %% test
import numpy as np
np.testing.assert_raises(ValueError, unit, np.zeros(2))
np.testing.assert_array_less(np.abs(unit(np.array([3.0, 4.0]))), 1)

# %% style own_check_function
# A function of the instructor's, in an earlier cell, does the checking.
# %% given
def check_all_cases(function, cases):
    for argument, wanted in cases:
        got = function(argument)
        assert got == wanted, f"{argument!r} must give {wanted!r}"
# %% solution
def pig_latin(word):
    return word[1:] + word[0] + "ay"
# %% right: by format
def pig_latin(word):
    first, *rest = word
    return f"{''.join(rest)}{first}ay"
# %% wrong: not moved
def pig_latin(word):
    return word + "ay"
# %% test
check_all_cases(pig_latin, [("cat", "atcay"), ("a", "aay")])

# %% style loop_of_asserts
# A table of cases.
# %% solution
def roman(n):
    result = ""
    for value, text in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        while n >= value:
            result, n = result + text, n - value
    return result
# %% right: divmod
def roman(n):
    tens, ones = divmod(n, 10)
    digits = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return "X" * tens + digits[ones]
# %% wrong: no subtraction
def roman(n):
    result = ""
    for value, text in [(10, "X"), (5, "V"), (1, "I")]:
        while n >= value:
            result, n = result + text, n - value
    return result
# %% test
for n, text in [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (20, "XX")]:
    assert roman(n) == text, f"wrong for {n}"

# %% style compared_with_reference
# A hidden solution of the instructor's is compared on random inputs.
# %% solution
def collatz_length(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
# %% right: by recursion
def collatz_length(n):
    if n == 1:
        return 0
    return 1 + collatz_length(n // 2 if n % 2 == 0 else 3 * n + 1)
# %% wrong: counts the start
def collatz_length(n):
    steps = 1
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
# %% test
assert collatz_length(1) == 0
### BEGIN HIDDEN TESTS
import random
def reference_length(n):
    steps = 0
    while n > 1:
        n = 3 * n + 1 if n % 2 else n // 2
        steps += 1
    return steps
for _ in range(20):
    n = random.randint(2, 200)
    assert collatz_length(n) == reference_length(n)
### END HIDDEN TESTS

# %% style digest_of_answer
# The answer is compared by its digest, so that the test does not give it away.
# %% solution
secret_word = "otter"
# %% right: built
secret_word = "".join(["ot", "ter"])
# %% wrong: capital
secret_word = "Otter"
# %% test
import hashlib
digest = hashlib.sha256(secret_word.encode()).hexdigest()
assert digest == "914cb64a1bfac4c6f9507c9d26b81ed91757fa051e3f8508140053834d1dda81"

# %% style assert_without_message
# A bare expression that raises.
# %% solution
def table_of(n):
    return {k: k * n for k in range(1, 11)}
# %% right: zip
def table_of(n):
    return dict(zip(range(1, 11), range(n, 10 * n + 1, n)))
# %% wrong: from 0
def table_of(n):
    return {k: k * n for k in range(10)}
# %% test
table = table_of(7)
table[10]
assert table[3] == 21

# %% style raise_in_test
# The test raises an error of its own instead of asserting.
# %% solution
def sign(x):
    return (x > 0) - (x < 0)
# %% right: ifs
def sign(x):
    if x > 0:
        return 1
    return -1 if x < 0 else 0
# %% wrong: zero is positive
def sign(x):
    return 1 if x >= 0 else -1
# %% test
if sign(5) != 1 or sign(-5) != -1:
    raise ValueError("wrong sign")
if sign(0) != 0:
    raise ValueError("0 has no sign")

# %% style try_report
# The test catches its own errors and asserts at the end.
# %% solution
def parity(n):
    return "even" if n % 2 == 0 else "odd"
# %% right: by index
def parity(n):
    return ["even", "odd"][n % 2]
# %% wrong: raises for 0
def parity(n):
    return {0: "even", 1: "odd"}[n % 2 if n else 2]
# %% test
problems = []
for n, word in [(0, "even"), (3, "odd")]:
    try:
        if parity(n) != word:
            problems.append(f"{n} is {word}")
    except Exception as error:
        problems.append(f"{n}: {type(error).__name__}")
assert not problems, problems
