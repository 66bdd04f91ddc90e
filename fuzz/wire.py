"""Fuzz the wire: answers that the examiner reads, one by one or as a conversation."""

from __future__ import annotations

import contextlib
import random
import socket
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from rich.console import Console

from fuzz import report
from fuzz.inputs import Inputs
from fuzz.report import SAMPLE, Check, Failure
from grader.errors import CallError, WireError
from grader.execution.examiner.channel import Channel
from grader.execution.examiner.proxies import (
    FunctionProxy,
    ObjectProxy,
    Student,
)
from grader.execution.wire import codec, messages

# Memory that reading may take: for each byte of the input, and for any input.
BYTES_PER_BYTE = 400
SLACK = 1 << 20
# One input in so many is a conversation.
CONVERSE = 8

PLAIN = {type(None), bool, int, float, complex, str, bytes, range, slice, type(...)}
PLAIN |= {list, tuple, set, frozenset, dict, np.ndarray, type, ObjectProxy}
PLAIN |= {FunctionProxy, *codec.TYPES.values()}
PLAIN |= {type(np.dtype(kind)) for kind in codec.TYPES.values() if kind is not dict}


def fuzz(count: int, seed: int, console: Console) -> int:
    """Try `count` answers drawn from `seed`; return how many were findings."""
    run = report.Run("wire", "inputs", count, seed)
    return report.try_all(run, draws(count, seed), console)


def draws(count: int, seed: int) -> Iterator[tuple[Check, bytes]]:
    """Yield inputs, each with the check that it gets."""
    inputs = Inputs(seed)
    for number in range(count):
        if number % CONVERSE == 0:
            yield converse, inputs.conversation()
        else:
            yield (measured if number % SAMPLE == 1 else decode), inputs.body()


def measured(body: bytes) -> Failure:
    """Decode `body`; say what is wrong, the memory that it takes included."""
    tracemalloc.start()
    try:
        failure = decode(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    allowed = SLACK + BYTES_PER_BYTE * len(body)
    return failure or (f"took {peak} bytes" if peak > allowed else None)


def decode(body: bytes) -> Failure:
    """Decode `body` as the value of an answer; print it and encode it again."""
    with socket.socket(socket.AF_UNIX) as unused:
        student = Student(Channel(unused, 1.0), {"numpy"})
        try:
            value = student.decode(messages.unpack(body, student.channel.budget))
        except WireError:
            return None
        kinds = {type(part) for part in parts(value)} - PLAIN
        repr(value)
        with contextlib.suppress(WireError):
            messages.pack(student.encode(value))
    return f"a {kinds.pop().__name__} arrived" if kinds else None


def parts(value: Any) -> Iterator[Any]:
    """Yield `value` and everything inside it."""
    yield value
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    elif isinstance(value, slice):
        value = [value.start, value.stop, value.step]
    if isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from parts(item)


@contextlib.contextmanager
def pair() -> Iterator[tuple[Student, socket.socket]]:
    """Make a channel: the student as tests see them, and the kernel's end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Student(Channel(ours, 0.02), {"numpy"}), theirs


def converse(stream: bytes) -> Failure:
    """Use proxies as tests do, while the other side answers with `stream`."""
    with pair() as (student, theirs):
        theirs.setblocking(False)
        theirs.send(stream[: 1 << 16])
        if len(stream) % 50:  # otherwise silence follows, until the call's time is up
            theirs.shutdown(socket.SHUT_WR)
        chance = random.Random(stream)
        for use in chance.choices(USES, k=6):
            if failure := used(student, use):
                return failure
    return None


def used(student: Student, use: Callable[[Student], Any]) -> Failure:
    """Use a proxy once; say which exception came out of it that should not."""
    try:
        use(student)
    except CallError:
        return None
    except Exception as error:  # noqa: BLE001 - expected ones are told apart below
        if hasattr(error, "student_type") and not isinstance(error, StopIteration):
            return None
        if isinstance(error, KeyError) and error.args == ("absent",):
            return None
        return f"{type(error).__name__}: {error}"
    return None


def proxy(student: Student) -> FunctionProxy:
    """Return a new proxy of a function of the student."""
    return FunctionProxy(student, 0, "f")


def call(student: Student) -> None:
    """Call with arguments, which the other side may change in place only."""
    array, items, mapping = np.zeros(2), [1], {"a": 1}
    proxy(student)(array, items, k=mapping)
    if array.shape != (2,) or array.dtype != float or type(items) is not list:
        raise TypeError("an argument is no longer what it was")


def call_in_a_loop(student: Student) -> None:
    """Map over inputs, as tests do: the other side must not end the loop."""
    if len(list(map(proxy(student), range(3)))) != 3:
        raise TypeError("the loop of a test was ended from outside")


def as_array(student: Student) -> None:
    """Make an array; a TypeError says that the proxy is not one."""
    with contextlib.suppress(TypeError):
        np.asarray(proxy(student))


def iterate(student: Student) -> None:
    """Take a few items of a proxy that may have no end."""
    list(islice(proxy(student), 4))


USES: list[Callable[[Student], Any]] = [
    lambda student: student.name("absent"),
    call,
    call,
    as_array,
    lambda student: proxy(student).attribute,
    lambda student: proxy(student)[0],
    lambda student: len(proxy(student)),
    lambda student: float(proxy(student)),
    lambda student: 3 in proxy(student),
    iterate,
    call_in_a_loop,
    lambda student: repr(proxy(student)),
]
