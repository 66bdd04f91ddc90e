# Time, memory, recursion, and other limits of one process.

# %% style recursion_limit
# The test lowers the recursion limit, so that a deep recursion fails.
# %% solution
def sum_to(n):
    total = 0
    for k in range(n + 1):
        total += k
    return total
# %% right: a formula
def sum_to(n):
    return n * (n + 1) // 2
# %% wrong: by recursion
def sum_to(n):
    return 0 if n == 0 else n + sum_to(n - 1)
# %% test
import sys
kept_limit = sys.getrecursionlimit()
sys.setrecursionlimit(400)
try:
    assert sum_to(10) == 55
    assert sum_to(600) == 180300, "do not recurse"
finally:
    sys.setrecursionlimit(kept_limit)

# %% style recursion_deep
# The test passes lists that are nested too deeply for recursion.
# %% solution
def depth_of(tree):
    depth = 0
    while tree:
        tree, depth = tree[0], depth + 1
    return depth
# %% right: with a break
def depth_of(tree):
    depth = 0
    while True:
        if not tree:
            return depth
        tree = tree[0]
        depth += 1
# %% wrong: by recursion
def depth_of(tree):
    return 1 + depth_of(tree[0]) if tree else 0
# %% test
nest = []
for _ in range(49):
    nest = [nest]
assert depth_of(nest) == 49
for _ in range(20000):
    nest = [nest]
assert depth_of(nest) == 20049
for _ in range(20049):
    nest = nest[0]

# %% style time_limit
# The test measures wall-clock time.
# %% solution
def sum_of_squares(n):
    return n * (n + 1) * (2 * n + 1) // 6
# %% right: with NumPy
import numpy as np
def sum_of_squares(n):
    return (np.arange(n + 1, dtype=object) ** 2).sum()
# %% wrong: slow
import time
def sum_of_squares(n):
    time.sleep(1.5)
    return n * (n + 1) * (2 * n + 1) // 6
# %% test
import time
begin = time.perf_counter()
assert sum_of_squares(10) == 385
assert time.perf_counter() - begin < 1, "too slow"

# %% style processor_time
# The test measures processor time.
# %% solution
def power_mod(base, exponent, modulus):
    return pow(base, exponent, modulus)
# %% right: by squaring
def power_mod(base, exponent, modulus):
    result = 1
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base, exponent = base * base % modulus, exponent >> 1
    return result
# %% wrong: step by step
def power_mod(base, exponent, modulus):
    result = 1
    for _ in range(exponent):
        result = result * base % modulus
    return result
# %% test
import time
begin = time.process_time()
assert power_mod(3, 12_000_000, 1009) == pow(3, 12_000_000, 1009)
assert time.process_time() - begin < 0.2, "too slow"

# %% style time_ratio
# The test measures two sizes, and compares their times.
# %% solution
def has_pair(numbers, total):
    seen = set()
    for number in numbers:
        if total - number in seen:
            return True
        seen.add(number)
    return False
# %% right: a dict
def has_pair(numbers, total):
    seen = {}
    for number in numbers:
        if seen.get(total - number):
            return True
        seen[number] = True
    return False
# %% wrong: all pairs
def has_pair(numbers, total):
    return any(a + b == total for i, a in enumerate(numbers) for b in numbers[:i])
# %% test
import time
def seconds_for(n):
    begin = time.perf_counter()
    for _ in range(3):
        assert not has_pair(list(range(0, 2 * n, 2)), -1)
    return time.perf_counter() - begin
seconds_for(100)
assert seconds_for(2000) < 40 * seconds_for(200) + 0.02

# %% style timeit_module
# The test calls the function by timeit.
# %% solution
def contains(items, wanted):
    return wanted in items
# %% right: with any
def contains(items, wanted):
    return any(item == wanted for item in items)
# %% wrong: waits
import time
def contains(items, wanted):
    time.sleep(0.3)
    return wanted in items
# %% test
import timeit
assert contains([1, 2], 2)
assert timeit.timeit(lambda: contains([1, 2], 2), number=5) < 1

# %% style memory_traced
# The test measures memory with tracemalloc.
# %% solution
def count_even(n):
    return sum(1 for k in range(n) if k % 2 == 0)
# %% right: a loop
def count_even(n):
    count = 0
    for k in range(n):
        count += k % 2 == 0
    return count
# %% wrong: a list of all numbers
def count_even(n):
    return len([k for k in list(range(n)) if k % 2 == 0])
# %% test
import tracemalloc
tracemalloc.start()
assert count_even(20000) == 10000
peak = tracemalloc.get_traced_memory()[1]
tracemalloc.stop()
assert peak < 100_000, "do not keep all numbers"

# %% style size_of_object
# The test recognises a generator by sys.getsizeof.
# %% solution
def all_squares(n):
    return (k * k for k in range(n))
# %% right: with yield
def all_squares(n):
    for k in range(n):
        yield k * k
# %% wrong: a list
def all_squares(n):
    return [k * k for k in range(n)]
# %% test
import sys
assert sum(all_squares(4)) == 14
assert sys.getsizeof(all_squares(10000)) < 1000

# %% style warnings_as_errors
# The test turns warnings of the answer into errors.
# %% solution
import warnings
def convert_old(x):
    return int(x)
# %% right: with round
def convert_old(x):
    return round(x)
# %% wrong: warns
import warnings
def convert_old(x):
    warnings.warn("old", FutureWarning)
    return int(x)
# %% test
import warnings
with warnings.catch_warnings():
    warnings.simplefilter("error", FutureWarning)
    assert convert_old(2.0) == 2

# %% style same_result_each_call
# A function must return the same value in each call.
# %% solution
def bucket(text, n):
    return sum(map(ord, text)) % n
# %% right: from bytes
def bucket(text, n):
    return sum(text.encode("utf-32-le")[::4]) % n
# %% wrong: at random
import random
def bucket(text, n):
    return random.randrange(n)
# %% test
assert {bucket("conformance", 97) for _ in range(20)} == {sum(map(ord, "conformance")) % 97}
