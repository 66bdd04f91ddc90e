# Generators, iterators, context managers and coroutines.

# %% style generator_lazy
# The answer must return a generator, not a list.
# %% solution
def naturals():
    n = 0
    while True:
        yield n
        n += 1
# %% right: with itertools
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
# The test sends values into a generator.
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
# %% wrong: the total, not the mean
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
# After the last value, next must raise StopIteration.
# %% solution
def pair_of(a, b):
    yield a
    yield b
# %% right: by yield from
def pair_of(a, b):
    yield from (a, b)
# %% wrong: three values
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
# Closing a generator must run its cleanup code.
# %% solution
opened = []
def reading():
    opened.append("open")
    try:
        yield 1
        yield 2
    finally:
        opened.append("closed")
# %% right: with except
opened = []
def reading():
    opened.append("open")
    try:
        yield 1
        yield 2
    except GeneratorExit:
        opened.append("closed")
        raise
# %% wrong: no cleanup on close
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
# The answer is a class of iterators, with __next__.
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
# The answer is a class of context managers.
# %% solution
class Indent:
    level = 0
    def __enter__(self):
        Indent.level += 1
        return self
    def __exit__(self, *error):
        Indent.level -= 1
# %% right: with type(self)
class Indent:
    level = 0
    def __enter__(self):
        type(self).level += 1
        return self
    def __exit__(self, kind, value, trace):
        type(self).level -= 1
        return False
# %% wrong: the level stays raised
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
# A context manager must clean up after an error.
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
# %% wrong: no cleanup after an error
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
# The test awaits a coroutine at the top level of its cell.
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
# Two coroutines must run at the same time.
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
# The test uses async for on a generator of the answer.
# %% solution
async def ticker(n):
    for i in range(n):
        yield i
# %% right: with while
async def ticker(n):
    i = 0
    while i < n:
        yield i
        i += 1
# %% wrong: one value too many
async def ticker(n):
    for i in range(n + 1):
        yield i
# %% test
assert [tick async for tick in ticker(3)] == [0, 1, 2]

# %% style is_coroutine
# The answer must be a coroutine function, as inspect says.
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
