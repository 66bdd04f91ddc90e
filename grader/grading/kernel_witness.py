"""Run a submission in one kernel with its tests, as nbgrader would.

This kernel has its own jail. Student code can see the tests there, hidden ones
included. So only how each test ended is kept, and no output.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from grader.course import extra_files, skipping
from grader.errors import GraderError
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import CellExecution
from grader.execution.limits import Limits
from grader.grading import kernel_runs
from grader.grading.student_kernel import StudentKernel
from grader.notebooks.cells import Cell
from grader.records import Assignment, Outcome
from grader.submissions.merge import Merged

FAILED = "the test failed in one kernel with your code, as it would in your notebook"
WROTE = "a test failed: your code wrote a warning or an error while it ran"


@dataclass(slots=True)
class Testimony:
    """How the tests of one submission ended in the kernel.

    Attributes
    ----------
    outcomes : dict of str to Outcome
        How each test ended, by its grade_id.
    errors : dict of str to str
        What a test raised, for the instructor, by its grade_id.
    loud : set of str
        Tests during which something was written to standard error.
    seconds : dict of str to float
        Wall time of each test.
    fault : str
        Why the kernel could not be asked, through a fault of the grader.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    loud: set[str] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    fault: str = ""


def testify(
    assignment: Assignment,
    merged: Merged,
    jailer: Jailer,
    wanted: Collection[str],
    quiet: Collection[str],
) -> Testimony:
    """Run a notebook in its own kernel, from the top to the last wanted test.

    Parameters
    ----------
    assignment
        The assignment.
    merged
        The submission, merged into the instructor's notebook. Its outputs are not
        changed.
    jailer
        Builds the jail; holds the limits.
    wanted
        The grade_ids of the tests to run.
    quiet
        Tests that fail if anything is written to standard error, as in nbgrader.
    """
    found = Testimony()
    files = (*assignment.files, *merged.files)
    kernel = StudentKernel(
        jailer,
        (kernel_runs.SET_SEED, *extra_files.cells(files)),
        len(assignment.tasks) + 2,
        on_ready=lambda _: None,
        on_fault=lambda error: _note_fault(found, error),
    )
    try:
        for cell, ran in _run(merged.cells, kernel, wanted):
            _note(cell, ran, found, jailer.limits)
            if cell.grade_id in found.loud.intersection(quiet):
                _count_as_failure(cell.grade_id, found)
            if found.fault:
                break
    finally:
        kernel.drop()
    return found


def _note_fault(found: Testimony, error: GraderError) -> None:
    found.fault = found.fault or str(error)


def _run(
    cells: Sequence[Cell], kernel: StudentKernel, wanted: Collection[str]
) -> Iterator[tuple[Cell, CellExecution]]:
    """Run the cells; yield each test and how it ran."""
    skipped = skipping.skipped(cells)
    left = set(wanted)
    for cell in cells:
        if not left:
            return
        if cell.is_code and cell.identifier not in skipped:
            ran = kernel.run(cell.source)
            if cell.is_test:
                yield cell, ran
                left.discard(cell.grade_id)


def _note(cell: Cell, ran: CellExecution, found: Testimony, limits: Limits) -> None:
    """Note how a test ended; its message tells the student nothing of its error."""
    name = cell.grade_id
    outcome = kernel_runs.outcome(ran, limits)
    if outcome.ended == "failed":
        outcome = Outcome("failed", message=FAILED, hidden=True)
    found.outcomes[name] = outcome
    found.errors[name] = kernel_runs.error(ran, limits)
    found.seconds[name] = ran.seconds
    if any(output.get("name") == "stderr" for output in ran.outputs):
        found.loud.add(name)


def _count_as_failure(name: str, found: Testimony) -> None:
    if found.outcomes[name].ended == "passed":
        found.outcomes[name] = Outcome("failed", message=WROTE, hidden=True)
        found.errors[name] = "it wrote to standard error"


__all__ = ["FAILED", "WROTE", "Testimony", "testify"]
