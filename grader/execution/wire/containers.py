"""Containers of the standard library, and the views of dictionaries. Pure."""

from __future__ import annotations

import array
import collections
from typing import Any

from grader.errors import WireError
from grader.execution.wire.codec import hashed, list_of
from grader.execution.wire.kinds import Codec

_make_dict = hashed(dict)
_MAPPINGS: tuple[dict[Any, Any], ...] = ({}, collections.OrderedDict())
_VIEWS = frozenset(
    type(view)
    for mapping in _MAPPINGS
    for view in (mapping.keys(), mapping.values(), mapping.items())
)
_NUMBERS = frozenset("bBhHiIlLqQfd")


def _pairs(mapping: dict[Any, Any]) -> list[list[Any]]:
    return [list(pair) for pair in dict.items(mapping)]


def _counter(pairs: list[Any]) -> collections.Counter[Any]:
    return collections.Counter(_make_dict(pairs))


def _ordered(pairs: list[Any]) -> collections.OrderedDict[Any, Any]:
    return collections.OrderedDict(_make_dict(pairs))


def _default(parts: list[Any]) -> collections.defaultdict[Any, Any]:
    """Return a defaultdict.

    What makes its missing values is a type that has a name on the wire, or stands for a
    function that stays on its own side.
    """
    make, *pairs = parts
    if not (make is None or callable(make)):
        raise WireError("a defaultdict is malformed")
    return collections.defaultdict(make, _make_dict(pairs))


def _fill_dict(target: dict[Any, Any], value: dict[Any, Any]) -> None:
    target.clear()
    target.update(value)


def _fill_deque(target: collections.deque[Any], value: collections.deque[Any]) -> None:
    target.clear()
    target.extend(value)


def _fill_slice(target: Any, value: Any) -> None:
    target[:] = value


def _deque(parts: list[Any]) -> collections.deque[Any]:
    longest, *items = parts
    if longest is not None and (type(longest) is not int or longest < len(items)):
        raise WireError("a deque is malformed")
    return collections.deque(items, longest)


def _view_parts(view: Any) -> list[Any]:
    name = type(view).__name__
    return [name, *(map(list, view) if name.endswith("items") else view)]


def _view(parts: list[Any]) -> Any:
    """Return a view of a dictionary made for it alone."""
    name, *items = parts
    if type(name) is not str or name.removeprefix("o") not in _VIEW_MAKERS:
        raise WireError("a view of a dictionary is malformed")
    mapping = _VIEW_MAKERS[name.removeprefix("o")](items)
    if name.startswith("o"):
        mapping = collections.OrderedDict(mapping)
    return getattr(mapping, name.partition("_")[2])()


_VIEW_MAKERS: dict[str, Any] = {
    "dict_keys": lambda items: _make_dict([(item, None) for item in items]),
    "dict_values": lambda items: dict(enumerate(items)),
    "dict_items": _make_dict,
}


def _bytearray(payload: Any) -> bytearray:
    if type(payload) is not bytes:
        raise WireError("a bytearray is malformed")
    return bytearray(payload)


def _numbers(payload: Any) -> array.array[Any]:
    code, data = list_of(payload, 2)
    if type(code) is not str or code not in _NUMBERS or type(data) is not bytes:
        raise WireError("an array.array is malformed")
    return array.array(code, data)


CODECS = (
    Codec(
        "counter",
        lambda value: type(value) is collections.Counter,
        _pairs,
        _counter,
        "values",
        _fill_dict,
    ),
    Codec(
        "ordered dict",
        lambda value: type(value) is collections.OrderedDict,
        lambda value: [list(pair) for pair in value.items()],
        _ordered,
        "values",
        _fill_dict,
    ),
    Codec(
        "default dict",
        lambda value: type(value) is collections.defaultdict,
        lambda value: [value.default_factory, *_pairs(value)],
        _default,
        "values",
        _fill_dict,
    ),
    Codec(
        "deque",
        lambda value: type(value) is collections.deque,
        lambda value: [value.maxlen, *value],
        _deque,
        "values",
        _fill_deque,
    ),
    Codec("view", lambda value: type(value) in _VIEWS, _view_parts, _view, "values"),
    Codec(
        "bytearray",
        lambda value: type(value) is bytearray,
        bytes,
        _bytearray,
        fill=_fill_slice,
    ),
    Codec(
        "array.array",
        lambda value: type(value) is array.array and value.typecode in _NUMBERS,
        lambda value: [value.typecode, value.tobytes()],
        _numbers,
        fill=_fill_slice,
    ),
)


__all__ = ["CODECS"]
