"""Mark a kernel's state and go back to it, without running earlier cells again.

This is for trying many answers in one kernel: call :func:`mark` before the first one,
and :func:`rewind` after each. Names get their earlier values back. Objects that an
answer has changed in place cannot be restored; they are found by comparing contents,
and reported.

It runs in the kernel, beside answers that the instructor wrote. It does not protect
against hostile code, and no grade depends on it.
"""

from __future__ import annotations

import os
import random
import re
import sys
import types
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.execution.inside.calls import handles

# IPython's own names: its history, and functions such as exit.
_HISTORY = re.compile(r"_+|_i+|_i?\d+|_(ih|oh|dh)|In|Out|exit|quit|get_ipython")
_DEEPEST = 8
_ONLY_NAMED = (
    type,
    types.BuiltinFunctionType,
    types.FunctionType,
    types.MethodType,
    types.ModuleType,
)


class ChangedInPlace(Exception):
    """An object that existed at the mark has been changed in place."""


class _Mark:
    """The names of a namespace at one moment, and the state of random generators."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = {n: v for n, v in names.items() if not _HISTORY.fullmatch(n)}
        self._contents = self._digests()
        self._environment = dict(os.environ)
        self._random = random.getstate(), np.random.get_state()
        generators = filter(_is_generator, self._names.values())
        self._generators = [(g, g.bit_generator.state) for g in generators]

    def _digests(self) -> dict[str, Any]:
        return {name: digest(value) for name, value in self._names.items()}

    def restore(self, names: dict[str, Any]) -> None:
        for name in [n for n in names if not _HISTORY.fullmatch(n)]:
            if name not in self._names:
                del names[name]
        names |= self._names
        if dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        random.setstate(self._random[0])
        np.random.set_state(self._random[1])
        for generator, state in self._generators:
            generator.bit_generator.state = state

    def changed(self) -> list[str]:
        """Return the names whose content has changed since the mark."""
        now = self._digests()
        return [name for name, was in self._contents.items() if now[name] != was]


_marks: list[_Mark] = []


def mark(names: dict[str, Any]) -> None:
    """Remember the present state of `names`, the kernel's namespace."""
    _marks[:] = [_Mark(names)]


def rewind(names: dict[str, Any]) -> None:
    """Restore `names`, the kernel's namespace, to the marked state.

    Raises
    ------
    ChangedInPlace
        If an object was changed in place. The kernel cannot be used any more then.
    """
    (marked,) = _marks
    handles.forget()
    marked.restore(names)
    if changed := marked.changed():
        raise ChangedInPlace(", ".join(changed))


def digest(value: Any) -> Any:
    """Return a digest of a value, which differs if the content of the value differs.

    Of functions, classes and modules only the type counts; of arrays and weights the
    bytes; of other objects the values of their attributes.
    """
    return _digest(value, frozenset())


def _digest(value: Any, above: frozenset[int]) -> Any:
    if value is None or isinstance(value, bool | int | float | complex | str | bytes):
        return repr(value)
    if isinstance(value, np.ndarray) and not value.dtype.hasobject:
        return value.dtype.str, value.shape, zlib.crc32(value.tobytes())
    if isinstance(value, _ONLY_NAMED) or _is_generator(value):
        return type(value).__name__
    if id(value) in above or len(above) > _DEEPEST:
        return "deeper"
    return type(value).__name__, tuple(_parts(value, above | {id(value)}))


def _parts(value: Any, above: frozenset[int]) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield repr(key), _digest(item, above)
    elif isinstance(value, list | tuple):
        yield from (_digest(item, above) for item in value)
    elif isinstance(value, set | frozenset):
        yield frozenset(_digest(item, above) for item in value)
    elif _is_layer(value):
        yield from (_digest(weight, above) for weight in value.get_weights())
        yield bool(getattr(value, "compiled", False)), bool(value.trainable)
    elif isinstance(value, np.ndarray):
        yield from (_digest(item, above) for item in value.flat)
    elif type(value).__module__.split(".")[0] not in ("keras", "tensorflow"):
        for name, item in getattr(value, "__dict__", {}).items():
            yield name, _digest(item, above)


def _is_generator(value: Any) -> bool:
    return isinstance(value, np.random.Generator)


def _is_layer(value: Any) -> bool:
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.Layer)


__all__ = ["ChangedInPlace", "digest", "mark", "rewind"]
