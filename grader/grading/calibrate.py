"""Grade the instructor's own solution first, to find out where each test can run.

A test in our own layout is written for the examiner. If it does not pass there, because
it plots, reads files or changes names, it runs beside student code, with less trust. A
test that was made for nbgrader is written to run beside student code. The examiner
judges it alone only if it is proved to judge answers as the kernel does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from grader.errors import JailError
from grader.execution.jail.jail import Jailer
from grader.grading import scoring, trust_proof
from grader.grading.calibration import Calibration, FailedTest, Places
from grader.grading.cell_run import CellRun, GradedCell
from grader.grading.kernel_witness import Testimony, testify
from grader.grading.session import GradingSession
from grader.notebooks.analysis import names
from grader.notebooks.analysis.lent import lent
from grader.notebooks.analysis.reads import needed, reads
from grader.notebooks.cells import Cell, cells_of, parse_notebook
from grader.records import Assignment, Outcome, Trust
from grader.submissions.merge import Merged, merge


class _Run(NamedTuple):
    """How the cells of the solution ran in a grading session."""

    merged: Merged
    cells: tuple[tuple[Cell, CellRun], ...]

    @property
    def tests(self) -> dict[str, GradedCell]:
        """The tests that ran, by grade_id."""
        return {
            cell.grade_id: GradedCell(cell, run)
            for cell, run in self.cells
            if run.check is not None and run.outcome is not None
        }

    @property
    def late(self) -> bool:
        """Whether a test ran out of time."""
        return any(test.check.status == "timeout" for test in self.tests.values())

    @property
    def not_passed(self) -> set[str]:
        """The tests that the examiner gave less than all points, or could not run."""
        return {name for name, test in self.tests.items() if not _is_full(test)}

    def cause(self, wanted: str) -> str:
        """Return which cell above a test raised an error first; "" if none did."""
        for cell, run in self.cells:
            if cell.grade_id == wanted:
                return ""
            if run.error and cell.kind != "test":
                return f"{_name(cell)} raised {run.error}"
        return ""


def _is_full(test: GradedCell) -> bool:
    """Say whether the examiner gave a test all points, and could ask everything."""
    return test.check.status == "passed" and not _stumbled(test)


def _stumbled(test: GradedCell) -> str:
    return test.run.outcome.stumbled if test.run.outcome is not None else ""


def calibrate(
    assignment: Assignment,
    jailer: Jailer,
    seed: int,
    known: Mapping[str, str] | None = None,
) -> Calibration:
    """Grade the instructor's own solution.

    Parameters
    ----------
    assignment
        The assignment, whose solution is graded.
    jailer
        Builds the jails; holds the limits.
    seed
        The seed for the random inputs of hidden tests.
    known
        What :func:`grader.grading.trust_proof.prove` found earlier. None to call it
        where that is needed.

    Raises
    ------
    JailError
        If grading it failed through no fault of the solution.
    """
    first, lenders = _run(assignment, jailer, seed), frozenset[str]()
    if first.late:
        # The machine may have been busy. No test should lose trust because of that.
        first = _run(assignment, jailer, seed)
    if not first.not_passed and not assignment.written_for_kernel:
        return Calibration()
    if first.not_passed and (lending := _lenders(assignment)):
        lenders = frozenset(_with_needed(assignment, lending))
        first = _run(assignment, jailer, seed, lenders)
    testimony = testify(assignment, first.merged, jailer, set(first.tests), ())
    if testimony.fault:
        raise JailError(testimony.fault)
    placed = dict(_placed(assignment, first, testimony, lenders))
    placed |= dict(_dependents(assignment, placed))
    to_prove = (
        set(first.tests) - set(placed) if assignment.written_for_kernel else set()
    )
    if known is None or not to_prove <= known.keys():
        known = trust_proof.prove(assignment, jailer, seed, to_prove)
    placed |= {name: ("both", known[name]) for name in to_prove if known.get(name)}
    return Calibration(
        trusts={name: trust for name, (trust, _) in placed.items()},
        reasons={name: reason for name, (_, reason) in placed.items()},
        lenders=lenders,
        quiet=_quiet(assignment, testimony),
        answers=names.notebook_names(assignment.source).answers,
        proofs=known,
        failed=tuple(_failed(assignment, first, testimony)),
    )


def _run(
    assignment: Assignment,
    jailer: Jailer,
    seed: int,
    lenders: Collection[str] = (),
) -> _Run:
    """Run the solution; raise an error if the grader failed.

    Otherwise the solution would be blamed.
    """
    merged = merge(assignment, assignment.source.encode(), assignment.parameters)
    merged = replace(merged, files=assignment.notebooks)
    places = Places(beside=lenders)
    with GradingSession(assignment, merged, jailer, seed, places) as session:
        cells = tuple((cell, session.run_cell(cell)) for cell in merged.cells)
    run = _Run(merged, cells)
    faults = [flag.text for flag in session.flags if flag.kind == "grader_fault"]
    if run.not_passed and faults:
        raise JailError(faults[0])
    return run


def _quiet(assignment: Assignment, testimony: Testimony) -> frozenset[str]:
    """Return the tests during which nothing may be written to standard error.

    As in nbgrader, this fails a test. Tests for which the solution does it are exempt.
    """
    quiet = set(testimony.outcomes) - testimony.loud
    return frozenset(quiet) if assignment.written_for_kernel else frozenset()


def _placed(
    assignment: Assignment, first: _Run, testimony: Testimony, lenders: Collection[str]
) -> Iterator[tuple[str, tuple[Trust, str]]]:
    """Yield the tests that do not run in the examiner alone, and why."""
    for name, test in first.tests.items():
        outcome = testimony.outcomes[name]
        full = scoring.is_full(outcome, test.check.max_points)
        if name in lenders:
            yield name, ("in-kernel", "later answers need what its hidden lines bind")
        elif _is_full(test):
            if not full and assignment.written_for_kernel:
                yield name, ("both", "the solution does not pass it in the kernel")
        elif not full and _gives_part(test, outcome):
            if assignment.written_for_kernel:
                yield name, ("both", "the solution does not get all of its points")
        else:
            reason = _stumbled(test) or test.check.message
            yield name, ("in-kernel", f"the examiner cannot run it: {reason}")


def _dependents(
    assignment: Assignment, placed: Mapping[str, tuple[Trust, str]]
) -> Iterator[tuple[str, tuple[Trust, str]]]:
    """Yield tests that use names from a test that the examiner does not run."""
    defined: dict[str, str] = {}
    for task in assignment.tasks:
        if task.kind != "test":
            continue
        used = sorted(needed(task.source) & defined.keys())
        alone = placed.get(task.grade_id, ("examiner", ""))[0] == "in-kernel"
        if used and not alone:
            reason = f"it uses {used[0]}, which {defined[used[0]]} defines"
            yield task.grade_id, ("in-kernel", reason)
        if used or alone:
            bound = names.bound_names([task.source])
            defined |= dict.fromkeys(bound, task.grade_id)
        else:
            for name in reads(task.source, trusted=True).bound & defined.keys():
                del defined[name]


def _gives_part(test: GradedCell, in_kernel: Outcome) -> bool:
    """Say whether a test gives the same part of its points in both places."""
    outcome = test.run.outcome
    if outcome is None or outcome.ended != "passed":
        return False
    return outcome.value == in_kernel.value


def _failed(
    assignment: Assignment, first: _Run, testimony: Testimony
) -> Iterator[FailedTest]:
    """Yield the tests that the solution does not pass in the place that counts."""
    for name, test in first.tests.items():
        check, outcome = test.check, testimony.outcomes[name]
        full = scoring.is_full(outcome, check.max_points)
        if full or (_is_full(test) and not assignment.written_for_kernel):
            continue
        state, seconds = test.run.state, check.seconds
        failed = scoring.with_outcome(check, outcome, state, "in-kernel", seconds)
        yield FailedTest(failed, testimony.errors[name], first.cause(name))


def _name(cell: Cell) -> str:
    return f"cell {cell.grade_id or cell.identifier}"


def _lenders(assignment: Assignment) -> frozenset[str]:
    """Return the tests whose hidden part binds names that the solution reads later.

    Only the instructor's own cells count: no student gets a hidden test into the kernel
    by reading names that it may bind.
    """
    return lent(cells_of(parse_notebook(assignment.source))).hidden


def _with_needed(assignment: Assignment, in_kernel: Collection[str]) -> set[str]:
    """Add the earlier tests that define names used by tests in the kernel."""
    found = set(in_kernel)
    tests = [task for task in assignment.tasks if task.kind == "test"]
    answers = [task.source for task in assignment.tasks if task.kind == "answer"]
    students = names.bound_names(answers)
    for at, task in reversed(list(enumerate(tests))):
        used = needed(task.source) - students
        for other in tests[:at] if task.grade_id in found else ():
            if used & names.bound_names([other.source]):
                found.add(other.grade_id)
    return found


__all__ = ["calibrate"]
