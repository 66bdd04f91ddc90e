# Functions: docstrings, signatures, annotations, closures, decorators, attributes.

# %% style docstring
# The function must have a docstring.
# sample: yes
# %% solution
def rectangle_area(w, h):
    """Return the area of a rectangle of width w and height h."""
    return w * h
# %% right: several lines
def rectangle_area(w, h):
    """
    Return the area of a rectangle.
    """
    return h * w
# %% wrong: no docstring
def rectangle_area(w, h):
    return w * h
# %% wrong: a comment
def rectangle_area(w, h):
    # Return the area of a rectangle.
    return w * h
# %% test
assert rectangle_area(2, 3) == 6
assert rectangle_area.__doc__ is not None, "write a docstring"
assert len(rectangle_area.__doc__.strip()) > 10

# %% style class_docstring
# A class and its method must have docstrings.
# %% solution
class Stopwatch:
    """Measures time."""
    def start(self):
        """Start it."""
        return "started"
# %% right: longer docstrings
class Stopwatch:
    """A watch that measures the time between two moments."""
    def start(self):
        """Begin to measure."""
        return "started"
# %% wrong: no docstring in the method
class Stopwatch:
    """Measures time."""
    def start(self):
        return "started"
# %% test
assert Stopwatch().start() == "started"
assert Stopwatch.__doc__ and Stopwatch.start.__doc__

# %% style signature_length
# The test counts the parameters of a function.
# sample: yes
# %% solution
def add_two(a, b):
    return a + b
# %% right: other parameter names
def add_two(first, second):
    return first + second
# %% wrong: a third parameter
def add_two(a, b, c=0):
    return a + b + c
# %% wrong: any number of parameters
def add_two(*numbers):
    return sum(numbers)
# %% test
import inspect
assert add_two(1, 2) == 3
assert len(inspect.signature(add_two).parameters) == 2, "two parameters, please"

# %% style parameter_names
# Parameters must have the given names and defaults.
# %% solution
def power_of(base, exponent=2):
    return base**exponent
# %% right: with pow
def power_of(base, exponent=2):
    return pow(base, exponent)
# %% wrong: another default
def power_of(base, exponent=3):
    return base**exponent
# %% wrong: another name
def power_of(base, exp=2):
    return base**exp
# %% test
import inspect
parameters = inspect.signature(power_of).parameters
assert list(parameters) == ["base", "exponent"]
assert parameters["exponent"].default == 2

# %% style keyword_only
# A parameter must be keyword-only.
# %% solution
def scale(values, *, by=1):
    return [value * by for value in values]
# %% right: by map
def scale(values, *, by=1):
    return list(map(lambda value: value * by, values))
# %% wrong: also accepted by position
def scale(values, by=1):
    return [value * by for value in values]
# %% test
assert scale([1, 2], by=3) == [3, 6]
try:
    scale([1], 2)
except TypeError:
    pass
else:
    assert False, "by must be keyword-only"

# %% style annotations
# The parameters and the result must have type annotations.
# %% solution
def repeat(text: str, times: int) -> str:
    return text * times
# %% right: by join
def repeat(text: str, times: int) -> str:
    return "".join([text] * times)
# %% wrong: no annotations
def repeat(text, times):
    return text * times
# %% test
assert repeat("ab", 2) == "abab"
assert repeat.__annotations__ == {"text": str, "times": int, "return": str}

# %% style function_name
# The test reads the __name__ of a function.
# %% solution
def area_in_cm(side):
    return side * side
# %% right: by power
def area_in_cm(side):
    return side**2
# %% wrong: a lambda
area_in_cm = lambda side: side * side
# %% test
assert area_in_cm(2) == 4
assert area_in_cm.__name__ == "area_in_cm"

# %% style is_function
# The answer must be a function, not a class or another callable.
# %% solution
def cube_of(x):
    return x**3
# %% right: a lambda
cube_of = lambda x: x * x * x
# %% wrong: a callable object
class Cube:
    def __call__(self, x):
        return x**3
cube_of = Cube()
# %% test
import types
assert cube_of(2) == 8
assert isinstance(cube_of, types.FunctionType)

# %% style code_and_defaults
# The test reads __code__ and __defaults__.
# %% solution
def rounded(x, digits=2):
    return round(x, digits)
# %% right: by format
def rounded(x, digits=2):
    return float(f"{x:.{digits}f}")
# %% wrong: no default
def rounded(x, digits):
    return round(x, digits)
# %% test
assert rounded(3.14159, 2) == 3.14
assert rounded.__defaults__ == (2,)
assert rounded.__code__.co_argcount == 2

# %% style closure
# The answer returns functions, each of which remembers a value.
# %% solution
def make_adder(n):
    def add(x):
        return x + n
    return add
# %% right: a lambda
def make_adder(n):
    return lambda x: x + n
# %% right: partial
from functools import partial
def make_adder(n):
    return partial(lambda a, b: a + b, n)
# %% wrong: a global shared by all
latest = 0
def make_adder(n):
    global latest
    latest = n
    return lambda x: x + latest
# %% test
add_two_more, add_nine = make_adder(2), make_adder(9)
assert add_two_more(1) == 3 and add_nine(1) == 10

# %% style closure_cells
# The test reads the cells of a closure.
# %% solution
def counter_from(start):
    count = start
    def step():
        nonlocal count
        count += 1
        return count
    return step
# %% right: the parameter changed
def counter_from(start):
    def step():
        nonlocal start
        start += 1
        return start
    return step
# %% wrong: an attribute
def counter_from(start):
    def step():
        step.count += 1
        return step.count
    step.count = start
    return step
# %% test
step = counter_from(5)
assert step() == 6 and step() == 7
assert [cell.cell_contents for cell in step.__closure__] == [7]

# %% style decorator
# The answer decorates a function of the test.
# %% solution
def twice(function):
    def wrapper(*args, **kwargs):
        function(*args, **kwargs)
        return function(*args, **kwargs)
    return wrapper
# %% right: by a loop
def twice(function):
    def wrapper(*args, **kwargs):
        for _ in range(2):
            result = function(*args, **kwargs)
        return result
    return wrapper
# %% wrong: called once
def twice(function):
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper
# %% test
said = []
@twice
def say(word):
    said.append(word)
    return len(said)
assert say("hi") == 2
assert said == ["hi", "hi"]

# %% style decorator_wraps
# The decorated function must keep its name and its docstring.
# %% solution
import functools
def logged(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)
    return wrapper
# %% right: copied by hand
def logged(function):
    def wrapper(*args):
        return function(*args)
    wrapper.__name__, wrapper.__doc__ = function.__name__, function.__doc__
    return wrapper
# %% wrong: name and docstring lost
def logged(function):
    def wrapper(*args):
        return function(*args)
    return wrapper
# %% test
@logged
def triple(x):
    """Three times x."""
    return 3 * x
assert triple(2) == 6
assert triple.__name__ == "triple" and triple.__doc__ == "Three times x."

# %% style decorator_with_argument
# The answer is a decorator that takes an argument.
# %% solution
def times_by(n):
    def decorate(function):
        return lambda *args: n * function(*args)
    return decorate
# %% right: named functions
def times_by(n):
    def decorate(function):
        def wrapper(*args):
            return function(*args) * n
        return wrapper
    return decorate
# %% wrong: adds
def times_by(n):
    def decorate(function):
        return lambda *args: n + function(*args)
    return decorate
# %% test
@times_by(10)
def one_more(x):
    return x + 1
assert one_more(2) == 30

# %% style higher_order
# The test passes functions, and calls the function that comes back.
# %% solution
def compose(f, g):
    return lambda x: f(g(x))
# %% right: a named function
def compose(f, g):
    def composed(x):
        return f(g(x))
    return composed
# %% wrong: the functions swapped
def compose(f, g):
    return lambda x: g(f(x))
# %% test
assert compose(lambda x: x + 1, lambda x: 2 * x)(5) == 11
assert compose(str, abs)(-3) == "3"

# %% style key_function
# The test uses the answer as the key of a sort.
# %% solution
def by_last_letter(word):
    return word[-1]
# %% right: by slices
def by_last_letter(word):
    return word[::-1][:1]
# %% wrong: the first letter
def by_last_letter(word):
    return word[0]
# %% test
assert sorted(["ab", "ca"], key=by_last_letter) == ["ca", "ab"]
assert list(map(by_last_letter, ["xy", "z"])) == ["y", "z"]

# %% style lru_cache_statistics
# The answer must use lru_cache: the test reads its statistics.
# %% solution
from functools import lru_cache
@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
# %% right: functools.cache
import functools
@functools.cache
def fib(n):
    if n < 2:
        return n
    return fib(n - 2) + fib(n - 1)
# %% wrong: a loop
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
# %% test
assert fib(50) == 12586269025
assert fib.cache_info().hits > 0

# %% style function_attributes
# A function counts its calls in an attribute.
# %% solution
def hello():
    hello.calls += 1
hello.calls = 0
# %% right: a callable object
class Hello:
    calls = 0
    def __call__(self):
        self.calls += 1
hello = Hello()
# %% wrong: never counted
def hello():
    calls = 1
hello.calls = 0
# %% test
hello()
hello()
assert hello.calls == 2
