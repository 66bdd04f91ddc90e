"""Where an executed notebook stopped, and whether it may have. Pure.

A student's copy has unanswered cells, so errors are to be expected: in an answer
cell, in a test cell, and in a plain cell that uses what an unanswered cell should
have defined. Any other error is a fault of the notebook, which a student meets
and cannot mend.
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
from grader.notebooks.cells import NotebookNode, is_answer, is_test

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
    """Yield the cells of an executed notebook that raised, in order.

    Parameters
    ----------
    cells
        The cells as they stand in the notebook's JSON.
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


# Whether it may have ----------------------------------------------------------
def judged(
    copy: NotebookNode, names: Mapping[str, frozenset[str]], found: Sequence[Stop]
) -> tuple[Stop, ...]:
    """Excuse the stops that unanswered cells explain.

    Parameters
    ----------
    copy
        The student's copy.
    names
        For the id of each answer cell, the names that its answer defines.
    found
        What raised when the copy was run on after errors.

    Returns
    -------
    tuple of Stop
        The same stops; one without an excuse is a fault of the notebook.
    """
    stops = {stop.cell: stop for stop in found}
    open_names: set[str] = set()
    excuses: dict[str, str] = {}
    modules = _imported(copy)
    for cell in copy.cells:
        if is_answer(cell):
            open_names |= names.get(cell.id, frozenset()) | bound_names([cell.source])
            excuses[cell.id] = "not answered yet"
        elif cell.cell_type == "code":
            used = _follow(cell.source, stops.get(cell.id), open_names, modules)
            tests = "tests an answer" if is_test(cell) else ""
            excuses[cell.id] = tests or used
    return tuple(replace(stop, excuse=excuses.get(stop.cell, "")) for stop in found)


def _imported(copy: NotebookNode) -> frozenset[str]:
    trees = [magics.parsed(c.source) for c in copy.cells if c.cell_type == "code"]
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
    """Go through a cell; keep track of names that lack a value, or hold a wrong one.

    Returns
    -------
    str
        What the statement that raised needs of the student. If it needs nothing,
        no name after it is excused: the notebook is at fault.
    """
    body, excuse = _body(source), ""
    raised = [s for s in body if stop and _holds(s, stop.line)]
    for statement in body:
        used = _used(statement) & open_names
        if stop and used and not excuse and (statement in raised or not raised):
            excuse = f"uses {', '.join(sorted(used))}, not answered yet"
        # What comes after the statement that raised was not run.
        _note(statement, bool(used or excuse), open_names, modules)
    return excuse


def _holds(statement: _Statement, line: int | None) -> bool:
    return line is not None and statement.lineno <= line <= (statement.end_lineno or 0)


def _note(
    statement: _Statement, wrong: bool, open_names: set[str], modules: frozenset[str]
) -> None:
    """Note what a statement gives a value, or a wrong one."""
    if wrong:
        open_names |= _changed(statement) - modules
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.FunctionDef):
        open_names -= bound_names([ast.unparse(statement)])


def _body(source: str) -> list[_Statement]:
    tree = magics.parsed(source)
    return tree.body if tree else []


def _used(statement: _Statement) -> set[str]:
    """Return the names that are read anywhere in a statement."""
    nodes = list(ast.walk(statement))
    names = (node for node in nodes if isinstance(node, ast.Name))
    read = {name.id for name in names if not isinstance(name.ctx, ast.Store)}
    # x += 1 reads x, though Python's tree only says that it stores it.
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
