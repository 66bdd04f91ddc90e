# Cost and settings that reach one process only: time limits, recursion limits, NumPy's
# error states and print options, decimal contexts, locales of formatting.

# %% style recursion_limit
# The recursion limit is lowered, so that a deep recursion fails.
# %% solution
def sum_to(n):
    total = 0
    for k in range(n + 1):
        total += k
    return total
# %% right: the formula
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
# A deep recursion must end in RecursionError or not happen.
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

# %% style errstate_raise
# NumPy's floating point errors are raised.
# sample: yes
# %% solution
import numpy as np
def safe_ratio(a, b):
    return np.divide(a, b, out=np.zeros_like(a), where=b != 0)
# %% right: by masks
import numpy as np
def safe_ratio(a, b):
    result = np.zeros_like(a)
    result[b != 0] = a[b != 0] / b[b != 0]
    return result
# %% wrong: divides first
import numpy as np
def safe_ratio(a, b):
    return np.where(b != 0, a / b, 0.0)
# %% test
import numpy as np
with np.errstate(all="raise"):
    got = safe_ratio(np.array([1.0, 2.0]), np.array([2.0, 0.0]))
np.testing.assert_array_equal(got, [0.5, 0.0])

# %% style errstate_ignore
# Errors are ignored in the test, so that nothing is written to standard error.
# %% solution
import numpy as np
def log_of(a):
    return np.log(a)
# %% right: by logaddexp
import numpy as np
def log_of(a):
    return np.logaddexp(np.log(a), -np.inf)
# %% wrong: another base
import numpy as np
def log_of(a):
    return np.log10(a)
# %% test
import numpy as np
with np.errstate(divide="ignore", invalid="ignore"):
    logs = log_of(np.array([0.0, 1.0, np.e]))
assert np.isneginf(logs[0])
assert np.allclose(logs[1:], [0, 1])

# %% style seterr_global
# np.seterr of the test holds for the call.
# %% solution
import numpy as np
def mean_or_zero(a):
    return a.sum() / len(a) if len(a) else 0.0
# %% right: np.mean
import numpy as np
def mean_or_zero(a):
    return float(np.mean(a)) if a.size else 0.0
# %% wrong: divides by zero
import numpy as np
def mean_or_zero(a):
    return np.nan_to_num(a.sum() / np.float64(len(a)))
# %% test
import numpy as np
kept_err = np.seterr(all="raise")
try:
    assert mean_or_zero(np.array([1.0, 3.0])) == 2
    assert mean_or_zero(np.array([])) == 0
finally:
    np.seterr(**kept_err)

# %% style decimal_precision
# The precision of the decimal context.
# sample: yes
# %% solution
from decimal import Decimal
def third(n):
    return Decimal(n) / 3
# %% right: with Decimal(3)
from decimal import Decimal
def third(n):
    return Decimal(n) / Decimal(3)
# %% wrong: from a float
from decimal import Decimal
def third(n):
    return Decimal(str(n / 3))
# %% test
import decimal
with decimal.localcontext() as context:
    context.prec = 5
    assert str(third(1)) == "0.33333"

# %% style decimal_rounding
# The rounding of the decimal context.
# %% solution
from decimal import Decimal
def to_cents(amount):
    return Decimal(amount).quantize(Decimal("0.01"))
# %% right: by shift
from decimal import Decimal
def to_cents(amount):
    return (Decimal(amount) * 100).to_integral_value() / 100
# %% wrong: always half up
from decimal import ROUND_HALF_UP, Decimal
def to_cents(amount):
    return Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
# %% test
import decimal
with decimal.localcontext() as context:
    context.rounding = decimal.ROUND_DOWN
    assert to_cents("1.999") == decimal.Decimal("1.99")

# %% style decimal_traps
# A trap of the decimal context is raised.
# %% solution
from decimal import Decimal
def exact_half(n):
    return Decimal(n) * Decimal("0.5")
# %% right: a division
from decimal import Decimal
def exact_half(n):
    return Decimal(n) / 2
# %% wrong: from a float
from decimal import Decimal
def exact_half(n):
    return Decimal(n) + Decimal(-n / 2.0)  if Decimal(n) < 0.5 else Decimal(n) / 2
# %% test
import decimal
with decimal.localcontext() as context:
    context.traps[decimal.FloatOperation] = True
    assert exact_half(3) == decimal.Decimal("1.5")

# %% style print_options
# NumPy's print options are used by the text of an array.
# %% solution
import numpy as np
def shown(a):
    return str(np.asarray(a))
# %% right: array2string
import numpy as np
def shown(a):
    return np.array2string(np.asarray(a))
# %% wrong: as a list
def shown(a):
    return str(list(a))
# %% test
import numpy as np
with np.printoptions(precision=2):
    assert shown([1.23456, 2.0]) == "[1.23 2.  ]"

# %% style time_limit
# Wall-clock time is measured.
# %% solution
def sum_of_squares(n):
    return n * (n + 1) * (2 * n + 1) // 6
# %% right: numpy
import numpy as np
def sum_of_squares(n):
    a = np.arange(n + 1, dtype=object)
    return n * (n + 1) * (2 * n + 1) // 6
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
# Processor time is measured.
# %% solution
def power_mod(base, exponent, modulus):
    return pow(base, exponent, modulus)
# %% right: squares
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
# Two sizes are timed, and their ratio is compared.
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
# timeit calls the function.
# %% solution
def contains(items, wanted):
    return wanted in items
# %% right: by any
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
# tracemalloc measures the memory.
# %% solution
def count_even(n):
    return sum(1 for k in range(n) if k % 2 == 0)
# %% right: a loop
def count_even(n):
    count = 0
    for k in range(n):
        count += k % 2 == 0
    return count
# %% wrong: a list of all
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
# sys.getsizeof tells a generator from a list.
# %% solution
def all_squares(n):
    return (k * k for k in range(n))
# %% right: yield
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

# %% style int_digits
# The limit for digits of integers.
# %% solution
def digits_of(n):
    return len(str(n))
# %% right: by loops
def digits_of(n):
    return sum(1 for _ in str(n))
# %% wrong: by logarithm
import math
def digits_of(n):
    return math.ceil(math.log10(n))
# %% test
import sys
kept_digits = sys.get_int_max_str_digits()
sys.set_int_max_str_digits(0)
try:
    assert digits_of(10**5000) == 5001
finally:
    sys.set_int_max_str_digits(kept_digits)

# %% style warnings_as_errors
# A filter of the test turns warnings of the answer into errors.
# %% solution
import warnings
def convert_old(x):
    return int(x)
# %% right: by round
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

# %% style default_dtype_option
# A global setting of matplotlib is read.
# %% solution
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def blank_figure():
    return plt.figure()
# %% right: by subplots
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def blank_figure():
    return plt.subplots()[0]
# %% wrong: a size of its own
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def blank_figure():
    return plt.figure(figsize=(6, 4))
# %% test
import matplotlib.pyplot as plt
with plt.rc_context({"figure.figsize": (3, 2)}):
    size = blank_figure().get_size_inches().tolist()
plt.close("all")
assert size == [3, 2]

# %% style hash_of_text
# A pure function must give the same twice.
# %% solution
def bucket(text, n):
    return sum(map(ord, text)) % n
# %% right: by bytes
def bucket(text, n):
    return sum(text.encode("utf-32-le")[::4]) % n
# %% wrong: at random
import random
def bucket(text, n):
    return random.randrange(n)
# %% test
assert {bucket("conformance", 97) for _ in range(20)} == {sum(map(ord, "conformance")) % 97}
