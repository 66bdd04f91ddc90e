"""Which cells grading leaves out: what the instructor allows and nothing needs. Pure.

Some cells show, or train for minutes, what no test asks about. The instructor's tag
on such a cell is a permission. Whether it is used depends on the hand-in: a cell
whose names a test or a student's code reads is run, for all that it costs.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from grader.errors import CourseError
from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.analysis.reads import Reads, reads, words
from grader.notebooks.cells import NotebookNode, grade_id_of, kind_of, tags_of
from grader.submissions import roles

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


def skipped(cells: Sequence[NotebookNode]) -> frozenset[str]:
    """Return the ids of the cells that need not run for this hand-in's grade.

    Parameters
    ----------
    cells
        The instructor's notebook with the student's answers and cells in it, as
        :func:`grader.submissions.merge.graft` makes it.
    """
    code = [cell for cell in cells if cell.cell_type == "code"]
    allowed = {cell.id for cell in code if may_skip(cell)}
    if not allowed or any(map(_finds_names, filter(roles.is_students, code))):
        return frozenset()
    # A cell that turns out to be needed needs others in its turn.
    while True:
        needed = {cell.id for cell in _needed(code, allowed)}
        if not needed:
            return frozenset(allowed)
        allowed -= needed


def may_skip(cell: NotebookNode) -> bool:
    """Say whether the instructor allows grading to leave this cell out."""
    return TAG in tags_of(cell) and not roles.is_students(cell)


def check(source: NotebookNode, where: str) -> None:
    """Refuse an instructor's notebook that allows a part of the grade to be left out.

    Raises
    ------
    CourseError
        If an answer or a test, or a cell that is no code, has the tag.
    """
    for number, cell in enumerate(source.cells, start=1):
        if TAG in tags_of(cell) and (kind_of(cell) or _is_text(cell)):
            what = kind_of(cell) or f"{cell.cell_type} cell"
            raise CourseError(
                f"{where}, cell {number} ({grade_id_of(cell) or cell.id}): "
                f"this {what} has the tag {TAG!r}, which only code cells may have "
                "that are neither answer nor test; take the tag off"
            )


def _is_text(cell: NotebookNode) -> bool:
    return bool(cell.cell_type != "code")


def _needed(
    code: Sequence[NotebookNode], allowed: Collection[str]
) -> Iterator[NotebookNode]:
    """Yield those of the allowed cells whose names the others read."""
    found = {cell.id: _reads(cell) for cell in code if cell.id not in allowed}
    read = {name for each in found.values() for name in each.later} | {ANY}
    for cell in reversed(code):
        if cell.id in found:
            read |= found[cell.id].at_once
        elif _binds(cell.source) & read:
            yield cell


def _reads(cell: NotebookNode) -> Reads:
    return reads(cell.source, trusted=not roles.is_students(cell))


def _binds(source: str) -> set[str]:
    """Return the names that a cell binds, `ANY` among them if they cannot be told."""
    tree = magics.parsed_to_read(source)
    told = tree is not None and source == magics.without(source)
    unseen = tree is not None and any(isinstance(n, _BIND) for n in ast.walk(tree))
    return bound_names([source]) | (set() if told and not unseen else {ANY})


def _finds_names(cell: NotebookNode) -> bool:
    """Say whether code may read names that it does not name."""
    tree = magics.parsed_to_read(cell.source)
    if tree is None:
        return bool(_FINDS_NAMES & words(cell.source))
    return bool(_FINDS_NAMES & {w for node in ast.walk(tree) for w in _words(node)})


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
