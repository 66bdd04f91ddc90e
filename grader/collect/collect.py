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
    └── seen.csv                                the numbers that each LMS uses

:mod:`owners`, :mod:`uploads`, :mod:`catalogue` and :mod:`versions` decide; this
module and :mod:`filing` act on it. Each file is written whole or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from grader.classroom.roster import Roster
from grader.classroom.students import ClassList
from grader.collect import archives, lms_names, owners, unmatched, uploads
from grader.collect.archives import (
    Checkout,
    Parts,
    RefusedFile,
    SourceEntry,
    SourceFile,
)
from grader.collect.catalogue import Catalogue, NotebookKey
from grader.collect.filing import CollectRow, file_submissions
from grader.collect.lms_names import Claim, Scheme
from grader.collect.owners import KnownNames, Owner
from grader.collect.placement import OwnedFile
from grader.collect.staging import open_for_collecting
from grader.collect.times import SubmissionTimes
from grader.collect.watcher import CollectWatcher, SilentCollectWatcher
from grader.course.course import Course
from grader.errors import CourseError, SubmissionError, UsageError
from grader.notebooks.cells import grade_id_of, parse_notebook
from grader.submissions.repair.salvage import salvage

_MAX_LISTING = 64 << 20  # bytes


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
            class_list.roster, course_notebooks, pattern, source.resolve().name
        )
        files = _owned_files(entries, context)
        if not files:
            raise UsageError(f"{source}: holds no files, so nothing to collect")
        watcher.sorting(len(files))
        sorted_files = uploads.sort_files(
            files, course_notebooks, _grade_ids, settings.assignment
        )
        due = _due_dates(settings.due, class_list.due, course_notebooks)
        submissions = file_submissions(sorted_files, writer, course_notebooks, due)
        unplaced = unmatched.keep(sorted_files.unplaced, writer)
        rows = []
        for row in chain(submissions, unplaced):
            watcher.filed(row)
            rows.append(row)
        unmatched.forget((placed.file for placed in sorted_files.placed), writer)
        for file in files:
            class_list.remember(file.owner.people_with_numbers())
        if not settings.dry_run:
            class_list.write(class_folder)
    return rows


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


def _due_dates(
    due: datetime | None, recorded: Mapping[str, datetime], course: Catalogue
) -> Mapping[str, datetime]:
    """Return when each assignment is due; the caller's date replaces recorded ones."""
    return dict.fromkeys(course.assignments, due) if due else recorded


# --- owners and times ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DownloadContext:
    """What the paths of a download are compared with to find owners.

    Attributes
    ----------
    roster : Roster or None
        The roster; None if the class has none.
    course : Catalogue
        The notebooks of the course.
    pattern : re.Pattern or None
        The caller's regular expression for paths.
    source : str
        The name of the download itself, which may be that of a student.
    """

    roster: Roster | None
    course: Catalogue
    pattern: re.Pattern[str] | None
    source: str = ""


def _owned_files(
    entries: Sequence[SourceEntry], context: DownloadContext
) -> list[OwnedFile]:
    """Return the files, each with its owner and the time it was submitted."""
    claims, other_files = _split_listings(entries)
    paths = [(entry.parts, entry.archives) for entry in other_files]
    names = KnownNames(
        context.roster,
        context.course.assignments,
        context.course.words,
        claims,
        context.pattern,
        owners.shared_folders(parts for parts, _ in paths),
    )
    file_owners = owners.without_ownerless_archives(
        paths, [owners.find_owner(parts, names) for parts, _ in paths]
    )
    if not any(owner.people or owner.claim for owner in file_owners):
        file_owners = [
            owners.owner_from_source_name(context.source, names, owner)
            for owner in file_owners
        ]
    times = SubmissionTimes(entries, context.course.assignments)
    pairs = zip(other_files, file_owners, strict=True)
    files = (_owned_file(entry, owner, times) for entry, owner in pairs)
    return [file for file in files if not times.is_timestamp(file)]


def _owned_file(
    entry: SourceFile | RefusedFile, owner: Owner, times: SubmissionTimes
) -> OwnedFile:
    refused = entry.why if isinstance(entry, RefusedFile) else ""
    time = times.of(entry.parts, owner)
    return OwnedFile(entry.parts, entry.content, owner, time, refused, entry.archives)


def _split_listings(
    entries: Sequence[SourceEntry],
) -> tuple[dict[Parts, Claim], list[SourceFile | RefusedFile]]:
    """Read the LMSs' own lists of submissions; return their claims, and other files."""
    claims: dict[Parts, Claim] = {}
    other_files: list[SourceFile | RefusedFile] = []
    for entry in entries:
        if isinstance(entry, Checkout):
            continue
        scheme = lms_names.listing_at(entry.parts, entry.archives)
        if scheme and isinstance(entry, SourceFile):
            content = _read_yaml(entry, scheme)
            claims.update(lms_names.claims_of(scheme, entry.parts[:-1], content))
        else:
            other_files.append(entry)
    return claims, other_files


def _read_yaml(entry: SourceFile, scheme: Scheme) -> Any:
    """Read YAML into plain data.

    Raises
    ------
    UsageError
        It is too large, or not YAML.
    """
    where = "/".join(entry.parts)
    if entry.content.stat().st_size > _MAX_LISTING:
        raise UsageError(
            f"{where}: larger than {_MAX_LISTING:,} bytes, so not {scheme.system}'s "
            "metadata; download the submissions again"
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(entry.content.read_bytes(), loader)  # noqa: S506 - a safe one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"{where}: not {scheme.system}'s metadata ({reason}); download the "
            "submissions again"
        ) from None


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
