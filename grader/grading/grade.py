"""Grade one hand-in: (assignment, submission, limits, seed) → a Result, always.

Read :func:`grade` first. The hand-in is :mod:`grafted <grader.submissions.merge>` into the
instructor's notebook, which a :class:`~grader.grading.session.Sitting` then walks through; of
one that was graded before only what :mod:`grader.grading.regrade` says.
"""

from __future__ import annotations

import time
from collections.abc import Collection

import grader
from grader.errors import SubmissionError
from grader.execution.jail.jail import Jailer
from grader.grading import regrade, scoring
from grader.grading.session import Sitting
from grader.notebooks.cells import notebook_text
from grader.records import Assignment, Check, Graded, Result, Submission
from grader.submissions import merge
from grader.submissions.merge import Grafted


def grade(
    assignment: Assignment,
    submission: Submission,
    jailer: Jailer,
    seed: int,
    in_kernel: Collection[str] = (),
    earlier: Graded | None = None,
) -> Graded:
    """Grade one hand-in.

    Parameters
    ----------
    assignment, submission
        What was asked and what was handed in.
    jailer
        Builds the jails; holds the limits.
    seed
        What hidden tests draw their inputs from.
    in_kernel
        Test cells that run beside student code, because the examiner cannot run
        them (see :mod:`grader.grading.calibration`); of lower trust.
    earlier
        The grade of the same answers under the same conditions, before tests were
        changed. What of it still stands is not run again, and its seed is kept.

    Returns
    -------
    Graded
        Never an exception for what a student handed in.
    """
    start = time.monotonic()
    try:
        grafted = merge.graft(assignment, submission.content, assignment.parameters)
    except SubmissionError as error:
        return ungraded(assignment, submission, seed, f"not readable: {error}")
    found = None
    if earlier is not None and not in_kernel:
        found = _again(assignment, grafted, jailer, earlier)
        seed = seed if found is None else earlier.result.seed
    if found is None:
        with Sitting(assignment, grafted, jailer, seed, in_kernel) as sitting:
            found = sitting.run(), tuple(sitting.flags)
    checks, flags = found
    result = Result(
        student=submission.student,
        assignment=assignment.name,
        release=assignment.release,
        seed=seed,
        grader=grader.__version__,
        score=scoring.total(checks),
        max_score=assignment.max_score,
        cells=checks,
        repairs=grafted.repairs,
        flags=tuple(dict.fromkeys((*grafted.flags, *flags))),
        seconds=round(time.monotonic() - start, 3),
    )
    return Graded(result, notebook_text(grafted.notebook))


def _again(
    assignment: Assignment, grafted: Grafted, jailer: Jailer, earlier: Graded
) -> tuple[tuple[Check, ...], tuple[str, ...]] | None:
    """Run what an earlier grade does not tell; None if all has to be run."""
    cells = grafted.notebook.cells
    only = regrade.to_run_again(earlier, cells, assignment)
    if only is None:
        return None
    if not only:
        return regrade.merged(earlier, cells, (), assignment), earlier.result.flags
    seed = earlier.result.seed
    with Sitting(assignment, grafted, jailer, seed) as sitting:
        checks = sitting.run(only)
    if sitting.replaced_kernel or any(
        c.status in ("timeout", "crashed") for c in checks
    ):
        return None
    flags = (*earlier.result.flags, *sitting.flags)
    return regrade.merged(earlier, cells, checks, assignment), flags


def ungraded(
    assignment: Assignment, submission: Submission, seed: int, reason: str
) -> Graded:
    """Return the result of a hand-in that could not be run: zero, with the reason."""
    result = Result(
        student=submission.student,
        assignment=assignment.name,
        release=assignment.release,
        seed=seed,
        grader=grader.__version__,
        score=0.0,
        max_score=assignment.max_score,
        cells=scoring.missing(assignment.tasks, reason),
        flags=(reason,),
    )
    return Graded(result, assignment.released)


__all__ = ["grade", "ungraded"]
