"""Write sorted submissions into the class folder, each file whole or not at all.

Nothing is ever lost: a version that is replaced is copied to ``earlier/`` first.
Collecting the same download twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from grader.classroom import timing
from grader.classroom.folder import SubmissionKey
from grader.classroom.upload_names import Upload
from grader.collect import versions
from grader.collect.catalogue import Catalogue
from grader.collect.placement import PlacedFile, SortedFiles, UploadWithoutNotebook
from grader.collect.staging import ClassFolderWriter, digest_of
from grader.collect.versions import Verdict, Version
from grader.files import plain_name
from grader.submissions.read import REFUSED, TIMESTAMP, refusal, submitted_at

CollectStatus = Literal[
    "new", "updated", "unchanged", "older", "refused", "unmatched", "left out"
]


@dataclass(frozen=True, slots=True)
class CollectRow:
    """What was done with one submission, or with one unmatched file.

    Attributes
    ----------
    status : CollectStatus
        What was done.
    source : str
        The path in the download.
    student, assignment : str
        Whose it is, and for which assignment; empty if that is not known.
    files : tuple of str
        The names under which the files were stored.
    submitted : str
        When it was submitted, in ISO 8601; empty if that is not known.
    late : str
        How late it is, such as ``2 d 1 h``; empty if it is not late.
    repairs : tuple of str
        The file names that were corrected.
    notes : tuple of str
        What else the instructor should know.
    uploads : tuple of Upload
        What the files that count are called in the download; empty if an earlier
        submission counts.
    """

    status: CollectStatus
    source: str
    student: str = ""
    assignment: str = ""
    files: tuple[str, ...] = ()
    submitted: str = ""
    late: str = ""
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    uploads: tuple[Upload, ...] = ()

    @property
    def falls_short(self) -> bool:
        """Whether the instructor has to act on it."""
        return self.status in {"refused", "unmatched"}

    def to_dict(self) -> dict[str, Any]:
        """Return the row as ``--json`` reports it."""
        uploads = [upload._asdict() for upload in self.uploads]
        return asdict(self) | {"uploads": uploads}


def file_submissions(
    sorted_files: SortedFiles,
    writer: ClassFolderWriter,
    course: Catalogue,
    due: Callable[[SubmissionKey], datetime | None],
) -> Iterator[CollectRow]:
    """Write each submission into the class folder; yield a row for each.

    Parameters
    ----------
    sorted_files
        The files of the download, each with its student and assignment.
    writer
        The class folder.
    course
        The notebooks of the course.
    due
        Returns when a submission is due, None if that is not known.
    """
    files = [_OrderedFile(i, placed) for i, placed in enumerate(sorted_files.placed)]
    keys = {placed.key for placed in sorted_files.placed}
    keys |= {upload.key for upload in sorted_files.without_notebook}
    for key in sorted(keys):
        placeholder = f"{course.notebooks_of(key.assignment)[0].notebook}.ipynb"
        submission = _SubmissionWriter(writer, key, placeholder, due(key))
        yield submission.file(
            [file for file in files if file.placed.key == key],
            [upload for upload in sorted_files.without_notebook if upload.key == key],
        )


class _OrderedFile(NamedTuple):
    """A file, and its position in the download."""

    order: int
    placed: PlacedFile


class _SubmissionWriter:
    """Writes one student's submission for one assignment."""

    def __init__(
        self,
        writer: ClassFolderWriter,
        key: SubmissionKey,
        placeholder: str,
        due: datetime | None,
    ) -> None:
        self._writer = writer
        self._key = key
        self._placeholder_name = placeholder
        self._due = due
        self._path = ("submitted", plain_name(key.student), plain_name(key.assignment))
        self._folder = writer.root.joinpath(*self._path)
        self._refused = bool(refusal(self._folder))
        self._time = submitted_at(self._folder)
        self._earlier_digests = self._read_earlier_digests()
        self._verdicts: set[Verdict] = set()
        self._notes: list[str] = []
        self._uploads: tuple[Upload, ...] = ()

    def file(
        self,
        files: Sequence[_OrderedFile],
        without_notebook: Sequence[UploadWithoutNotebook],
    ) -> CollectRow:
        """Write the files of the submission.

        Parameters
        ----------
        files
            All versions of all files of the submission.
        without_notebook
            Uploads for the assignment that hold no notebook.

        Returns
        -------
        CollectRow
            What was done.
        """
        notebooks = [file for file in files if file.placed.notebook]
        others = [file for file in files if not file.placed.notebook]
        current = [self._settle(group) for group in _by_target(notebooks)]
        for group in _by_target(others):
            self._settle(group)
        if not current:
            return self._write_placeholder(without_notebook)
        times = [placed.file.time for placed in current if placed.file.time]
        time = max(times, default=None)
        status = self._status()
        if status in {"new", "updated"}:
            self._write_timestamp(time)
            self._remove_placeholder({placed.target for placed in current})
        elif status == "unchanged" and time and (not self._time or time > self._time):
            self._write_timestamp(time)
        if status != "older":
            self._uploads = tuple(placed.file.upload for placed in current)
        self._notes += [upload.why for upload in without_notebook]
        repairs = dict.fromkeys(r for placed in current for r in placed.repairs)
        return self._row(
            status,
            " ".join(placed.file.shown for placed in current),
            time or (self._time if status == "unchanged" else None),
            any(placed.file.marked_late for placed in current),
            tuple(sorted({file.placed.target for file in files})),
            tuple(repairs),
        )

    def _status(self) -> CollectStatus:
        for status in ("updated", "new", "unchanged"):
            if status in self._verdicts:
                return status
        return "older"

    def _settle(self, group: Sequence[_OrderedFile]) -> PlacedFile:
        """Write the latest version of one file, and keep all others in earlier/."""
        older = {_version(placed, order): placed for order, placed in group}
        newest = versions.latest(list(older))
        placed = older.pop(newest)
        current = self._current(placed.target)
        verdict = versions.compare(newest, current, self._earlier_digests)
        if verdict == "updated" and current is not None:
            old = self._folder.joinpath(placed.target)
            self._keep_earlier(old, placed.target, current)
        if verdict in {"new", "updated"} and placed.file.content is not None:
            self._put(placed.file.content, placed.target, newest)
        if verdict == "older":
            older[newest] = placed
        for version, other in older.items():
            if version.digest != newest.digest or verdict == "older":
                self._keep_earlier(other.file.content, other.target, version)
                self._notes.append(
                    f"{other.file.shown}: a later version counts; this one is kept in "
                    "earlier/"
                )
        if placed.notebook:
            self._verdicts.add(verdict)
        return placed

    def _put(self, content: Path, target: str, version: Version) -> None:
        try:
            self._writer.put(content, *self._path, *target.split("/"))
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            # One upload has a file, another a folder of the same name.
            prefix = version.digest[: versions.DIGEST_LENGTH]
            other = f"{prefix}-{target.replace('/', '-')}"
            self._writer.put(content, *self._path, other)
            self._notes.append(f"{target} is kept as {other}")

    def _current(self, target: str) -> Version | None:
        """Return the version in the class folder, None if there is none."""
        path = self._folder.joinpath(target)
        if path.is_symlink() or not path.is_file():
            return None
        if self._refused and target.endswith(".ipynb"):
            return None  # the placeholder that we wrote
        return Version(digest_of(path), self._time)

    def _keep_earlier(
        self, content: Path | None, target: str, version: Version
    ) -> None:
        """Copy an earlier version to ``earlier/``, unless it is there already."""
        prefix = version.digest[: versions.DIGEST_LENGTH]
        if content is None or prefix in self._earlier_digests:
            return
        folder = ("earlier", *self._path[1:], versions.folder_of(version))
        self._writer.put(content, *folder, *target.split("/"))
        if version.time:
            self._writer.write(_timestamp(version.time), *folder, TIMESTAMP)
        self._earlier_digests.add(prefix)

    def _read_earlier_digests(self) -> set[str]:
        folder = self._writer.root.joinpath("earlier", *self._path[1:])
        if folder.is_symlink() or not folder.is_dir():
            return set()
        return {path.name.rpartition("-")[2] for path in folder.iterdir()}

    def _write_timestamp(self, time: datetime | None) -> None:
        """Write nbgrader's timestamp; remove an old one if the time is not known."""
        if time is None:
            self._writer.remove(*self._path, TIMESTAMP)
        else:
            self._writer.write(_timestamp(time), *self._path, TIMESTAMP)

    def _remove_placeholder(self, targets: set[str]) -> None:
        """Remove the placeholder, unless one of `targets` has just replaced it."""
        if self._refused:
            self._writer.remove(*self._path, REFUSED)
            if self._placeholder_name not in targets:
                self._writer.remove(*self._path, self._placeholder_name)

    def _write_placeholder(
        self, uploads: Sequence[UploadWithoutNotebook]
    ) -> CollectRow:
        """Write a notebook for a submission without one, so that it is graded."""
        time = max((upload.time for upload in uploads if upload.time), default=None)
        why = "; ".join(dict.fromkeys(upload.why for upload in uploads))
        files = tuple(upload.upload.path for upload in uploads)
        late = any(upload.late for upload in uploads)
        if not self._refused and _holds_notebook(self._folder):
            self._notes.append("the notebook submitted earlier counts")
        else:
            self._writer.write(why, *self._path, REFUSED)
            placeholder = (*self._path, self._placeholder_name)
            self._writer.write(_notebook_about(why), *placeholder)
            self._write_timestamp(time)
            self._uploads = tuple(upload.upload for upload in uploads)
        self._notes.insert(0, why)
        return self._row("refused", " ".join(files), time, late, files, ())

    def _row(
        self,
        status: CollectStatus,
        source: str,
        time: datetime | None,
        marked_late: bool,
        files: tuple[str, ...],
        repairs: tuple[str, ...],
    ) -> CollectRow:
        return CollectRow(
            status,
            source,
            self._key.student,
            self._key.assignment,
            files,
            time.isoformat() if time else "",
            timing.lateness(time, self._due, marked_late),
            repairs,
            tuple(dict.fromkeys(self._notes)),
            self._uploads,
        )


def _by_target(files: Iterable[_OrderedFile]) -> list[list[_OrderedFile]]:
    """Group files by the name under which they are stored, in the order of names."""
    groups: dict[str, list[_OrderedFile]] = {}
    for file in files:
        groups.setdefault(file.placed.target, []).append(file)
    return [groups[target] for target in sorted(groups)]


def _version(placed: PlacedFile, order: int) -> Version:
    assert placed.file.content is not None
    digest = digest_of(placed.file.content)
    return Version(
        digest,
        placed.file.time,
        placed.sure,
        placed.number,
        order,
        placed.file.attempt,
        plain=not placed.file.disguised,
    )


def _timestamp(time: datetime) -> str:
    """Return a time as nbgrader writes it."""
    return f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n"


def _holds_notebook(folder: Path) -> bool:
    return any(path.is_file() for path in folder.glob("*.ipynb"))


def _notebook_about(why: str) -> str:
    """Return a notebook that says why; other programs do not read ``refused.txt``."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": why, "id": "refused"}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1) + "\n"


__all__ = ["CollectRow", "CollectStatus", "file_submissions"]
