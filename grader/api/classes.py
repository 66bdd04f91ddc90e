"""What comes into a class and goes out of it: submissions, pages, exports."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

if TYPE_CHECKING:
    from grader.classroom.folder import Classroom
    from grader.collect.filing import CollectRow
    from grader.collect.watcher import CollectWatcher
    from grader.course.course import Course
    from grader.reports.class_report import ClassReport
    from grader.reports.export import Export


class CollectOptions(TypedDict, total=False):
    """How submissions are collected: the keyword arguments of :func:`collect`."""

    assignment: str | None
    roster: Path | None
    due: datetime | None
    pattern: str | None
    database: str | None
    dry_run: bool


def collect(
    source: str | os.PathLike[str],
    class_folder: str | os.PathLike[str],
    course: Course,
    watcher: CollectWatcher | None = None,
    **options: Unpack[CollectOptions],
) -> list[CollectRow]:
    """Collect submissions from a folder, an archive or an LMS's download.

    Parameters
    ----------
    source
        A folder, a zip or tar, or one notebook.
    class_folder
        Where submissions are kept; created if it does not exist.
    course
        The course whose notebooks were submitted.
    watcher
        Is told of each step.
    assignment : str, optional
        The assignment that all files are for; by default each file's is found out.
    roster : Path, optional
        CSV with id, name and email; kept for the next time.
    due : datetime, optional
        To say who is late; nbgrader's time by default.
    pattern : str, optional
        nbgrader's ``named_regexp`` for file names.
    database : str, optional
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class by default.
    dry_run : bool, optional
        Write nothing.

    Returns
    -------
    list of CollectRow
        What was done with each submission and each unmatched file.

    Raises
    ------
    UsageError
        Something cannot be used, or there is nothing to collect. Nothing was written
        in that case.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> rows = grader.collect("download", "new-class", course)
    >>> [(row.student, row.assignment, row.status) for row in rows]
    [('ada', 'averages', 'new'), ('bob', 'averages', 'new')]
    """
    from grader.collect import collect as collecting

    settings = collecting.CollectSettings(**options)
    return collecting.collect(source, class_folder, course, settings, watcher)


def write_feedback(classroom: Classroom, course: Course) -> list[Path]:
    """Write a page for students about each submission that was graded.

    Parameters
    ----------
    classroom, course
        The class, and the course whose assignments it works on.

    Returns
    -------
    list of Path
        The pages, ``feedback/STUDENT/ASSIGNMENT/NOTEBOOK.html`` in the class folder.

    Raises
    ------
    CourseError
        The course does not have an assignment that was graded.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> classroom = grader.Classroom.open("graded-class")
    >>> [page.name for page in grader.write_feedback(classroom, course)]
    ['averages.html', 'averages.html']
    """
    from grader.reports.feedback import write_feedback

    return write_feedback(classroom, course)


def export(
    classroom: Classroom,
    target: str,
    output: str | os.PathLike[str] | None = None,
    *,
    assignments: Sequence[str] = (),
    database: str | None = None,
) -> Export:
    """Write the grades of a class in the form that another program reads.

    Parameters
    ----------
    classroom
        A class that was graded.
    target
        ``"csv"``, ``"canvas"``, ``"moodle"``, ``"gradescope"`` or ``"junit"``.
    output
        The file; by default one in ``export/`` in the class folder.
    assignments
        Names; all if none.
    database
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class if None.

    Returns
    -------
    Export
        Its text and path, who was left out, and whose score is not final.

    Raises
    ------
    UsageError
        There is no such form, it takes one assignment only, or nothing was graded.

    Examples
    --------
    >>> classroom = grader.Classroom.open("graded-class")
    >>> export = grader.export(classroom, "csv")
    >>> export.path.name, export.waiting
    ('csv.csv', ('ada (averages)', 'bob (averages)'))
    """
    from grader.classroom.grades import read
    from grader.reports.export import file_name, make, write

    made = make(read(classroom, database), target, assignments)
    default = classroom.root / "export" / file_name(target, assignments)
    return write(made, default if output is None else Path(output))


def export_targets() -> dict[str, str]:
    """Return the name and a description of each form that :func:`export` knows."""
    from grader.reports.export import EXPORTERS

    return {each.name: each.title for each in EXPORTERS}


class ClassPage(NamedTuple):
    """What is said of a class, and the page that says it."""

    report: ClassReport
    path: Path


def report_class(
    classroom: Classroom, output: Path | None = None, *, database: str | None = None
) -> ClassPage:
    """Write a page about a class: scores, hardest cells, what needs a look.

    Parameters
    ----------
    classroom
        A class that was graded.
    output
        The page; ``report.html`` in the class folder if None.
    database
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class if None.

    Raises
    ------
    ClassError
        Nothing was graded yet.
    """
    from grader.classroom.grades import read
    from grader.collect.unmatched import listed
    from grader.files import replace_file
    from grader.reports.class_report import of_grades, page

    report = of_grades(read(classroom, database), listed(classroom.root))
    path = output or classroom.root / "report.html"
    now = datetime.now().astimezone()
    replace_file(path, page(report, classroom.root.name, now))
    return ClassPage(report, path)


__all__ = [
    "ClassPage",
    "CollectOptions",
    "collect",
    "export",
    "export_targets",
    "report_class",
    "write_feedback",
]
