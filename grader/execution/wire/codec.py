"""Encode plain data as trees, and decode it, for examiner and jail. Pure.

A tree consists of what MessagePack can hold. None, bool, int, float, str, bytes and
lists stand for themselves; everything else is a map with one key, its tag::

    {"tuple": [...]}  {"set": [...]}  {"frozenset": [...]}  {"dict": [[k, v], ...]}
    {"int": "123…"}   {"complex": [re, im]}   {"range": [a, b, c]}
    {"slice": [a, b, c]}   {"ellipsis": true}
    {"array": [dtype, shape, bytes]}   {"read-only": [dtype, shape, bytes]}
    {"scalar": [dtype, bytes]}
    {"type": "numpy.float32"}   {"dtype": "<f4"}   {"module": "numpy"}

Values of other kinds have their own tags in :mod:`grader.execution.wire.registry`.
``remote`` and ``local`` stand for objects that stay in the jail. Each side of the call
channel passes its own hooks for them, and the examiner passes one for ``module``.

A type must be exactly one of these: an instance of a subclass is another kind of value,
which its own codec sends, or which stays where it is.

Decoding makes exact types, never runs code of the other side, and raises nothing but
:class:`~grader.errors.CallError`. The number of nodes of a tree, its depth, and the
time for decoding it are limited.
"""

from __future__ import annotations

import math
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.errors import CallError, CallTimeout, WireError
from grader.execution.wire import arrays
from grader.execution.wire.kinds import Codec
from grader.execution.wire.named_types import NAMES, TYPES

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
Hook = Decoder | Codec

_PLAIN = frozenset((type(None), bool, float, str, bytes))
_SCALARS = frozenset(kind for kind in TYPES.values() if issubclass(kind, np.generic))


@dataclass(frozen=True, slots=True)
class Parts:
    """What a hook for encoding may return in place of a tree: parts to encode.

    Attributes
    ----------
    tag : str
        The tag of the value that has these parts.
    values : iterable
        The parts, of any kind.
    """

    tag: str
    values: Iterable[Any]


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree among values to encode; it is sent as it is."""

    tree: Any


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


# --- encode: values to trees -----------------------------------------------------


def encode(value: Any, other: Encoder | None = None) -> Any:
    """Return the tree of a value.

    Parameters
    ----------
    value
        Plain data, of exactly the types above.
    other
        Called for each value that is not plain data; returns its tree or its
        :class:`Parts`. Without this function such a value raises WireError.

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
    if kind is list:
        return _encode_all(value, other, depth + 1, budget)
    if kind in _CONTAINERS_SENT:
        items = _items(value) if kind is dict else value
        return {kind.__name__: _encode_all(items, other, depth + 1, budget)}
    if kind is Tree:
        return value.tree
    if (special := _encode_special(value, kind)) is not None:
        return special
    if other is None:
        raise WireError(f"a {kind.__name__} cannot be sent to student code")
    sent = other(value)
    if type(sent) is not Parts:
        return sent
    return {sent.tag: _encode_all(sent.values, other, depth + 1, budget)}


def _encode_all(
    items: Iterable[Any], other: Encoder | None, depth: int, budget: _Budget
) -> list[Any]:
    # A comprehension inside the function above would slow down each call of it.
    return [_encode(item, other, depth, budget) for item in items]


_CONTAINERS_SENT = frozenset((tuple, set, frozenset, dict))


def _items(value: dict[Any, Any]) -> list[Any]:
    return [list(pair) for pair in value.items()]


def _encode_int(value: int) -> Any:
    if -(2**63) <= value < 2**64:
        return value
    if value.bit_length() > MAX_DIGITS * 3:
        raise WireError("an integer of too many digits")
    return {"int": str(value)}


def _encode_special(value: Any, kind: type) -> Any:
    """Return the tree of a value of a less common type, None for all others."""
    if kind is np.ndarray and arrays.is_plain(value.dtype):
        tag = "array" if value.flags.writeable else "read-only"
        return {tag: arrays.parts_of(value)}
    if kind in _SCALARS and arrays.is_plain(value.dtype):
        return {"scalar": [value.dtype.str, value.tobytes()]}
    if kind is complex:
        return {"complex": [value.real, value.imag]}
    if kind is range or kind is slice:
        parts = [value.start, value.stop, value.step]
        return {kind.__name__: [encode(part) for part in parts]}
    return _encode_name(value)


def _encode_name(value: Any) -> Any:
    """Return the tree of a value that both sides have, so that its name is enough.

    None for all other values.
    """
    if value is Ellipsis:
        return {"ellipsis": True}
    if issubclass(type(value), types.ModuleType):
        return {"module": value.__name__}
    if isinstance(value, np.dtype) and arrays.is_plain(value):
        return {"dtype": value.str}
    if isinstance(value, type) and value in NAMES:
        return {"type": NAMES[value]}
    return None


# --- decode: trees to values -----------------------------------------------------


def decode(
    tree: Any, hooks: Mapping[str, Hook] | None = None, end: float = math.inf
) -> Any:
    """Return the value of a tree, made of exact types.

    Parameters
    ----------
    tree
        What :func:`grader.execution.wire.messages.unpack` returned, or a part of it.
    hooks
        ``{tag: codec, or function of the payload}`` for tags that are not those of
        plain data.
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
    except (OverflowError, MemoryError, RecursionError) as error:
        raise WireError(f"an oversized value: {type(error).__name__}") from None
    except Exception as error:
        raise WireError(f"a malformed value: {type(error).__name__}") from None


def _decode(tree: Any, hooks: Mapping[str, Hook], depth: int, budget: _Budget) -> Any:
    budget.spend(depth)
    kind = type(tree)
    if kind in _PLAIN or kind is int:
        return tree
    if kind is list:
        return _decode_all(tree, hooks, depth + 1, budget)
    if kind is not dict or len(tree) != 1:
        raise WireError("neither a value nor a tag")
    ((tag, payload),) = tree.items()
    if build := _CONTAINERS.get(tag):
        return build(_decode_all(list_of(payload), hooks, depth + 1, budget))
    hook = _DECODERS.get(tag) or hooks.get(tag)
    if hook is None:
        raise WireError(f"unknown tag {tag!r:.40}")
    if not isinstance(hook, Codec):
        return hook(payload)
    if hook.payload == "tree":
        return hook.decode(payload)
    if hook.payload == "kept" and not _is_kept(list_of(payload)):
        raise WireError("a value that stays in the jail has no handle there")
    if hook.payload == "data":  # Nothing in it may be an object that stays in the jail.
        hooks = {tag: each for tag, each in hooks.items() if isinstance(each, Codec)}
    return hook.decode(_decode_all(list_of(payload), hooks, depth + 1, budget))


def _decode_all(
    trees: list[Any], hooks: Mapping[str, Hook], depth: int, budget: _Budget
) -> list[Any]:
    return [_decode(tree, hooks, depth, budget) for tree in trees]


def _is_kept(parts: list[Any]) -> bool:
    """Say whether the first part stands for an object that stays in the jail."""
    return bool(parts) and type(parts[0]) is dict and [*parts[0]] == ["remote"]


def list_of(payload: Any, length: int | None = None) -> list[Any]:
    """Return a payload that must be a list, of a certain length if one is given.

    Raises
    ------
    WireError
        If it is not.
    """
    if type(payload) is not list or length not in (None, len(payload)):
        raise WireError("a list of another length was expected")
    return payload


def _int(payload: Any) -> int:
    if type(payload) is not str or len(payload) > MAX_DIGITS:
        raise WireError("an integer of too many digits")
    return int(payload)


def hashed(kind: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
    """Return a function that makes a set or dict, unless that would take too long.

    If all elements are made to share one hash, the time grows with their square.

    Parameters
    ----------
    kind
        The type that is made: of elements, or of pairs if it is dict.
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
    return lambda items: kind(*list_of(items, 3))


def _range(payload: Any) -> range:
    """Return a range, unless it is so long that a test would loop for ever."""
    numbers: range = _three(range)(payload)
    if len(numbers) > MAX_NODES:
        raise WireError(f"a range of more than {MAX_NODES} numbers")
    return numbers


def _complex(payload: Any) -> complex:
    real, imaginary = list_of(payload, 2)
    return complex(float(real), float(imaginary))


# Their payload is a list of trees.
_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": hashed(set),
    "frozenset": hashed(frozenset),
    "dict": hashed(dict),
    "range": _range,
    "slice": _three(slice),
}
_DECODERS: dict[str, Decoder] = {
    "array": arrays.array_of,
    "read-only": arrays.read_only_of,
    "scalar": arrays.scalar_of,
    "int": _int,
    "complex": _complex,
    "ellipsis": lambda _: ...,
    "dtype": arrays.dtype_of,
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
    "Decoder",
    "Encoder",
    "Hook",
    "Parts",
    "Tree",
    "decode",
    "encode",
    "hashed",
    "list_of",
]
