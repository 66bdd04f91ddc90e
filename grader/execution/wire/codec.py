"""Encode plain data as trees, and decode it, for examiner and jail. Pure.

A tree consists of what MessagePack can hold. None, bool, int, float, str, bytes and
lists stand for themselves; everything else is a map with one key, its tag::

    {"tuple": [...]}  {"set": [...]}  {"frozenset": [...]}  {"dict": [[k, v], ...]}
    {"int": "123…"}   {"complex": [re, im]}   {"range": [a, b, c]}
    {"slice": [a, b, c]}   {"ellipsis": true}
    {"array": [dtype, shape, bytes]}   {"scalar": [dtype, bytes]}
    {"type": "numpy.float32"}   {"dtype": "<f4"}   {"module": "numpy"}

Values of libraries have their own tags in :mod:`grader.execution.wire.registry`.
``remote`` and ``local`` stand for objects that stay in the jail. Each side of the call
channel passes its own hooks for them, and the examiner passes one for ``module``.

Decoding makes exact builtin types and exact ndarrays, never runs code of the other
side, and raises nothing but :class:`~grader.errors.CallError`. The number of nodes of a
tree, its depth, and the time for decoding it are limited.
"""

from __future__ import annotations

import builtins
import math
import re
import sys
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from grader.errors import CallError, CallTimeout, WireError

MAX_DEPTH = 40
MAX_NODES = 1_000_000
MAX_DIGITS = 4000
# How many elements of a set may share a hash: adding one is compared with all the
# others.
MAX_ALIKE = 100
# The clock is read once for so many nodes.
LOOK_EVERY = 1000

Encoder = Callable[[Any], Any]
Decoder = Callable[[Any], Any]

_DTYPE = re.compile(r"[<>|=]?(b1|[iu][1248]|f2|f4|f8|f16|c8|c16|c32|[SU]\d{1,6})\Z")
_PLAIN = (type(None), bool, float, str, bytes)
# The types that may be named in a tree.
TYPES = {
    f"builtins.{name}": getattr(builtins, name)
    for name in "bool int float complex str bytes list tuple set dict".split()
}
TYPES |= {
    f"numpy.{kind.__name__}": kind
    for kind in {np.dtype(code).type for code in "?bBhHiIlLqQefdgFDGSU"}
}
_TYPE_NAMES = {kind: name for name, kind in TYPES.items()}


# --- encode: values to trees -----------------------------------------------------


class _Budget:
    """How many more nodes a value may have, and until when it may be read."""

    def __init__(self, end: float = math.inf) -> None:
        self.left = MAX_NODES
        self._end = end

    def spend(self, depth: int) -> None:
        self.left -= 1
        if not self.left % LOOK_EVERY and time.monotonic() > self._end:
            raise CallTimeout("a value took too long to read")
        if depth > MAX_DEPTH:
            raise WireError(f"nested deeper than {MAX_DEPTH}, or inside itself")
        if self.left < 0:
            raise WireError(f"more than {MAX_NODES} elements; use an array")


def encode(value: Any, other: Encoder | None = None) -> Any:
    """Return the tree of a value.

    Parameters
    ----------
    value
        Plain data. An instance of a subclass is reduced to its builtin type.
    other
        Called for each value that is not plain data; returns its tree. Without this
        function such a value raises WireError.

    Raises
    ------
    WireError
        If the value cannot be sent, or has too many elements or levels.
    """
    return _encode(value, other, 0, _Budget())


def _encode(value: Any, other: Encoder | None, depth: int, budget: _Budget) -> Any:
    budget.spend(depth)
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is int:
        return _encode_int(value)
    if isinstance(value, np.ndarray):
        if _DTYPE.match(value.dtype.str) and value.dtype.itemsize:
            return {"array": _array_parts(np.asarray(value))}
    elif isinstance(value, np.generic):
        if _DTYPE.match(value.dtype.str):
            return {"scalar": [value.dtype.str, value.tobytes()]}
    elif isinstance(value, list | tuple | set | frozenset | dict):
        return _encode_container(value, other, depth + 1, budget)
    elif (special := _encode_special(value)) is not None:
        return special
    if other is None:
        raise WireError(f"a {kind.__name__} cannot be sent to student code")
    return other(value)


def _encode_int(value: int) -> Any:
    if -(2**63) <= value < 2**64:
        return value
    if value.bit_length() > MAX_DIGITS * 3:
        raise WireError("an integer of too many digits")
    return {"int": str(value)}


def _array_parts(array: np.ndarray[Any, Any]) -> list[Any]:
    return [array.dtype.str, list(array.shape), array.tobytes()]


def _encode_container(
    value: Any, other: Encoder | None, depth: int, budget: _Budget
) -> Any:
    def encode_all(items: Iterable[Any]) -> list[Any]:
        return [_encode(item, other, depth, budget) for item in items]

    if isinstance(value, list):
        return encode_all(list.__iter__(value))
    if isinstance(value, tuple):
        return {"tuple": encode_all(tuple.__iter__(value))}
    if isinstance(value, dict):
        return {"dict": [encode_all(pair) for pair in dict.items(value)]}
    tag = "set" if isinstance(value, set) else "frozenset"
    return {tag: encode_all(iter(value))}


def _encode_special(value: Any) -> Any:
    """Return the tree of a value of a less common builtin type, None for all others."""
    if isinstance(value, bool | int):
        return int.__index__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, range | slice):
        parts = [value.start, value.stop, value.step]
        return {type(value).__name__: [encode(part) for part in parts]}
    return _encode_name(value)


def _encode_name(value: Any) -> Any:
    """Return the tree of a value that both sides have, so that its name is enough.

    None for all other values.
    """
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, types.ModuleType):
        return {"module": value.__name__}
    if isinstance(value, np.dtype) and _DTYPE.match(value.str):
        return {"dtype": value.str}
    if isinstance(value, type) and value in _TYPE_NAMES:
        return {"type": _TYPE_NAMES[value]}
    return None


# --- decode: trees to values -----------------------------------------------------


def decode(
    tree: Any, hooks: Mapping[str, Decoder] | None = None, end: float = math.inf
) -> Any:
    """Return the value of a tree, made of exact builtin types and ndarrays.

    Parameters
    ----------
    tree
        What :func:`grader.execution.wire.messages.unpack` returned, or a part of it.
    hooks
        ``{tag: function of the payload}`` for tags that are not those of plain data.
    end
        When decoding must be done, by the monotonic clock.

    Raises
    ------
    WireError
        If anything is wrong with the tree.
    CallTimeout
        If decoding takes longer.
    """
    try:
        return _decode(tree, hooks or {}, 0, _Budget(end))
    except CallError:
        raise
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise WireError(f"a malformed value: {type(error).__name__}") from None
    except (OverflowError, MemoryError, RecursionError) as error:
        raise WireError(f"an oversized value: {type(error).__name__}") from None


def _decode(
    tree: Any, hooks: Mapping[str, Decoder], depth: int, budget: _Budget
) -> Any:
    budget.spend(depth)
    if type(tree) in _PLAIN or type(tree) is int:
        return tree
    if type(tree) is list:
        return [_decode(item, hooks, depth + 1, budget) for item in tree]
    if type(tree) is not dict or len(tree) != 1:
        raise WireError("neither a value nor a tag")
    ((tag, payload),) = tree.items()
    if tag in _CONTAINERS:
        items = [_decode(item, hooks, depth + 1, budget) for item in _list(payload)]
        return _CONTAINERS[tag](items)
    if builder := _DECODERS.get(tag) or hooks.get(tag):
        return builder(payload)
    raise WireError(f"unknown tag {tag!r:.40}")


def _list(payload: Any, length: int | None = None) -> list[Any]:
    if type(payload) is not list or length not in (None, len(payload)):
        raise WireError("a list of another length was expected")
    return payload


def _dtype(code: Any) -> np.dtype[Any]:
    if type(code) is not str or not _DTYPE.match(code):
        raise WireError(f"dtype {code!r:.40} is not allowed")
    return np.dtype(code)


def array_of(payload: Any) -> np.ndarray[Any, Any]:
    """Return the array of a payload ``[dtype, shape, bytes]``, in memory of its own.

    Raises
    ------
    WireError
        If the payload is malformed, or the dtype is not allowed.
    """
    code, shape, data = _list(payload, 3)
    dtype = _dtype(code)
    if type(data) is not bytes or len(_list(shape)) > 32:
        raise WireError("an array's shape or bytes are malformed")
    size = dtype.itemsize
    for length in shape:
        if type(length) is not int or length < 0:
            raise WireError("an array's shape holds something that is not a length")
        size *= length
    if size != len(data):
        raise WireError("an array's shape and its bytes disagree")
    array = np.frombuffer(data, dtype).reshape(shape)
    if dtype.kind == "U" and array.size:
        _check_characters(np.frombuffer(data, f"{dtype.str[0]}u4"))
    # A bool is a byte: bytes other than 0 and 1 would count more than once in a sum.
    return np.asarray(array.view("u1") != 0) if code[-2:] == "b1" else array.copy()


def _check_characters(codes: np.ndarray[Any, Any]) -> None:
    if codes.max() > sys.maxunicode:
        raise WireError("an array of text holds a number that is not a character")


def _scalar(payload: Any) -> Any:
    code, data = _list(payload, 2)
    return array_of([code, [], data])[()]


def _int(payload: Any) -> int:
    if type(payload) is not str or len(payload) > MAX_DIGITS:
        raise WireError("an integer of too many digits")
    return int(payload)


def _hashed(kind: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
    """Return a function that makes a set or dict, unless that would take too long.

    If all elements are made to share one hash, the time grows with their square.
    """

    def build(items: list[Any]) -> Any:
        if len(items) > MAX_ALIKE:
            keys = [pair[0] for pair in items] if kind is dict else items
            ((_, alike),) = Counter(map(hash, keys)).most_common(1)
            if alike > MAX_ALIKE:
                raise WireError(f"{alike} elements of a set share one hash")
        return kind(items)

    return build


def _three(kind: Callable[..., Any]) -> Callable[[list[Any]], Any]:
    return lambda items: kind(*_list(items, 3))


def _range(payload: Any) -> range:
    """Return a range, unless it is so long that a test would loop for ever."""
    numbers: range = _three(range)(payload)
    if len(numbers) > MAX_NODES:
        raise WireError(f"a range of more than {MAX_NODES} numbers")
    return numbers


def _complex(payload: Any) -> complex:
    real, imaginary = _list(payload, 2)
    return complex(float(real), float(imaginary))


# Their payload is a list of trees.
_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": _hashed(set),
    "frozenset": _hashed(frozenset),
    "dict": _hashed(dict),
    "range": _range,
    "slice": _three(slice),
}
_DECODERS: dict[str, Decoder] = {
    "array": array_of,
    "scalar": _scalar,
    "int": _int,
    "complex": _complex,
    "ellipsis": lambda _: ...,
    "dtype": _dtype,
    "type": lambda payload: TYPES[payload],
}
CONTAINER_TAGS = tuple(_CONTAINERS)
#: Every tag that stands for plain data.
TAGS = (*CONTAINER_TAGS, *_DECODERS)


__all__ = [
    "CONTAINER_TAGS",
    "LOOK_EVERY",
    "MAX_ALIKE",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_NODES",
    "TAGS",
    "TYPES",
    "Decoder",
    "Encoder",
    "array_of",
    "decode",
    "encode",
]
