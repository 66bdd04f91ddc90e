"""Find the cells that grading can skip because nothing needs them. Pure.

Some cells draw figures or train for minutes without any test depending on them. With a
tag, the instructor allows grading to skip such a cell. It is skipped only if the
submission permits: a cell whose names are read by a test or by student code is run.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from grader.errors import CourseError
from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.analysis.reads import Reads, reads, words
from grader.notebooks.cells import Cell, NotebookNode, cells_of

TAG = "skip-when-grading"
NOT_RUN = "[not run when graded: no test needs this cell]"

# Any name: "from x import *" binds names that are not known.
ANY = "*"
# Syntax that binds names in another scope, or in a way that `bound_names` misses.
_OTHER_BINDINGS = (ast.Global, ast.Match)
# Code that uses one of these can read names that it does not contain.
_NAME_FINDERS = {
    *("__builtins__", "__globals__", "__main__", "builtins", "dir", "doctest", "eval"),
    *("exec", "f_globals", "gc", "get_ipython", "globals", "importlib", "inspect"),
    *("IPython", "locals", "query", "sys", "user_ns", "vars"),
}


def skipped(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the IDs of the cells that need not run to grade this submission.

    Parameters
    ----------
    cells
        The instructor's notebook with the student's answers and cells, as made by
        :func:`grader.submissions.merge.merge`.
    """
    code = [cell for cell in cells if cell.is_code]
    allowed = {cell.identifier for cell in code if may_skip(cell)}
    if not allowed or any(_can_find_names(cell) for cell in code if cell.by_student):
        return frozenset()
    # A cell that is needed can itself need other cells.
    while True:
        needed = {cell.identifier for cell in _needed(code, allowed)}
        if not needed:
            return frozenset(allowed)
        allowed -= needed


def may_skip(cell: Cell) -> bool:
    """Tell whether the instructor allows grading to skip this cell."""
    return TAG in cell.tags and not cell.by_student


def check(source: NotebookNode, where: str) -> None:
    """Refuse an instructor's notebook with the tag on a cell that must be run.

    Parameters
    ----------
    source
        The instructor's notebook.
    where
        The notebook's name, for messages.

    Raises
    ------
    CourseError
        If an answer, a test, or a cell without code has the tag.
    """
    for number, cell in enumerate(cells_of(source), start=1):
        if TAG in cell.tags and (cell.kind or not cell.is_code):
            what = cell.kind or f"{cell.cell_type} cell"
            raise CourseError(
                f"{where}, cell {number} ({cell.grade_id or cell.identifier}): "
                f"this {what} has the tag {TAG!r}; only code cells that are neither "
                "answer nor test may have it; remove the tag"
            )


def _needed(code: Sequence[Cell], allowed: Collection[str]) -> Iterator[Cell]:
    """Yield those of the allowed cells whose names the others read."""
    reads_of = {
        cell.identifier: _reads(cell) for cell in code if cell.identifier not in allowed
    }
    read = {name for cell_reads in reads_of.values() for name in cell_reads.later}
    read.add(ANY)
    for cell in reversed(code):
        if cell.identifier in reads_of:
            read |= reads_of[cell.identifier].at_once
        elif _binds(cell) & read:
            yield cell


def _reads(cell: Cell) -> Reads:
    return reads(cell.source, trusted=not cell.by_student)


def _binds(cell: Cell) -> set[str]:
    """Return the names that a cell binds, with `ANY` if not all can be known."""
    tree = cell.tree
    plain = tree is not None and cell.source == magics.without(cell.source)
    unseen = tree is not None and any(
        isinstance(n, _OTHER_BINDINGS) for n in ast.walk(tree)
    )
    return bound_names([cell.source]) | (set() if plain and not unseen else {ANY})


def _can_find_names(cell: Cell) -> bool:
    """Tell whether code can read names that it does not contain."""
    if cell.tree is None:
        return bool(_NAME_FINDERS & words(cell.source))
    nodes = ast.walk(cell.tree)
    return bool(_NAME_FINDERS & {word for node in nodes for word in _words(node)})


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield (node.module or "").partition(".")[0]
        yield from (alias.name for alias in node.names)


__all__ = ["NOT_RUN", "TAG", "check", "may_skip", "skipped"]
