"""Grade the instructor's own solution first, to find out where each test can run.

A test may pass in the kernel but not in the examiner, because it plots, reads files or
changes names. Such a test runs in the kernel, with less trust. So does a test that the
solution does not pass at all: that is how nbgrader would grade it. It is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from grader.errors import CourseError, JailError
from grader.execution.jail.jail import Jailer
from grader.grading.session import CellRun, GradingSession
from grader.notebooks.analysis import names
from grader.notebooks.analysis.lent import lent
from grader.notebooks.cells import Cell, cells_of, parse_notebook
from grader.records import Assignment, Check, Flag, points_text
from grader.submissions.merge import merge

_NEXT = (
    "correct the notebook, or supply what it needs, and grade again (with --force if "
    "the notebook stays as it is)"
)


class FailedTest(NamedTuple):
    """A test that the solution does not pass.

    Attributes
    ----------
    check : Check
        What the solution got.
    error : str
        The exception, for the instructor; empty if the test raised none.
    cause : str
        The cell above it that raised an error first, with that error; empty if none.
    """

    check: Check
    error: str
    cause: str

    @property
    def reason(self) -> str:
        """Why the solution does not pass."""
        got = f"it earns {points_text(self.check.points)} of "
        got += f"{points_text(self.check.max_points)} points"
        reason = self.error or f"{self.check.status}: {self.check.message}"
        reason = got if self.check.status == "partial" else reason.rstrip(": ")
        return f"{reason}; before it, {self.cause}" if self.cause else reason


class Calibration(NamedTuple):
    """Where the tests of an assignment can run.

    Attributes
    ----------
    in_kernel : frozenset of str
        Test cells that run in the kernel, because the examiner cannot run them.
    failed : tuple of FailedTest
        Test cells that the solution does not pass at all.
    fault : str
        Why the solution could not be graded, through a fault of the grader.
    """

    in_kernel: frozenset[str] = frozenset()
    failed: tuple[FailedTest, ...] = ()
    fault: str = ""

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What each result of the assignment says about its tests."""
        return tuple(
            Flag(
                "course",
                f"cell {test.check.grade_id}: the instructor's own solution does not "
                f"pass this test ({test.reason}); {self._where(test)}, as nbgrader "
                f"would grade it; {_NEXT}",
            )
            for test in self.failed
        )

    def _where(self, test: FailedTest) -> str:
        beside = test.check.grade_id in self.in_kernel
        return f"it was graded {'in the kernel' if beside else 'all the same'}"

    def require_sound(self, label: str) -> None:
        """Raise an error if the solution of the assignment `label` fails its tests.

        Raises
        ------
        CourseError
            With each test that fails, and why.
        """
        if self.failed:
            lines = [
                f"  {test.check.grade_id}: {test.check.status}: {test.reason}"
                for test in self.failed
            ]
            raise CourseError(
                f"{label}: the instructor's own solution does not pass its tests, so "
                "they cannot grade:\n"
                + "\n".join(lines)
                + "\nCorrect the notebook, and run again."
            )


class _Run(NamedTuple):
    """How the cells of the solution ran."""

    cells: tuple[tuple[Cell, CellRun], ...]

    @property
    def checks(self) -> dict[str, Check]:
        """The checks of the tests that ran, by grade_id."""
        checks = (run.check for _, run in self.cells if run.check is not None)
        return {check.grade_id: check for check in checks if check.trust != "none"}

    @property
    def not_passed(self) -> set[str]:
        return {name for name, check in self.checks.items() if check.status != "passed"}

    @property
    def values(self) -> dict[str, float | None]:
        """What tests that raised no exception gave, by grade_id."""
        return {
            run.check.grade_id: run.outcome.value
            for _, run in self.cells
            if run.check is not None
            and run.outcome is not None
            and run.outcome.ended == "passed"
        }

    def failed(self, wanted: Collection[str]) -> Iterator[FailedTest]:
        """Yield the tests in `wanted`, with the errors that explain them."""
        cause = ""
        for cell, run in self.cells:
            if run.check is not None and run.check.grade_id in wanted:
                yield FailedTest(run.check, run.error, cause)
            elif run.error and cell.kind != "test" and not cause:
                cause = f"{_name(cell)} raised {run.error}"


def calibrate(assignment: Assignment, jailer: Jailer, seed: int) -> Calibration:
    """Grade the instructor's own solution.

    Parameters
    ----------
    assignment
        Whose solution is graded.
    jailer
        Builds the jails; holds the limits.
    seed
        What hidden tests draw their inputs from.

    Raises
    ------
    JailError
        If grading it failed through no fault of the solution.
    """
    first = _run(assignment, jailer, seed)
    if any(check.status == "timeout" for check in first.checks.values()):
        # The machine may have been busy. No test should lose trust because of that.
        first = _run(assignment, jailer, seed)
    if not first.not_passed:
        return Calibration()
    lenders = _lenders(assignment)
    if lenders:
        first = _run(assignment, jailer, seed, lenders)
    in_kernel = _with_needed(assignment, first.not_passed | lenders)
    second = _run(assignment, jailer, seed, in_kernel)
    failed = tuple(second.failed(second.not_passed))
    # A test that gives part of its points in both places stays in the examiner.
    agreed = set(first.values.items() & second.values.items())
    apart = first.not_passed - {name for name, _ in agreed}
    return Calibration(frozenset(_with_needed(assignment, apart | lenders)), failed)


def _run(
    assignment: Assignment,
    jailer: Jailer,
    seed: int,
    in_kernel: Collection[str] = (),
) -> _Run:
    """Run the solution; raise a fault of the grader, so that it is not blamed."""
    merged = merge(assignment, assignment.source.encode(), assignment.parameters)
    merged = replace(merged, files=assignment.notebooks)
    with GradingSession(assignment, merged, jailer, seed, in_kernel) as session:
        run = _Run(tuple((cell, session.run_cell(cell)) for cell in merged.cells))
    faults = [flag.text for flag in session.flags if flag.kind == "grader_fault"]
    if run.not_passed and faults:
        raise JailError(faults[0])
    return run


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
    needed = set(in_kernel)
    tests = [task for task in assignment.tasks if task.kind == "test"]
    answers = [task.source for task in assignment.tasks if task.kind == "answer"]
    students = names.bound_names(answers)
    for at, task in reversed(list(enumerate(tests))):
        used = names.used_names(task.source) - students
        for other in tests[:at] if task.grade_id in needed else ():
            if used & names.bound_names([other.source]):
                needed.add(other.grade_id)
    return needed


__all__ = ["Calibration", "FailedTest", "calibrate"]
