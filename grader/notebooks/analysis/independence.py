"""Say whether tests are independent: whether some can run again and others need not."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grader.notebooks import magics, syntax
from grader.notebooks.analysis.names import bound_names, definitions
from grader.notebooks.analysis.reads import needed, reads
from grader.notebooks.analysis.side_effects import MODULES, keeps_no_state

# What changes something that outlives a test.
_FAR = frozenset(
    """
    chdir delattr environ eval exec filterwarnings globals open patch putenv
    set_printoptions setattr seterr simplefilter
    """.split()
)
_HARMLESS = MODULES | {"collections", "cnnlab", "dataclasses", "random", "typing"}


def independent(
    some: Sequence[str],
    others: Sequence[str],
    *,
    beside: Sequence[str] = (),
    answers: Sequence[str] = (),
) -> bool:
    r"""Say whether running some tests again can change no outcome of the others.

    Parameters
    ----------
    some, others
        The sources of the tests.
    beside
        The instructor's other code, which tests may call.
    answers
        The student's answers, which tests call.

    Examples
    --------
    >>> independent(["x = 1\nassert f(x)"], ["assert f(2)"])
    True
    >>> independent(["x = 1\nassert f(x)"], ["assert f(x)"])
    False
    """
    tests = [_with_helpers(source, beside) for source in (*some, *others)]
    return (
        not _share_names(some, others, beside)
        and not any(_reaches_far(source, beside) for source in tests)
        and keeps_no_state(answers, beside)
    )


def _share_names(
    some: Sequence[str], others: Sequence[str], beside: Sequence[str]
) -> bool:
    """Say whether one of `some` reads a name that one of `others` binds, or vice versa.

    Functions of the cells `beside` count as readers, too: when a test calls them, they
    look up names among those of the tests first.
    """
    helpers = {name for source in beside for name in reads(source, trusted=True).later}
    left, right = bound_names(some), bound_names(others)
    return bool(left & (_read(others) | helpers) or right & (_read(some) | helpers))


def _read(tests: Sequence[str]) -> set[str]:
    """Return the names that tests read and do not bind themselves."""
    return set().union(*map(needed, tests))


def _loads(node: ast.AST) -> set[str]:
    names = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    loaded = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    changed = (n for n in ast.walk(node) if isinstance(n, ast.AugAssign))
    return loaded | {n.target.id for n in changed if isinstance(n.target, ast.Name)}


def _with_helpers(source: str, beside: Sequence[str]) -> str:
    """Return a test with all of the instructor's functions that it may call."""
    defined = definitions(beside)
    waiting, needed = [source], dict[str, None]()
    while waiting:
        tree = magics.parsed(waiting.pop())
        for name in _loads(tree) & defined.keys() - needed.keys() if tree else ():
            needed[name] = None
            waiting.append(defined[name])
    return "\n".join([*(defined[name] for name in needed), source])


def _reaches_far(source: str, beside: Sequence[str]) -> bool:
    """Say whether a test may change a module, or something else that outlives the test.

    Using Keras is such a change already: it counts the layers that were made.
    """
    tree = magics.parsed(source)
    if tree is None:
        return True
    sets = any(
        isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(tree)
    )
    words = _loads(tree) | {
        n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)
    }
    return sets or bool(words & (_FAR | _foreign((*beside, source))))


def _foreign(sources: Sequence[str]) -> set[str]:
    """Return the names of imported modules that may keep state."""
    return {
        name
        for name, statement in definitions(sources).items()
        for node in syntax.parse(statement).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not _HARMLESS & {_top(node)}
    }


def _top(node: ast.Import | ast.ImportFrom) -> str:
    module = getattr(node, "module", None) or node.names[0].name
    return str(module).partition(".")[0]


__all__ = ["independent"]
