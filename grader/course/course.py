"""Find a course, its assignments, and the notebooks of each.

A course has one of two layouts: ours, ``solutions/NAME.ipynb``, where each notebook is
an assignment, or nbgrader's, ``source/ASSIGNMENT/NOTEBOOK.ipynb``.
:mod:`grader.course.assignments` reads what is in a notebook.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from grader.course import assignments, student_copies
from grader.course.nbgrader import config
from grader.course.nbgrader.config import Settings
from grader.errors import CourseError
from grader.records import Assignment

Layout = Literal["solutions", "nbgrader"]


@dataclass(frozen=True, slots=True)
class Course:
    """A course folder. Create one with :meth:`open`.

    Attributes
    ----------
    root : Path
        The folder.
    layout : Layout
        Which of the two layouts it has.
    settings : Settings
        What its ``nbgrader_config.py`` says; defaults without one.
    """

    root: Path
    layout: Layout
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Course:
        """Open the course in a folder.

        Parameters
        ----------
        path
            The folder that contains ``solutions/`` or ``source/``.

        Raises
        ------
        CourseError
            The folder contains neither, or its ``nbgrader_config.py`` cannot be used.

        Examples
        --------
        >>> course = Course.open("course")
        >>> list(course)
        ['averages']
        >>> course["averages"].max_score
        10.0
        """
        root = Path(path)
        course = cls.at(root)
        if course is None:
            raise CourseError(_no_course(str(root), _read_settings(root).source))
        return course

    @classmethod
    def find(cls, folder: str | os.PathLike[str] = ".") -> Course:
        """Open the course in a folder, or in the nearest folder above it.

        Parameters
        ----------
        folder
            The first folder to look in; the current folder by default.

        Raises
        ------
        CourseError
            None of them contains a course, or an ``nbgrader_config.py`` on the way
            cannot be used.
        """
        start = Path(folder).absolute()
        for root in (start, *start.parents):
            if course := cls.at(root):
                return course
        raise CourseError(_no_course(f"{start} and the folders above it"))

    @classmethod
    def at(cls, root: Path) -> Course | None:
        """Return the course in the folder `root`, None if there is none."""
        if next((root / student_copies.SOURCES).glob("*.ipynb"), None) is not None:
            return cls(root, "solutions")
        settings = _read_settings(root)
        if next((root / settings.source).glob("*/*.ipynb"), None) is not None:
            return cls(root, "nbgrader", settings)
        return None

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the assignments."""
        return iter(self.assignment_names())

    def __getitem__(self, name: str) -> Assignment:
        """Read an assignment that has one notebook.

        Raises
        ------
        CourseError
            There is no assignment of that name, or it has several notebooks or an
            unusable one.
        """
        return self.assignment(name)

    def assignment_names(self) -> tuple[str, ...]:
        """Return the names of the assignments, sorted."""
        if self.layout == "solutions":
            paths = (self.root / student_copies.SOURCES).glob("*.ipynb")
            return tuple(sorted(path.stem for path in paths))
        paths = (self.root / self.settings.source).glob("*/*.ipynb")
        names = {path.parent.name for path in paths}
        return tuple(sorted(name for name in names if not name.startswith(".")))

    def assignment(self, name: str, *, checked: bool = True) -> Assignment:
        """Read an assignment that has one notebook; see :meth:`notebooks`.

        Parameters
        ----------
        name
            The assignment.
        checked
            Refuse it if its student copy leaks a solution or cannot run.

        Raises
        ------
        CourseError
            As :meth:`notebooks`; or the assignment has several notebooks.
        """
        return self._read(name, self.source_path(name), checked=checked)

    def notebooks(self, name: str) -> tuple[Assignment, ...]:
        """Read everything that grading needs about each notebook of an assignment.

        Raises
        ------
        CourseError
            There is no assignment of that name, or a notebook of it is unusable.
        """
        paths = self.source_paths(name)
        return tuple(self._read(name, path, checked=True) for path in paths)

    def read(self, name: str) -> tuple[tuple[Assignment, ...], tuple[str, ...]]:
        """Read the notebooks of an assignment that can be used.

        Returns
        -------
        tuple
            The notebooks, and for each other one why it cannot be used.

        Raises
        ------
        CourseError
            There is no assignment of that name.
        """
        notebooks, unusable = [], []
        for path in self.source_paths(name):
            try:
                notebooks.append(self._read(name, path, checked=True))
            except CourseError as error:
                unusable.append(str(error))
        return tuple(notebooks), tuple(unusable)

    def _read(self, name: str, path: Path, *, checked: bool) -> Assignment:
        """Read one notebook; if `checked`, refuse one with a bad student copy.

        In nbgrader's layout, what is wrong with the student copy becomes a warning.
        """
        if self.layout == "solutions":
            return assignments.in_our_layout(self.root, name, path, checked=checked)
        copy = self._copy_path(name, path)
        return assignments.in_nbgraders_layout(
            self.root, self.settings, name, path, copy
        )

    def source_paths(self, name: str) -> tuple[Path, ...]:
        """Return the paths of the instructor's notebooks of an assignment, sorted."""
        if name not in self.assignment_names():
            raise CourseError(
                f"{self.root}: no assignment {name!r}; there are "
                f"{', '.join(self.assignment_names())}"
            )
        if self.layout == "solutions":
            return (self.root / student_copies.SOURCES / f"{name}.ipynb",)
        folder = self.root / self.settings.source / name
        return tuple(sorted(folder.glob("*.ipynb")))

    def source_path(self, name: str) -> Path:
        """Return the path of the notebook of an assignment that has only one."""
        paths = self.source_paths(name)
        if len(paths) > 1:
            raise CourseError(
                f"{paths[0].parent}: has {len(paths)} notebooks "
                f"({', '.join(path.name for path in paths)}); they can be graded, but "
                "this works only with assignments that have one"
            )
        return paths[0]

    def copy_path(self, name: str) -> Path:
        """Return where the student copy of an assignment with one notebook belongs."""
        return self._copy_path(name, self.source_path(name))

    def _copy_path(self, name: str, source: Path) -> Path:
        if self.layout == "solutions":
            return student_copies.copy_path(self.root, source)
        return self.root / self.settings.release / name / source.name


def _no_course(place: str, source: str = "source") -> str:
    return (
        f"No course found in {place}. A course folder contains "
        f"{student_copies.SOURCES}/NAME.ipynb or, as in nbgrader, "
        f"{source}/ASSIGNMENT/NOTEBOOK.ipynb. Name it with --course FOLDER."
    )


def _read_settings(root: Path) -> Settings:
    path = root / config.NAME
    if not path.is_file():
        return Settings()
    return config.read(path.read_text(encoding="utf-8"), str(path))


__all__ = ["Course", "Layout"]
