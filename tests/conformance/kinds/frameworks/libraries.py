# Test libraries inside a test cell: unittest, doctest, hypothesis, pytest.

# %% style unittest_run
# The test runs a TestCase and asserts that it passed.
# sample: yes
# %% solution
def fizz(n):
    return "fizz" if n % 3 == 0 else str(n)
# %% right: the other branch first
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
# The test calls assertions of a TestCase without a runner.
# %% solution
def split_name(name):
    first, last = name.split(" ", 1)
    return {"first": first, "last": last}
# %% right: with partition
def split_name(name):
    first, _, last = name.partition(" ")
    return dict(first=first, last=last)
# %% wrong: first and last swapped
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
# The test calls assertRaises and assertRaisesRegex.
# %% solution
def parse_age(text):
    age = int(text)
    if age > 150:
        raise ValueError(f"too old: {age}")
    return age
# %% right: another condition
def parse_age(text):
    age = int(text)
    if not age <= 150:
        raise ValueError("too old: " + text)
    return age
# %% wrong: another message
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
# The test uses subTest in a loop.
# %% solution
def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
# %% right: with calendar
import calendar
def is_leap(year):
    return calendar.isleap(year)
# %% wrong: every fourth year
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
# The test runs unittest.main, and catches what it writes to standard error.
# %% solution
def shout_word(word):
    return word.upper() + "!"
# %% right: with format
def shout_word(word):
    return "{}!".format(word.upper())
# %% wrong: without the exclamation mark
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
# The test runs its own doctest examples.
# %% solution
def clamp(x, low, high):
    return min(max(x, low), high)
# %% right: with if
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
# The student must write doctests that pass.
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
# %% wrong: no example
def negate(x):
    """Return minus x."""
    return -x
# %% wrong: a false example
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
# The test calls doctest.run_docstring_examples, and catches what it prints.
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
# %% wrong: a false example
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
# The test checks a property with generated inputs.
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
# %% right: with groupby
from itertools import groupby
def run_lengths(text):
    return [[letter, len(list(group))] for letter, group in groupby(text)]
# %% wrong: without the last letter
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
# The test compares the answer with its own function on generated lists.
# needs: hypothesis
# %% solution
def second_largest(items):
    return sorted(items)[-2]
# %% right: with heapq
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
# The test calls pytest.raises with a pattern.
# needs: pytest
# %% solution
def nth_root(x, n):
    if n == 0:
        raise ValueError("n must not be 0")
    return x ** (1 / n)
# %% right: another message
def nth_root(x, n):
    if not n:
        raise ValueError(f"{n} must not be 0")
    return x ** (1 / n)
# %% wrong: another exception
def nth_root(x, n):
    return x ** (1 / n)
# %% test
import pytest
assert nth_root(9, 2) == 3
with pytest.raises(ValueError, match="must not be 0"):
    nth_root(1, 0)

# %% style pytest_approx
# The test compares a dict and a list with pytest.approx.
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
# The test calls pytest.warns.
# needs: pytest
# %% solution
import warnings
def deprecated_add(a, b):
    warnings.warn("use +", DeprecationWarning)
    return a + b
# %% right: another message
from warnings import warn
def deprecated_add(a, b):
    warn("use + instead", DeprecationWarning, 2)
    return a + b
# %% wrong: no warning
def deprecated_add(a, b):
    return a + b
# %% test
import pytest
with pytest.warns(DeprecationWarning):
    assert deprecated_add(1, 2) == 3
