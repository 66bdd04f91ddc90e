"""Special methods that ask in the jail.

Each is put into the stand-in of a class whose own class has it, so that Python finds it
where it would find the student's, and does not find it where there is none.

An operator tells student code the other operand. Where that is a value that the test
expects, an object could answer just what pleases: such an answer is used, but the
outcome of the test then needs more than the examiner's word; see
:meth:`grader.execution.examiner.channel.Channel.cannot_ask`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import CannotAsk
from grader.execution.examiner.proxies import steps
from grader.execution.examiner.proxies.objects import (
    ask,
    handle_of,
    is_proxy,
    measure,
    refusal,
)
from grader.execution.wire.abilities import (
    ARITHMETIC,
    COMPARISONS,
    IN_PLACE,
    UNARY,
)

Method = Callable[..., Any]
# Results of these have one type; Python checks those of the others.
_MEASURED = {"float": float, "bool": bool, "contains": bool, "hash": int}


def _compared(name: str) -> Method:
    def method(self: Any, other: Any) -> Any:
        result = ask(self, name, other)
        if not is_proxy(other):
            refusal(self, f"whether {{}} compares ({name}) as plain data does")
        return result

    return method


def _arithmetic(name: str, reflected: bool = False) -> Method:
    def method(self: Any, other: Any, *more: Any) -> Any:
        known = handle_of(self)
        assert known is not None
        if not is_proxy(other) and not known.student.names.names_class(type(self)):
            refusal(self, f"whether {{}} computes {name} as plain data does")
        operands = (other, self) if reflected else (self, other)
        return known.student.operate(name, *operands, *more)

    return method


def _unary(name: str) -> Method:
    def method(self: Any, *more: Any) -> Any:
        kind = _MEASURED.get(name)
        if kind is not None:
            return measure(self, name, kind, *more)
        return ask(self, name, *more)

    return method


def _len(self: Any) -> int:
    return min(max(int(measure(self, "len", int)), 0), sys.maxsize)


def _length_hint(self: Any) -> Any:
    return min(max(int(measure(self, "length_hint", int)), 0), 1 << 20)


def _array(self: Any, dtype: Any = None, copy: Any = None) -> Any:  # noqa: ARG001 - NumPy passes it
    array = ask(self, "array")
    if not isinstance(array, np.ndarray):
        raise TypeError("this object is not an array")
    return array if dtype is None else array.astype(dtype)


def _contains(self: Any, item: Any) -> bool:
    return bool(measure(self, "contains", bool, item))


def _call(self: Any, *args: Any, **kwargs: Any) -> Any:
    known = handle_of(self)
    assert known is not None
    return known.student.call(self, args, kwargs)


def _special(name: str) -> Method:
    def method(self: Any, *args: Any) -> Any:
        return ask(self, name, *args)

    return method


def _anext(self: Any) -> Any:
    awaited = ask(self, "anext")

    async def step() -> Any:
        try:
            return await awaited
        except RuntimeError as error:
            if getattr(error, "student_type", "") == "StopAsyncIteration":
                raise StopAsyncIteration from None
            raise

    return step()


def _exit(self: Any, kind: Any, error: Any, _: Any) -> bool:
    """Leave a ``with`` block. Student code cannot suppress a failed assertion."""
    result = ask(self, "exit", kind, error, None)
    return dropped(self, error, result)


def _async_exit(self: Any, kind: Any, error: Any, _: Any) -> Any:
    awaited = ask(self, "aexit", kind, error, None)

    async def leave() -> bool:
        return dropped(self, error, await awaited)

    return leave()


def dropped(self: Any, error: BaseException | None, result: Any) -> bool:
    """Say whether an exception that left a ``with`` block is suppressed.

    Parameters
    ----------
    self
        The context manager.
    error
        The exception, if there is one.
    result
        What the context manager has answered.
    """
    if error is None or not (is_proxy(result) or result):
        return False
    refusal(self, "whether {} may drop an exception of the test")
    return not isinstance(error, AssertionError | CannotAsk) or is_proxy(error)


FORWARDERS: dict[str, Method] = {
    **{f"__{name}__": _arithmetic(name) for name in (*ARITHMETIC, *IN_PLACE)},
    **{f"__r{name}__": _arithmetic(name, reflected=True) for name in ARITHMETIC},
    **{f"__{name}__": _compared(name) for name in COMPARISONS},
    **{f"__{name}__": _unary(name) for name in UNARY},
    **{
        f"__{name}__": _special(name)
        for name in ("getitem", "setitem", "delitem", "enter", "aiter", "aenter")
    },
    "__len__": _len,
    "__length_hint__": _length_hint,
    "__array__": _array,
    "__contains__": _contains,
    "__call__": _call,
    "__anext__": _anext,
    "__exit__": _exit,
    "__aexit__": _async_exit,
    "__await__": steps.run_awaited,
    "send": steps.send,
    "throw": steps.throw,
    "close": steps.close,
}

__all__ = ["FORWARDERS", "dropped"]
