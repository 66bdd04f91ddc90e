# Assertions of numpy.testing, and checks that instructors write themselves.

# %% style np_testing_allclose
# The test calls assert_allclose with tolerances.
# %% solution
import numpy as np
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()
# %% right: with SciPy
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
# The test calls assert_equal on a dict of arrays, and assert_array_equal.
# %% solution
import numpy as np
def halves_of(a):
    middle = len(a) // 2
    return {"left": a[:middle], "right": a[middle:]}
# %% right: with array_split
import numpy as np
def halves_of(a):
    left, right = np.array_split(a, 2)
    if len(left) > len(right):
        left, right = a[: len(right)], a[len(right):]
    return {"left": left, "right": right}
# %% wrong: the middle rounded up
def halves_of(a):
    middle = (len(a) + 1) // 2
    return {"left": a[:middle], "right": a[middle:]}
# %% test
import numpy as np
parts = halves_of(np.arange(5))
np.testing.assert_equal(parts, {"left": np.array([0, 1]), "right": np.array([2, 3, 4])})
np.testing.assert_array_equal(parts["left"], [0, 1])

# %% style np_testing_raises
# The test calls np.testing.assert_raises and assert_array_less.
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
# %% wrong: no error
import numpy as np
def unit(v):
    length = np.linalg.norm(v)
    return v / length if length else v
# %% test
import numpy as np
np.testing.assert_raises(ValueError, unit, np.zeros(2))
np.testing.assert_array_less(np.abs(unit(np.array([3.0, 4.0]))), 1)

# %% style own_check_function
# A function of the instructor in an earlier cell checks the answer.
# %% given
def check_all_cases(function, cases):
    for argument, wanted in cases:
        got = function(argument)
        assert got == wanted, f"{argument!r} must give {wanted!r}"
# %% solution
def pig_latin(word):
    return word[1:] + word[0] + "ay"
# %% right: with an f-string
def pig_latin(word):
    first, *rest = word
    return f"{''.join(rest)}{first}ay"
# %% wrong: the letter stays
def pig_latin(word):
    return word + "ay"
# %% test
check_all_cases(pig_latin, [("cat", "atcay"), ("a", "aay")])

# %% style loop_of_asserts
# The test checks a list of cases in a loop.
# %% solution
def roman(n):
    result = ""
    for value, text in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        while n >= value:
            result, n = result + text, n - value
    return result
# %% right: with divmod
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
# The test compares the answer with a hidden solution on random inputs.
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
# %% wrong: one step too many
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
# %% right: two parts joined
secret_word = "".join(["ot", "ter"])
# %% wrong: a capital letter
secret_word = "Otter"
# %% test
import hashlib
digest = hashlib.sha256(secret_word.encode()).hexdigest()
assert digest == "914cb64a1bfac4c6f9507c9d26b81ed91757fa051e3f8508140053834d1dda81"

# %% style expression_that_raises
# The test has an expression that raises an error if a key is missing.
# %% solution
def table_of(n):
    return {k: k * n for k in range(1, 11)}
# %% right: with zip
def table_of(n):
    return dict(zip(range(1, 11), range(n, 10 * n + 1, n)))
# %% wrong: starts at 0
def table_of(n):
    return {k: k * n for k in range(10)}
# %% test
table = table_of(7)
table[10]
assert table[3] == 21

# %% style raise_in_test
# The test raises its own error instead of asserting.
# %% solution
def sign(x):
    return (x > 0) - (x < 0)
# %% right: with if
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
# The test collects problems, and asserts at the end that there are none.
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
