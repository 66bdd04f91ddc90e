"""Check that a student copy can be filled in: stubs parse, none misleads. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.notebooks import magics
from grader.notebooks.cells import NotebookNode, grade_id_of, is_answer, is_test


def faults(source: NotebookNode, copy: NotebookNode) -> Iterator[str]:
    """Yield what is wrong with the stubs in `copy`.

    A stub must be Python, and each function of the solution that it shows, or
    that a test calls, must have the solution's name, parameters and defaults.

    Parameters
    ----------
    source
        The instructor's notebook.
    copy
        What students get; its answer cells are matched by grade_id.
    """
    stubs = {grade_id_of(c): c for c in copy.cells if is_answer(c)}
    tested = _names(cell.source for cell in source.cells if is_test(cell))
    for cell in source.cells:
        if is_answer(cell) and cell.cell_type == "code":
            name = grade_id_of(cell)
            stub = stubs.get(name)
            text = None if stub is None else stub.source
            for fault in _faults(cell.source, text, tested):
                yield f"cell {name}: {fault}"


def _faults(solution: str, stub: str | None, tested: set[str]) -> Iterator[str]:
    if stub is None:
        yield "the student copy has no such cell"
        return
    try:
        shown = ast.parse(magics.without(stub))
    except SyntaxError as error:
        yield (
            f"what students get is not Python ({error.msg}, line {error.lineno}); "
            "keep the def line and its docstring outside the solution"
        )
        return
    given, tree = signatures(shown), magics.parsed(solution)
    for name, wanted in () if tree is None else signatures(tree).items():
        if name not in given and name.split(".")[0] in tested:
            yield f"the stub does not show {name}({wanted}), which a test uses"
        elif given.get(name, wanted) != wanted:
            yield f"the stub shows {name}({given[name]}), the solution is ({wanted})"


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
