"""Fuzz the wire: answers to the examiner, one by one or as a conversation."""

from __future__ import annotations

import contextlib
import io
import random
import socket
import tracemalloc
from abc import ABCMeta
from collections import deque
from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView
from typing import Any

import numpy as np
from rich.console import Console

from fuzz import report
from fuzz.inputs import VALUES, Inputs
from fuzz.report import SAMPLE, Check, Failure
from fuzz.uses import USES
from grader.errors import CallError, WireError
from grader.execution.examiner.channel import Channel
from grader.execution.examiner.proxies.classes import StudentClass
from grader.execution.examiner.proxies.exceptions import OwnError
from grader.execution.examiner.proxies.objects import ObjectProxy, is_proxy
from grader.execution.examiner.proxies.student import Student
from grader.execution.wire import messages, named_tuples
from grader.execution.wire.named_types import NAMES

# Most memory for reading: per byte of the input, and in addition for any input.
BYTES_PER_BYTE = 400
SLACK = 1 << 20
# One input in this many is a conversation.
CONVERSE = 8

EXACT = {*NAMES, type(...), np.ndarray, np.matrix, np.void, np.ma.MaskedArray}
EXACT |= {type, ABCMeta, *map(type, VALUES), type(NotImplemented)}
EXACT |= {type(np.dtype(kind)) for kind in NAMES if issubclass(kind, np.generic)}


def fuzz(count: int, seed: int, console: Console) -> int:
    """Check random answers and print the findings.

    Parameters
    ----------
    count : int
        Number of inputs.
    seed : int
        Seed from which they are drawn.
    console : Console
        Where findings and the summary are printed.

    Returns
    -------
    int
        The number of findings.
    """
    run = report.FuzzRun("wire", "inputs", count, seed)
    return report.try_all(run, draws(count, seed), console)


def draws(count: int, seed: int) -> Iterator[tuple[Check, bytes]]:
    """Yield `count` inputs drawn from `seed`, each with its check.

    Parameters
    ----------
    count : int
        Number of inputs.
    seed : int
        Seed from which they are drawn.

    Yields
    ------
    callable, bytes
        A check and its input.
    """
    inputs = Inputs(seed)
    for number in range(count):
        if number % CONVERSE == 0:
            yield converse, inputs.conversation()
        else:
            yield (
                (decode_with_memory if number % SAMPLE == 1 else decode),
                inputs.body(),
            )


def decode_with_memory(body: bytes) -> Failure:
    """Decode `body`; return what is wrong, including too much memory."""
    tracemalloc.start()
    try:
        failure = decode(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    allowed = SLACK + BYTES_PER_BYTE * len(body)
    return failure or (f"took {peak} bytes" if peak > allowed else None)


def decode(body: bytes) -> Failure:
    """Decode `body`, print the value and encode it; return what is wrong."""
    with socket.socket(socket.AF_UNIX) as unused:
        student = Student(Channel(unused, 1.0), {"numpy"})
        try:
            (value,) = student.values([messages.unpack(body, student.channel.budget)])
        except CallError:
            return None
        kinds = {type(part) for part in parts(value)} - EXACT
        kinds = {kind for kind in kinds if not named_tuples.is_class(kind)}
        kinds = {kind for kind in kinds if not is_stand_in(kind)}
        if not any(is_proxy(part) for part in parts(value)):
            repr(value)
        with contextlib.suppress(WireError):
            messages.pack(student.encode(value))
    return f"a {kinds.pop().__name__} arrived" if kinds else None


def is_stand_in(kind: type) -> bool:
    """Say whether the objects of a type stand for something in the jail."""
    return issubclass(kind, ObjectProxy | StudentClass | OwnError)


def parts(value: Any) -> Iterator[Any]:
    """Yield `value` and everything inside it."""
    yield value
    if isinstance(value, dict):
        value = [*value.keys(), *value.values(), getattr(value, "default_factory", 0)]
    elif isinstance(value, slice):
        value = [value.start, value.stop, value.step]
    elif type(value) is np.ndarray and value.dtype.kind == "O":
        value = value.ravel().tolist()
    elif isinstance(value, KeysView | ValuesView | ItemsView):
        value = list(value)
    if isinstance(value, list | tuple | set | frozenset | deque):
        for item in value:
            yield from parts(item)


@contextlib.contextmanager
def pair() -> Iterator[tuple[Student, socket.socket]]:
    """Make a channel: the student's names as tests see them, and the kernel's end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Student(Channel(ours, 0.02), {"numpy"}), theirs


def converse(stream: bytes) -> Failure:
    """Use proxies as tests do, while the other side answers with `stream`."""
    with pair() as (student, theirs):
        theirs.setblocking(False)
        theirs.send(stream[: 1 << 16])
        if len(stream) % 50:  # else the kernel is silent until the call's time is up
            theirs.shutdown(socket.SHUT_WR)
        chance = random.Random(stream)
        said = io.StringIO()
        for use in chance.choices(USES, k=6):
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                failure = use_proxy(student, use)
            if failure:
                return failure
    return None


def use_proxy(student: Student, use: Callable[[Student], Any]) -> Failure:
    """Use a proxy once, and check the exception that this raises, if any.

    Parameters
    ----------
    student : Student
        The student's names as tests see them.
    use : callable
        Uses a proxy of the student.

    Returns
    -------
    str or None
        An exception that should not have been raised; None if all is well.
    """
    try:
        use(student)
    except CallError:
        return None
    except Exception as error:  # noqa: BLE001 - allowed exceptions are sorted out below
        if hasattr(error, "student_type") and not isinstance(error, StopIteration):
            return None
        if isinstance(error, KeyError) and error.args == ("absent",):
            return None
        return f"{type(error).__name__}: {error}"
    return None
