"""Decide whether a test asks only what can be seen from outside the kernel. Pure.

The examiner runs a test outside the student's kernel: data arrives as copies, and what
a call prints, keeps or changes stays in the kernel. That makes no difference to a test
that calls the student's functions with plain values and compares what they return, one
result at a time. :func:`doubt` recognises such tests. It doubts everything that it does
not understand; then the test has to run in the kernel as well.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from grader.notebooks import magics

#: Modules whose functions compute something from their arguments and keep nothing.
MODULES = {"math", "nose", "numpy", "statistics"}
_NOT_OF_MODULES = {
    *("ctypeslib", "core", "errstate", "fromfile", "frompyfunc", "genfromtxt", "lib"),
    *("load", "loadtxt", "may_share_memory", "memmap", "nditer", "random", "save"),
    *("savetxt", "savez", "seterr", "set_printoptions", "shares_memory", "vectorize"),
    *("apply_along_axis", "apply_over_axes", "fromiter", "piecewise", "copyto", "put"),
    *("assert_raises", "assert_raises_regex", "assert_warns", "assert_no_warnings"),
    *("raises", "timed", "with_setup", "printoptions", "suppress_warnings", "fill"),
}
# Functions whose result cannot change any more, and that call none of their arguments.
_FIXED = {
    *("abs", "all", "any", "bool", "complex", "float", "int", "isinstance", "len"),
    *("max", "min", "pow", "range", "round", "sum"),
}
_COPYING = {"dict", "enumerate", "frozenset", "list", "set", "sorted", "tuple", "zip"}
_TYPES = {
    *("bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "set"),
    *("str", "tuple"),
}
_OF_ARRAYS = {"dtype", "ndim", "shape", "size"}
_OPERATORS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)
_SINGLE = (None, True, False)
_PLAIN_NODES = (
    *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.BinOp, ast.UnaryOp, ast.IfExp),
    *(ast.Slice, ast.Starred, ast.operator, ast.unaryop, ast.boolop, ast.expr_context),
    *(ast.keyword, ast.comprehension),
)
_LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def doubt(source: str, answers: Collection[str], modules: Mapping[str, str]) -> str:
    r"""Return why a test may judge differently from outside; empty if it cannot.

    Parameters
    ----------
    source
        Source of the test cell, hidden lines included.
    answers
        The names that the solution's answers bind: the student's.
    modules
        What the instructor's cells import: the full names, by the names in the cells,
        ``{"np": "numpy", "sqrt": "math.sqrt"}``.

    Examples
    --------
    >>> doubt("assert square(3) == 9", {"square"}, {})
    ''
    >>> doubt("a = new(3)\na[0] = 1", {"new"}, {})
    'line 2 changes a value'
    >>> doubt("assert a(1) is a(1)", {"a"}, {})
    'line 1 compares identity'
    """
    tree = magics.parsed(source)
    if tree is None or "%" in _first_characters(source):
        return "it is not plain Python"
    try:
        _Look(frozenset(answers), dict(modules)).statements(tree.body)
    except _Doubt as found:
        return str(found)
    return ""


def _first_characters(source: str) -> str:
    return "".join(line.strip()[:1].replace("!", "%") for line in source.splitlines())


class _Doubt(Exception):
    """A test asks something that may look different from outside."""

    def __init__(self, node: ast.AST, what: str) -> None:
        super().__init__(f"line {getattr(node, 'lineno', 1)} {what}")


@dataclass
class _Look:
    """Follows a test from top to bottom, each loop twice.

    A value that may change, and that student code has made or seen, is only known until
    the next call of student code: the student may have kept it.

    Attributes
    ----------
    answers : frozenset of str
        The student's names.
    modules : dict of str to str
        The full name of each imported name.
    calls : int
        How often student code was called so far.
    own : set of str
        The names that the test has bound.
    fixed : set of str
        Those of them whose values can never change.
    seen : dict of str to int
        For each of them, the number of the last call that has seen its value.
    given : set of str
        The names of values that were passed to student code.
    """

    answers: frozenset[str]
    modules: dict[str, str]
    calls: int = 0
    own: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)

    def statements(self, body: Collection[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Pass():
                pass
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.Assert():
                self._value(node.test)
                self._message(node.msg)
            case ast.Expr():
                self._value(node.value)
            case ast.Assign():
                fixed = self._value(node.value)
                for target in node.targets:
                    self._bind(target, fixed=fixed)
            case ast.If() | ast.For():
                self._block(node)
            case ast.AugAssign() | ast.Delete():
                raise _Doubt(node, "changes a value")
            case ast.With() | ast.Try():
                raise _Doubt(node, "checks an exception or a side effect of a call")
            case _:
                raise _Doubt(node, "is more than a comparison of results")

    def _block(self, node: ast.If | ast.For) -> None:
        if isinstance(node, ast.If):
            self._value(node.test)
            self.statements(node.body)
        else:
            self._value(node.iter)
            for _ in range(2):
                self._bind(node.target, fixed=self._holds_fixed(node.iter))
                self.statements(node.body)
        self.statements(node.orelse)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        origin = f"{getattr(node, 'module', None) or ''}."
        for alias in node.names:
            full = (origin + alias.name).lstrip(".")
            if not _is_known(full):
                raise _Doubt(node, f"imports {full}")
            self.modules[alias.asname or alias.name.split(".")[0]] = full

    def _bind(self, target: ast.expr, *, fixed: bool) -> None:
        match target:
            case ast.Name():
                if target.id in self.answers or target.id in self.modules:
                    raise _Doubt(target, f"binds {target.id} again")
                self.own.add(target.id)
                self.seen[target.id] = self.calls
                self.given.discard(target.id)
                (self.fixed.add if fixed else self.fixed.discard)(target.id)
            case ast.Tuple() | ast.List():
                for element in target.elts:
                    self._bind(element, fixed=fixed)
            case _:
                raise _Doubt(target, "changes a value")

    def _message(self, node: ast.expr | None) -> None:
        """Look at the message of an assertion, which decides nothing."""
        for part in ast.walk(node) if node is not None else ():
            if isinstance(part, ast.Call) and self._is_students(part.func):
                raise _Doubt(part, "calls student code in a message")

    # --- expressions ---

    def _value(self, node: ast.expr) -> bool:
        """Look at an expression; say whether its value can never change."""
        if isinstance(node, ast.BoolOp):
            return self._each(node.values)
        before = self.calls
        fixed = self._look(node)
        if self.calls > before + 1 and not isinstance(node, _LOOPS):
            raise _Doubt(node, "holds several results at once")
        return fixed

    def _look(self, node: ast.AST) -> bool:
        match node:
            case ast.Constant():
                return True
            case ast.Name():
                return self._name(node)
            case ast.BoolOp():
                return self._each(node.values)
            case ast.Compare():
                self._compare(node)
                return True
            case ast.Call():
                return self._call(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript():
                self._parts(node)
                return False
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._loop(node)
            case _ if isinstance(node, _PLAIN_NODES):
                fixed = self._parts(node)
                return fixed and not isinstance(node, ast.List | ast.Set | ast.Dict)
        raise _Doubt(node, "is more than a comparison of results")

    def _parts(self, node: ast.AST) -> bool:
        fixed = [self._look(each) for each in ast.iter_child_nodes(node)]
        return all(fixed)

    def _each(self, parts: Collection[ast.expr]) -> bool:
        """Look at parts each of which is decided before the next one is computed."""
        fixed = [self._value(each) for each in parts]
        return all(fixed)

    def _name(self, node: ast.Name) -> bool:
        name = node.id
        if name in self.own:
            if name not in self.fixed and self.seen[name] < self.calls:
                raise _Doubt(node, f"uses {name} again after another call")
            return name in self.fixed
        if name in self.answers:
            return False
        if name in self.modules or name in _TYPES or name in _FIXED | _COPYING:
            return True
        raise _Doubt(node, f"uses {name}")

    def _compare(self, node: ast.Compare) -> None:
        for operator, right in zip(node.ops, node.comparators, strict=True):
            by_identity = isinstance(operator, ast.Is | ast.IsNot)
            single = isinstance(right, ast.Constant) and right.value in _SINGLE
            if by_identity and not single:
                raise _Doubt(node, "compares identity")
            if not by_identity and not isinstance(operator, _OPERATORS):
                raise _Doubt(node, "is more than a comparison of results")
        for each in (node.left, *node.comparators):
            self._look(each)

    def _call(self, node: ast.Call) -> bool:
        students = self._is_students(node.func)
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        fixed = [self._look(each) for each in arguments]
        if students:
            self._students_call(arguments)
            return False
        match node.func:
            case ast.Name(id=name) if name in self.own:
                raise _Doubt(node, f"calls {name}")
            case ast.Name(id="isinstance"):
                self._types(node)
                return True
            case ast.Name(id=name) if name in _FIXED:
                self._no_callbacks(node)
                return True
            case ast.Name(id=name) if name in _COPYING:
                self._no_callbacks(node)
                return name == "tuple" and all(fixed)
            case ast.Attribute(value=ast.Constant(value=str()), attr="join" | "format"):
                return True
        full = self._full_name(node.func)
        if not _is_known(full):
            raise _Doubt(node, f"calls {ast.unparse(node.func)}")
        self._no_callbacks(node)
        return full.rpartition(".")[2] in ("allclose", "array_equal", "isclose")

    def _students_call(self, arguments: Collection[ast.expr]) -> None:
        self.calls += 1
        for argument in arguments:
            for part in ast.walk(argument):
                if isinstance(part, ast.Name) and part.id in self.own - self.fixed:
                    if part.id in self.given:
                        raise _Doubt(part, f"passes {part.id} to student code again")
                    self.given.add(part.id)
                    self.seen[part.id] = self.calls

    def _no_callbacks(self, node: ast.Call) -> None:
        """Doubt a call of a library that gets a function as an argument."""
        for each in (*node.args, *(keyword.value for keyword in node.keywords)):
            by_name = isinstance(each, ast.Name) and each.id in self.answers
            if isinstance(each, ast.Lambda) or (by_name and _takes_functions(node)):
                raise _Doubt(node, "passes a function to another function")

    def _types(self, node: ast.Call) -> None:
        for part in ast.walk(node.args[-1]) if len(node.args) == 2 else [node]:
            name = part.id if isinstance(part, ast.Name) else ""
            known = name in _TYPES or isinstance(part, ast.Tuple | ast.Load)
            if not known:
                raise _Doubt(node, "asks for a type that is not built in")

    def _attribute(self, node: ast.Attribute) -> bool:
        if self._full_name(node):
            return True
        if node.attr not in _OF_ARRAYS:
            raise _Doubt(node, f"reads .{node.attr}")
        self._look(node.value)
        return True

    def _loop(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    ) -> bool:
        outside = set(self.own)
        for part in node.generators:
            self._value(part.iter)
            self._bind(part.target, fixed=self._holds_fixed(part.iter))
            for condition in part.ifs:
                self._value(condition)
        elements = (
            [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        )
        before = self.calls
        fixed = self._each(elements)
        if self.calls > before and not fixed:
            raise _Doubt(node, "holds several results at once")
        self.own = outside
        return False

    def _is_students(self, function: ast.expr) -> bool:
        return isinstance(function, ast.Name) and function.id in self.answers

    def _full_name(self, node: ast.expr) -> str:
        """Return the full name of a name in a module; empty for everything else."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.modules:
            return ""
        return ".".join([self.modules[node.id], *reversed(parts)])

    def _holds_fixed(self, node: ast.expr) -> bool:
        """Say whether the elements that a loop runs over can never change."""
        match node:
            case ast.List() | ast.Tuple() | ast.Set():
                return all(_is_constant(each) for each in node.elts)
            case ast.Call(func=ast.Name(id="range")):
                return True
            case ast.Constant():
                return True
            case ast.Name():
                return node.id in self.fixed
            case ast.Call(func=ast.Name(id="zip" | "enumerate"), args=args):
                return all(self._holds_fixed(each) for each in args)
        return False


def _is_constant(node: ast.expr) -> bool:
    match node:
        case ast.Tuple():
            return all(map(_is_constant, node.elts))
        case ast.UnaryOp():
            return _is_constant(node.operand)
    return isinstance(node, ast.Constant)


def _is_known(full: str) -> bool:
    parts = full.split(".")
    hidden = any(part.startswith("_") for part in parts)
    return parts[0] in MODULES and not hidden and not _NOT_OF_MODULES & set(parts)


def _takes_functions(node: ast.Call) -> bool:
    """Say whether a known function may call an argument: ``max(…, key=f)``."""
    return bool(node.keywords) or not isinstance(node.func, ast.Name)


__all__ = ["MODULES", "doubt"]
