"""List the names a cell reads from other cells, over-approximating if unsure. Pure.

Python's own symbol table says what is read. Magics, and text that is not Python, may
read any of their words.
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
# Magics that read no names, unless IPython inserts the value of one: "{a}", "$a".
_SETTING = re.compile(r"\s*%(?:conda|load_ext|matplotlib|pip)\b[^{$]*$")
# Statements that always bind their names.
_ALWAYS_BIND = (
    *(ast.AnnAssign, ast.Assign, ast.ClassDef, ast.FunctionDef),
    *(ast.Import, ast.ImportFrom),
)
# They run at once. A generator may run later, but hardly in another cell.
_COMPREHENSIONS = {"dictcomp", "genexpr", "listcomp", "setcomp"}


@dataclass(frozen=True)
class Reads:
    """Names that a cell reads and may not have bound before.

    Attributes
    ----------
    at_once : frozenset of str
        Read when the cell runs.
    later : frozenset of str
        Read when its functions are called; the value is the one bound last by then.
    bound : frozenset of str
        Names that the cell always binds itself.
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
        Assume that a loop or condition binds its names before it reads them. This is
        for the instructor's cells: if it were not so, the solution would fail too.

    Examples
    --------
    >>> names = reads("a = b\ndef f(c):\n    return a + c", trusted=True)
    >>> sorted(names.at_once), sorted(names.later)
    (['b'], ['a'])
    """
    if len(source) > magics.MOST_KEPT:
        return _any_word(source)
    return _read_closely(source, trusted)


def words(source: str) -> set[str]:
    """Return all words of a text that could be names."""
    return set(_WORD.findall(source))


def _any_word(source: str) -> Reads:
    names = frozenset(words(source))
    return Reads(names, names)


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
            now, then, binds = _of_statement(statement)
            always = _always_binds(statement)
            first = binds if trusted and not always else set()
            at_once |= now - bound - first
            later |= then - first
            bound |= binds if always else set()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Python parses some texts that it does not compile.
        return _any_word(source)
    return Reads(frozenset(at_once), frozenset(later), frozenset(bound))


def _always_binds(statement: ast.stmt) -> bool:
    declared = isinstance(statement, ast.AnnAssign) and statement.value is None
    return isinstance(statement, _ALWAYS_BIND) and not declared


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
    """Return what a statement reads at once, what its functions read, what it binds."""
    table = symtable.symtable(ast.unparse(statement), "<cell>", "exec")
    now = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    now |= {name.id for name in _changed(statement) if isinstance(name, ast.Name)}
    then: set[str] = set()
    for inner in table.get_children():
        read = set(_globals(inner))
        in_place = inner.get_name() in _COMPREHENSIONS
        # The lines of a class run at once, its methods when they are called.
        if in_place or inner.get_type() == "class":
            now |= read
        if not in_place:
            then |= read
    binds = {
        s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()
    }
    return now, then, binds


def _changed(statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield what must exist although it is not read: ``x += 1``, ``del x``."""
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
