"""The function that makes a sample class, to see a class graded."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.authoring.sample_class import SampleClass
    from grader.course.course import Course


def make_sample_class(
    course: Course, folder: Path | None = None, assignments: Collection[str] = ()
) -> SampleClass:
    """Write a sample class with right, wrong, damaged and hostile submissions.

    Parameters
    ----------
    course
        The course whose notebooks are submitted.
    folder
        The class folder; a new temporary folder if None.
    assignments
        Names; a selection if empty.

    Returns
    -------
    SampleClass
        The class, which can be graded and checked.

    Raises
    ------
    ClassError
        The folder contains other submissions.
    CourseError
        The course has no assignment of such a name.
    """
    from grader.authoring.sample_class import SampleClass

    return SampleClass.make(course, folder, assignments)


__all__ = ["make_sample_class"]
