"""What tests ask of a student's function: its signature, its code, its kind.

Generators and coroutines are run step by step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.execution.examiner.proxies.conftest import Runner

#: The student's answers.
CODE = '''
import asyncio

def area(w, h: float = 2, *rest, unit="m") -> float:
    """The area of a rectangle."""
    return w * h

def counter(n):
    got = 0
    for i in range(n):
        new = yield i + got
        got = new or 0
    return "end"

async def slow(x):
    await asyncio.sleep(0.05)
    if x < 0: raise ValueError("negative")
    return 2 * x

async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i

class AsyncOpened:
    async def __aenter__(self): return 3
    async def __aexit__(self, *_): return False
'''
#: Test cells. Each passes.
ASKED = {
    "docstring": "assert area.__doc__ == 'The area of a rectangle.'",
    "signature": """
import inspect
s = inspect.signature(area)
assert list(s.parameters) == ['w', 'h', 'rest', 'unit']
assert s.parameters['h'].default == 2
assert s.parameters['h'].annotation is float
assert s.return_annotation is float
assert s.parameters['w'].default is inspect.Parameter.empty
assert str(s) == "(w, h: float = 2, *rest, unit='m') -> float"
assert inspect.getfullargspec(area).args == ['w', 'h']
""",
    "annotations": "assert area.__annotations__ == {'h': float, 'return': float}",
    "source": """
import inspect
text = inspect.getsource(area)
assert text.startswith('def area') and 'return w * h' in text and 'sum(' not in text
""",
    "code": """
assert 'sum' not in area.__code__.co_names
assert area.__code__.co_argcount == 2
assert area.__name__ == 'area' and area.__defaults__ == (2,)
import dis
names = [step.opname for step in dis.get_instructions(area.__code__)]
assert 'BINARY_OP' in names and names[-1] == 'RETURN_VALUE'
""",
    "kinds": """
import inspect, types
from collections.abc import Iterator
assert callable(area) and inspect.isfunction(area)
assert isinstance(area, types.FunctionType)
assert inspect.isgeneratorfunction(counter) and inspect.iscoroutinefunction(slow)
assert inspect.isgenerator(counter(2)) and isinstance(counter(2), Iterator)
""",
    "generators": """
g = counter(3)
assert next(g) == 0 and g.send(5) == 6 and next(g) == 2
try:
    next(g)
    assert False
except StopIteration as stop:
    assert stop.value == 'end'
g = counter(3)
next(g)
try:
    g.throw(ValueError('in'))
    assert False
except ValueError as error:
    assert str(error) == 'in'
g = counter(3)
assert iter(g) is g and next(g) == 0
g.close()
assert list(g) == []
def through():
    result = yield from counter(2)
    assert result == 'end'
assert list(through()) == [0, 1]
""",
    "coroutines": """
import asyncio, time
assert asyncio.run(slow(3)) == 6
async def both():
    return await asyncio.gather(slow(1), slow(2), slow(3))
assert asyncio.run(both()) == [2, 4, 6]
async def wrong():
    try:
        await slow(-1)
    except ValueError as error:
        return str(error)
assert asyncio.run(wrong()) == 'negative'
async def each():
    found = [i async for i in ticks(3)]
    async with AsyncOpened() as three:
        return found, three
assert asyncio.run(each()) == ([0, 1, 2], 3)
async def late():
    try:
        await asyncio.wait_for(slow(1), 0.001)
    except asyncio.TimeoutError:
        return 'late'
assert asyncio.run(late()) == 'late'
""",
}


@pytest.mark.parametrize("cell", ASKED.values(), ids=ASKED)
def test_a_cell_passes_as_in_one_process(passes_in_both: Runner, cell: str) -> None:
    passes_in_both(cell)
