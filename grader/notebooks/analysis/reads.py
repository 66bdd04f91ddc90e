"""List the names that a cell needs from other cells; if unsure, list too many. Pure.

Python's own symbol table says what each statement reads and binds. Of a magic, and of
text that is not Python, every word counts as read. Builtins are not left out.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from grader.notebooks import magics

_WORD = re.compile(r"[^\W\d]\w*")
# Magics that read no names. With "{a}" or "$a" in the line, IPython inserts the value
# of the name a, so that such a line does not match.
_SETTING = re.compile(r"\s*%(?:conda|load_ext|matplotlib|pip)\b[^{$]*$")
# Statements after which the names on their left side are certainly bound.
_ALWAYS_BIND = (
    ast.AnnAssign,
    ast.Assign,
    ast.ClassDef,
    ast.FunctionDef,
    ast.Import,
    ast.ImportFrom,
)
# Comprehensions run when their statement runs. A generator may run later, but it is
# assumed that no other cell runs it.
_COMPREHENSIONS = {"dictcomp", "genexpr", "listcomp", "setcomp"}


@dataclass(frozen=True)
class Reads:
    """The names that a cell needs from other cells, and those that it binds.

    Attributes
    ----------
    at_once : frozenset of str
        Read when the cell runs, and not certainly bound earlier in the same cell.
    later : frozenset of str
        Read when the cell's functions are called. Names that the cell binds itself are
        among them: another cell may bind them again before the call.
    bound : frozenset of str
        Certainly bound by the cell.
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
        Assume that a compound statement, such as a loop or an ``if``, binds a name
        before it reads it. Meant for the instructor's cells, whose authors ran them;
        in students' cells such a name counts as read.

    Examples
    --------
    >>> names = reads("a = b\ndef f(c):\n    return a + c", trusted=True)
    >>> sorted(names.at_once), sorted(names.later)
    (['b'], ['a'])
    """
    if len(source) > magics.MOST_KEPT:
        return _any_word(source)
    return _read_closely(source, trusted)


def needed(source: str) -> set[str]:
    r"""Return the names that an instructor's cell reads and does not bind before.

    Examples
    --------
    >>> sorted(needed("try:\n    f()\nexcept E as error:\n    print(error)"))
    ['E', 'f', 'print']
    """
    read = reads(source, trusted=True)
    return {*read.at_once, *read.later - read.bound}


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
    # A magic may run code at once, or define what is called later.
    at_once = set(_words_of_magics(source))
    later: set[str] = set(at_once)
    bound: set[str] = set()
    try:
        for statement in tree.body:
            names = _names_of(statement)
            always_binds = _always_binds(statement)
            # A simple assignment reads before it binds: x = x + 1.
            assume_bound = trusted and not always_binds
            bound_first = names.binds - names.changes if assume_bound else set()
            at_once |= names.reads - bound - bound_first
            later |= names.functions_read - bound_first
            bound |= names.binds if always_binds else set()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Python parses some texts that it cannot compile, very deep ones for instance.
        return _any_word(source)
    return Reads(frozenset(at_once), frozenset(later), frozenset(bound))


def _always_binds(statement: ast.stmt) -> bool:
    only_annotates = isinstance(statement, ast.AnnAssign) and statement.value is None
    return isinstance(statement, _ALWAYS_BIND) and not only_annotates


def _words_of_magics(source: str) -> Iterable[str]:
    """Return the words in a cell's magics: ``%timeit f(x)`` reads ``f`` and ``x``."""
    plain = magics.without(source)
    if plain == source:
        return ()
    if not plain:
        # A cell magic such as %%bash: nothing of the cell is Python.
        return words(source)
    # Each line with a magic was replaced by one other line.
    pairs = zip(source.split("\n"), plain.split("\n"), strict=True)
    lines = (old for old, new in pairs if old != new)
    return [word for line in lines if not _SETTING.match(line) for word in words(line)]


class _Names(NamedTuple):
    """The names in one statement at the top of a cell.

    ``reads`` are read when it runs, ``functions_read`` when its functions are called.
    ``changes`` are read although the symbol table does not say so: ``x += 1``.
    """

    reads: set[str]
    functions_read: set[str]
    binds: set[str]
    changes: set[str]


def _names_of(statement: ast.stmt) -> _Names:
    table = symtable.symtable(ast.unparse(statement), "<cell>", "exec")
    symbols = table.get_symbols()
    changes = set(_changed_names(statement))
    reads = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    reads |= changes
    functions_read: set[str] = set()
    for scope in table.get_children():
        names = set(_global_names(scope))
        is_comprehension = scope.get_name() in _COMPREHENSIONS
        # The body of a class runs at once, its methods later: its names count as both.
        if is_comprehension or scope.get_type() == "class":
            reads |= names
        if not is_comprehension:
            functions_read |= names
    binds = {
        symbol.get_name()
        for symbol in symbols
        if symbol.is_assigned() or symbol.is_imported()
    }
    return _Names(reads, functions_read, binds, changes)


def _changed_names(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that must exist already: those of ``x += 1`` and ``del x``."""
    for node in _outside_functions(statement):
        targets: list[ast.expr] = []
        if isinstance(node, ast.AugAssign):
            targets = [node.target]
        elif isinstance(node, ast.Delete):
            targets = node.targets
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a statement without those that run when a function does."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _outside_functions(child)


def _global_names(scope: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names that a function, class or comprehension reads from outside."""
    yield from (
        symbol.get_name() for symbol in scope.get_symbols() if symbol.is_global()
    )
    for inner in scope.get_children():
        yield from _global_names(inner)


__all__ = ["Reads", "needed", "reads", "words"]
