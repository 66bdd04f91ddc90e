"""Can a call of this code leave anything behind? "No" only if that is sure. Pure.

A test calls the student's functions, and what a call leaves behind (a counter, a
filled list, a random number drawn) the next cells and tests would see. Code that
passes here leaves nothing, whatever is called in whatever order: its functions read
their arguments, constants, other such functions and numerical modules, and change
only what they made themselves. Most answers of a NumPy lesson are like that; whatever
is not understood, Keras included, is taken to keep state.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterable, Iterator

from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names

MODULES = {"collections", "itertools", "math", "numpy", "operator", "statistics"}
# Of these modules, what draws, remembers, or reads and writes files.
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
# What is used up by reading it.
_ONCE = {"enumerate", "filter", "iter", "map", "reversed", "zip"}
# A name for each way to keep something that is not looked into any further.
_STATEFUL = (
    *(ast.AsyncFunctionDef, ast.Await, ast.ClassDef, ast.Delete, ast.Global),
    *(ast.Lambda, ast.Nonlocal, ast.Yield, ast.YieldFrom),
)


def keeps_no_state(answers: Iterable[str], others: Iterable[str] = ()) -> bool:
    r"""Say whether calls of what `answers` define are sure to leave nothing behind.

    `others` are the cells that run beside them and are not called by tests.

    Examples
    --------
    >>> keeps_no_state(["def mean(v):\n    return sum(v) / len(v)"])
    True
    >>> keeps_no_state(["calls = []", "def mean(v):\n    calls.append(v)"])
    False
    """
    own, beside = _whole(answers), _whole(others)
    if own is None or beside is None or any(True for _ in _doubts_of_form(own)):
        return False
    both = ast.Module([*beside.body, *own.body], [])
    bound = Counter(name for node in both.body for name in _bound(node))
    made = {n for node in both.body if not _is_import(node) for n in _bound(node)}
    modules = set(_imported(both)) - made
    functions = {f.name: f for f in both.body if isinstance(f, ast.FunctionDef)}
    steady = {name for name in functions if bound[name] == 1}
    fixed = modules | set(_constants(both)) | (_BUILTINS - bound.keys())
    # Who calls one that may keep state may keep it, too.
    while doubtful := {n for n in steady if _is_doubtful(functions[n], fixed | steady)}:
        steady -= doubtful
    defined = {f.name for f in own.body if isinstance(f, ast.FunctionDef)}
    return defined <= steady and not any(
        True for _ in _bad_attributes(own, set(functions), modules)
    )


def _whole(sources: Iterable[str]) -> ast.Module | None:
    trees = [magics.parsed(source) for source in sources]
    found = [tree for tree in trees if tree is not None]
    if len(found) < len(trees):
        return None
    return ast.Module([node for tree in found for node in tree.body], [])


def _bound(node: ast.stmt) -> set[str]:
    return bound_names([ast.unparse(node)])


def _doubts_of_form(whole: ast.Module) -> Iterator[ast.AST]:
    """Yield what keeps state whatever it is made of."""
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
    """Yield the names under which modules that are known stand."""
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
    """Yield what is set on, or hidden in, a module or a function."""
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
    """Yield names that are bound to numbers and texts, and to nothing else."""
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
    """Say whether a function reads anything that is not `steady` or its own."""
    arguments = function.args
    defaults = [*arguments.defaults, *filter(None, arguments.kw_defaults)]
    if function.decorator_list or not all(map(_is_constant, defaults)):
        return True
    named = [n for n in ast.walk(function) if isinstance(n, ast.Name)]
    own = {n.id for n in named if isinstance(n.ctx, ast.Store)}
    own |= {each.arg for each in ast.walk(arguments) if isinstance(each, ast.arg)}
    return any(n.id not in own | steady for n in named)


def _kept_once(whole: ast.Module) -> Iterator[ast.AST]:
    """Yield iterators that stay: a test that reads on would change what they give."""
    kept = [n for n in whole.body if isinstance(n, ast.Assign | ast.AnnAssign)]
    returned = [n for n in ast.walk(whole) if isinstance(n, ast.Return)]
    for each in (*kept, *returned):
        for node in ast.walk(each):
            once = isinstance(node, ast.Name) and node.id in _ONCE
            if once or isinstance(node, ast.GeneratorExp):
                yield node


__all__ = ["keeps_no_state"]
