"""Collect submissions, from any download, into a class folder.

Collecting reads the source, decides whose each file is and which notebook it is, and
writes:

::

    CLASS/
    ├── submitted/STUDENT/ASSIGNMENT/NB.ipynb   the current submission and its files
    │   └── timestamp.txt  refused.txt          when it was submitted; why it is refused
    ├── earlier/STUDENT/ASSIGNMENT/TIME-DIGEST/ earlier versions
    ├── unmatched/                              files without an owner or assignment
    │   └── why.csv                             the reason for each
    ├── roster.csv                              the latest roster
    ├── seen.csv                                the numbers that each LMS uses
    ├── uploads.json                            what submissions are called in downloads
    └── gradebook.db                            the due date, if the caller gives one

:mod:`owned_files`, :mod:`uploads`, :mod:`catalogue` and :mod:`versions` decide; this
module and :mod:`filing` act on it. Each file is written whole or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from grader.classroom import timing, upload_names
from grader.classroom.folder import SubmissionKey
from grader.classroom.students import ClassList
from grader.collect import archives, unmatched, uploads
from grader.collect.archives import SourceEntry, SourceFile
from grader.collect.catalogue import Catalogue, NotebookKey
from grader.collect.filing import CollectRow, file_submissions
from grader.collect.owned_files import DownloadContext, find_files
from grader.collect.placement import OwnedFile
from grader.collect.staging import open_for_collecting
from grader.collect.watcher import CollectWatcher, SilentCollectWatcher
from grader.course.course import Course
from grader.errors import CourseError, SubmissionError, UsageError
from grader.notebooks.cells import grade_id_of, parse_notebook
from grader.submissions.repair.salvage import salvage


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """How to collect; ``grader collect --help`` lists the same settings.

    Attributes
    ----------
    assignment : str or None
        The assignment that all submissions are for; None reads it from the files.
    roster : Path or None
        A CSV file with the students; None takes the class folder's, if it has one.
    due : datetime or None
        When the submissions were due; None takes the gradebook's due dates.
    pattern : str or None
        A regular expression that finds the student in a path, as nbgrader's
        ``named_regexp``.
    database : str or None
        SQLAlchemy URL of the gradebook; None takes the class folder's own.
    dry_run : bool
        Report what would be done, and write nothing.
    """

    assignment: str | None = None
    roster: Path | None = None
    due: datetime | None = None
    pattern: str | None = None
    database: str | None = None
    dry_run: bool = False


def collect(
    source: str | os.PathLike[str],
    class_folder: str | os.PathLike[str],
    course: Course,
    settings: CollectSettings | None = None,
    watcher: CollectWatcher | None = None,
) -> list[CollectRow]:
    """Collect the submissions in `source` into `class_folder`.

    Parameters
    ----------
    source
        A folder, an archive, or one notebook.
    class_folder
        Where submissions are kept; created if it does not exist.
    course
        The course whose notebooks were submitted.
    settings
        How to collect; None takes the defaults.
    watcher
        Receives progress; None reports none.

    Returns
    -------
    list of CollectRow
        What was done with each submission and each unmatched file.

    Raises
    ------
    UsageError
        The source, the roster, the course or the class folder cannot be used, or
        there is nothing to collect. Nothing was written in that case.
    """
    source, class_folder = Path(source), Path(class_folder)
    settings, watcher = settings or CollectSettings(), watcher or SilentCollectWatcher()
    pattern = _compile_pattern(settings.pattern)
    course_notebooks = read_catalogue(course, settings.assignment)
    _check_source(source, class_folder)
    class_list = ClassList.read(class_folder, settings.roster, settings.database)
    with open_for_collecting(class_folder, dry_run=settings.dry_run) as writer:
        entries = [
            entry
            for entry in _with_progress(archives.read(source, writer.stage), watcher)
            if not _is_roster(entry, settings.roster)
        ]
        context = DownloadContext(
            class_list.roster, course_notebooks, pattern, _name_of(source)
        )
        files, not_handed_in = find_files(entries, context)
        if not files:
            raise UsageError(_nothing(source, not_handed_in))
        watcher.sorting(len(files))
        sorted_files = uploads.sort_files(
            files, course_notebooks, _grade_ids, settings.assignment
        )
        due = partial(_due, class_list, settings.due)
        submissions = file_submissions(sorted_files, writer, course_notebooks, due)
        unplaced = unmatched.keep(sorted_files.unplaced, writer)
        left = (CollectRow("left out", path) for path in not_handed_in)
        rows = []
        for row in chain(submissions, unplaced, left):
            watcher.filed(row)
            rows.append(row)
        unmatched.forget((placed.file for placed in sorted_files.placed), writer)
        for file in files:
            class_list.remember(file.owner.people_with_numbers())
        if not settings.dry_run:
            class_list.write(class_folder)
            _remember_uploads(class_folder, rows)
            _keep_due(class_folder, settings, rows, watcher)
    return rows


def _remember_uploads(class_folder: Path, rows: Iterable[CollectRow]) -> None:
    """Store the names that the download has for the submissions that count."""
    upload_names.remember(
        class_folder,
        {
            SubmissionKey(row.student, row.assignment): row.uploads
            for row in rows
            if row.uploads
        },
    )


def _keep_due(
    class_folder: Path,
    settings: CollectSettings,
    rows: Iterable[CollectRow],
    watcher: CollectWatcher,
) -> None:
    """Write the caller's due date into the gradebook, where reports look for it."""
    collected = sorted({row.assignment for row in rows if row.student} - {""})
    if settings.due and collected:
        changed = timing.keep_due(
            class_folder, collected, settings.due, settings.database
        )
        for assignment, before in changed.items():
            watcher.due(assignment, before)


def _name_of(source: Path) -> str:
    return archives.ARCHIVE_NAME.sub("", source.resolve().name)


def _nothing(source: Path, not_handed_in: Sequence[str]) -> str:
    if not not_handed_in:
        return f"{source}: holds no files, so nothing to collect"
    return (
        f"{source}: holds only work that was not handed in, such as "
        f"{not_handed_in[0]!r}; to collect it nevertheless, unpack it and give the "
        "folder that contains the students' folders as the source"
    )


def read_catalogue(course: Course, assignment: str | None = None) -> Catalogue:
    """Read the course's notebooks and the grade_ids of their cells.

    Parameters
    ----------
    course
        The course.
    assignment
        The assignment that the caller named, if any; only its existence is checked.

    Raises
    ------
    CourseError
        The course has no such assignment, or a source cannot be read.
    """
    names = course.assignment_names()
    if assignment is not None and assignment not in names:
        raise CourseError(
            f"{course.root}: no assignment {assignment!r}; there are {', '.join(names)}"
        )
    notebooks: dict[NotebookKey, frozenset[str]] = {}
    for name in names:
        for path in course.source_paths(name):
            try:
                notebook = parse_notebook(path.read_text("utf-8"))
            except ValueError as error:
                raise CourseError(f"{path}: not a notebook: {error}") from None
            ids = (grade_id_of(cell) for cell in notebook.cells)
            notebooks[NotebookKey(name, path.stem)] = frozenset(filter(None, ids))
    return Catalogue(notebooks)


def _compile_pattern(pattern: str | None) -> re.Pattern[str] | None:
    """Compile the regular expression that finds a student in a path.

    Raises
    ------
    UsageError
        It is not a regular expression, or has no group that names a student.
    """
    if pattern is None:
        return None
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise UsageError(
            f"--pattern {pattern!r} is not a regular expression: {error}"
        ) from None
    if not {"student_id", "email", "last_name"} & compiled.groupindex.keys():
        raise UsageError(
            f"--pattern {pattern!r} names no student; it needs a group such as "
            r"(?P<student_id>\w+), and may have file_id, timestamp, first_name, "
            "last_name and email"
        )
    return compiled


def _check_source(source: Path, class_folder: Path) -> None:
    """Refuse a source that contains the class folder or lies in its subfolders."""
    here, target = source.resolve(), class_folder.resolve()
    subfolders = ("submitted", "earlier", "unmatched", "autograded", "feedback")
    if here == target or here in target.parents:
        raise UsageError(
            f"{source} contains the class folder {class_folder}; give the download "
            "as the source instead"
        )
    if any(target / name in (here, *here.parents) for name in subfolders):
        raise UsageError(
            f"{source} already holds collected submissions; give the download they "
            "came from as the source instead"
        )


def _with_progress(
    entries: Iterable[SourceEntry], watcher: CollectWatcher
) -> Iterator[SourceEntry]:
    for entry in entries:
        watcher.reading()
        yield entry


def _is_roster(entry: SourceEntry, roster: Path | None) -> bool:
    """Tell whether this is the roster, which may lie beside the submissions."""
    if roster is None or not isinstance(entry, SourceFile):
        return False
    return entry.content.resolve() == roster.resolve()


def _due(known: ClassList, new: datetime | None, key: SubmissionKey) -> datetime | None:
    """Return when a submission is due; the caller's date replaces recorded ones."""
    date = new or known.due.get(key.assignment)
    return date + known.extensions.get(key, timedelta(0)) if date else None


def _grade_ids(file: OwnedFile) -> frozenset[str]:
    """Return the grade_ids in a submitted notebook; none if it cannot be read."""
    if file.content is None:
        return frozenset()
    try:
        readings = salvage(file.content.read_bytes())
    except (SubmissionError, OSError):
        return frozenset()
    cells = (cell for reading in readings for cell in reading.cells)
    ids = (cell.nbgrader.get("grade_id") for cell in cells)
    return frozenset(grade_id for grade_id in ids if isinstance(grade_id, str))


__all__ = [
    "CollectRow",
    "CollectSettings",
    "collect",
    "read_catalogue",
]
