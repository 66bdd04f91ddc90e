"""Find where an executed notebook stopped, and whether it may stop there. Pure.

A student copy has unanswered cells, so that errors are expected: in an answer cell, in
a test cell, and in a plain cell that uses what an unanswered cell should define. Any
other error is a fault of the notebook, which a student meets and cannot mend.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.authoring.run.outcome import Stop
from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import Cell

INJECTED = "injected-parameters"
_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_RAISED = re.compile(r"Cell In\[\d+\], line (\d+)")
_Statement = ast.stmt


# Where it stopped -------------------------------------------------------------
def numbered(cells: Iterable[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each cell with its number in the file, from 1.

    The cell that papermill adds for parameters shares the number of the cell
    that it follows.
    """
    number = 0
    for cell in cells:
        number += INJECTED not in cell["metadata"].get("tags", [])
        yield max(number, 1), cell


def errors(cells: Iterable[dict[str, Any]]) -> Iterator[Stop]:
    """Yield where an executed notebook raised an error, in order.

    Parameters
    ----------
    cells
        The cells as they are in the notebook's JSON.
    """
    for number, cell in numbered(cells):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                yield _stop(number, cell, output)


def _stop(number: int, cell: dict[str, Any], output: dict[str, Any]) -> Stop:
    text = _COLOUR.sub("", "\n".join(output.get("traceback", ())))
    raised = _RAISED.search(text)
    return Stop(
        number=number,
        cell=cell["id"],
        error=_COLOUR.sub("", f"{output['ename']}: {output['evalue']}").rstrip(": "),
        traceback=text,
        line=int(raised[1]) if raised else None,
    )


# Whether it may stop there ----------------------------------------------------------
def judged(
    copy: Sequence[Cell], names: Mapping[str, frozenset[str]], stops: Sequence[Stop]
) -> tuple[Stop, ...]:
    """Excuse the stops that unanswered cells explain.

    Parameters
    ----------
    copy
        The cells of the student copy.
    names
        For the id of each answer cell, the names that its answer defines.
    stops
        The errors raised when the copy was run without stopping at errors.

    Returns
    -------
    tuple of Stop
        The same stops; one without an excuse is a fault of the notebook.
    """
    by_cell = {stop.cell: stop for stop in stops}
    open_names: set[str] = set()
    excuses: dict[str, str] = {}
    modules = _imported(copy)
    for cell in copy:
        name = cell.identifier
        if cell.is_answer:
            open_names |= names.get(name, frozenset()) | bound_names([cell.source])
            excuses[name] = "not answered yet"
        elif cell.is_code:
            used = _follow(cell.source, by_cell.get(name), open_names, modules)
            excuses[name] = "tests an answer" if cell.is_test else used
    return tuple(replace(stop, excuse=excuses.get(stop.cell, "")) for stop in stops)


def _imported(copy: Sequence[Cell]) -> frozenset[str]:
    trees = [magics.parsed(cell.source) for cell in copy if cell.is_code]
    nodes = (node for tree in trees if tree for node in ast.walk(tree))
    return frozenset(
        alias.asname or alias.name.split(".")[0]
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )


def _follow(
    source: str, stop: Stop | None, open_names: set[str], modules: frozenset[str]
) -> str:
    """Go through a cell; keep track of the names that have no value or a wrong one.

    Returns
    -------
    str
        Which unanswered names the statement that raised uses. If it uses none, no name
        after it is excused: the notebook is at fault.
    """
    body, excuse = _body(source), ""
    raised = [s for s in body if stop and _includes(s, stop.line)]
    for statement in body:
        used = _used(statement) & open_names
        if stop and used and not excuse and (statement in raised or not raised):
            excuse = f"uses {', '.join(sorted(used))}, not answered yet"
        # Statements after the one that raised were not run.
        _note(statement, bool(used or excuse), open_names, modules)
    return excuse


def _includes(statement: _Statement, line: int | None) -> bool:
    return line is not None and statement.lineno <= line <= (statement.end_lineno or 0)


def _note(
    statement: _Statement, wrong: bool, open_names: set[str], modules: frozenset[str]
) -> None:
    """Note which names a statement gives a value, right or wrong."""
    if wrong:
        open_names |= _changed(statement) - modules
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.FunctionDef):
        open_names -= bound_names([ast.unparse(statement)])


def _body(source: str) -> list[_Statement]:
    tree = magics.parsed(source)
    return tree.body if tree else []


def _used(statement: _Statement) -> set[str]:
    """Return the names that a statement reads anywhere."""
    nodes = list(ast.walk(statement))
    names = (node for node in nodes if isinstance(node, ast.Name))
    read = {name.id for name in names if not isinstance(name.ctx, ast.Store)}
    # x += 1 reads x, although Python's tree only says that it stores it.
    changed = (_base(node.target) for node in nodes if isinstance(node, ast.AugAssign))
    return read.union(*changed)


def _changed(statement: _Statement) -> set[str]:
    """Return the names that a statement binds, or whose content it changes."""
    changed = bound_names([ast.unparse(statement)])
    for node in ast.walk(statement):
        # x[...] = …, x.y = … and x.append(…) change x.
        if isinstance(node, ast.Subscript | ast.Attribute):
            changed |= _base(node) if isinstance(node.ctx, ast.Store) else set()
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            changed |= _base(node.func)
    return changed


def _base(node: ast.AST) -> set[str]:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


__all__ = ["INJECTED", "errors", "judged", "numbered"]
