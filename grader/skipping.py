"""Which cells grading leaves out: what the instructor allows and nothing needs. Pure.

Some cells show, or train for minutes, what no test asks about. The instructor's tag
on such a cell is a permission. Whether it is used depends on the hand-in: a cell
whose names a test or a student's code reads is run, for all that it costs.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader import magics, notebook
from grader.definitions import bound_names
from grader.errors import CourseError
from grader.notebook import NotebookNode

TAG = "skip-when-grading"
NOT_RUN = "[not run when graded: no test needs this cell]"

# Whoever uses one of these may read a name that stands nowhere in the code.
_FINDS_NAMES = {
    *("__builtins__", "__globals__", "__main__", "builtins", "dir", "doctest", "eval"),
    *("exec", "f_globals", "gc", "get_ipython", "globals", "importlib", "inspect"),
    *("IPython", "locals", "query", "sys", "user_ns", "vars"),
}
_WORD = re.compile(r"[^\W\d]\w*")
# What binds its names whatever happens.
_SURE = (
    *(ast.AnnAssign, ast.Assign, ast.ClassDef, ast.FunctionDef),
    *(ast.Import, ast.ImportFrom),
)


@dataclass(frozen=True)
class _Reads:
    """Names that a cell reads: when it runs, and whenever its functions are called."""

    at_once: frozenset[str]
    later: frozenset[str]


def skipped(cells: Sequence[NotebookNode]) -> frozenset[str]:
    """Return the ids of the cells that need not run for this hand-in's grade.

    Parameters
    ----------
    cells
        The instructor's notebook with the student's answers and cells in it, as
        :func:`grader.graft.graft` makes it.
    """
    code = [cell for cell in cells if cell.cell_type == "code"]
    allowed = {cell.id for cell in code if may_skip(cell)}
    if not allowed or any(map(_finds_names, filter(_is_students, code))):
        return frozenset()
    # A cell that turns out to be needed needs others in its turn.
    while True:
        needed = {cell.id for cell in _needed(code, allowed)}
        if not needed:
            return frozenset(allowed)
        allowed -= needed


def may_skip(cell: NotebookNode) -> bool:
    """Say whether the instructor allows grading to leave this cell out."""
    return TAG in notebook.tags(cell) and not _is_students(cell)


def check(source: NotebookNode, where: str) -> None:
    """Refuse an instructor's notebook that allows a part of the grade to be left out.

    Raises
    ------
    CourseError
        If an answer or a test, or a cell that is no code, has the tag.
    """
    for number, cell in enumerate(source.cells, start=1):
        if TAG in notebook.tags(cell) and (notebook.kind(cell) or _is_text(cell)):
            what = notebook.kind(cell) or f"{cell.cell_type} cell"
            raise CourseError(
                f"{where}, cell {number} ({notebook.grade_id(cell) or cell.id}): "
                f"this {what} has the tag {TAG!r}, which only code cells may have "
                "that are neither answer nor test; take the tag off"
            )


def _is_text(cell: NotebookNode) -> bool:
    return bool(cell.cell_type != "code")


def _is_students(cell: NotebookNode) -> bool:
    role = cell.get("metadata", {}).get("grader", {}).get("role", "")
    return role in ("answer", "extra")


def _needed(
    code: Sequence[NotebookNode], allowed: Collection[str]
) -> Iterator[NotebookNode]:
    """Yield those of the allowed cells whose names the others read."""
    run = [cell for cell in code if cell.id not in allowed]
    read = {name for cell in run for name in _reads(cell).later} | {"*"}
    for cell in reversed(code):
        if cell.id not in allowed:
            read |= _reads(cell).at_once
        elif bound_names([cell.source]) & read:
            yield cell


def _reads(cell: NotebookNode) -> _Reads:
    """Find the names that a cell takes from others, too many rather than too few.

    What a loop of the instructor's binds anywhere, it is trusted to bind first. If it
    does not, the solution fails as well, and is graded before anyone.
    """
    if len(cell.source) > magics.MOST_KEPT:
        return _any_word(cell.source)
    return _read_closely(cell.source, trusted=not _is_students(cell))


def _any_word(source: str) -> _Reads:
    words = frozenset(_WORD.findall(source))
    return _Reads(words, words)


@lru_cache(maxsize=256)
def _read_closely(source: str, *, trusted: bool) -> _Reads:
    at_once = set(_of_magics(source))
    later: set[str] = set(at_once)
    bound: set[str] = set()
    tree = magics.parsed_to_read(source)
    if tree is None:
        return _any_word(source)
    try:
        for statement in tree.body:
            now, then = _of_statement(statement)
            own = bound_names([ast.unparse(statement)])
            surely = _binds_surely(statement)
            at_once |= now - bound - (own if trusted and not surely else set())
            later |= then
            bound |= own if surely else set()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Python takes some texts apart that it won't compile.
        return _any_word(source)
    return _Reads(frozenset(at_once), frozenset(later))


def _binds_surely(statement: ast.stmt) -> bool:
    declared = isinstance(statement, ast.AnnAssign) and statement.value is None
    return isinstance(statement, _SURE) and not declared


def _of_magics(source: str) -> Iterable[str]:
    """Return the words of a cell's magics: ``%timeit f(x)`` reads names, too."""
    plain = magics.without(source)
    if plain == source:
        return ()
    if not plain:
        return _WORD.findall(source)
    lines = zip(source.split("\n"), plain.split("\n"), strict=True)
    return [word for old, new in lines if old != new for word in _WORD.findall(old)]


def _of_statement(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """Return what a statement reads at once, and what functions in it read later."""
    table = symtable.symtable(ast.unparse(statement), "<cell>", "exec")
    now = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    now |= {name.id for name in _changed(statement) if isinstance(name, ast.Name)}
    return now, {name for inner in table.get_children() for name in _globals(inner)}


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


def _finds_names(cell: NotebookNode) -> bool:
    """Say whether code may read names that it does not name."""
    tree = magics.parsed_to_read(cell.source)
    if tree is None:
        return bool(_FINDS_NAMES & set(_WORD.findall(cell.source)))
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
