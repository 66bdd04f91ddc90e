"""Which containers inside a message are one and the same object. Pure.

Data crosses the call channel as copies. So that a list that comes twice arrives as one
list, and an argument that comes back as the same argument, containers are numbered in
the order in which both sides meet them, and a place where one comes again holds its
number in place of a copy: ``{"given": 0}`` or ``{"again": 0}`` on the wire, and a
:class:`Mark` once it is decoded.

What is numbered is what can be changed in place, such as lists, dicts, sets and arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from grader.errors import WireError
from grader.execution.wire.codec import Tree
from grader.execution.wire.registry import is_changeable

_WITH_PARTS = frozenset((list, dict, tuple))
_LEAVES = frozenset((int, float, str, bool, type(None), bytes, complex))
# Deeper values are refused when they are encoded.
_DEEPEST = 60


@dataclass(slots=True)
class Mark:
    """Stands for a container that has a number.

    Attributes
    ----------
    of : str
        ``given``: one of the arguments of the present call; ``again``: one that came
        earlier in the same value.
    number : int
        Its number.
    """

    of: Literal["given", "again"]
    number: int

    # It cannot be an element of a set, or a key.
    __hash__ = None  # type: ignore[assignment]


class Containers:
    """The containers in some values, in the order in which they are met.

    Parameters
    ----------
    values
        The values.

    Attributes
    ----------
    found : list
        Each container once.
    shared : bool
        Whether one of them came more than once.
    """

    def __init__(self, values: Iterable[Any]) -> None:
        self.found: list[Any] = []
        self.shared = False
        self._seen: set[int] = set()
        for value in values:
            if type(value) not in _LEAVES:
                self._visit(value, 0)

    def _visit(self, value: Any, depth: int) -> None:
        kind = type(value)
        if is_changeable(value):
            if id(value) in self._seen:
                self.shared = True
                return
            self._seen.add(id(value))
            self.found.append(value)
        if kind in _WITH_PARTS and depth < _DEEPEST:
            for part in _parts(value, kind):
                if type(part) not in _LEAVES:
                    self._visit(part, depth + 1)

    def numbers(self) -> dict[int, int]:
        """Return the number of each container by its ``id``."""
        return {id(value): number for number, value in enumerate(self.found)}


def _parts(value: Any, kind: type) -> Iterable[Any]:
    # The keys of a dict hold nothing that can be changed.
    parts: Iterable[Any] = value.values() if kind is dict else value
    return parts


def with_marks(
    values: list[Any], given: Mapping[int, int], containers: Containers | None = None
) -> list[Any]:
    """Return values to encode: with marks where a container comes again.

    Parameters
    ----------
    values
        The values of one message, which are not changed.
    given
        The numbers of containers that the other side has, by their ``id``.
    containers
        Those in the values, if they are known.

    Returns
    -------
    list
        The values themselves if they hold no container twice and none that is given.
    """
    if containers is None:
        containers = Containers(values)
    if not containers.found:
        return values
    if containers.shared or any(id(each) in given for each in containers.found):
        marking = _Marking(given)
        return [marking.part(value, frozenset()) for value in values]
    return values


def content_with_marks(container: Any, given: Mapping[int, int]) -> Any:
    """Return the content of a numbered argument, with marks for the others in it."""
    if type(container) not in _WITH_PARTS:
        return container
    return _Marking(given).rebuilt(container, frozenset((id(container),)))


class _Marking:
    """Copies one value with marks; containers are numbered as they are copied."""

    def __init__(self, given: Mapping[int, int]) -> None:
        self._given = given
        self._numbers: dict[int, int] = {}

    def mark(self, value: Any, above: frozenset[int]) -> Any:
        kind, name = type(value), id(value)
        if is_changeable(value):
            if name in self._given:
                return Tree({"given": self._given[name]})
            if name in above:  # inside itself: left for the encoder to refuse
                return value
            if name in self._numbers:
                return Tree({"again": self._numbers[name]})
            self._numbers[name] = len(self._numbers)
        if kind not in _WITH_PARTS or len(above) > _DEEPEST:
            return value
        return self.rebuilt(value, above | {name})

    def rebuilt(self, value: Any, above: frozenset[int]) -> Any:
        if type(value) is dict:
            return {key: self.part(item, above) for key, item in value.items()}
        return type(value)([self.part(item, above) for item in value])

    def part(self, part: Any, above: frozenset[int]) -> Any:
        return part if type(part) in _LEAVES else self.mark(part, above)


def settled(values: list[Any], given: list[Any]) -> tuple[list[Any], int]:
    """Return decoded values with their marks replaced by what they stand for.

    Parameters
    ----------
    values
        The values of one message; their containers are changed in place.
    given
        The containers that the other side has numbered.

    Returns
    -------
    list, int
        The values, and how many marks were replaced.

    Raises
    ------
    WireError
        If a mark stands for nothing.
    """
    settling = _Settling(given)
    settled = [v if type(v) in _LEAVES else settling.settle(v, 0) for v in values]
    return settled, settling.count


class _Settling:
    def __init__(self, given: list[Any]) -> None:
        self.count = 0
        self._given = given
        self._found: list[Any] = []

    def settle(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is Mark:
            return self._meant(value)
        if is_changeable(value):
            self._found.append(value)
        if kind not in _WITH_PARTS or depth > _DEEPEST:
            return value
        if kind is tuple:
            parts = [self.settle(part, depth + 1) for part in value]
            same = all(a is b for a, b in zip(parts, value, strict=True))
            return value if same else tuple(parts)
        if kind is list:
            for place, part in enumerate(value):
                if type(part) not in _LEAVES:
                    value[place] = self.settle(part, depth + 1)
            return value
        for key, part in value.items():
            if type(part) not in _LEAVES:
                value[key] = self.settle(part, depth + 1)
        return value

    def _meant(self, mark: Mark) -> Any:
        known = self._given if mark.of == "given" else self._found
        if type(mark.number) is not int or not 0 <= mark.number < len(known):
            raise WireError(f"a value that came {mark.of} has no number")
        self.count += 1
        return known[mark.number]


__all__ = [
    "Containers",
    "Mark",
    "content_with_marks",
    "settled",
    "with_marks",
]
