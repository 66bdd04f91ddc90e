# What functions tell of themselves, and what else can be done with them: docstring,
# signature, annotations, closures, decorators, generators, context managers, coroutines.

# %% style docstring
# A function has a docstring.
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
# %% wrong: none
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
# A class and its method have docstrings.
# %% solution
class Stopwatch:
    """Measures time."""
    def start(self):
        """Start it."""
        return "started"
# %% right: longer
class Stopwatch:
    """A watch that measures the time between two moments."""
    def start(self):
        """Begin to measure."""
        return "started"
# %% wrong: the method has none
class Stopwatch:
    """Measures time."""
    def start(self):
        return "started"
# %% test
assert Stopwatch().start() == "started"
assert Stopwatch.__doc__ and Stopwatch.start.__doc__

# %% style signature_length
# The number of parameters.
# sample: yes
# %% solution
def add_two(a, b):
    return a + b
# %% right: other names
def add_two(first, second):
    return first + second
# %% wrong: one too many
def add_two(a, b, c=0):
    return a + b + c
# %% wrong: any number
def add_two(*numbers):
    return sum(numbers)
# %% test
import inspect
assert add_two(1, 2) == 3
assert len(inspect.signature(add_two).parameters) == 2, "two parameters, please"

# %% style parameter_names
# The names and defaults of parameters.
# %% solution
def power_of(base, exponent=2):
    return base**exponent
# %% right: by pow
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
# A parameter can be given by its name only.
# %% solution
def scale(values, *, by=1):
    return [value * by for value in values]
# %% right: by map
def scale(values, *, by=1):
    return list(map(lambda value: value * by, values))
# %% wrong: by position too
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
# Types of parameters and of the result.
# %% solution
def repeat(text: str, times: int) -> str:
    return text * times
# %% right: by join
def repeat(text: str, times: int) -> str:
    return "".join([text] * times)
# %% wrong: none
def repeat(text, times):
    return text * times
# %% test
assert repeat("ab", 2) == "abab"
assert repeat.__annotations__ == {"text": str, "times": int, "return": str}

# %% style function_name
# The name that a function has.
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
# A function, and not a class or another callable.
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

# %% style number_of_defaults
# inspect of __code__ and __defaults__.
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
# A function that is returned remembers a value.
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
# %% wrong: a shared value
latest = 0
def make_adder(n):
    global latest
    latest = n
    return lambda x: x + latest
# %% test
add_two_more, add_nine = make_adder(2), make_adder(9)
assert add_two_more(1) == 3 and add_nine(1) == 10

# %% style closure_cells
# The closure's cells are looked at.
# %% solution
def counter_from(start):
    count = start
    def step():
        nonlocal count
        count += 1
        return count
    return step
# %% right: another name
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
# A decorator is applied to a function of the test.
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
# %% wrong: once
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
# functools.wraps keeps the name and the docstring.
# %% solution
import functools
def logged(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)
    return wrapper
# %% right: by hand
def logged(function):
    def wrapper(*args):
        return function(*args)
    wrapper.__name__, wrapper.__doc__ = function.__name__, function.__doc__
    return wrapper
# %% wrong: not kept
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
# A decorator that takes an argument.
# %% solution
def times_by(n):
    def decorate(function):
        return lambda *args: n * function(*args)
    return decorate
# %% right: with names
def times_by(n):
    def decorate(function):
        def wrapper(*args):
            return function(*args) * n
        return wrapper
    return decorate
# %% wrong: added
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
# Functions of the test are passed, and the result is called.
# %% solution
def compose(f, g):
    return lambda x: f(g(x))
# %% right: a named function
def compose(f, g):
    def composed(x):
        return f(g(x))
    return composed
# %% wrong: the other way
def compose(f, g):
    return lambda x: g(f(x))
# %% test
assert compose(lambda x: x + 1, lambda x: 2 * x)(5) == 11
assert compose(str, abs)(-3) == "3"

# %% style key_function
# The answer is passed as a key.
# %% solution
def by_last_letter(word):
    return word[-1]
# %% right: by slices
def by_last_letter(word):
    return word[::-1][:1]
# %% wrong: the first
def by_last_letter(word):
    return word[0]
# %% test
assert sorted(["ab", "ca"], key=by_last_letter) == ["ca", "ab"]
assert list(map(by_last_letter, ["xy", "z"])) == ["y", "z"]

# %% style generator_lazy
# A generator, and not a list.
# %% solution
def naturals():
    n = 0
    while True:
        yield n
        n += 1
# %% right: itertools
import itertools
def naturals():
    yield from itertools.count()
# %% wrong: a list
def naturals():
    return list(range(1000))
# %% wrong: from 1
def naturals():
    n = 1
    while True:
        yield n
        n += 1
# %% test
import types
made = naturals()
assert isinstance(made, types.GeneratorType)
assert next(made) == 0 and next(made) == 1

# %% style generator_send
# Values are sent into a generator.
# %% solution
def running_mean():
    total, count, mean = 0, 0, None
    while True:
        value = yield mean
        total += value
        count += 1
        mean = total / count
# %% right: with a list
def running_mean():
    values = []
    value = yield
    while True:
        values.append(value)
        value = yield sum(values) / len(values)
# %% wrong: the total
def running_mean():
    total = 0
    while True:
        value = yield total
        total += value
# %% test
mean = running_mean()
next(mean)
assert mean.send(10) == 10
assert mean.send(20) == 15
mean.close()

# %% style generator_ends
# next raises StopIteration at the end.
# %% solution
def pair_of(a, b):
    yield a
    yield b
# %% right: by yield from
def pair_of(a, b):
    yield from (a, b)
# %% wrong: three
def pair_of(a, b):
    yield a
    yield b
    yield a
# %% test
pair = pair_of(1, 2)
assert [next(pair), next(pair)] == [1, 2]
try:
    next(pair)
except StopIteration:
    pass
else:
    assert False, "two values only"

# %% style generator_cleanup
# close runs the finally block.
# %% solution
opened = []
def reading():
    opened.append("open")
    try:
        yield 1
        yield 2
    finally:
        opened.append("closed")
# %% right: except
opened = []
def reading():
    opened.append("open")
    try:
        yield 1
        yield 2
    except GeneratorExit:
        opened.append("closed")
        raise
# %% wrong: not at close
opened = []
def reading():
    opened.append("open")
    yield 1
    yield 2
    opened.append("closed")
# %% test
reader = reading()
assert next(reader) == 1
reader.close()
assert opened == ["open", "closed"]

# %% style iterator_class
# An object with __next__.
# %% solution
class Countdown:
    def __init__(self, start):
        self.now = start
    def __iter__(self):
        return self
    def __next__(self):
        if self.now == 0:
            raise StopIteration
        self.now -= 1
        return self.now + 1
# %% right: counts up inside
class Countdown:
    def __init__(self, start):
        self.start, self.done = start, 0
    def __iter__(self):
        return self
    def __next__(self):
        if self.done >= self.start:
            raise StopIteration()
        self.done += 1
        return self.start - self.done + 1
# %% wrong: down to 0
class Countdown:
    def __init__(self, start):
        self.now = start
    def __iter__(self):
        return self
    def __next__(self):
        if self.now < 0:
            raise StopIteration
        self.now -= 1
        return self.now + 1
# %% test
assert list(Countdown(3)) == [3, 2, 1]
down = Countdown(1)
assert iter(down) is down and next(down) == 1
assert next(down, "end") == "end"

# %% style context_manager
# A context manager of the answer's own.
# %% solution
class Indent:
    level = 0
    def __enter__(self):
        Indent.level += 1
        return self
    def __exit__(self, *error):
        Indent.level -= 1
# %% right: types named
class Indent:
    level = 0
    def __enter__(self):
        type(self).level += 1
        return self
    def __exit__(self, kind, value, trace):
        type(self).level -= 1
        return False
# %% wrong: never back
class Indent:
    level = 0
    def __enter__(self):
        Indent.level += 1
        return self
    def __exit__(self, *error):
        pass
# %% test
with Indent() as indent:
    assert indent.level == 1
assert Indent.level == 0

# %% style contextmanager_function
# contextlib.contextmanager, with an error inside.
# %% solution
import contextlib
events = []
@contextlib.contextmanager
def noted(name):
    events.append(f"in {name}")
    try:
        yield name.upper()
    finally:
        events.append(f"out {name}")
# %% right: a class
events = []
class noted:
    def __init__(self, name):
        self.name = name
    def __enter__(self):
        events.append("in " + self.name)
        return self.name.upper()
    def __exit__(self, *error):
        events.append("out " + self.name)
# %% wrong: not after an error
import contextlib
events = []
@contextlib.contextmanager
def noted(name):
    events.append(f"in {name}")
    yield name.upper()
    events.append(f"out {name}")
# %% test
try:
    with noted("a") as value:
        assert value == "A"
        raise KeyError("b")
except KeyError:
    pass
assert events == ["in a", "out a"]

# %% style coroutine_awaited
# The test awaits a coroutine at top level.
# %% solution
import asyncio
async def slowly_double(x):
    await asyncio.sleep(0)
    return 2 * x
# %% right: without sleep
async def slowly_double(x):
    return x + x
# %% wrong: not a coroutine
def slowly_double(x):
    return 2 * x
# %% test
assert await slowly_double(4) == 8

# %% style coroutines_gathered
# Coroutines run at the same time.
# %% solution
import asyncio
async def fetch(name, log):
    log.append(f"start {name}")
    await asyncio.sleep(0.01)
    log.append(f"end {name}")
    return name
# %% right: with gather inside
import asyncio
async def fetch(name, log):
    log.append("start " + name)
    await asyncio.gather(asyncio.sleep(0.01), asyncio.sleep(0))
    log.append("end " + name)
    return name
# %% wrong: blocks
import time
async def fetch(name, log):
    log.append(f"start {name}")
    time.sleep(0.01)
    log.append(f"end {name}")
    return name
# %% test
import asyncio
log = []
names = await asyncio.gather(fetch("a", log), fetch("b", log))
assert names == ["a", "b"]
assert log[:2] == ["start a", "start b"]

# %% style async_generator
# async for over the answer's generator.
# %% solution
async def ticker(n):
    for i in range(n):
        yield i
# %% right: by while
async def ticker(n):
    i = 0
    while i < n:
        yield i
        i += 1
# %% wrong: one too many
async def ticker(n):
    for i in range(n + 1):
        yield i
# %% test
assert [tick async for tick in ticker(3)] == [0, 1, 2]

# %% style is_coroutine
# inspect tells coroutine functions apart.
# %% solution
async def later(x):
    return x
# %% right: with await
import asyncio
async def later(x):
    await asyncio.sleep(0)
    return x
# %% wrong: returns an awaitable
import asyncio
def later(x):
    future = asyncio.get_event_loop().create_future()
    future.set_result(x)
    return future
# %% test
import inspect
assert inspect.iscoroutinefunction(later)
assert await later(1) == 1

# %% style memory_of_calls
# lru_cache is used: its statistics are read.
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
# An attribute of a function.
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
