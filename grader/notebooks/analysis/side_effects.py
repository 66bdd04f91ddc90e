"""Decide whether calls of this code can leave anything behind. Pure.

A test calls the student's functions. If a call leaves something behind (a counter, a
filled list, a random number drawn), the next cells and tests see it. Code that passes
here leaves nothing behind, in whatever order it is called: its functions read their
arguments, constants, other such functions and numerical modules, and change only what
they created. Most answers of a NumPy lesson are like that. What is not understood,
Keras included, is taken to keep state.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterable, Iterator

from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names

MODULES = {"collections", "itertools", "math", "numpy", "operator", "statistics"}
# What in these modules draws random numbers, keeps state, or uses files.
_NOT_OF_MODULES = {
    *("ctypeslib", "core", "fromfile", "genfromtxt", "lib", "load", "loadtxt"),
    *("memmap", "open_memmap", "random", "save", "savetxt", "savez", "seterr"),
    *("savez_compressed", "set_printoptions", "setbufsize", "seterrcall", "testing"),
}
_NOT_BUILTINS = {
    *("__import__", "breakpoint", "classmethod", "compile", "delattr", "eval", "exec"),
    *("getattr", "globals", "help", "input", "locals", "memoryview", "object", "open"),
    *("property", "setattr", "staticmethod", "super", "type", "vars"),
}
_BUILTINS = {name for name in dir(builtins) if name[0] != "_"} - _NOT_BUILTINS
# Iterators: they are used up by reading them.
_ONCE = {"enumerate", "filter", "iter", "map", "reversed", "zip"}
# Statements that may keep state; they are not examined further.
_STATEFUL = (
    *(ast.AsyncFunctionDef, ast.Await, ast.ClassDef, ast.Delete, ast.Global),
    *(ast.Lambda, ast.Nonlocal, ast.Yield, ast.YieldFrom),
)


def keeps_no_state(answers: Iterable[str], others: Iterable[str] = ()) -> bool:
    r"""Say whether calls of what the answers define certainly leave nothing behind.

    Parameters
    ----------
    answers
        Sources of the student's answers, which tests call.
    others
        Sources of the other cells of the notebook, which tests do not call.

    Examples
    --------
    >>> keeps_no_state(["def mean(v):\n    return sum(v) / len(v)"])
    True
    >>> keeps_no_state(["calls = []", "def mean(v):\n    calls.append(v)"])
    False
    """
    tested, beside = _whole(answers), _whole(others)
    if tested is None or beside is None or any(True for _ in _doubts_of_form(tested)):
        return False
    both = ast.Module([*beside.body, *tested.body], [])
    bound = Counter(name for node in both.body for name in _bound(node))
    defined = {n for node in both.body if not _is_import(node) for n in _bound(node)}
    modules = set(_imported(both)) - defined
    functions = {f.name: f for f in both.body if isinstance(f, ast.FunctionDef)}
    steady = {name for name in functions if bound[name] == 1}
    fixed = modules | set(_constants(both)) | (_BUILTINS - bound.keys())
    # A function that calls one with state may keep state too.
    while doubtful := {n for n in steady if _is_doubtful(functions[n], fixed | steady)}:
        steady -= doubtful
    called = {f.name for f in tested.body if isinstance(f, ast.FunctionDef)}
    return called <= steady and not any(
        True for _ in _bad_attributes(tested, set(functions), modules)
    )


def _whole(sources: Iterable[str]) -> ast.Module | None:
    """Return all cells as one module, or None if one of them is not Python."""
    trees = [magics.parsed(source) for source in sources]
    parsed = [tree for tree in trees if tree is not None]
    if len(parsed) < len(trees):
        return None
    return ast.Module([node for tree in parsed for node in tree.body], [])


def _bound(node: ast.stmt) -> set[str]:
    return bound_names([ast.unparse(node)])


def _doubts_of_form(whole: ast.Module) -> Iterator[ast.AST]:
    """Yield statements that may keep state, whatever they contain."""
    for node in ast.walk(whole):
        nested = isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom) and (
            node not in whole.body
        )
        if nested or isinstance(node, _STATEFUL):
            yield node
    yield from _kept_once(whole)


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _imports(whole: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(whole):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def _imported(whole: ast.Module) -> Iterator[str]:
    """Yield the names under which known modules are imported."""
    for node in _imports(whole):
        if not _bad_import(node):
            for alias in node.names:
                yield alias.asname or alias.name.split(".")[0]


def _bad_import(node: ast.Import | ast.ImportFrom) -> bool:
    module = getattr(node, "module", None)
    full = [f"{module}.{a.name}" if module else a.name for a in node.names]
    parts = [name.split(".") for name in full]
    return any(p[0] not in MODULES or _NOT_OF_MODULES & set(p) for p in parts)


def _bad_attributes(
    whole: ast.Module, functions: set[str], modules: set[str]
) -> Iterator[ast.AST]:
    """Yield what is set on a module or a function, or read from its hidden parts."""
    for node in ast.walk(whole):
        if isinstance(node, ast.Attribute):
            changes = not isinstance(node.ctx, ast.Load)
            of_function = isinstance(node.value, ast.Name) and (
                node.value.id in functions
            )
            hidden = node.attr.startswith("_") or node.attr in _NOT_OF_MODULES
            if changes or of_function or hidden:
                yield node
        elif (
            isinstance(node, ast.Subscript)
            and not isinstance(node.ctx, ast.Load)
            and _root(node) in modules
        ):
            yield node


def _root(node: ast.AST) -> str | None:
    """Return the name that attributes and items are taken from."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _constants(whole: ast.Module) -> Iterator[str]:
    """Yield names that are only ever bound to numbers and texts."""
    fixed: dict[str, bool] = {}
    for node in whole.body:
        is_fixed = isinstance(node, ast.Assign | ast.AnnAssign) and _is_constant(
            node.value
        )
        for name in _bound(node):
            fixed[name] = fixed.get(name, True) and is_fixed
    return (name for name, is_fixed in fixed.items() if is_fixed)


def _is_constant(node: ast.AST | None) -> bool:
    if isinstance(node, ast.Tuple):
        return all(map(_is_constant, node.elts))
    if isinstance(node, ast.UnaryOp):
        return _is_constant(node.operand)
    return isinstance(node, ast.Constant)


def _is_doubtful(function: ast.FunctionDef, steady: set[str]) -> bool:
    """Say whether a function reads anything but `steady` names and its own."""
    arguments = function.args
    defaults = [*arguments.defaults, *filter(None, arguments.kw_defaults)]
    if function.decorator_list or not all(map(_is_constant, defaults)):
        return True
    named = [n for n in ast.walk(function) if isinstance(n, ast.Name)]
    own = {n.id for n in named if isinstance(n.ctx, ast.Store)}
    own |= {node.arg for node in ast.walk(arguments) if isinstance(node, ast.arg)}
    return any(n.id not in own | steady for n in named)


def _kept_once(whole: ast.Module) -> Iterator[ast.AST]:
    """Yield iterators that are kept: reading them changes what they give next."""
    kept = [n for n in whole.body if isinstance(n, ast.Assign | ast.AnnAssign)]
    returned = [n for n in ast.walk(whole) if isinstance(n, ast.Return)]
    for statement in (*kept, *returned):
        for node in ast.walk(statement):
            once = isinstance(node, ast.Name) and node.id in _ONCE
            if once or isinstance(node, ast.GeneratorExp):
                yield node


__all__ = ["keeps_no_state"]
