"""Functions for a class: collect submissions, write feedback, export grades."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

from grader.api.grading import GradeOptions, grade

if TYPE_CHECKING:
    from grader.batch.run import GradingWatcher
    from grader.classroom.folder import Classroom
    from grader.collect.filing import CollectRow
    from grader.collect.watcher import CollectWatcher
    from grader.course.course import Course
    from grader.reports.class_report import ClassReport
    from grader.reports.comparison import Comparison
    from grader.reports.exports.export import Export
    from grader.reports.pack import Packed


class CollectOptions(TypedDict, total=False):
    """The keyword arguments of :func:`collect`."""

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
    """Put submissions from a folder or an LMS download into a class folder.

    Parameters
    ----------
    source
        A folder, a zip or tar archive, or one notebook.
    class_folder
        The class folder; created if it does not exist.
    course
        The course whose notebooks were submitted.
    watcher
        Receives progress.
    assignment : str, optional
        The assignment that all files belong to; by default, each file's assignment
        is found out from its name and content.
    roster : Path, optional
        CSV file with the columns id, name and email. It is copied into the class
        folder and used again the next time.
    due : datetime, optional
        Due date, after which submissions count as late; the due dates in the
        gradebook by default. It is kept there for the assignments that are collected.
    pattern : str, optional
        Regular expression for file names with named groups, as nbgrader's
        ``named_regexp``.
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
        An argument cannot be used, or there is nothing to collect. Nothing was
        written.

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


def write_feedback(
    classroom: Classroom, course: Course, *, database: str | None = None
) -> list[Path]:
    """Write a feedback page for each graded notebook.

    Parameters
    ----------
    classroom
        A class that was graded.
    course
        The course whose assignments were graded.
    database
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class if None.

    Returns
    -------
    list of Path
        The pages: ``feedback/STUDENT/ASSIGNMENT/NOTEBOOK.html`` in the class folder.

    Raises
    ------
    CourseError
        An assignment that was graded is not in the course.

    Examples
    --------
    >>> course = grader.Course.open("course")
    >>> classroom = grader.Classroom.open("graded-class")
    >>> [page.name for page in grader.write_feedback(classroom, course)]
    ['averages.html', 'averages.html']
    """
    from grader.reports.class_feedback import write_feedback

    return write_feedback(classroom, course, database)


def pack_feedback(
    classroom: Classroom, course: Course, system: str, *, database: str | None = None
) -> Packed:
    """Write the feedback pages of a class, and pack them for an LMS.

    Parameters
    ----------
    classroom
        A class that was graded, and whose submissions were collected from that LMS.
    course
        The course whose assignments were graded.
    system
        ``"moodle"`` or ``"canvas"``.
    database
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class if None.

    Returns
    -------
    Packed
        The pages, an archive for each assignment, and the students who are in none.

    Raises
    ------
    CourseError
        An assignment that was graded is not in the course.
    UsageError
        There is no such system.
    """
    from grader.reports.pack import pack

    return pack(classroom, course, system, database)


def pack_systems() -> dict[str, str]:
    """Return where the archives of :func:`pack_feedback` are uploaded, by system."""
    from grader.reports.pack import PACKERS

    return {packer.name: packer.title for packer in PACKERS}


def export(
    classroom: Classroom,
    target: str,
    output: str | os.PathLike[str] | None = None,
    *,
    assignments: Sequence[str] = (),
    database: str | None = None,
) -> Export:
    """Write the grades of a class to a file for an LMS or another program.

    Parameters
    ----------
    classroom
        A class that was graded.
    target
        ``"csv"``, ``"canvas"``, ``"moodle"``, ``"gradescope"`` or ``"junit"``.
    output
        The file to write; by default, one in ``export/`` in the class folder.
    assignments
        Names; all if empty.
    database
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class if None.

    Returns
    -------
    Export
        Its text and path, the students who were left out, and the scores that are
        not final.

    Raises
    ------
    UsageError
        There is no such target, it supports only one assignment, or nothing was
        graded.

    Examples
    --------
    >>> classroom = grader.Classroom.open("graded-class")
    >>> export = grader.export(classroom, "csv")
    >>> export.path.name, export.waiting
    ('csv.csv', ('ada (averages)', 'bob (averages)'))
    """
    from grader.classroom.grades import read
    from grader.reports.exports.table import file_name, make, write

    exported = make(read(classroom, database), target, assignments)
    default = classroom.root / "export" / file_name(target, assignments)
    return write(exported, default if output is None else Path(output))


def export_targets() -> dict[str, str]:
    """Return a description of each target of :func:`export`, by its name."""
    from grader.reports.exports.table import EXPORTERS

    return {exporter.name: exporter.title for exporter in EXPORTERS}


class ClassPage(NamedTuple):
    """A report on a class, and the page that shows it."""

    report: ClassReport
    path: Path


def report_class(
    classroom: Classroom, output: Path | None = None, *, database: str | None = None
) -> ClassPage:
    """Write a page about a class: scores, hardest cells, submissions to review.

    Parameters
    ----------
    classroom
        A class that was graded.
    output
        The HTML file to write; ``report.html`` in the class folder if None.
    database
        SQLAlchemy URL of the gradebook; ``gradebook.db`` in the class if None.

    Returns
    -------
    ClassPage
        The report, and the path of the page.

    Raises
    ------
    ClassError
        Nothing was graded yet.
    """
    from grader.classroom.grades import read
    from grader.classroom.trusts import TrustFile
    from grader.collect.unmatched import listed
    from grader.files import replace_file
    from grader.reports.class_report import of_grades, page

    trusts = TrustFile(classroom.root).cells()
    report = of_grades(read(classroom, database), listed(classroom.root), trusts)
    path = output or classroom.root / "report.html"
    now = datetime.now().astimezone()
    replace_file(path, page(report, classroom.root.name, now))
    return ClassPage(report, path)


def compare_class(
    classroom: Classroom,
    course: Course,
    gradebook: Path | None = None,
    assignments: Sequence[str] = (),
    watcher: GradingWatcher | None = None,
    **options: Unpack[GradeOptions],
) -> Comparison:
    """Grade a copy of a class, and compare with the grades that nbgrader gave.

    Nothing in the class folder and in the gradebook is changed.

    Parameters
    ----------
    classroom
        A class that nbgrader has graded.
    course
        The course whose assignments were submitted.
    gradebook
        nbgrader's SQLite file; ``gradebook.db`` in the class folder if None. Name it
        if the grader has graded this class too, because it has then written there.
    assignments
        Names; all that were submitted if empty.
    watcher
        Receives progress.
    options
        As for :func:`grade`.

    Returns
    -------
    Comparison
        The number of cells with the same points, and each difference with its reason.

    Raises
    ------
    ClassError
        The gradebook cannot be read, it has none of these submissions, or it is not
        named and the grader has written to it.
    CourseError, SandboxError
        As for :func:`grade`.
    """
    from tempfile import TemporaryDirectory

    from grader.classroom.gradebook.recorded import read_recorded
    from grader.errors import ClassError
    from grader.reports.comparison import compare
    from grader.reports.nbgrader_errors import RecordedErrors
    from grader.submissions.read import submitted_at

    path = gradebook or classroom.gradebook
    if gradebook is None and classroom.results.exists():
        raise ClassError(
            f"{path}: this class was graded by the grader, which writes its own scores "
            "to this gradebook. Name the gradebook that nbgrader has filled with "
            "--gradebook FILE"
        )
    recorded = read_recorded(path)
    with TemporaryDirectory(prefix="grader-compare-") as folder:
        copy = classroom.copy_submitted(Path(folder))
        results = grade(copy, course, assignments, None, watcher, **options)
    keys = [(result.student, result.assignment) for result in results]
    if recorded.submitted.keys().isdisjoint(keys):
        raise ClassError(
            f"{path}: has a score for none of the {len(keys)} submissions in "
            f"{classroom.root / 'submitted'}; is it the gradebook of this class?"
        )
    times = {key: submitted_at(classroom.folder("submitted", *key)) for key in keys}
    names = {assignment: course.source_paths(assignment) for _, assignment in keys}
    return compare(
        results,
        recorded,
        {name: paths[0].stem for name, paths in names.items() if len(paths) == 1},
        {key: time for key, time in times.items() if time},
        RecordedErrors(classroom),
    )


__all__ = [
    "ClassPage",
    "CollectOptions",
    "collect",
    "compare_class",
    "export",
    "export_targets",
    "report_class",
    "write_feedback",
]
