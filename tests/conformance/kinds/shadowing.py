# Answers that define a name which the test uses: a builtin, a helper, a module, data.
# If this breaks a test in nbgrader, it must break the test in our grader, too.

# %% style builtin_max
# The answer defines a variable with the name of a builtin that the test calls.
# alone: the builtin stays hidden
# %% solution
def highest(values):
    best = values[0]
    for value in values:
        best = value if value > best else best
    return best
# %% right: sorted
def highest(values):
    return sorted(values)[-1]
# %% wrong: a number named max
max = 0
def highest(values):
    return sorted(values)[-1]
# %% test
for values in ([1, 3, 2], [-1, -5]):
    assert highest(values) == max(values)

# %% style builtin_list
# The answer has a variable called list.
# alone: the builtin stays hidden
# %% solution
def evens(n):
    return (k for k in range(n) if k % 2 == 0)
# %% right: with a step
def evens(n):
    return range(0, n, 2)
# %% wrong: a variable named list
list = [0, 2, 4]
def evens(n):
    return range(0, n, 2)
# %% test
assert list(evens(5)) == [0, 2, 4]

# %% style builtin_sum
# The answer has a variable called sum.
# alone: the builtin stays hidden
# %% solution
def add_up(numbers):
    return sum(numbers)
# %% right: a loop
def add_up(numbers):
    total = 0
    for number in numbers:
        total += number
    return total
# %% wrong: a number named sum
sum = 0
def add_up(numbers):
    total = 0
    for number in numbers:
        total += number
    return total
# %% test
assert add_up([1, 2]) == 3
assert add_up(range(10)) == sum(range(10))

# %% style builtin_str
# The answer has a variable called str.
# alone: the builtin stays hidden
# %% solution
def label(n):
    return f"no. {n}"
# %% right: with format
def label(n):
    return "no. {}".format(n)
# %% wrong: a variable named str
str = "no. "
def label(n):
    return f"no. {n}"
# %% test
assert label(3) == "no. " + str(3)

# %% style builtin_len
# The answer defines a function called len, which always returns 0.
# alone: the builtin stays hidden
# %% solution
def as_list(text):
    return text.split(",")
# %% right: with a condition
def as_list(text):
    return [part for part in text.split(",")]
# %% wrong: len is redefined
def len(x):
    return 0
def as_list(text):
    return text.split(",")
# %% test
assert len(as_list("a,b")) == 2

# %% style helper_redefined
# The answer defines a function with the name of the instructor's helper.
# sample: yes
# %% given
def shadow_close(a, b):
    return abs(a - b) < 1e-6
# %% solution
def shadow_half(x):
    return x / 2
# %% right: by a product
def shadow_half(x):
    return 0.5 * x
# %% wrong: the helper takes one more argument
def shadow_close(a, b, c):
    return abs(a - b) < c
def shadow_half(x):
    return x / 2
# %% wrong: a third
def shadow_half(x):
    return x / 3
# %% test
assert shadow_close(shadow_half(3), 1.5)

# %% style helper_after_answer
# The helper is defined below the answer, which cannot redefine it.
# %% solution
def shadow_third(x):
    return x / 3
# %% right: defines the helper, too
def shadow_near(a, b):
    return False
def shadow_third(x):
    return x / 3
# %% wrong: a half
def shadow_third(x):
    return x / 2
# %% given
def shadow_near(a, b):
    return abs(a - b) < 1e-6
# %% test
assert shadow_near(shadow_third(3), 1)

# %% style module_alias
# The answer gives another value to the alias of a module; the test imports nothing.
# alone: the alias stays hidden
# %% given
import numpy as np
# %% solution
def norm_of(v):
    return np.sqrt((v**2).sum())
# %% right: with linalg
def norm_of(v):
    return np.linalg.norm(v)
# %% wrong: a number named np
def norm_of(v):
    return (v**2).sum() ** 0.5
np = 3
# %% test
assert abs(norm_of(np.array([3.0, 4.0])) - 5) < 1e-9

# %% style module_alias_again
# The test imports the module again, so that the answer may change its alias.
# %% given
import math as shadow_math
# %% solution
def circle_area(r):
    return shadow_math.pi * r**2
# %% right: changes the alias, too
import math
def circle_area(r):
    return math.pi * r**2
shadow_math = "mine"
# %% wrong: the circumference
def circle_area(r):
    return 2 * shadow_math.pi * r
# %% test
import math as shadow_math
assert abs(circle_area(3) - 9 * shadow_math.pi) < 1e-9

# %% style given_data
# The answer replaces the instructor's data.
# %% given
shadow_data = [4, 8, 15]
# %% solution
def shadow_mean():
    return sum(shadow_data) / len(shadow_data)
# %% right: by a loop
def shadow_mean():
    total = 0
    for value in shadow_data:
        total += value
    return total / len(shadow_data)
# %% wrong: other data
shadow_data = [1, 1, 1]
def shadow_mean():
    return sum(shadow_data) / len(shadow_data)
# %% test
assert shadow_mean() == 9

# %% style given_data_changed
# The answer changes the instructor's data in place.
# %% given
shadow_rows = [3, 1, 2]
# %% solution
shadow_sorted = sorted(shadow_rows)
# %% right: a copy
shadow_sorted = list(shadow_rows)
shadow_sorted.sort()
# %% wrong: in place
shadow_rows.sort()
shadow_sorted = shadow_rows
# %% test
assert shadow_sorted == [1, 2, 3]
assert shadow_rows == [3, 1, 2], "the data must stay as it was"

# %% style test_variable_name
# The answer uses a name that the test itself defines later.
# %% solution
def shadow_count(items):
    return len(items)
# %% right: defines expected, too
expected = "mine"
def shadow_count(items):
    return sum(1 for item in items)
# %% wrong: one more
def shadow_count(items):
    return len(items) + 1
# %% test
expected = 3
assert shadow_count("abc") == expected

# %% style given_limit
# The answer changes a number of the instructor.
# %% given
shadow_limit = 10
# %% solution
def below_limit(x):
    return x < shadow_limit
# %% right: with a default
def below_limit(x, limit=10):
    return x < limit
# %% wrong: changes the limit
shadow_limit = 100
def below_limit(x):
    return x < shadow_limit
# %% test
assert below_limit(5) and not below_limit(50)

# %% style class_shadowed
# The answer replaces a class of the instructor.
# %% given
class ShadowPoint:
    def __init__(self, x, y):
        self.x, self.y = x, y
# %% solution
def shadow_origin():
    return ShadowPoint(0, 0)
# %% right: by keywords
def shadow_origin():
    return ShadowPoint(x=0, y=0)
# %% wrong: a class of its own
class ShadowPoint:
    def __init__(self, x, y):
        self.x, self.z = x, y
def shadow_origin():
    return ShadowPoint(0, 0)
# %% test
assert isinstance(shadow_origin(), ShadowPoint)
assert (shadow_origin().x, shadow_origin().y) == (0, 0)

# %% style constant_shadowed
# The answer changes a constant that the instructor has imported.
# %% given
from math import e as shadow_e
# %% solution
def growth(t):
    return shadow_e**t
# %% right: with exp
import math
def growth(t):
    return math.exp(t)
# %% wrong: changes the constant
shadow_e = 3
def growth(t):
    return shadow_e**t
# %% test
assert abs(growth(1) - 2.718281828) < 1e-6

# %% style function_overwritten
# The answer replaces its own function by a result.
# %% solution
def shadow_area(w, h):
    return w * h
# %% right: the result has another name
def shadow_area(w, h):
    return w * h
shadow_result = shadow_area(2, 3)
# %% wrong: overwritten
def shadow_area(w, h):
    return w * h
shadow_area = shadow_area(2, 3)
# %% test
assert shadow_area(2, 3) == 6

# %% style deleted_name
# The answer deletes a helper.
# %% given
def shadow_twice(x):
    return 2 * x
# %% solution
def shadow_four(x):
    return 4 * x
# %% right: uses the helper
def shadow_four(x):
    return shadow_twice(shadow_twice(x))
# %% wrong: deletes the helper
del shadow_twice
def shadow_four(x):
    return 4 * x
# %% test
assert shadow_four(3) == shadow_twice(shadow_twice(3))

# %% style print_shadowed
# The answer defines a function called print.
# alone: the builtin stays hidden
# %% solution
def report_line(text):
    print(">", text)
# %% right: an f-string
def report_line(text):
    print(f"> {text}")
# %% wrong: print is redefined
def print(*words):
    pass
def report_line(text):
    print(">", text)
# %% test
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as out:
    print("start")
    report_line("x")
assert out.getvalue() == "start\n> x\n"

# %% style test_function_name
# The answer uses a name that the test gives to a function later.
# %% solution
def shadow_squares(n):
    return [k * k for k in range(n)]
# %% right: defines the name, too
shadow_check = 1
def shadow_squares(n):
    return [k**2 for k in range(n)]
# %% wrong: cubes
def shadow_squares(n):
    return [k**3 for k in range(n)]
# %% test
def shadow_check(n):
    assert shadow_squares(n) == [k * k for k in range(n)]
shadow_check(0)
shadow_check(5)

# %% style exception_shadowed
# The answer defines a class with the name of a builtin exception.
# alone: the builtin stays hidden
# %% solution
def must_be_positive(x):
    if x <= 0:
        raise ValueError("not positive")
    return x
# %% right: the other branch first
def must_be_positive(x):
    if x > 0:
        return x
    raise ValueError(x)
# %% wrong: a class of that name
class ValueError(BaseException):
    pass
def must_be_positive(x):
    if x <= 0:
        raise __builtins__.ValueError("not positive")
    return x
# %% test
assert must_be_positive(1) == 1
try:
    must_be_positive(0)
except ValueError:
    pass
else:
    assert False
