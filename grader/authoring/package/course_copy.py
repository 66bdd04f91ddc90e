"""Copy only those parts of a course that grading one assignment needs.

Other assignments, wrong answers and everything else in the course folder are left out.
The copy is read again, to make sure that nothing is missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.course import student_copies
from grader.course.course import Course
from grader.course.nbgrader import config
from grader.errors import CourseError
from grader.records import Assignment


def copy_course(course: Course, name: str, target: Path) -> tuple[Assignment, ...]:
    """Copy the parts of a course that grading one assignment needs.

    Parameters
    ----------
    course
        The course.
    name
        The assignment.
    target
        The new course folder.

    Returns
    -------
    tuple of Assignment
        The notebooks of the assignment.

    Raises
    ------
    CourseError
        There is no such assignment, a notebook of it cannot be graded, or a file that
        it needs lies outside of the course folder.
    """
    notebooks, unusable = course.read(name)
    if unusable:
        raise CourseError("\n".join(unusable))
    for path in _parts(course, name):
        _copy(path, target / _below(course.root, path))
    copied, unusable = Course.open(target).read(name)
    if unusable or list(map(_needs, copied)) != list(map(_needs, notebooks)):
        reason = "; ".join(unusable) or "a copy of it alone would be graded differently"
        raise CourseError(f"{course.root}: {name} cannot be packed: {reason}")
    return notebooks


def _parts(course: Course, name: str) -> Iterator[Path]:
    """Yield the files and folders that are needed and exist."""
    parts = [course.root / student_copies.KEPT / name]
    if course.layout == "solutions":
        parts.append(course.source_path(name))
    else:
        settings = course.settings
        autotests = settings.autotest.get("autotest_filename", "autotests.yml")
        files = (config.NAME, autotests, *filter(None, settings.around))
        parts += [course.root / file for file in files]
        parts += [course.root / settings.source / name]
        parts += [course.root / settings.release / name]
    yield from (path for path in parts if path.exists())


def _below(root: Path, path: Path) -> Path:
    try:
        return path.resolve().relative_to(root.resolve())
    except ValueError:
        raise CourseError(
            f"{path}: lies outside of the course folder {root}, so it cannot be "
            "packed; move it into that folder, and correct its path in "
            "nbgrader_config.py if that names it"
        ) from None


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file():
        shutil.copyfile(path, target)
        return
    shutil.copytree(path, target, ignore=_left_out, dirs_exist_ok=True)


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Return the names that are not copied: links, hidden files and caches."""
    return {
        name
        for name in names
        if name.startswith(".")
        or name == "__pycache__"
        or Path(folder, name).is_symlink()
    }


def _needs(notebook: Assignment) -> Any:
    """Return what must be equal in the copy.

    The source is left out, because hashed autotests in it may differ each time.
    """
    return (
        notebook.notebook,
        [task.grade_id for task in notebook.tasks],
        notebook.files,
        [(file.name, file.digest) for file in notebook.bound],
        notebook.earlier,
        notebook.limits,
        notebook.parameters,
        notebook.environment,
        sorted(notebook.by_hand),
    )


__all__ = ["copy_course"]
