"""Grade the instructor's own solution first, to find out where each test can run.

A test may pass in the kernel but not in the examiner, because it plots, reads files or
changes names. Such a test runs in the kernel, with less trust. A test that the solution
does not pass at all cannot grade anyone.
"""

from __future__ import annotations

from typing import NamedTuple

from grader.errors import CourseError, JailError
from grader.execution.jail.jail import Jailer
from grader.grading.grade import grade
from grader.notebooks.analysis import names
from grader.notebooks.analysis.lent import lent
from grader.notebooks.cells import cells_of, parse_notebook
from grader.records import Assignment, Check, Graded, Submission


class Calibration(NamedTuple):
    """Where the tests of an assignment can run.

    Attributes
    ----------
    in_kernel : frozenset of str
        Test cells that pass in the kernel but not in the examiner.
    failed : tuple of Check
        Checks of test cells that the solution does not pass at all: they cannot grade.
    """

    in_kernel: frozenset[str]
    failed: tuple[Check, ...]

    def require_sound(self, label: str) -> None:
        """Raise an error if the solution of the assignment `label` fails its tests.

        Raises
        ------
        CourseError
            With each test that fails, and why.
        """
        if self.failed:
            lines = [f"  {c.grade_id}: {c.status}: {c.message}" for c in self.failed]
            raise CourseError(
                f"{label}: the instructor's own solution does not pass its tests, so "
                "they cannot grade:\n"
                + "\n".join(lines)
                + "\nCorrect the notebook, and run again."
            )


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
    solution = Submission("solution", assignment.name, assignment.source.encode())
    first = grade(assignment, solution, jailer, seed)
    if any(check.status == "timeout" for check in first.result.cells):
        # The machine may have been busy. No test should lose trust because of that.
        first = grade(assignment, solution, jailer, seed)
    in_kernel = _not_passed(first)
    if not in_kernel:
        return Calibration(frozenset(), ())
    lenders = _lenders(assignment)
    if lenders:
        first = grade(assignment, solution, jailer, seed, in_kernel=lenders)
        in_kernel = _not_passed(first) | lenders
    _raise_grader_fault(first)
    in_kernel = _with_needed(assignment, in_kernel)
    second = grade(assignment, solution, jailer, seed, in_kernel=in_kernel)
    _raise_grader_fault(second)
    failed = _not_passed(second)
    checks = tuple(c for c in second.result.cells if c.grade_id in failed)
    return Calibration(frozenset(in_kernel - failed), checks)


def _raise_grader_fault(graded: Graded) -> None:
    """Raise a fault of the grader, so that the solution is not blamed for it."""
    for flag in graded.result.flags:
        if flag.kind == "grader_fault":
            raise JailError(flag.text)


def _lenders(assignment: Assignment) -> frozenset[str]:
    """Return the tests whose hidden part binds names that the solution reads later.

    Only the instructor's own cells count: no student gets a hidden test into the kernel
    by reading names that it may bind.
    """
    return lent(cells_of(parse_notebook(assignment.source))).hidden


def _with_needed(assignment: Assignment, in_kernel: set[str]) -> set[str]:
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


def _not_passed(graded: Graded) -> set[str]:
    tests = (check for check in graded.result.cells if check.trust != "none")
    return {check.grade_id for check in tests if check.status != "passed"}


__all__ = ["Calibration", "calibrate"]
