"""Grade the instructor's own solution first, to learn where each test can run.

A test that passes beside the solution but not through the examiner, because it
plots, reads files or changes names, runs in the kernel, with less trust. A test that
the solution does not pass at all cannot grade anyone.
"""

from __future__ import annotations

from typing import NamedTuple

from grader.errors import JailError
from grader.execution.jail.jail import Jailer
from grader.grading.grade import grade
from grader.notebooks.analysis import names
from grader.records import Assignment, Check, Graded, Submission


class Calibration(NamedTuple):
    """Where the tests of an assignment can run.

    Attributes
    ----------
    in_kernel : frozenset of str
        Test cells that pass beside the solution but not through the examiner.
    failed : tuple of Check
        Test cells that the solution does not pass at all: they cannot grade.
    """

    in_kernel: frozenset[str]
    failed: tuple[Check, ...]


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
        # A busy machine, perhaps: no test should lose trust to that.
        first = grade(assignment, solution, jailer, seed)
    wanting = _wanting(first)
    if not wanting:
        return Calibration(frozenset(), ())
    _raise_grader_fault(first)
    wanting = _with_needed(assignment, wanting)
    again = grade(assignment, solution, jailer, seed, in_kernel=wanting)
    _raise_grader_fault(again)
    failed = _wanting(again)
    checks = tuple(c for c in again.result.cells if c.grade_id in failed)
    return Calibration(frozenset(wanting - failed), checks)


def _raise_grader_fault(graded: Graded) -> None:
    """Raise what the grader failed at, before a solution is blamed for it."""
    for flag in graded.result.flags:
        if flag.kind == "grader_fault":
            raise JailError(flag.text)


def _with_needed(assignment: Assignment, wanting: set[str]) -> set[str]:
    """Add the tests before them that define what those in the kernel use."""
    found = set(wanting)
    tests = [task for task in assignment.tasks if task.kind == "test"]
    answers = [task.source for task in assignment.tasks if task.kind == "answer"]
    students = names.bound_names(answers)
    for at, task in reversed(list(enumerate(tests))):
        used = names.used_names(task.source) - students
        for other in tests[:at] if task.grade_id in found else ():
            if used & names.bound_names([other.source]):
                found.add(other.grade_id)
    return found


def _wanting(graded: Graded) -> set[str]:
    tests = (check for check in graded.result.cells if check.trust != "none")
    return {check.grade_id for check in tests if check.status != "passed"}


__all__ = ["Calibration", "calibrate"]
