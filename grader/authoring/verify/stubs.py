"""Check that a student copy can be filled in: stubs parse and match. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from grader.notebooks import magics, syntax
from grader.notebooks.cells import Cell


def faults(source: Sequence[Cell], copy: Iterable[Cell]) -> Iterator[str]:
    """Yield what is wrong with the stubs in a student copy.

    A stub must be Python. Each function of the solution that it shows or that a test
    calls must have the solution's name, parameters and defaults.

    Parameters
    ----------
    source
        The cells of the instructor's notebook.
    copy
        The cells of the student copy; its answer cells are matched by grade_id.
    """
    stubs = {cell.grade_id: cell.source for cell in copy if cell.is_answer}
    tested = _names(cell.source for cell in source if cell.is_test)
    for cell in source:
        if cell.is_answer and cell.is_code:
            stub = stubs.get(cell.grade_id)
            for fault in _faults(cell.source, stub, tested):
                yield f"cell {cell.grade_id}: {fault}"


def _faults(solution: str, stub: str | None, tested: set[str]) -> Iterator[str]:
    if stub is None:
        yield "the student copy has no such cell"
        return
    try:
        shown = syntax.parse(magics.without(stub))
    except SyntaxError as error:
        yield (
            f"without the solution, it is not valid Python ({error.msg}, line "
            f"{error.lineno}); keep the def line and its docstring outside the solution"
        )
        return
    in_stub, tree = signatures(shown), magics.parsed(solution)
    for name, solved in () if tree is None else signatures(tree).items():
        if name not in in_stub and name.split(".")[0] in tested:
            yield f"the stub does not show {name}({solved}), which a test uses"
        elif in_stub.get(name, solved) != solved:
            yield f"the stub shows {name}({in_stub[name]}), the solution is ({solved})"


def signatures(tree: ast.Module) -> dict[str, str]:
    """Return ``{name: parameters}`` of functions and methods at the top level.

    Of several definitions of a name the last one counts.

    Examples
    --------
    >>> signatures(ast.parse("def f(a, b=1): ..."))
    {'f': 'a, b=1'}
    """
    return dict(_signatures(tree.body, ""))


def _signatures(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, ast.unparse(node.args)
        elif isinstance(node, ast.ClassDef):
            yield from _signatures(node.body, f"{prefix}{node.name}.")


def _names(sources: Iterator[str]) -> set[str]:
    trees = filter(None, map(magics.parsed, sources))
    return {
        node.id
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
    }


__all__ = ["faults", "signatures"]
