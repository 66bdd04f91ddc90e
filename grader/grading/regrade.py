"""What of an earlier grade still stands, when the instructor changed a test. Pure.

The answers are those of an earlier hand-in to the letter, and ran under the same
conditions; only the instructor's notebook is another. A text cell changes no grade.
A changed test has to run again, and so have the answers before it. The other tests
need not, if nothing that ran or did not run in between can have made a difference to
them: see :func:`to_run_again`, and docs/decisions/ for why that is sound.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from grader.course import skipping
from grader.notebooks import magics
from grader.notebooks.analysis.names import bound_names, definitions
from grader.notebooks.analysis.reads import reads
from grader.notebooks.analysis.side_effects import MODULES, keeps_no_state
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    kind_of,
    nbgrader_of,
    parse_notebook,
)
from grader.records import Assignment, Check, Graded, Result

Cells = Sequence[NotebookNode]


def to_run_again(
    earlier: Graded, cells: Cells, assignment: Assignment
) -> frozenset[str] | None:
    """Return the tests that have to run again; None if that is all of them.

    Parameters
    ----------
    earlier
        The grade that was given for the same answers.
    cells
        The instructor's notebook as it is now, with those answers in it.
    assignment
        As it is now.
    """
    before = list(_that_count(parse_notebook(earlier.notebook).cells))
    now = list(_that_count(cells))
    if list(map(_place, before)) != list(map(_place, now)):
        return None
    if not _settled(earlier.result, assignment):
        return None
    pairs = list(zip(before, now, strict=True))
    if any(old.source != new.source for old, new in pairs if not _is_test(new)):
        return None
    points = {check.grade_id: check.max_points for check in earlier.result.cells}
    again = {
        grade_id_of(new) or ""
        for old, new in pairs
        if _is_test(new)
        and (old.source != new.source or points.get(_name(new)) != _points(new))
    }
    if again and not _are_apart(pairs, again):
        return None
    return frozenset(again)


def _that_count(cells: Cells) -> Iterator[NotebookNode]:
    return (cell for _, cell in _numbered(cells))


def _place(cell: NotebookNode) -> tuple[object, ...]:
    return (
        *(cell.cell_type, kind_of(cell), grade_id_of(cell)),
        skipping.may_skip(cell),
    )


def _is_test(cell: NotebookNode) -> bool:
    return kind_of(cell) == "test"


def _name(cell: NotebookNode) -> str:
    return grade_id_of(cell) or ""


def _points(cell: NotebookNode) -> float:
    return float(nbgrader_of(cell)["points"])


def _settled(result: Result, assignment: Assignment) -> bool:
    """Say whether each cell ran in one kernel, its tests in the examiner."""
    tasks = {task.grade_id: task for task in assignment.tasks}
    for check in result.cells:
        if check.status == "manual":
            task = tasks.get(check.grade_id)
            if task is None or task.points != check.max_points:
                return False
        elif check.trust != "examiner" or check.status in ("timeout", "crashed"):
            return False
    return not any(flag.startswith("our fault") for flag in result.flags)


def _are_apart(
    pairs: Sequence[tuple[NotebookNode, NotebookNode]], again: set[str]
) -> bool:
    """Say whether the tests in `again` and the others know nothing of each other."""
    run = [c.source for pair in pairs for c in pair if _name(c) in again]
    rest = [new.source for _, new in pairs if _is_test(new) and _name(new) not in again]
    code = [new for _, new in pairs if new.cell_type == "code" and not _is_test(new)]
    beside = [cell.source for cell in code if kind_of(cell) is None]
    answers = [cell.source for cell in code if kind_of(cell) is not None]
    return bool(rest) and (
        not _share_names(run, rest, beside)
        and not any(
            _reaches_far(_with_helpers(source, beside), beside)
            for source in (*run, *rest)
        )
        and keeps_no_state(answers, beside)
    )


def _share_names(
    some: Sequence[str], others: Sequence[str], beside: Sequence[str]
) -> bool:
    """Say whether one of `some` reads what one of `others` binds, or vice versa.

    So may a function of the cells `beside`, which reads names of the tests' first.
    """
    helpers = {name for source in beside for name in reads(source, trusted=True).later}
    left, right = bound_names(some), bound_names(others)
    return bool(left & (_read(others) | helpers) or right & (_read(some) | helpers))


def _read(tests: Sequence[str]) -> set[str]:
    """Return what tests read of others; their functions are called by them alone."""
    found = [reads(source, trusted=True) for source in tests]
    return {name for each in found for name in each.at_once | each.later - each.bound}


def _loads(node: ast.AST) -> set[str]:
    names = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    loaded = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    changed = (n for n in ast.walk(node) if isinstance(n, ast.AugAssign))
    return loaded | {n.target.id for n in changed if isinstance(n.target, ast.Name)}


def _with_helpers(source: str, beside: Sequence[str]) -> str:
    """Return a test with all functions of the instructor's that it may call."""
    known = definitions(beside)
    waiting, taken = [source], dict[str, None]()
    while waiting:
        tree = magics.parsed(waiting.pop())
        for name in _loads(tree) & known.keys() - taken.keys() if tree else ():
            taken[name] = None
            waiting.append(known[name])
    return "\n".join([*(known[name] for name in taken), source])


def _reaches_far(source: str, beside: Sequence[str]) -> bool:
    """Say whether a test may change a module, or whatever else outlives it.

    Keras is such a module by itself: it counts the layers that were made.
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


_FAR = {
    *("chdir", "delattr", "environ", "eval", "exec", "filterwarnings", "globals"),
    *(
        "open",
        "patch",
        "putenv",
        "set_printoptions",
        "setattr",
        "seterr",
        "simplefilter",
    ),
}
_HARMLESS = MODULES | {"collections", "cnnlab", "dataclasses", "random", "typing"}


def _foreign(sources: Sequence[str]) -> set[str]:
    """Return the names under which modules stand that may remember things."""
    return {
        name
        for name, statement in definitions(sources).items()
        for node in ast.parse(statement).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not _HARMLESS & {_top(node)}
    }


def _top(node: ast.Import | ast.ImportFrom) -> str:
    module = getattr(node, "module", None) or node.names[0].name
    return str(module).partition(".")[0]


def merged(
    earlier: Graded, cells: Cells, checks: Sequence[Check], assignment: Assignment
) -> tuple[Check, ...]:
    """Return all checks, the new ones in the place of those they outdate.

    `cells`, the notebook as it is now, get the outputs that they had where they did
    not run again.
    """
    ran = {check.grade_id for check in checks}
    last = max((n for n, c in enumerate(cells) if _name(c) in ran), default=-1)
    before = _that_count(parse_notebook(earlier.notebook, outputs=True).cells)
    for old, (at, new) in zip(before, _numbered(cells), strict=True):
        skipped = at > last or (_is_test(new) and _name(new) not in ran)
        if skipped and new.cell_type == "code":
            new["outputs"] = old["outputs"]
    found = {check.grade_id: check for check in (*earlier.result.cells, *checks)}
    names = [task.grade_id for task in assignment.tasks]
    return tuple(found[name] for name in names if name in found)


def _numbered(cells: Cells) -> Iterator[tuple[int, NotebookNode]]:
    for at, cell in enumerate(cells):
        if cell.cell_type == "code" or grade_id_of(cell):
            yield at, cell


__all__ = ["merged", "to_run_again"]
