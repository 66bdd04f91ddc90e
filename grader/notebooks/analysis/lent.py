"""Find what test cells bind that later cells read: "lent" names. Pure.

nbgrader runs test cells in the student's kernel. Here they run in the examiner, and a
later cell would miss what only a test cell imports, assigns or defines. The statements
that bind such a name run in the kernel as well, if students can see them. Those in
hidden tests never do: :attr:`Lent.hidden` says where one would be needed.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from grader.notebooks import magics, markers
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.analysis.reads import reads, words
from grader.notebooks.cells import Cell

# What "from x import *" binds: names that are not known.
_ANY = "*"
# Names that need no binding.
_GIVEN = {*dir(builtins), "display", "get_ipython", "In", "Out"}


class LentStatement(NamedTuple):
    """A statement of a test cell: the number of its first line, and its source."""

    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Lent:
    """What test cells lend to the cells after them.

    Attributes
    ----------
    statements : dict of str to tuple of LentStatement
        For each test cell that lends names, by its grade_id: the statements that bind
        them. All of them are in the student's copy, too.
    hidden : frozenset of str
        The grade_ids of test cells that bind such a name in hidden tests only.
    """

    statements: dict[str, tuple[LentStatement, ...]]
    hidden: frozenset[str]


def lent(cells: Sequence[Cell]) -> Lent:
    """Return what the test cells of a notebook lend to the cells after them.

    Parameters
    ----------
    cells
        The instructor's notebook, with its solution or with a student's answers.
    """
    code = [cell for cell in cells if cell.is_code]
    search = _Search(code)
    if search.can_find:
        for at, name in search.needs_of_cells():
            search.find(name, at)
    return Lent(search.chosen(), frozenset(search.hidden))


class _Statement(NamedTuple):
    """A statement of a test cell; ``changes``: the names whose values it changes."""

    line: int
    source: str
    binds: frozenset[str]
    changes: frozenset[str]
    hidden: bool


@lru_cache(maxsize=256)
def _statements(source: str) -> tuple[_Statement, ...]:
    """Return the statements of a test cell; none if it is not Python."""
    tree = magics.parsed_to_read(source)
    secret = markers.hidden_lines(source)
    return tuple(
        _Statement(
            _lines(node).start,
            ast.unparse(node),
            frozenset(bound_names([ast.unparse(node)])),
            frozenset(_changed(node)),
            not secret.isdisjoint(_lines(node)),
        )
        for node in (tree.body if tree else ())
    )


def _lines(node: ast.stmt) -> range:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return range(first, (node.end_lineno or node.lineno) + 1)


def _changed(node: ast.stmt) -> Iterator[str]:
    """Yield the names of what ``a.append(1)``, ``a[0] = 1`` or ``a.b = 1`` changes."""
    places: list[ast.expr] = []
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute() as method)):
            places = [method]
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            places = targets
        case ast.AugAssign(target=target):
            places = [target]
    for place in places:
        root = place
        while isinstance(root, ast.Attribute | ast.Subscript):
            root = root.value
        if isinstance(root, ast.Name) and root is not place:
            yield root.id


@dataclass
class _Search:
    """Follows names from the cells that read them to the statements that bind them."""

    code: Sequence[Cell]
    hidden: set[str] = field(default_factory=set)
    _chosen: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._tests = {
            at: _statements(cell.source)
            for at, cell in enumerate(self.code)
            if cell.is_test
        }
        self._lendable: frozenset[str] = frozenset().union(
            *(each.binds for tests in self._tests.values() for each in tests)
        )
        self._bound = [
            set() if cell.is_test else bound_names([cell.source])
            for cell in (self.code if self._lendable else ())
        ]

    @property
    def can_find(self) -> bool:
        return bool(self._lendable)

    def needs_of_cells(self) -> Iterator[tuple[int, str]]:
        """Yield the position of each cell that is no test, with each name it needs."""
        first = min(self._tests, default=len(self.code))
        for at in range(first + 1, len(self.code)):
            cell = self.code[at]
            if not cell.is_test and self._may_read(cell.source):
                for name in self._needs(cell.source, at, trusted=not cell.by_student):
                    yield at, name

    def _may_read(self, source: str) -> bool:
        """Say, at little cost, whether a cell may read a name that a test binds."""
        return _ANY in self._lendable or not self._lendable.isdisjoint(words(source))

    def _needs(self, source: str, at: int, *, trusted: bool = True) -> set[str]:
        """Return the names that a text reads and that no cell before it has bound."""
        before: set[str] = set().union(*self._bound[:at])
        read = reads(source, trusted=trusted)
        if trusted:
            # What "with" or "for" binds, a trusted cell does not read before that.
            before |= self._bound[at] - read.bound
        return {*read.at_once - before, *read.later - before - self._bound[at]}

    def find(self, name: str, at: int) -> bool:
        """Choose the statements above position `at` that bind a name.

        Returns
        -------
        bool
            False if only hidden tests bind it.
        """
        binders = list(self._binders(name, at))
        visible = [place for place in binders if not self._at(place).hidden]
        if binders and not visible:
            self.hidden |= {self.code[test].grade_id for test, _ in binders}
            return False
        for place in visible:
            self._choose(place)
        return True

    def _binders(self, name: str, at: int) -> Iterator[tuple[int, int]]:
        """Yield where a name is bound above `at`, and where its value is changed."""
        wanted = name if name in self._lendable or name in _GIVEN else _ANY
        places = [
            (test, number)
            for test, statements in self._tests.items()
            if test < at
            for number in range(len(statements))
        ]
        if any(wanted in self._at(place).binds for place in places):
            for place in places:
                found = self._at(place)
                if wanted in found.binds or name in found.changes:
                    yield place

    def _choose(self, place: tuple[int, int]) -> None:
        """Choose a statement, and those that bind what it needs itself."""
        if place in self._chosen:
            return
        self._chosen.add(place)
        test, _ = place
        needs = self._needs(self._at(place).source, test)
        # Its own cell lends to it, too.
        found = [self.find(name, test + 1) for name in needs]
        if not all(found):
            self._chosen.discard(place)

    def _at(self, place: tuple[int, int]) -> _Statement:
        test, number = place
        return self._tests[test][number]

    def chosen(self) -> dict[str, tuple[LentStatement, ...]]:
        """Return the chosen statements of each test cell, in their order."""
        found: dict[str, tuple[LentStatement, ...]] = {}
        for place in sorted(self._chosen):
            grade_id, one = self.code[place[0]].grade_id, self._at(place)
            before = found.get(grade_id, ())
            found[grade_id] = (*before, LentStatement(one.line, one.source))
        return found


__all__ = ["Lent", "LentStatement", "lent"]
