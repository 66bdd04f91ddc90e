"""Generators and coroutines of student code, which run step by step in the jail."""

from __future__ import annotations

import asyncio
import types
from collections.abc import Generator
from typing import Any

from grader.execution.examiner.proxies.objects import ObjectProxy, ask, handle_of

# The time between two checks whether a coroutine has ended, s.
FIRST_WAIT, LAST_WAIT = 0.0, 0.01
_OWN = ("send", "throw", "close")


def send(self: Any, value: Any) -> Any:
    """Resume a generator with a value."""
    return ask(self, "send", value)


def throw(self: Any, kind: Any, error: Any = None, _: Any = None) -> Any:
    """Raise an exception where a generator waits."""
    if error is None:
        error = kind() if isinstance(kind, type) else kind
    elif not isinstance(error, BaseException):
        error = kind(error)
    return ask(self, "throw", error)


def close(self: Any) -> None:
    """End a generator."""
    ask(self, "close")


def run_awaited(self: Any) -> Generator[Any, Any, Any]:
    """Run an object that can be awaited, in the kernel's own event loop."""
    known = handle_of(self)
    assert known is not None
    student = known.student
    task = student.operate("task", self)
    wait, ended = FIRST_WAIT, False
    try:
        while True:
            done, result = _looked(student.operate("poll", task))
            if done:
                ended = True
                return result
            yield from asyncio.sleep(wait).__await__()
            wait = min(2 * wait or 0.001, LAST_WAIT)
    except GeneratorExit:
        raise
    except BaseException as error:
        ended = ended or not isinstance(error, asyncio.CancelledError)
        raise
    finally:
        if not ended and student.channel.broken is None:
            student.operate("cancel", task)


def _looked(answer: Any) -> tuple[bool, Any]:
    if type(answer) is not tuple or len(answer) != 2 or type(answer[0]) is not bool:
        return True, answer
    return answer


class GeneratorProxy(ObjectProxy):
    """Stands for a generator."""

    __slots__ = ()
    _grader_shown: Any = types.GeneratorType

    def __getattribute__(self, name: str) -> Any:
        if name in _OWN:
            return types.MethodType(_METHODS[name], self)
        return super().__getattribute__(name)


class CoroutineProxy(ObjectProxy):
    """Stands for a coroutine, which an event loop of the test can run."""

    __slots__ = ("_grader_driver",)
    _grader_shown: Any = types.CoroutineType

    def __getattribute__(self, name: str) -> Any:
        if name in _OWN:
            return getattr(_driver(self), name)
        return super().__getattribute__(name)


_slot = CoroutineProxy.__dict__["_grader_driver"]


def _driver(coroutine: CoroutineProxy) -> Generator[Any, Any, Any]:
    """Return the generator that runs a coroutine: one, however often it is resumed."""
    try:
        driver: Generator[Any, Any, Any] = _slot.__get__(coroutine)
    except AttributeError:
        driver = run_awaited(coroutine)
        _slot.__set__(coroutine, driver)
    return driver


_METHODS: dict[str, Any] = {"send": send, "throw": throw, "close": close}
#: The stand-ins for kinds that Python itself defines, by their names.
STEPPED: dict[str, type[ObjectProxy]] = {
    "generator": GeneratorProxy,
    "coroutine": CoroutineProxy,
}

__all__ = ["STEPPED", "close", "run_awaited", "send", "throw"]
