"""Find the cells that grading may leave out because nothing needs them. Pure.

Some cells show, or train for minutes, what no test asks about. The instructor's tag
on such a cell is a permission. Whether it is used depends on the submission: a cell
whose names a test or a student's code reads is run, for all that it costs.
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

# As in "from x import *", which binds nobody knows what.
ANY = "*"
# What binds names elsewhere, or so that `bound_names` does not see it.
_BIND = (ast.Global, ast.Match)
# Whoever uses one of these may read a name that stands nowhere in the code.
_FINDS_NAMES = {
    *("__builtins__", "__globals__", "__main__", "builtins", "dir", "doctest", "eval"),
    *("exec", "f_globals", "gc", "get_ipython", "globals", "importlib", "inspect"),
    *("IPython", "locals", "query", "sys", "user_ns", "vars"),
}


def skipped(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the ids of the cells that need not run for this submission's grade.

    Parameters
    ----------
    cells
        The instructor's notebook with the student's answers and cells in it, as
        :func:`grader.submissions.merge.merge` makes it.
    """
    code = [cell for cell in cells if cell.is_code]
    allowed = {cell.identifier for cell in code if may_skip(cell)}
    if not allowed or any(_finds_names(cell) for cell in code if cell.by_student):
        return frozenset()
    # A cell that turns out to be needed needs others in its turn.
    while True:
        needed = {cell.identifier for cell in _needed(code, allowed)}
        if not needed:
            return frozenset(allowed)
        allowed -= needed


def may_skip(cell: Cell) -> bool:
    """Say whether the instructor allows grading to leave this cell out."""
    return TAG in cell.tags and not cell.by_student


def check(source: NotebookNode, where: str) -> None:
    """Refuse an instructor's notebook that allows a part of the grade to be left out.

    Parameters
    ----------
    source
        The instructor's notebook.
    where
        What messages call it.

    Raises
    ------
    CourseError
        If an answer or a test, or a cell that is no code, has the tag.
    """
    for number, cell in enumerate(cells_of(source), start=1):
        if TAG in cell.tags and (cell.kind or not cell.is_code):
            what = cell.kind or f"{cell.cell_type} cell"
            raise CourseError(
                f"{where}, cell {number} ({cell.grade_id or cell.identifier}): "
                f"this {what} has the tag {TAG!r}, which only code cells may have "
                "that are neither answer nor test; take the tag off"
            )


def _needed(code: Sequence[Cell], allowed: Collection[str]) -> Iterator[Cell]:
    """Yield those of the allowed cells whose names the others read."""
    found = {
        cell.identifier: _reads(cell) for cell in code if cell.identifier not in allowed
    }
    read = {name for each in found.values() for name in each.later} | {ANY}
    for cell in reversed(code):
        if cell.identifier in found:
            read |= found[cell.identifier].at_once
        elif _binds(cell) & read:
            yield cell


def _reads(cell: Cell) -> Reads:
    return reads(cell.source, trusted=not cell.by_student)


def _binds(cell: Cell) -> set[str]:
    """Return the names that a cell binds, `ANY` among them if they cannot be told."""
    tree = cell.tree
    told = tree is not None and cell.source == magics.without(cell.source)
    unseen = tree is not None and any(isinstance(n, _BIND) for n in ast.walk(tree))
    return bound_names([cell.source]) | (set() if told and not unseen else {ANY})


def _finds_names(cell: Cell) -> bool:
    """Say whether code may read names that it does not name."""
    if cell.tree is None:
        return bool(_FINDS_NAMES & words(cell.source))
    nodes = ast.walk(cell.tree)
    return bool(_FINDS_NAMES & {word for node in nodes for word in _words(node)})


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
