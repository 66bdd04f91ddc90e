"""The global names of the student, as a test sees and changes them.

In a notebook a test shares its names with the answers: ``tax = lambda price: 1`` in a
test replaces the function that an answer calls, and ``patch("time.sleep")`` the one in
a module. What a test binds here is taken back at its end, so that no later cell meets
it.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Mapping, MutableMapping
from typing import Any

from grader.execution.wire.sharing import Containers

_ABSENT = object()
# The values that names had before the present test bound or deleted them.
_before: dict[str, Any] = {}
# The values that earlier tests have left in names, and what the names had before.
_left: dict[str, tuple[Any, Any]] = {}


def change(
    names: dict[str, Any],
    values: Mapping[str, Any],
    deleted: Collection[str],
    restored: Collection[str],
) -> None:
    """Bind and delete names until they are restored.

    Parameters
    ----------
    names
        The student's namespace.
    values
        The new values, by name. A name with a dot is one in a module: ``time.sleep``.
    deleted
        The names to delete. One that does not exist is left out.
    restored
        The names that get the values that they had before the present test.
    """
    for name in (*values, *deleted):
        table, key = _place(names, name)
        _before.setdefault(name, table.get(key, _ABSENT))
        if name in values:
            table[key] = values[name]
        else:
            table.pop(key, None)
    for name in restored:
        if name in _before:
            _restore(names, name, _before.pop(name))


def bind_again(names: dict[str, Any], again: Collection[str]) -> None:
    """Bind names as earlier tests have left them.

    A name that a cell has bound since then is left out.

    Parameters
    ----------
    names
        The student's namespace.
    again
        The names.
    """
    for name in again:
        value, before = _left.get(name, (_ABSENT, _ABSENT))
        if value is not _ABSENT and names.get(name, _ABSENT) is before:
            _before.setdefault(name, before)
            names[name] = value


def restore(names: dict[str, Any]) -> None:
    """Give all names the values that they had before the present test."""
    while _before:
        name, value = _before.popitem()
        if name in names:
            _left[name] = names[name], value
        _restore(names, name, value)


def forget() -> None:
    """Release what earlier tests have left."""
    _left.clear()


def _restore(names: dict[str, Any], name: str, value: Any) -> None:
    table, key = _place(names, name)
    if value is _ABSENT:
        table.pop(key, None)
    else:
        table[key] = value


def _place(names: dict[str, Any], name: str) -> tuple[MutableMapping[str, Any], str]:
    """Return the namespace that a name is in, and the name there."""
    module, _, key = name.rpartition(".")
    return (vars(importlib.import_module(module)) if module else names), key


def that_share(
    names: Mapping[str, Any], name: str, others: Collection[str]
) -> list[str]:
    """Return those of `others` whose values share a changeable object with a name's.

    Parameters
    ----------
    names
        The student's namespace.
    name
        The name.
    others
        Other names. Those that do not exist are left out.
    """
    shared = set(Containers([names[name]]).numbers())
    if not shared:
        return []
    left = {
        each: set(Containers([names[each]]).numbers())
        for each in others
        if each in names and each != name
    }
    found: list[str] = []
    while new := [each for each, held in left.items() if held & shared]:
        found += new
        for each in new:
            shared |= left.pop(each)
    return found


__all__ = ["bind_again", "change", "forget", "restore", "that_share"]
