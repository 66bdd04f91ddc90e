"""Functions that examine this machine, and how far tests of a course can be trusted."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.classroom.trusts import CellTrust
    from grader.course.course import Course
    from grader.execution.doctor import Finding
    from grader.execution.limits import Sandbox


def examine_machine() -> list[Finding]:
    """Check whether this machine has everything that grading needs."""
    from grader.execution.doctor import examine

    return examine()


def examine_course(
    course: Course,
    assignments: Collection[str] = (),
    *,
    sandbox: Sandbox = "auto",
    workers: int | None = None,
) -> tuple[CellTrust, ...]:
    """Grade the solutions of a course; return how far each test can be trusted.

    Parameters
    ----------
    course
        The course.
    assignments
        Names of assignments; all of them if empty.
    sandbox
        As for :func:`grader.grade_notebook`.
    workers
        How many solutions are graded at the same time; None for one per core.

    Returns
    -------
    tuple of CellTrust
        In the course's order.

    Raises
    ------
    SandboxError
        No jail can be built on this machine; nothing was run.
    CourseError
        The course has no assignment of such a name, or one cannot be read.
    JailError
        The grader failed, through no fault of the course.
    """
    from grader.batch.trusts import trusts_of_course

    names = assignments or course.assignment_names()
    found = [each for name in names for each in course.read(name)[0]]
    return trusts_of_course(found, sandbox, workers)


__all__ = ["examine_course", "examine_machine"]
