"""Functions that make a new course, or a new exercise in one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.course import Course


def new_course(folder: Path) -> list[Path]:
    """Write a small course, with a sample class, into a new folder.

    Parameters
    ----------
    folder
        The folder, which must not exist.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    CourseError
        The folder exists or cannot be written. Nothing was written.
    """
    from grader.authoring.new.course import make_course

    return list(make_course(folder))


def new_exercise(course: Course, notebook: str, name: str) -> list[Path]:
    """Add a small exercise to a source notebook, for its author to rewrite.

    Parameters
    ----------
    course
        The course.
    notebook
        The notebook's name.
    name
        The exercise's name, such as ``blur-image``.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    CourseError
        The name cannot be used, or the notebook is unusable. Nothing was written.
    """
    from grader.authoring.new.exercise import add_exercise

    return list(add_exercise(course, notebook, name))


__all__ = ["new_course", "new_exercise"]
