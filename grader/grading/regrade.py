"""Find out which part of an earlier grade is still valid after tests changed. Pure.

The answers are exactly those of an earlier submission, and ran under the same
conditions; only the instructor's notebook has changed. Text cells do not affect grades.
A changed test has to run again, and so do the answers before it. The other tests keep
their outcomes if no change to what runs before them can affect them: see
:func:`tests_to_rerun`, and docs/decisions/ for the reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.course import skipping
from grader.notebooks.analysis.independence import independent
from grader.notebooks.analysis.lent import lent
from grader.notebooks.cells import Cell, cells_of, parse_notebook
from grader.records import Assignment, Check, Graded, Result


def tests_to_rerun(
    earlier: Graded, cells: Sequence[Cell], assignment: Assignment
) -> frozenset[str] | None:
    """Return the tests that have to run again; None if everything has to.

    Parameters
    ----------
    earlier
        The grade that was given for the same answers.
    cells
        The present notebook of the instructor, with those answers in it.
    assignment
        The present assignment.
    """
    before = list(_relevant(cells_of(parse_notebook(earlier.notebook))))
    now = list(_relevant(cells))
    if lent(before).statements or lent(now).statements:
        return None
    if list(map(_role, before)) != list(map(_role, now)):
        return None
    if not _is_settled(earlier.result, assignment):
        return None
    pairs = list(zip(before, now, strict=True))
    if any(old.source != new.source for old, new in pairs if new.kind != "test"):
        return None
    points = {check.grade_id: check.max_points for check in earlier.result.cells}
    again = {
        new.grade_id
        for old, new in pairs
        if new.kind == "test"
        and (old.source != new.source or points.get(new.grade_id) != new.points)
    }
    if again and not _are_apart(pairs, again):
        return None
    return frozenset(again)


def _relevant(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the cells that can affect a grade: code, and those with a grade_id."""
    return (cell for cell in cells if cell.is_code or cell.grade_id)


def _role(cell: Cell) -> tuple[object, ...]:
    return cell.cell_type, cell.kind, cell.grade_id, skipping.may_skip(cell)


def _is_settled(result: Result, assignment: Assignment) -> bool:
    """Say whether all cells ran in a single kernel, and all tests in the examiner."""
    tasks = {task.grade_id: task for task in assignment.tasks}
    for check in result.cells:
        if check.status == "manual":
            task = tasks.get(check.grade_id)
            if task is None or task.points != check.max_points:
                return False
        elif check.trust != "examiner" or check.status in ("timeout", "crashed"):
            return False
    return not result.grader_failed


def _are_apart(pairs: Sequence[tuple[Cell, Cell]], again: set[str]) -> bool:
    """Say whether the tests in `again` and the other tests are independent."""
    run = [cell.source for pair in pairs for cell in pair if cell.grade_id in again]
    tests = [new for _, new in pairs if new.kind == "test"]
    rest = [cell.source for cell in tests if cell.grade_id not in again]
    code = [new for _, new in pairs if new.is_code and new.kind != "test"]
    beside = [cell.source for cell in code if cell.kind is None]
    answers = [cell.source for cell in code if cell.kind is not None]
    return bool(rest) and independent(run, rest, beside=beside, answers=answers)


def combine(
    earlier: Graded,
    cells: Sequence[Cell],
    checks: Sequence[Check],
    assignment: Assignment,
) -> tuple[Check, ...]:
    """Return all checks: the new ones, and the earlier ones that are still valid.

    Parameters
    ----------
    earlier
        The grade that was given for the same answers.
    cells
        The present notebook. Cells that did not run again get their earlier outputs.
    checks
        The checks of the tests that ran again.
    assignment
        The present assignment; its tasks give the order.
    """
    new_checks = {check.grade_id for check in checks}
    ran = [at for at, cell in enumerate(cells) if cell.grade_id in new_checks]
    last = max(ran, default=-1)
    notebook = parse_notebook(earlier.notebook, outputs=True)
    now = [(at, cell) for at, cell in enumerate(cells) if cell.is_code or cell.grade_id]
    for old, (at, new) in zip(_relevant(cells_of(notebook)), now, strict=True):
        kept = at > last or (new.kind == "test" and new.grade_id not in new_checks)
        if kept and new.is_code:
            new.node["outputs"] = old.node["outputs"]
    by_name = {check.grade_id: check for check in (*earlier.result.cells, *checks)}
    names = [task.grade_id for task in assignment.tasks]
    return tuple(by_name[name] for name in names if name in by_name)


__all__ = ["combine", "tests_to_rerun"]
