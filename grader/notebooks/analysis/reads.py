"""Which names a cell takes from others: too many rather than too few. Pure.

What is read is what Python's own symbol table says. Magics, and text that is no Python,
may read any of their words.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.notebooks import magics

_WORD = re.compile(r"[^\W\d]\w*")
# Magics that read no names, unless IPython puts the value of one in: "{a}", "$a".
_SETTING = re.compile(r"\s*%(?:conda|load_ext|matplotlib|pip)\b[^{$]*$")
# What binds its names whatever happens.
_SURE = (
    *(ast.AnnAssign, ast.Assign, ast.ClassDef, ast.FunctionDef),
    *(ast.Import, ast.ImportFrom),
)
# They run where they stand. A generator may run later, but hardly in another cell.
_COMPREHENSIONS = {"dictcomp", "genexpr", "listcomp", "setcomp"}


@dataclass(frozen=True)
class Reads:
    """Names that a cell reads and has not surely bound before.

    Attributes
    ----------
    at_once : frozenset of str
        When it runs.
    later : frozenset of str
        Whenever its functions are called: then, who bound them last counts.
    bound : frozenset of str
        Those that it surely binds itself, for functions that nobody else calls.
    """

    at_once: frozenset[str]
    later: frozenset[str]
    bound: frozenset[str] = frozenset()


def reads(source: str, *, trusted: bool) -> Reads:
    r"""Return what a cell reads.

    Parameters
    ----------
    source
        Text of a cell.
    trusted
        Whether a loop or condition is believed to bind its names before it reads them,
        as in the instructor's cells: if it does not, the solution fails as well.

    Examples
    --------
    >>> found = reads("a = b\ndef f(c):\n    return a + c", trusted=True)
    >>> sorted(found.at_once), sorted(found.later)
    (['b'], ['a'])
    """
    if len(source) > magics.MOST_KEPT:
        return _any_word(source)
    return _read_closely(source, trusted)


def words(source: str) -> set[str]:
    """Return all that could be a name in a text."""
    return set(_WORD.findall(source))


def _any_word(source: str) -> Reads:
    found = frozenset(words(source))
    return Reads(found, found)


@lru_cache(maxsize=256)
def _read_closely(source: str, trusted: bool) -> Reads:
    tree = magics.parsed_to_read(source)
    if tree is None:
        return _any_word(source)
    at_once = set(_of_magics(source))
    later: set[str] = set(at_once)
    bound: set[str] = set()
    try:
        for statement in tree.body:
            now, then, own = _of_statement(statement)
            surely = _binds_surely(statement)
            first = own if trusted and not surely else set()
            at_once |= now - bound - first
            later |= then - first
            bound |= own if surely else set()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Python takes some texts apart that it won't compile.
        return _any_word(source)
    return Reads(frozenset(at_once), frozenset(later), frozenset(bound))


def _binds_surely(statement: ast.stmt) -> bool:
    declared = isinstance(statement, ast.AnnAssign) and statement.value is None
    return isinstance(statement, _SURE) and not declared


def _of_magics(source: str) -> Iterable[str]:
    """Return the words of a cell's magics: ``%timeit f(x)`` reads names, too."""
    plain = magics.without(source)
    if plain == source:
        return ()
    if not plain:
        return words(source)
    pairs = zip(source.split("\n"), plain.split("\n"), strict=True)
    lines = (old for old, new in pairs if old != new)
    return [word for line in lines if not _SETTING.match(line) for word in words(line)]


def _of_statement(statement: ast.stmt) -> tuple[set[str], set[str], set[str]]:
    """Return what a statement reads at once, what its functions read, and binds."""
    table = symtable.symtable(ast.unparse(statement), "<cell>", "exec")
    now = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    now |= {name.id for name in _changed(statement) if isinstance(name, ast.Name)}
    then: set[str] = set()
    for inner in table.get_children():
        read = set(_globals(inner))
        in_place = inner.get_name() in _COMPREHENSIONS
        # A class' own lines run where they stand, its methods when they are called.
        if in_place or inner.get_type() == "class":
            now |= read
        if not in_place:
            then |= read
    own = {
        s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()
    }
    return now, then, own


def _changed(statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield what must be there, though it is not read: ``x += 1``, ``del x``."""
    for node in ast.walk(statement):
        if isinstance(node, ast.AugAssign):
            yield node.target
        elif isinstance(node, ast.Delete):
            yield from node.targets


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names that a function, class or comprehension reads from its cell."""
    yield from (s.get_name() for s in table.get_symbols() if s.is_global())
    for inner in table.get_children():
        yield from _globals(inner)


__all__ = ["Reads", "reads", "words"]
