"""The names that a test binds and student code reads.

In a notebook both share one namespace. Here a name that a test binds or deletes is told
to the kernel before student code runs the next time, and taken back when the test ends.
That also holds for names in modules and for builtins, which a test may replace:
``patch("time.sleep")``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.errors import CannotAsk, WireError
from grader.execution.wire.sharing import with_marks

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student

# What student code prints is repeated in the examiner in another way.
_NOT_SHARED = frozenset(("sys.stdout", "sys.stderr"))


@dataclass(slots=True)
class _Place:
    """A name in a module that a test may replace; `seen` is its last known value."""

    name: str
    table: dict[str, Any]
    key: str
    before: Any
    seen: Any


class Bindings:
    """The names that the present test has bound or deleted.

    Parameters
    ----------
    student
        The kernel.
    """

    def __init__(self, student: Student) -> None:
        self._student = student
        self._left: set[str] = set()
        self._before: dict[str, Any] = {}
        self.begin(())

    def begin(self, shared: Iterable[str]) -> None:
        """Begin a test.

        Parameters
        ----------
        shared
            The names that student code may read: global ones, builtins, and names in
            modules such as ``time.sleep``.
        """
        self._bound: dict[str, Any] = {}
        self._deleted: set[str] = set()
        self._restored: set[str] = set()
        self._again = set(self._left)
        self._sent = False
        self._places = list(_places(shared, self._before))

    def bind(self, name: str, value: Any) -> None:
        """Note that the test has bound a global name."""
        self._deleted.discard(name)
        self._bound[name] = value
        self._left.add(name)

    def delete(self, name: str) -> None:
        """Note that the test has deleted a global name."""
        self._bound.pop(name, None)
        self._deleted.add(name)
        self._left.discard(name)

    def send(self) -> None:
        """Tell the kernel what has changed since the last time.

        The test may have replaced a builtin, so that few of them are used here.
        """
        self._look()
        if not (self._bound or self._deleted or self._restored or self._again):
            return
        bound, deleted, restored = self._bound, self._deleted, self._restored
        again = self._again
        self._bound, self._deleted, self._restored = {}, set(), set()
        self._again, self._sent = set(), True
        values = with_marks([*bound.values()], {})
        trees = map(self._tree, bound, values)
        pairs = [[name, tree] for name, tree in zip(bound, trees, strict=True)]
        channel = self._student.channel
        answer = channel.request("bind", [*again], pairs, [*deleted], [*restored])
        if answer[0] != "ok":
            raise channel.cannot_ask("what a name is that the test has bound")

    def _tree(self, name: str, value: Any) -> Any:
        """Return the tree of a value; if it cannot be sent, one that says so."""
        channel = self._student.channel
        before = channel.stumbled
        try:
            return self._student.encode(value)
        except (CannotAsk, WireError):
            # Student code may never use it.
            channel.stumbled = before
            return {"unsent": name}

    def _look(self) -> None:
        """Note which names in modules the test has replaced or put back."""
        for place in self._places:
            value = place.table.get(place.key, place.seen)
            if value is not place.seen:
                place.seen = value
                if value is place.before:
                    self._restored.add(place.name)
                else:
                    self._bound[place.name] = value

    def end(self) -> None:
        """Have the kernel take back what the test has bound and deleted."""
        # What it has bound since its last call, the next test may use.
        if self._student.channel.broken is None:
            self.send()
        if self._sent:
            self._student.channel.request("unbind")
        self.begin(())


def _places(names: Iterable[str], before: dict[str, Any]) -> Iterator[_Place]:
    """Yield the places of those names that are builtins, or in a module.

    A builtin that a test replaces becomes a global name of the student's.

    Parameters
    ----------
    names
        The names.
    before
        What they were before the first test; this is added to.
    """
    for name in names:
        module, _, key = name.rpartition(".")
        known = sys.modules.get(module or "builtins")
        table = {} if known is None or name in _NOT_SHARED else vars(known)
        if key in table:
            value = before.setdefault(name, table[key])
            yield _Place(name, table, key, value, value)


__all__ = ["Bindings"]
