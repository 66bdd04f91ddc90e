"""Prove that the examiner judges tests as a kernel would, or say why not.

A proof needs two things. First, the test's code asks nothing that the examiner cannot
see (:mod:`grader.notebooks.analysis.outside`). Second, examiner and kernel agree about
wrong answers: the blank copy, and copies of the solution with one small change in every
other answer. A test that is not proved in time runs in both places.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Collection, Iterator
from dataclasses import replace

from grader.errors import SubmissionError
from grader.execution.jail.jail import Jailer
from grader.grading import scoring
from grader.grading.kernel_witness import testify
from grader.grading.session import GradingSession
from grader.notebooks.analysis import mutation, names, outside
from grader.notebooks.cells import cells_of, notebook_text, parse_notebook
from grader.records import Assignment
from grader.submissions.merge import merge

SECONDS = 20.0
COPIES = 6
# The blank copy alone, which fails nearly every test, proves nothing.
_FEWEST_COPIES = 2
# A wrong answer that runs longer proves nothing.
_CELL_SECONDS = 5.0
_LOST = ("timeout", "crashed")


def prove(
    assignment: Assignment, jailer: Jailer, seed: int, tests: Collection[str]
) -> dict[str, str]:
    """Return why each test is not proved; an empty string if it is.

    Parameters
    ----------
    assignment
        The assignment, whose solution passes these tests in both places.
    jailer
        Builds the jails; holds the limits.
    seed
        The seed for the random inputs of hidden tests.
    tests
        The grade_ids of the tests.
    """
    found = {name: reason for name, reason in _doubts(assignment) if name in tests}
    left = {name for name, reason in found.items() if not reason}
    end = time.monotonic() + SECONDS
    compared = dict.fromkeys(left, 0)
    hurried = _hurried(jailer)
    for text in _wrong_copies(assignment):
        if not left or time.monotonic() > end:
            break
        for name, alike in _compared(assignment, hurried, seed, text, left):
            compared[name] += 1
            if not alike:
                found[name] = "examiner and kernel disagree about a wrong answer"
                left.discard(name)
    unproved = {name for name in left if compared[name] < _FEWEST_COPIES}
    return found | dict.fromkeys(unproved, "no wrong answer could be tried in time")


def _doubts(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Yield each test with what the examiner cannot see of it; "" if it sees all."""
    known = names.notebook_names(assignment.source)
    for task in assignment.tasks:
        if task.kind == "test":
            reason = outside.doubt(task.source, known.answers, known.imported)
            yield task.grade_id, reason


def _hurried(jailer: Jailer) -> Jailer:
    """Return a copy of the jailer with less time for a cell."""
    hurried = copy.copy(jailer)
    limits = jailer.limits
    hurried.limits = replace(
        limits,
        cell_seconds=min(limits.cell_seconds, _CELL_SECONDS),
        call_seconds=min(limits.call_seconds, _CELL_SECONDS),
    )
    return hurried


def _wrong_copies(assignment: Assignment) -> Iterator[str]:
    """Yield the blank copy, and then solutions with wrong answers, as notebooks."""
    yield assignment.released
    source = parse_notebook(assignment.source)
    answers = [
        (at, list(mutation.mutants(cell.source)))
        for at, cell in enumerate(cells_of(source))
        if cell.kind == "answer" and cell.is_code
    ]
    for number in range(COPIES):
        wrong = copy.deepcopy(source)
        changed = False
        for order, (at, mutants) in enumerate(answers):
            if mutants and (order + number) % 2 == 0:
                # Every answer is changed in every other copy, each time in another way.
                wrong.cells[at].source = mutants[(number // 2 * 3) % len(mutants)]
                changed = True
        if changed:
            yield notebook_text(wrong)


def _compared(
    assignment: Assignment, jailer: Jailer, seed: int, text: str, tests: Collection[str]
) -> Iterator[tuple[str, bool]]:
    """Yield the tests that could be judged, and whether both verdicts are the same."""
    try:
        merged = merge(assignment, text.encode(), assignment.parameters)
    except SubmissionError:
        return
    merged = replace(merged, files=assignment.notebooks)
    with GradingSession(assignment, merged, jailer, seed) as session:
        graded = session.run()
    in_kernel = testify(assignment, merged, jailer, tests, ()).outcomes
    for cell, run in graded:
        name = cell.grade_id
        if name not in tests or run.outcome is None or name not in in_kernel:
            continue
        if run.outcome.ended in _LOST or in_kernel[name].ended in _LOST:
            continue
        points = cell.points
        examined = scoring.earned(run.outcome, points)
        yield name, examined == scoring.earned(in_kernel[name], points)


__all__ = ["SECONDS", "prove"]
