"""Find which names a test takes from the student and which from the instructor. Pure.

A name that the solution's answer cells bind is the student's. What the instructor's
other cells import or define, the examiner makes itself: a student who patches it in
the kernel changes nothing that a test uses.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from grader.notebooks import magics
from grader.notebooks.analysis.reads import needed
from grader.notebooks.cells import Cell, cells_of, parse_notebook


class NotebookNames(NamedTuple):
    """Where the names of an instructor's notebook come from.

    Attributes
    ----------
    answers : frozenset of str
        The names that the solution's answers bind: the student's.
    read : frozenset of str
        The names that the solution's answers read, builtins among them, and those in
        modules, such as ``time.sleep``.
    definitions : mapping of str to str
        What the other cells import or define; see :func:`definitions`.
    imported : mapping of str to str
        What the other cells import; see :func:`imported`.
    """

    answers: frozenset[str]
    read: frozenset[str]
    definitions: Mapping[str, str]
    imported: Mapping[str, str]


@lru_cache(maxsize=8)
def notebook_names(source: str) -> NotebookNames:
    """Return where the names of an instructor's notebook come from.

    The result is cached between submissions: finding it takes as long as running a few
    cells.

    Parameters
    ----------
    source
        JSON text of the notebook.
    """
    code = [cell for cell in cells_of(parse_notebook(source)) if cell.is_code]
    given = [cell.source for cell in code if cell.kind is None]
    answers = [cell.source for cell in code if cell.is_answer]
    return NotebookNames(
        frozenset(bound_names(answers)),
        frozenset().union(*map(needed, answers), _in_modules(answers, code)),
        MappingProxyType(definitions(given)),
        MappingProxyType(imported(given)),
    )


def _in_modules(answers: Iterable[str], cells: Iterable[Cell]) -> set[str]:
    """Return the full names of what answers read in modules, such as ``time.sleep``."""
    modules = imported(cell.source for cell in cells)
    trees = [tree for source in answers if (tree := magics.parsed(source)) is not None]
    return {
        f"{modules[node.value.id]}.{node.attr}"
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in modules
    }


def bound_names(sources: Iterable[str]) -> set[str]:
    """Return the names that cells bind at their top level, loops included.

    Examples
    --------
    >>> sorted(bound_names(["a, b = 1, 2", "def f(): c = 3"]))
    ['a', 'b', 'f']
    """
    return set().union(*map(_bound_in, sources))


def _bound_in(source: str) -> frozenset[str]:
    short = len(source) <= magics.MOST_KEPT
    return _kept(source) if short else _found_in(source)


def _found_in(source: str) -> frozenset[str]:
    tree = magics.parsed_to_read(source)
    return frozenset() if tree is None else frozenset(_bound(tree))


# Most cells are the same in all submissions.
_kept = lru_cache(maxsize=256)(_found_in)


def _bound(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child.name
        elif isinstance(child, ast.Lambda):
            continue
        elif isinstance(child, ast.comprehension):
            # The names of its loop are its own, but not those that ":=" binds in it.
            yield from _bound(ast.Tuple([child.iter, *child.ifs], ast.Load()))
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id
        elif isinstance(child, ast.MatchAs | ast.MatchStar):
            yield from [child.name] if child.name else []
            yield from _bound(child)
        elif isinstance(child, ast.alias):
            yield child.asname or child.name.split(".")[0]
        else:
            yield from _bound(child)


def used_names(source: str) -> set[str]:
    r"""Return the names that a cell reads and does not bind at its top level.

    Examples
    --------
    >>> sorted(used_names("a = f(b)\nassert a"))
    ['b', 'f']
    """
    tree = magics.parsed(source)
    read = {
        node.id
        for node in (() if tree is None else ast.walk(tree))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return read - bound_names([source])


def definitions(sources: Iterable[str]) -> dict[str, str]:
    """Return the statements by which cells import names or define them at top level.

    Imports count anywhere outside of functions, as in ``try``. Of several definitions
    of a name the last one counts.

    Returns
    -------
    dict of str to str
        For each name, the statement as source.

    Examples
    --------
    >>> definitions(["import numpy as np"])
    {'np': 'import numpy as np'}
    """
    statements: dict[str, str] = {}
    for source in sources:
        tree = magics.parsed(source)
        if tree is not None:
            statements |= dict(_defined(tree))
    return statements


def _defined(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, ast.unparse(node)
        else:
            yield from _imports(node)


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            if name != "*":
                yield name, ast.unparse(_only(node, alias))
    elif not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _imports(child)


def _only(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.stmt:
    if isinstance(node, ast.Import):
        return ast.Import(names=[alias])
    return ast.ImportFrom(module=node.module, names=[alias], level=node.level)


def imported(sources: Iterable[str]) -> dict[str, str]:
    """Return the full name of everything that cells import, by its name in the cells.

    Examples
    --------
    >>> imported(["import numpy as np, math", "from math import sqrt as root"])
    {'np': 'numpy', 'math': 'math', 'root': 'math.sqrt'}
    """
    found: dict[str, str] = {}
    for node in _import_statements(sources):
        module = node.module if isinstance(node, ast.ImportFrom) else None
        origin = f"{module}." if module else ""
        for alias in node.names:
            full = origin + alias.name
            if not origin and not alias.asname:
                # "import a.b" binds "a".
                full = full.split(".")[0]
            found[alias.asname or full.removeprefix(origin)] = full
    return found


def _import_statements(sources: Iterable[str]) -> Iterator[ast.Import | ast.ImportFrom]:
    for source in sources:
        tree = magics.parsed(source)
        for node in tree.body if tree is not None else ():
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node


__all__ = [
    "NotebookNames",
    "bound_names",
    "definitions",
    "imported",
    "notebook_names",
    "used_names",
]
