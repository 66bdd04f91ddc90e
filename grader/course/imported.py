"""Find the modules that a notebook imports, among those that are installed here."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterable, Iterator
from importlib.machinery import PathFinder

from grader.notebooks import magics
from grader.notebooks.cells import NotebookNode, is_test


def imports(source: NotebookNode) -> tuple[str, ...]:
    """Return the modules that cells other than tests import, in order of first use.

    ``import a.b`` gives ``a.b``; ``from a.b import c`` gives ``a.b``, and ``a.b.c`` if
    that is a module. Modules that are not installed here are left out.
    """
    names = _imported_by(cell for cell in source.cells if not is_test(cell))
    return tuple(filter(importable, dict.fromkeys(names)))


def top_level_modules(source: NotebookNode) -> set[str]:
    """Return the top-level modules that all cells import, installed here or not."""
    return {name.partition(".")[0] for name in _imported_by(source.cells)}


def _imported_by(cells: Iterable[NotebookNode]) -> Iterator[str]:
    for cell in cells:
        tree = magics.parsed(cell.source) if cell.cell_type == "code" else None
        if tree is not None:
            yield from _imported_names(tree)


def _imported_names(tree: ast.Module) -> Iterator[str]:
    for node in _statements_in_order(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            members = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from filter(_is_module, members)


def _is_module(dotted: str) -> bool:
    """Tell whether a module's file exists, without importing its packages."""
    top, *below = dotted.split(".")
    spec = importlib.util.find_spec(top) if importable(top) else None
    for name in below:
        folders = None if spec is None else spec.submodule_search_locations
        spec = PathFinder.find_spec(name, folders) if folders else None
    return spec is not None


def _statements_in_order(tree: ast.Module) -> list[ast.stmt]:
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return sorted(statements, key=lambda node: (node.lineno, node.col_offset))


def importable(name: str) -> bool:
    """Tell whether the package of a module is installed."""
    top = name.partition(".")[0]
    if top == "__main__":  # the notebook itself; here it is the program that grades
        return False
    try:
        return importlib.util.find_spec(top) is not None
    except (ImportError, ValueError):
        return False


__all__ = ["importable", "imports", "top_level_modules"]
