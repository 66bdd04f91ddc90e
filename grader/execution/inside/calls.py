"""The student's side of the call channel: look up names, call functions.

It runs in the kernel's main thread, beside student code, which may change it in any
way. So the examiner trusts nothing that is sent from here.

A request is a list, ``[operation, …]``. Its answer is ``["ok", tree, changed]``,
``["missing"]``, ``["stop"]`` or ``["raised", builtin, message]``; `changed` holds the
arguments that the call has changed in place.
"""

from __future__ import annotations

import asyncio
import operator
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from grader.execution.inside import builtins_guard
from grader.execution.inside.output import write
from grader.execution.wire import codec, messages, registry

MESSAGE_CHARS = 2000


class Handles:
    """Objects that stay in the jail; the examiner refers to them by number."""

    def __init__(self) -> None:
        self._objects: list[Any] = []

    def get(self, number: int) -> Any:
        return self._objects[number]

    def clear(self) -> None:
        """Release all objects. An iterator over a tf.data pipeline has ten threads."""
        self._objects.clear()

    def encode(self, value: Any) -> Any:
        return codec.encode(value, registry.encoder("student", self._handle))

    def _handle(self, value: Any) -> Any:
        self._objects.append(value)
        kind = "function" if callable(value) else "object"
        name = str(getattr(value, "__name__", type(value).__name__))
        return {"remote": [kind, len(self._objects) - 1, name]}

    def decode(self, tree: Any) -> Any:
        return codec.decode(tree, {"local": self.get, **registry.decoders("examiner")})


_handles = Handles()


def forget() -> None:
    """Release all objects that an examiner has seen, and will not ask for again."""
    _handles.clear()


def serve_one(call: int, names: dict[str, Any]) -> None:
    """Answer one request of the examiner.

    Parameters
    ----------
    call
        Descriptor of the call channel.
    names
        The student's namespace.
    """
    try:
        header = read(call, messages.HEADER.size)
        request = messages.unpack(read(call, messages.body_length(header)))
    except EOFError:
        asyncio.get_event_loop().remove_reader(call)
        return
    answer = _answer(request, names)
    builtins_guard.put_back()
    write(call, answer)


def _answer(request: list[Any], names: dict[str, Any]) -> bytes:
    try:
        return messages.pack(_perform(request, names))
    except StopIteration:
        return messages.pack(["stop"])
    except BaseException as error:
        return messages.pack(["raised", *_described(error)])


def _described(error: BaseException) -> tuple[str, str]:
    """Return the name of an exception's builtin base type, and its text."""
    builtin = next(c for c in type(error).__mro__ if c.__module__ == "builtins")
    try:
        message = messages.text(str(error))
    except BaseException as again:
        message = f"its text could not be read: {type(again).__name__}"
    return builtin.__name__, message[:MESSAGE_CHARS]


def _perform(request: list[Any], names: dict[str, Any]) -> list[Any]:
    operation, *operands = request
    if operation == "name":
        if operands[0] not in names:
            return ["missing"]
        return ["ok", _handles.encode(names[operands[0]]), []]
    if operation == "call":
        return _call(*operands)
    target, *rest = (_handles.decode(operand) for operand in operands)
    return ["ok", _handles.encode(_OPERATIONS[operation](target, *rest)), []]


def _call(function: Any, positional: list[Any], keyword: list[Any]) -> list[Any]:
    values = [_handles.decode(tree) for tree in positional]
    named = {name: _handles.decode(tree) for name, tree in keyword}
    result = _handles.decode(function)(*values, **named)
    changed = [*_changed(enumerate(positional), values)]
    changed += _changed(keyword, named.values())
    return ["ok", _handles.encode(result), changed]


def _changed(sent: Iterable[Any], values: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield ``[position or keyword, tree]`` of each argument that a call changed."""
    for (key, tree), value in zip(sent, values, strict=True):
        if isinstance(value, np.ndarray | list | dict | set):
            after = _handles.encode(value)
            if after != tree:
                yield [key, after]


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "attribute": getattr,
    "item": operator.getitem,
    "length": len,
    "iterate": iter,
    "next": next,
    "text": repr,
    "contains": operator.contains,
    "number": float,
    "array": np.asarray,
}


def read(fd: int, count: int) -> bytes:
    """Return the next bytes from a descriptor.

    Parameters
    ----------
    fd
        The descriptor.
    count
        How many bytes.

    Raises
    ------
    EOFError
        If the stream ends before.
    """
    parts = bytearray()
    while len(parts) < count:
        part = os.read(fd, min(count - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
