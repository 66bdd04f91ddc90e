"""Grade one submission. Whatever was submitted, the result is always a Result.

Read :func:`grade` first. The submission is :mod:`merged <grader.submissions.merge>`
into the instructor's notebook, and a :class:`~grader.grading.session.GradingSession`
runs that notebook. If the same answers were graded before, it runs only those tests
whose earlier outcome is no longer valid (:mod:`grader.grading.regrade`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import grader
from grader.errors import SubmissionError
from grader.execution.jail.jail import Jailer
from grader.grading import regrade, scoring
from grader.grading.calibration import Calibration, Places
from grader.grading.cell_words import in_words
from grader.grading.session import GradingSession
from grader.grading.two_witnesses import judge
from grader.notebooks.cells import notebook_text
from grader.records import (
    Assignment,
    Check,
    Flag,
    Graded,
    Result,
    Submission,
)
from grader.submissions.merge import Merged, merge


class _Run(NamedTuple):
    """Checks and flags of a submission, the seed of its tests, and its sandbox."""

    checks: tuple[Check, ...]
    flags: tuple[Flag, ...]
    seed: int
    sandbox: str


def grade(
    assignment: Assignment,
    submission: Submission,
    jailer: Jailer,
    seed: int,
    calibration: Calibration | None = None,
    earlier: Graded | None = None,
) -> Graded:
    """Grade one submission.

    Parameters
    ----------
    assignment, submission
        The assignment, and what a student submitted for it.
    jailer
        Builds the jails; holds the limits.
    seed
        The seed for the random inputs of hidden tests.
    calibration
        Says which test cells run beside student code as well, or only there, and which
        the solution fails. None if there are none.
    earlier
        A grade of the same answers under the same conditions, from before tests were
        changed. The part of it that is still valid is not run again, and its seed is
        used again.

    Returns
    -------
    Graded
        Nothing that a student submits raises an exception.
    """
    start = time.monotonic()
    try:
        merged = merge(assignment, submission.content, assignment.parameters)
    except SubmissionError as error:
        reason = Flag("unreadable", f"not readable: {error}")
        return ungraded(assignment, submission, seed, reason)
    calibration = calibration or Calibration()
    by_hand = {**assignment.by_hand, **calibration.by_hand}
    assignment = replace(assignment, by_hand=by_hand)
    merged = replace(merged, files=submission.files)
    run = None
    if earlier is not None and not calibration.need_kernel:
        run = _rerun(assignment, merged, jailer, earlier)
    if run is None:
        run = _run(assignment, merged, jailer, seed, calibration)
    result = Result(
        student=submission.student,
        assignment=assignment.name,
        release=assignment.release,
        seed=run.seed,
        grader=grader.__version__,
        score=scoring.total(run.checks),
        max_score=assignment.max_score,
        cells=run.checks,
        repairs=(
            *submission.repairs,
            *(in_words(assignment, text) for text in merged.repairs),
        ),
        flags=tuple(_flags(assignment, submission, merged, run, calibration)),
        seconds=round(time.monotonic() - start, 3),
        sandbox=run.sandbox,
    )
    return Graded(result, notebook_text(merged.notebook))


def _run(
    assignment: Assignment,
    merged: Merged,
    jailer: Jailer,
    seed: int,
    calibration: Calibration,
) -> _Run:
    """Run everything, and ask the kernel about tests that the examiner cannot judge."""
    places = Places(beside=calibration.lenders, elsewhere=calibration.elsewhere)
    with GradingSession(assignment, merged, jailer, seed, places) as session:
        graded = session.run()
    judged = judge(graded, assignment, merged, jailer, calibration)
    flags = (*session.flags, *judged.flags)
    return _Run(judged.checks, flags, seed, jailer.sandbox)


def _flags(
    assignment: Assignment,
    submission: Submission,
    merged: Merged,
    run: _Run,
    calibration: Calibration,
) -> Iterator[Flag]:
    """Yield what the instructor should know, each thing once."""
    flags = (
        *merged.flags,
        *run.flags,
        *calibration.flags,
        *_file_flags(submission),
        *_course_flags(assignment),
    )
    told = (replace(flag, text=in_words(assignment, flag.text)) for flag in flags)
    yield from dict.fromkeys(told)


def _course_flags(assignment: Assignment) -> Iterator[Flag]:
    """Yield a flag for each reason why tests or notebooks could not be graded."""
    for reason in assignment.lacking:
        yield Flag("course", f"a notebook of this assignment was left out: {reason}")
    yield from (Flag("course", fault) for fault in assignment.faults)
    for reason in dict.fromkeys(assignment.by_hand.values()):
        cells = [name for name, why in assignment.by_hand.items() if why == reason]
        word = "cells" if len(cells) > 1 else "cell"
        yield Flag(
            "course",
            f"{word} {', '.join(cells)}: left to you to grade by hand: {reason}, or "
            "enter the points in the gradebook",
        )


def _file_flags(submission: Submission) -> Iterator[Flag]:
    """Yield a flag that names the files that could not be used, if there are any."""
    if submission.left_out:
        named = "; ".join(submission.left_out)
        yield Flag("files", f"left out of what was submitted beside it: {named}")


def _rerun(
    assignment: Assignment,
    merged: Merged,
    jailer: Jailer,
    earlier: Graded,
) -> _Run | None:
    """Rerun only the tests whose earlier outcome is no longer valid.

    Returns
    -------
    _Run or None
        With the seed of the earlier grade; None if everything has to run.
    """
    seed = earlier.result.seed
    tests = regrade.tests_to_rerun(earlier, merged.cells, assignment)
    if tests is None:
        return None
    checks: tuple[Check, ...] = ()
    flags = earlier.result.flags
    if tests:
        with GradingSession(assignment, merged, jailer, seed) as session:
            checks = tuple(graded.check for graded in session.run(tests))
        lost = any(check.status in ("timeout", "crashed") for check in checks)
        if lost or not session.one_kernel_was_enough:
            return None
        flags = (*flags, *session.flags)
    combined = regrade.combine(earlier, merged.cells, checks, assignment)
    return _Run(combined, flags, seed, earlier.result.sandbox)


def ungraded(
    assignment: Assignment, submission: Submission, seed: int, reason: Flag
) -> Graded:
    """Return a result of zero points for a submission that could not be run.

    Parameters
    ----------
    assignment, submission
        The assignment, and what a student submitted for it.
    seed
        The seed of the run, for the record.
    reason
        Why it could not be run. The student reads it at every question.
    """
    result = Result(
        student=submission.student,
        assignment=assignment.name,
        release=assignment.release,
        seed=seed,
        grader=grader.__version__,
        score=0.0,
        max_score=assignment.max_score,
        cells=scoring.missing(assignment.tasks, reason.text),
        flags=(reason,),
    )
    return Graded(result, assignment.released)


__all__ = ["grade", "ungraded"]
