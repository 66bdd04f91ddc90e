"""Collect submissions, from any download, into a class folder.

Reads the source, finds out whose and what each file is, and writes:

::

    CLASS/
    ├── submitted/STUDENT/ASSIGNMENT/NB.ipynb   what counts; other files beside it
    │   └── timestamp.txt  refused.txt          when; why it is no notebook
    ├── earlier/STUDENT/ASSIGNMENT/TIME-DIGEST/ what counted before
    ├── unmatched/                              what has no place yet, why.csv says why
    ├── roster.csv                              the roster given last
    └── seen.csv                                what systems call the students

The decisions are in :mod:`owners`, :mod:`uploads`, :mod:`catalogue` and
:mod:`versions`; here they are carried out, each file whole or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import yaml

from grader.classroom.roster import Roster
from grader.classroom.students import ClassList
from grader.collect import archives, lms_names, owners, unmatched, uploads
from grader.collect.archives import Checkout, Entry, Found, Parts, Refused
from grader.collect.catalogue import Catalogue, NotebookKey
from grader.collect.filing import Row, file_away
from grader.collect.git import committed
from grader.collect.lms_names import NBGRADER, Claim, Scheme
from grader.collect.owners import Names, Owner
from grader.collect.staging import prepare
from grader.collect.uploads import File
from grader.course.course import Course
from grader.errors import CourseError, SubmissionError, UsageError
from grader.notebooks.cells import grade_id_of, parse_notebook
from grader.submissions.read import TIMESTAMP, submitted_at
from grader.submissions.repair.salvage import salvage

_MAX_LISTING = 64 << 20


@dataclass(frozen=True, slots=True)
class Options:
    """How to collect; see ``grader collect --help``."""

    assignment: str | None = None
    roster: Path | None = None
    due: datetime | None = None
    pattern: str | None = None
    database: str | None = None
    dry_run: bool = False


class Watcher(Protocol):
    """Is told of progress: of each file read, of their number, of each row."""

    def reading(self) -> None: ...

    def sorting(self, count: int) -> None: ...

    def filed(self, row: Row) -> None: ...


class Silent:
    """A watcher that ignores everything."""

    def reading(self) -> None:
        return

    def sorting(self, count: int) -> None:
        return

    def filed(self, row: Row) -> None:
        return


def collect(
    source: str | os.PathLike[str],
    class_folder: str | os.PathLike[str],
    course: Course,
    options: Options | None = None,
    watcher: Watcher | None = None,
) -> list[Row]:
    """Collect `source` into `class_folder`; return what became of each submission.

    Parameters
    ----------
    source
        A folder, an archive, or one notebook.
    class_folder
        Where submissions are kept; made if it is not there.
    course
        The course whose notebooks were submitted.
    options
        How to collect.
    watcher
        Is told of each step.

    Raises
    ------
    UsageError
        The source, the roster, the course or the class folder cannot be used, or
        there is nothing to collect. Nothing was written then.
    """
    source, class_folder = Path(source), Path(class_folder)
    options, watcher = options or Options(), watcher or Silent()
    pattern = _compiled(options.pattern)
    known_notebooks = catalogue(course, options.assignment)
    _keep_apart(source, class_folder)
    known = ClassList.read(class_folder, options.roster, options.database)
    with prepare(class_folder, dry_run=options.dry_run) as desk:
        found = _watched(archives.read(source, desk.stage), watcher)
        entries = [each for each in found if not _is(each, options.roster)]
        signs = Signs(known.roster, known_notebooks, pattern, source.resolve().name)
        files = _files(entries, signs)
        if not files:
            raise UsageError(f"{source}: holds no files, so nothing to collect")
        watcher.sorting(len(files))
        decided = uploads.sort(files, known_notebooks, _cells, options.assignment)
        due = _due(options.due, known.due, known_notebooks)
        rows = [
            *file_away(decided, desk, known_notebooks, due, watcher.filed),
            *unmatched.keep(decided.loose, desk, watcher.filed),
        ]
        unmatched.forget((piece.file for piece in decided.pieces), desk)
        for file in files:
            known.remember(file.owner.as_numbered())
        if not options.dry_run:
            known.write(class_folder)
    return rows


def catalogue(course: Course, assignment: str | None = None) -> Catalogue:
    """Read what notebooks the course has.

    Parameters
    ----------
    course
        The course.
    assignment
        What the caller says all submissions are for, if anything; it is only checked.

    Raises
    ------
    CourseError
        `assignment` is none of the course, or a source cannot be read.
    """
    known = course.assignment_names()
    if assignment is not None and assignment not in known:
        raise CourseError(
            f"{course.root}: no assignment {assignment!r}; there are {', '.join(known)}"
        )
    found: dict[NotebookKey, frozenset[str]] = {}
    for name in known:
        for path in course.source_paths(name):
            try:
                parsed = parse_notebook(path.read_text("utf-8"))
            except ValueError as error:
                raise CourseError(f"{path}: not a notebook: {error}") from None
            ids = (grade_id_of(cell) for cell in parsed.cells)
            found[NotebookKey(name, path.stem)] = frozenset(filter(None, ids))
    return Catalogue(found)


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    """Return nbgrader's ``named_regexp``.

    Raises
    ------
    UsageError
        It is no regular expression, or has no group ``student_id``.
    """
    if pattern is None:
        return None
    try:
        made = re.compile(pattern)
    except re.error as error:
        raise UsageError(f"--pattern {pattern!r}: {error}") from None
    if not {"student_id", "email", "last_name"} & made.groupindex.keys():
        raise UsageError(
            f"--pattern {pattern!r} names no student; it needs a group such as "
            r"(?P<student_id>\w+), and may have file_id, timestamp, first_name, "
            "last_name and email"
        )
    return made


def _keep_apart(source: Path, class_folder: Path) -> None:
    """Refuse to collect what was collected, or a folder that the class lies in."""
    here, room = source.resolve(), class_folder.resolve()
    made = ("submitted", "earlier", "unmatched", "autograded", "feedback")
    if here == room or here in room.parents:
        raise UsageError(f"{source} holds the class folder itself; name the download")
    if any(room / name in (here, *here.parents) for name in made):
        raise UsageError(
            f"{source} is where collected work lies; name the download it came from"
        )


def _watched(entries: Iterable[Entry], watcher: Watcher) -> Iterator[Entry]:
    for entry in entries:
        watcher.reading()
        yield entry


def _is(entry: Entry, roster: Path | None) -> bool:
    """Say whether this is the roster, which may lie beside the submissions."""
    if roster is None or not isinstance(entry, Found):
        return False
    return entry.content.resolve() == roster.resolve()


def _due(
    given: datetime | None, known: Mapping[str, datetime], course: Catalogue
) -> Mapping[str, datetime]:
    return dict.fromkeys(course.assignments, given) if given else known


# --- whose, and when -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signs:
    """What files are held against: the roster, the course, the caller's pattern.

    ``source`` is the name of what is collected, which may be one student's.
    """

    roster: Roster | None
    course: Catalogue
    pattern: re.Pattern[str] | None
    source: str = ""


def _files(entries: Sequence[Entry], signs: Signs) -> list[File]:
    """Return the files, each with its owner and the time it was submitted."""
    listed, rest = _listed(entries)
    paths = [(entry.parts, entry.archives) for entry in rest]
    names = Names(
        signs.roster,
        signs.course.assignments,
        signs.course.words,
        listed,
        signs.pattern,
        owners.shared_folders(parts for parts, _ in paths),
    )
    found = [owners.owner(parts, names) for parts, _ in paths]
    for number, wrong in enumerate(owners.unsigned(paths, found)):
        if wrong:
            found[number] = replace(found[number], people=(), why=owners.UNSIGNED)
    if not any(each.people or each.claim for each in found):
        found = [owners.of_source(signs.source, names, each) for each in found]
    times = _Times(entries, signs.course.assignments)
    pairs = zip(rest, found, strict=True)
    files = (_file(entry, owner, times) for entry, owner in pairs)
    return [file for file in files if not times.is_stamp(file)]


def _file(entry: Found | Refused, owner: Owner, times: _Times) -> File:
    refused = entry.why if isinstance(entry, Refused) else ""
    time = times.of(entry.parts, owner)
    return File(entry.parts, entry.content, owner, time, refused, entry.archives)


def _listed(
    entries: Sequence[Entry],
) -> tuple[dict[Parts, Claim], list[Found | Refused]]:
    """Separate the systems' lists of submissions, as claims, from all other files."""
    claims: dict[Parts, Claim] = {}
    rest: list[Found | Refused] = []
    for entry in entries:
        if isinstance(entry, Checkout):
            continue
        scheme = lms_names.listing_at(entry.parts, entry.archives)
        if scheme and isinstance(entry, Found):
            content = _plain_data(entry, scheme)
            claims.update(lms_names.claims_of(scheme, entry.parts[:-1], content))
        else:
            rest.append(entry)
    return claims, rest


def _plain_data(entry: Found, scheme: Scheme) -> Any:
    """Read YAML into plain data.

    Raises
    ------
    UsageError
        It is too large, or no YAML.
    """
    where = "/".join(entry.parts)
    if entry.content.stat().st_size > _MAX_LISTING:
        raise UsageError(f"{where}: far too large for {scheme.system}'s metadata")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(entry.content.read_bytes(), loader)  # noqa: S506 - a safe one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"{where}: not {scheme.system}'s metadata: {reason}") from None


class _Times:
    """When files were submitted, as far as the download says."""

    def __init__(self, entries: Sequence[Entry], assignments: frozenset[str]) -> None:
        self._assignments = assignments
        self._commits = {
            each.parts: committed(each.path)
            for each in entries
            if isinstance(each, Checkout)
        }
        self._stamps = {
            each.parts[:-1]: submitted_at(each.content.parent)
            for each in entries
            if isinstance(each, Found) and self._is_exchange(each.parts, each.archives)
        }

    def _is_exchange(self, parts: Parts, archives_: tuple[int, ...]) -> bool:
        """Say whether this is nbgrader's timestamp of STUDENT/ASSIGNMENT."""
        return (
            not archives_
            and len(parts) >= 3
            and parts[-1] == TIMESTAMP
            and parts[-2] in self._assignments
        )

    def is_stamp(self, file: File) -> bool:
        """Say whether a file is a timestamp and no work of a student's."""
        scheme = file.owner.claim.scheme if file.owner.claim else NBGRADER
        return scheme.has_timestamps and self._is_exchange(file.parts, file.archives)

    def of(self, parts: Parts, owner: Owner) -> datetime | None:
        """Return when the file at `parts` was submitted, None if nothing says."""
        if owner.claim and owner.claim.label.time:
            return owner.claim.label.time
        scheme = owner.claim.scheme if owner.claim else NBGRADER
        if scheme.roster_time and len(owner.people) == 1:
            return scheme.roster_time(owner.people[0].submitted)
        stamp = self._stamps.get(parts[:-1]) if scheme.has_timestamps else None
        return stamp or self._commit(parts)

    def _commit(self, parts: Parts) -> datetime | None:
        for length in range(len(parts) - 1, -1, -1):
            if parts[:length] in self._commits:
                return self._commits[parts[:length]]
        return None


def _cells(file: File) -> frozenset[str]:
    """Return the grade_ids in a submitted notebook; none if it cannot be read."""
    if file.content is None:
        return frozenset()
    try:
        readings = salvage(file.content.read_bytes())
    except (SubmissionError, OSError):
        return frozenset()
    cells = (cell for reading in readings for cell in reading.cells)
    ids = (cell.nbgrader.get("grade_id") for cell in cells)
    return frozenset(each for each in ids if isinstance(each, str))


__all__ = ["Options", "Row", "Silent", "Watcher", "collect"]
