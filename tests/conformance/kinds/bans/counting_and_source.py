# Bans by counting, by tracing, and by reading the source.

# %% style counting_list
# A subclass of list counts how often it is sorted.
# %% solution
def median_of(items):
    ordered = sorted(items)
    return ordered[len(ordered) // 2]
# %% right: sorts a copy
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
# The test counts comparisons: a binary search needs only a few.
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
# %% right: with bisect
import bisect
def find_place(items, wanted):
    return bisect.bisect_left(items, wanted)
# %% wrong: a linear search
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
# The test passes a list that counts how often its items are read.
# %% solution
def first_and_last(items):
    return items[0], items[-1]
# %% right: with names
def first_and_last(items):
    first, last = items[0], items[-1]
    return (first, last)
# %% wrong: reads all items
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
# The test passes an int that cannot be multiplied.
# %% solution
def times_three(n):
    return n + n + n
# %% right: with sum
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
# The test wraps a function to count its recursive calls.
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
# The test reads from sys.settrace which functions run.
# alone: tracing may be left on
# %% solution
def helper_a(x):
    return x + 1
def entry(x):
    return helper_a(x)
# %% right: with a variable
def helper_a(x):
    return x + 1
def entry(x):
    result = helper_a(x)
    return result
# %% wrong: the helper is not called
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
# The test reads from sys.setprofile which builtins run.
# alone: profiling may be left on
# %% solution
def longest_word(words):
    best = ""
    for word in words:
        if len(word) > len(best):
            best = word
    return best
# %% right: with while
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
# The test searches the source for a keyword.
# %% solution
def squares_to(n):
    return [k * k for k in range(n)]
# %% right: with map
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
# The test searches the syntax tree for a call.
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
# The test reads from __code__.co_names which names a function uses.
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

# %% style one_statement
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
