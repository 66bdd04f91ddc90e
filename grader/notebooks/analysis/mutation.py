"""Generate wrong answers from a solution, with one small change in each. Pure.

The changes are in what students confuse: operators and their operands, comparisons,
numbers and words, indices and slices, keyword arguments and the order of arguments, and
functions that are like another one (sum and mean).
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import NamedTuple

from grader.notebooks import magics, markers, syntax

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitOr,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
_ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_SIBLINGS = dict(
    pair
    for one, other in (
        ("sum", "mean"),
        ("max", "min"),
        ("maximum", "minimum"),
        ("argmax", "argmin"),
        ("zeros", "ones"),
        ("floor", "ceil"),
        ("sqrt", "square"),
        ("any", "all"),
        ("vstack", "hstack"),
    )
    for pair in ((one, other), (other, one))
)
_WORDS = {
    "same": "valid",
    "valid": "same",
    "relu": "tanh",
    "softmax": "sigmoid",
    "adam": "sgd",
    "float32": "float64",
    "float64": "float32",
    "int32": "float32",
    "channels_last": "channels_first",
    "constant": "edge",
}
_CHOICES = "ABCD"

Change = Callable[[ast.AST], Iterator[ast.AST]]


def mutants(source: str) -> Iterator[str]:
    r"""Yield answers that differ from a solution in one small thing.

    Only what is between BEGIN and END SOLUTION is changed, or everything if nothing is
    marked. The answers are in the order of the text, without repeats.

    Parameters
    ----------
    source
        Source of an answer cell with its solution.

    Examples
    --------
    >>> list(mutants("a = b + 1"))[:3]
    ['a = b - 1', 'a = b', 'a = 1']
    """
    tree = magics.parsed(source)
    if tree is None:
        return
    text = _Text(source, tree)
    seen = {ast.dump(tree)}
    for place in _places(tree, _solution_lines(source)):
        for new in _changes(place.node):
            mutant = text.replaced(place, new)
            parsed = magics.parsed(mutant)
            if parsed is not None and ast.dump(parsed) not in seen:
                seen.add(ast.dump(parsed))
                yield mutant


def _solution_lines(source: str) -> set[int]:
    """Return the numbers of the lines that may be changed."""
    if not markers.regions(source):
        return set(range(1, len(syntax.lines(source)) + 1))
    return markers.marked_lines(source, "SOLUTION")


class _Place(NamedTuple):
    """A node that may be changed, and its place in the tree: a field of its parent.

    `at` is its index if the field is a list.
    """

    node: ast.expr | ast.AugAssign
    parent: ast.AST
    field: str
    at: int | None

    def put(self, node: ast.AST) -> None:
        """Put another node in this place."""
        if self.at is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.at] = node


def _places(tree: ast.Module, lines: set[int]) -> Iterator[_Place]:
    """Yield what may be changed, in the order of the text."""
    places = [place for place in _all_places(tree) if place.node.lineno in lines]
    yield from sorted(places, key=lambda p: (p.node.lineno, p.node.col_offset))


def _all_places(parent: ast.AST) -> Iterator[_Place]:
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        several = value if isinstance(value, list) else [value]
        for number, child in enumerate(several):
            if not isinstance(child, ast.AST) or _is_text(parent, child):
                continue
            if isinstance(child, ast.expr | ast.AugAssign):
                index = number if value is several else None
                yield _Place(child, parent, field, index)
            yield from _all_places(child)


def _is_text(parent: ast.AST, child: ast.AST) -> bool:
    """Say whether this is a docstring or an f-string, which is never changed."""
    bare = isinstance(parent, ast.Expr) and isinstance(child, ast.Constant)
    return bare or isinstance(child, ast.JoinedStr)


class _Text:
    """The source of a cell, in which one expression can be replaced by another."""

    def __init__(self, source: str, tree: ast.Module) -> None:
        self._tree = tree
        self._lines = [line.encode() for line in syntax.lines(source)]

    def replaced(self, place: _Place, new: ast.AST) -> str:
        """Return the source with `new` in a place, in parentheses if it needs them."""
        text = ast.unparse(new)
        bare = self._spliced(place.node, text)
        parsed = magics.parsed(bare)
        if parsed is not None and ast.dump(parsed) == self._intended(place, new):
            return bare
        return self._spliced(place.node, f"({text})")

    def _intended(self, place: _Place, new: ast.AST) -> str:
        """Return a dump of the tree that `new` should give; the tree is not changed."""
        place.put(new)
        dumped = ast.dump(self._tree)
        place.put(place.node)
        return dumped

    def _spliced(self, node: ast.AST, text: str) -> str:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        first, last = node.lineno - 1, node.end_lineno - 1
        before = self._lines[first][: node.col_offset]
        after = self._lines[last][node.end_col_offset :]
        lines = [*self._lines[:first], before + text.encode() + after]
        return b"\n".join(lines + self._lines[last + 1 :]).decode()


# --- which changes there are ------------------------------------------------


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    change = _CHANGES.get(type(node))
    if change is not None:
        yield from change(node)


def _binary(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.BinOp)
    for operator in _OPERATORS.get(type(node.op), ()):
        yield ast.BinOp(node.left, operator(), node.right)
    yield node.left
    if isinstance(node.op, ast.Add | ast.Mult):
        yield node.right
    if isinstance(node.op, _ORDERED):
        yield ast.BinOp(node.right, node.op, node.left)


def _augmented(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.AugAssign)
    for operator in _OPERATORS.get(type(node.op), ()):
        yield ast.AugAssign(node.target, operator(), node.value)
    target = copy.copy(node.target)
    yield ast.Assign([target], node.value, lineno=node.lineno)


def _unary(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.UnaryOp)
    yield node.operand


def _comparison(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.Compare)
    for at, operator in enumerate(node.ops):
        for other in _COMPARISONS[type(operator)]:
            operators = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield ast.Compare(node.left, operators, node.comparators)


def _boolean(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.BoolOp)
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield ast.BoolOp(other, node.values)


def _constant(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.Constant)
    value = node.value
    others: tuple[object, ...] = ()
    if isinstance(value, bool):
        others = (not value,)
    elif isinstance(value, int):
        others = (value + 1, value - 1)
    elif isinstance(value, float):
        others = (value + 1, value / 2)
    elif isinstance(value, str):
        others = _other_words(value)
    for other in others:
        negative = isinstance(other, int) and not isinstance(other, bool) and other < 0
        if negative:
            yield ast.UnaryOp(ast.USub(), ast.Constant(-other))  # type: ignore[operator]
        else:
            yield ast.Constant(other)  # type: ignore[arg-type]


def _other_words(word: str) -> tuple[str, ...]:
    if word in _CHOICES and len(word) == 1:
        return tuple(choice for choice in _CHOICES if choice != word)
    return (_WORDS.get(word, f"{word}x"),)


def _subscript(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.Subscript)
    for index in _other_indices(node.slice):
        yield ast.Subscript(node.value, index, node.ctx)


def _other_indices(index: ast.expr) -> Iterator[ast.expr]:
    if isinstance(index, ast.Slice):
        parts = (index.lower, index.upper, index.step)
        for at in range(3):
            if parts[at] is not None:
                left = [None if at == other else parts[other] for other in range(3)]
                yield ast.Slice(*left)
    elif isinstance(index, ast.Tuple):
        yield from (ast.Tuple(list(e), ast.Load()) for e in _swapped(index.elts))
        for at, element in enumerate(index.elts):
            for other in _other_indices(element):
                elements = [*index.elts[:at], other, *index.elts[at + 1 :]]
                yield ast.Tuple(elements, ast.Load())


def _swapped(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield the list with two neighbours exchanged, for each pair of them."""
    for at in range(len(items) - 1):
        yield [*items[:at], items[at + 1], items[at], *items[at + 2 :]]


def _call(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.Call)
    for at in range(len(node.keywords)):
        others = [*node.keywords[:at], *node.keywords[at + 1 :]]
        yield ast.Call(node.func, node.args, others)
    for arguments in _swapped(node.args):
        yield ast.Call(node.func, arguments, node.keywords)
    if isinstance(node.func, ast.Attribute) and node.func.attr in _SIBLINGS:
        sibling = ast.Attribute(
            node.func.value, _SIBLINGS[node.func.attr], node.func.ctx
        )
        yield ast.Call(sibling, node.args, node.keywords)


def _attribute(node: ast.AST) -> Iterator[ast.AST]:
    assert isinstance(node, ast.Attribute)
    if node.attr == "T":
        yield node.value


def _sequence(node: ast.AST) -> Iterator[ast.AST]:
    """Exchange the elements of a pair: ``height, width``, ``return rows, columns``."""
    assert isinstance(node, ast.Tuple)
    if len(node.elts) == 2:
        yield ast.Tuple(node.elts[::-1], node.ctx)


_CHANGES: dict[type[ast.AST], Change] = {
    ast.Attribute: _attribute,
    ast.AugAssign: _augmented,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.Call: _call,
    ast.Compare: _comparison,
    ast.Constant: _constant,
    ast.Subscript: _subscript,
    ast.Tuple: _sequence,
    ast.UnaryOp: _unary,
}

__all__ = ["mutants"]
