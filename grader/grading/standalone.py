"""Grade one submission on its own: a fork server, a jail and a calibration for it.

A class run shares these among all submissions (:mod:`grader.batch`). Both come to
the same grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from grader.execution.jail.factory import open_jailer, require_sandbox
from grader.execution.limits import Limits, Sandbox
from grader.execution.wiring import start_fork_server
from grader.grading.calibrate import calibrate
from grader.grading.grade import grade
from grader.records import Assignment, Graded, Submission


def grade_standalone(
    assignment: Assignment,
    submission: Submission,
    seed: int,
    sandbox: Sandbox = "auto",
    limits: Mapping[str, float] | None = None,
) -> Graded:
    """Grade one submission, and the assignment's own solution before it.

    Parameters
    ----------
    assignment, submission
        The assignment, and what a student submitted for it.
    seed
        The seed for the random inputs of hidden tests.
    sandbox
        The weakest level of jails that is good enough, or ``none`` for no jail.
    limits
        Limits that replace the assignment's own, by name.

    Raises
    ------
    SandboxError
        If no such jail can be built here. Nothing was run then.
    CourseError
        If a limit is unknown.
    JailError
        If the grader failed, and neither solution nor student are to blame.
    """
    sandbox = require_sandbox(sandbox, assignment.sandbox)
    allowed = Limits.of(assignment.limits | dict(limits or {}))
    with start_fork_server(assignment.imports) as fork_server:
        jailer = open_jailer(
            sandbox, fork_server, assignment.imports, allowed, assignment.environment
        )
        with closing(jailer.with_files(assignment.bound)):
            calibration = calibrate(assignment, jailer, seed)
            return grade(assignment, submission, jailer, seed, calibration)


__all__ = ["grade_standalone"]
