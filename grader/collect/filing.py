"""Write what was decided into the class folder, each file whole or not at all.

Nothing is ever lost: a version that no longer counts is copied to ``earlier/``
before the new one takes its place. Doing it twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from grader.classroom.folder import SubmissionKey
from grader.collect import versions
from grader.collect.catalogue import Catalogue
from grader.collect.staging import Desk, digest_of
from grader.collect.uploads import Piece, Sorted, Unusable
from grader.collect.versions import Verdict, Version
from grader.files import plain_name
from grader.submissions.read import REFUSED, TIMESTAMP, refusal, submitted_at

Status = Literal["new", "updated", "unchanged", "older", "refused", "unmatched"]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one submission, or of one file without a place.

    Attributes
    ----------
    status : Status
        What was done.
    source : str
        Where it lay in the download.
    student, assignment : str
        Whose it is, and for what; empty if that is not known.
    files : tuple of str
        The files, as they are called now.
    submitted : str
        When it was submitted, in ISO 8601; empty if that is not known.
    late : str
        How late it is; empty if it is not.
    repairs : tuple of str
        The names that were corrected.
    notes : tuple of str
        What else a person should know.
    """

    status: Status
    source: str
    student: str = ""
    assignment: str = ""
    files: tuple[str, ...] = ()
    submitted: str = ""
    late: str = ""
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def falls_short(self) -> bool:
        """Whether a person has to look after it."""
        return self.status in {"refused", "unmatched"}

    def to_dict(self) -> dict[str, Any]:
        """Return what ``--json`` reports."""
        return asdict(self)


def file_away(
    decided: Sorted,
    desk: Desk,
    course: Catalogue,
    due: Mapping[str, datetime],
    filed: Callable[[Row], None],
) -> Iterator[Row]:
    """Write each submission to its place; yield a row for it.

    Parameters
    ----------
    decided
        Which file is what.
    desk
        The class folder.
    course
        The notebooks of the course.
    due
        When each assignment is due, if that is known.
    filed
        Is told of each row.
    """
    for each in _rows(decided, desk, course, due):
        filed(each)
        yield each


def _rows(
    decided: Sorted, desk: Desk, course: Catalogue, due: Mapping[str, datetime]
) -> Iterator[Row]:
    arrived = [_Arrived(order, piece) for order, piece in enumerate(decided.pieces)]
    keys = {piece.key for piece in decided.pieces}
    keys |= {each.key for each in decided.unusable}
    for key in sorted(keys):
        mine = [each for each in arrived if each.piece.key == key]
        without = [each for each in decided.unusable if each.key == key]
        stand_in = f"{course.of(key.assignment)[0].notebook}.ipynb"
        place = _Submission(desk, key, stand_in, due.get(key.assignment))
        yield place.file(mine, without)


class _Arrived(NamedTuple):
    """A file, and its place in the order in which the download has them."""

    order: int
    piece: Piece


class _Submission:
    """One student's work for one assignment, as it is written."""

    def __init__(
        self,
        desk: Desk,
        key: SubmissionKey,
        stand_in: str,
        due: datetime | None,
    ) -> None:
        self._desk = desk
        self._key = key
        self._stand_in_name = stand_in
        self._due = due
        self._place = ("submitted", plain_name(key.student), plain_name(key.assignment))
        self._folder = desk.root.joinpath(*self._place)
        self._refused = bool(refusal(self._folder))
        self._time = submitted_at(self._folder)
        self._kept = self._earlier_digests()
        self._verdicts: set[Verdict] = set()
        self._notes: list[str] = []

    def file(self, pieces: Sequence[_Arrived], without: Sequence[Unusable]) -> Row:
        """Write all of it; return what became of it."""
        notebooks = [each for each in pieces if each.piece.notebook]
        chosen = [self._settle(group) for group in _by_target(notebooks)]
        for group in _by_target([each for each in pieces if not each.piece.notebook]):
            self._settle(group)
        if not chosen:
            return self._stand_in(without)
        times = [piece.file.time for piece in chosen if piece.file.time]
        time = max(times, default=None)
        status = self._status()
        if status in {"new", "updated"}:
            self._stamp(time)
            self._replace_stand_in({piece.target for piece in chosen})
        elif status == "unchanged" and time and (not self._time or time > self._time):
            self._stamp(time)
        self._notes += [each.why for each in without]
        repairs = dict.fromkeys(r for piece in chosen for r in piece.repairs)
        marked = any(
            p.file.owner.claim and p.file.owner.claim.label.late for p in chosen
        )
        return self._row(
            status,
            " ".join(piece.file.shown for piece in chosen),
            time or (self._time if status == "unchanged" else None),
            marked,
            tuple(sorted({each.piece.target for each in pieces})),
            tuple(repairs),
        )

    def _status(self) -> Status:
        for status in ("updated", "new", "unchanged"):
            if status in self._verdicts:
                return status
        return "older"

    def _settle(self, group: Sequence[_Arrived]) -> Piece:
        """Write the version of one file that counts, and keep all others."""
        found = {_version(piece, order): piece for order, piece in group}
        newest = versions.latest(list(found))
        piece = found.pop(newest)
        current = self._current(piece.target)
        verdict = versions.compare(newest, current, self._kept)
        if verdict == "updated" and current is not None:
            old = self._folder.joinpath(piece.target)
            self._keep(old, piece.target, current)
        if verdict in {"new", "updated"} and piece.file.content is not None:
            self._put(piece.file.content, piece.target, newest)
        if verdict == "older":
            found[newest] = piece
        for version, other in found.items():
            if version.digest != newest.digest or verdict == "older":
                self._keep(other.file.content, other.target, version)
                self._notes.append(
                    f"{other.file.shown}: another version counts; kept in earlier/"
                )
        if piece.notebook:
            self._verdicts.add(verdict)
        return piece

    def _put(self, content: Path, target: str, version: Version) -> None:
        try:
            self._desk.put(content, *self._place, *target.split("/"))
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            # A file and a folder of one name, in two submissions.
            other = f"{version.digest[: versions.SHORT]}-{target.replace('/', '-')}"
            self._desk.put(content, *self._place, other)
            self._notes.append(f"{target} is kept as {other}")

    def _current(self, target: str) -> Version | None:
        path = self._folder.joinpath(target)
        if path.is_symlink() or not path.is_file():
            return None
        if self._refused and target.endswith(".ipynb"):
            return None  # our own stand-in
        return Version(digest_of(path), self._time)

    def _keep(self, content: Path | None, target: str, version: Version) -> None:
        if content is None or version.digest[: versions.SHORT] in self._kept:
            return
        place = ("earlier", *self._place[1:], versions.folder_of(version))
        self._desk.put(content, *place, *target.split("/"))
        if version.time:
            self._desk.write(_stamp(version.time), *place, TIMESTAMP)
        self._kept.add(version.digest[: versions.SHORT])

    def _earlier_digests(self) -> set[str]:
        folder = self._desk.root.joinpath("earlier", *self._place[1:])
        if folder.is_symlink() or not folder.is_dir():
            return set()
        return {path.name.rpartition("-")[2] for path in folder.iterdir()}

    def _stamp(self, time: datetime | None) -> None:
        """Write nbgrader's timestamp; an old one would say what is not so."""
        if time is None:
            self._desk.remove(*self._place, TIMESTAMP)
        else:
            self._desk.write(_stamp(time), *self._place, TIMESTAMP)

    def _replace_stand_in(self, targets: set[str]) -> None:
        if self._refused:
            self._desk.remove(*self._place, REFUSED)
            if self._stand_in_name not in targets:
                self._desk.remove(*self._place, self._stand_in_name)

    def _stand_in(self, without: Sequence[Unusable]) -> Row:
        """Write a notebook for a submission without one, so that it is graded."""
        time = max((each.time for each in without if each.time), default=None)
        why = "; ".join(dict.fromkeys(each.why for each in without))
        files = tuple(each.shown for each in without)
        late = any(each.late for each in without)
        shown = " ".join(files)
        if not self._refused and _holds_notebook(self._folder):
            self._notes.append("the notebook submitted before counts")
        else:
            self._desk.write(why, *self._place, REFUSED)
            stand_in = (*self._place, self._stand_in_name)
            self._desk.write(_notebook_about(why), *stand_in)
            self._stamp(time)
        self._notes.insert(0, why)
        return self._row("refused", shown, time, late, files, ())

    def _row(
        self,
        status: Status,
        source: str,
        time: datetime | None,
        marked: bool,
        files: tuple[str, ...],
        repairs: tuple[str, ...],
    ) -> Row:
        return Row(
            status,
            source,
            self._key.student,
            self._key.assignment,
            files,
            time.isoformat() if time else "",
            versions.lateness(time, self._due, marked),
            repairs,
            tuple(dict.fromkeys(self._notes)),
        )


def _by_target(
    pieces: Iterable[_Arrived],
) -> list[list[_Arrived]]:
    found: dict[str, list[_Arrived]] = {}
    for each in pieces:
        found.setdefault(each.piece.target, []).append(each)
    return [found[target] for target in sorted(found)]


def _version(piece: Piece, order: int) -> Version:
    assert piece.file.content is not None
    digest = digest_of(piece.file.content)
    return Version(digest, piece.file.time, piece.sure, piece.number, order)


def _stamp(time: datetime) -> str:
    """Return a time as nbgrader writes it."""
    return f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n"


def _holds_notebook(folder: Path) -> bool:
    return any(path.is_file() for path in folder.glob("*.ipynb"))


def _notebook_about(why: str) -> str:
    """Return a notebook for programs that know nothing of our ``refused.txt``."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": why, "id": "refused"}
    about = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(about, indent=1) + "\n"


__all__ = ["Row", "Status", "file_away"]
