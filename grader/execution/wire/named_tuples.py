"""Named tuples, and the classes that they are made of.

A class whose instances are nothing but named tuples is data: its name, its fields and
their defaults. The other side makes a class of its own from these, the same one each
time, so that ``isinstance`` and ``type(a) is type(b)`` hold on both sides. When such a
value goes back, it is an instance of the class that it came from.

A class with methods of its own stays where it is, with its instances.
"""

from __future__ import annotations

import collections
import gc
import itertools
import types
import weakref
from typing import Any, NamedTuple

from grader.errors import WireError
from grader.execution.wire.kinds import Codec

MAX_FIELDS = 255
MAX_TEXT = 10_000
# How many classes of the other side may be in use here.
MAX_CLASSES = 10_000

_PROTOTYPE: Any = collections.namedtuple("_PROTOTYPE", "field")
# What Python adds to a class that is written with fields and types.
_ADDED = frozenset(
    "__annotations__ __annotate__ __annotate_func__ __annotations_cache__ __doc__ "
    "__firstlineno__ __module__ __orig_bases__ __qualname__ __static_attributes__ "
    "__new__ _field_defaults _fields".split()
)


class _Design(NamedTuple):
    """Identifies a class of the other side."""

    number: int
    name: str
    fields: tuple[str, ...]
    doc: str | None


class _Classes:
    """The classes that this process has sent, and those that it made for others."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._number_of_own: weakref.WeakKeyDictionary[type, int]
        self._number_of_own = weakref.WeakKeyDictionary()
        self._own: weakref.WeakValueDictionary[int, type]
        self._own = weakref.WeakValueDictionary()
        self._made: weakref.WeakValueDictionary[_Design, type]
        self._made = weakref.WeakValueDictionary()
        self._number_of_made: weakref.WeakKeyDictionary[type, int]
        self._number_of_made = weakref.WeakKeyDictionary()

    def number(self, kind: type) -> tuple[bool, int]:
        """Return whether a class is of this process, and its number there."""
        if kind in self._number_of_made:
            return False, self._number_of_made[kind]
        if kind not in self._number_of_own:
            self._number_of_own[kind] = number = next(self._numbers)
            self._own[number] = kind
        return True, self._number_of_own[kind]

    def own(self, design: _Design) -> type | None:
        """Return the class of this process that has come back."""
        kind: Any = self._own.get(design.number)
        return kind if kind is not None and kind._fields == design.fields else None

    def made(self, design: _Design, defaults: list[Any]) -> type:
        """Return the class that stands for one of the other side."""
        kind = self._made.get(design)
        if kind is None:
            self._made[design] = kind = _class_of(design, defaults)
            self._number_of_made[kind] = design.number
            if len(self._made) > MAX_CLASSES:
                gc.collect()
            if len(self._made) > MAX_CLASSES:
                raise WireError(f"more than {MAX_CLASSES} classes of named tuples")
        return kind


_classes = _Classes()


def _class_of(design: _Design, defaults: list[Any]) -> type:
    if len(design.fields) > MAX_FIELDS or len(defaults) > len(design.fields):
        raise WireError("a class of named tuples is malformed")
    if any(len(name) > MAX_FIELDS for name in (design.name, *design.fields)):
        raise WireError("a name in a class of named tuples is too long")
    make: Any = collections.namedtuple
    kind: type = make(design.name, design.fields, defaults=defaults, module="__main__")
    if design.doc is not None:
        kind.__doc__ = design.doc
    return kind


def is_class(value: Any) -> bool:
    """Say whether a value is a class of named tuples without methods of its own."""
    if type(value) is not type or value.__bases__ != (tuple,):
        return False
    own = vars(value)
    fields = own.get("_fields")
    if type(fields) is not tuple or any(type(field) is not str for field in fields):
        return False
    return len(fields) <= MAX_FIELDS and all(
        _is_field(attribute) if name in fields else _is_usual(name, attribute)
        for name, attribute in own.items()
    )


def _is_field(attribute: Any) -> bool:
    return type(attribute) is type(vars(_PROTOTYPE)["field"])


def _is_usual(name: str, attribute: Any) -> bool:
    """Say whether all named tuples have this attribute, and the same one."""
    usual = vars(_PROTOTYPE).get(name)
    attribute = getattr(attribute, "__func__", attribute)
    usual = getattr(usual, "__func__", usual)
    if name in _ADDED or not isinstance(usual, types.FunctionType):
        return name in _ADDED or name in vars(_PROTOTYPE)
    return getattr(attribute, "__code__", None) is usual.__code__


def _described(kind: Any) -> list[Any]:
    """Return a class as values: whose it is, number, name, fields, docstring, defaults.

    The docstring is None if it is the one that Python makes.
    """
    usual = f"{kind.__name__}({', '.join(kind._fields)})"
    doc = kind.__doc__ if kind.__doc__ != usual else None
    text = doc[:MAX_TEXT] if type(doc) is str else None
    defaults = list(kind._field_defaults.values())
    return [*_classes.number(kind), kind.__name__, list(kind._fields), text, defaults]


def _class(parts: list[Any]) -> Any:
    theirs, number, name, fields, doc, defaults = parts
    kinds = [type(part) for part in (theirs, number, name, fields, defaults)]
    if kinds != [bool, int, str, list, list] or type(doc) not in (str, type(None)):
        raise WireError("a class of named tuples is malformed")
    if any(type(field) is not str for field in fields):
        raise WireError("a field of a class of named tuples is malformed")
    design = _Design(number, name, tuple(fields), doc)
    own = None if theirs else _classes.own(design)
    return own or _classes.made(design, defaults)


def _is_named_tuple(value: Any) -> bool:
    return is_class(type(value))


def _named_tuple(parts: list[Any]) -> Any:
    described, *items = parts
    if type(described) is not list:
        raise WireError("a named tuple is malformed")
    kind = _class(described)
    if len(items) != len(kind._fields):
        raise WireError("a named tuple has another number of fields than its class")
    return tuple.__new__(kind, items)


CODECS = (
    Codec(
        "named tuple",
        _is_named_tuple,
        lambda value: [_described(type(value)), *value],
        _named_tuple,
        "values",
    ),
    Codec("named tuple class", is_class, _described, _class, "values"),
)


__all__ = ["CODECS", "MAX_CLASSES", "MAX_FIELDS", "MAX_TEXT", "is_class"]
