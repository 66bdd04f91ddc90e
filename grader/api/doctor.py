"""Functions that examine this machine, and how far tests of a course can be trusted."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from grader.classroom.trusts import CellTrust
    from grader.course.course import Course
    from grader.execution.doctor import Finding
    from grader.execution.limits import Sandbox


class CourseFindings(NamedTuple):
    """How far the tests of a course can be trusted, and which notebooks are unusable.

    Attributes
    ----------
    trusts : tuple of CellTrust
        How far each test can be trusted.
    unusable : tuple of str
        Why notebooks cannot be read; they have no tests here.
    """

    trusts: tuple[CellTrust, ...]
    unusable: tuple[str, ...]


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
) -> CourseFindings:
    """Grade the solutions of a course; say how far each test can be trusted.

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
    CourseFindings
        In the course's order.

    Raises
    ------
    SandboxError
        No jail can be built on this machine; nothing was run.
    CourseError
        The course has no assignment of such a name.
    JailError
        The grader failed, through no fault of the course.
    """
    from grader.batch.trusts import trusts_of_course

    names = assignments or course.assignment_names()
    read = [course.read(name) for name in names]
    found = [each for usable, _ in read for each in usable]
    return CourseFindings(
        trusts_of_course(found, sandbox, workers),
        tuple(reason for _, unusable in read for reason in unusable),
    )


__all__ = ["CourseFindings", "examine_course", "examine_machine"]
