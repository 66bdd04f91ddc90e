"""Find out when files were submitted: from the LMS, nbgrader's timestamps, or git."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from grader.collect.archives import Checkout, Parts, SourceEntry, SourceFile
from grader.collect.git import commit_time
from grader.collect.owners import Owner
from grader.collect.systems.nbgrader import NBGRADER
from grader.submissions.read import TIMESTAMP, submitted_at

_MOST_BYTES = 100


class SubmissionTimes:
    """When files were submitted, as far as the download says.

    Parameters
    ----------
    entries
        Everything in the download.
    owners
        The owner of each file, by its path and the indexes of its archives.
    assignments
        The names of the course's assignments.
    """

    def __init__(
        self,
        entries: Sequence[SourceEntry],
        owners: Mapping[tuple[Parts, tuple[int, ...]], Owner],
        assignments: frozenset[str],
    ) -> None:
        self._assignments = assignments
        self._commits = {
            entry.parts: commit_time(entry.path)
            for entry in entries
            if isinstance(entry, Checkout)
        }
        files = [entry for entry in entries if isinstance(entry, SourceFile)]
        self._timestamps = {
            entry.parts[:-1]: submitted_at(entry.content.parent)
            for entry in files
            if self._is_nbgrader_timestamp(entry.parts, entry.archives)
        }
        for entry in files:
            owner = owners.get((entry.parts, entry.archives))
            if owner and (read := _timestamp_reader(entry.parts, owner)):
                self._timestamps[entry.parts[:-1]] = read(_text(entry))

    def _is_nbgrader_timestamp(
        self, parts: Parts, archive_levels: tuple[int, ...]
    ) -> bool:
        """Tell whether this is nbgrader's ``STUDENT/ASSIGNMENT/timestamp.txt``."""
        return (
            not archive_levels
            and len(parts) >= 3
            and parts[-1] == TIMESTAMP
            and parts[-2] in self._assignments
        )

    def is_timestamp(
        self, parts: Parts, archives: tuple[int, ...], owner: Owner
    ) -> bool:
        """Tell whether a file is nbgrader's timestamp, not the student's work."""
        scheme = owner.claim.scheme if owner.claim else NBGRADER
        return scheme is NBGRADER and self._is_nbgrader_timestamp(parts, archives)

    def of(self, parts: Parts, owner: Owner) -> datetime | None:
        """Return when the file at `parts` was submitted; None if that is unknown.

        Parameters
        ----------
        parts
            The file's path in the download.
        owner
            Its owner, whose LMS may give a time.
        """
        if owner.claim and owner.claim.label.time:
            return owner.claim.label.time
        scheme = owner.claim.scheme if owner.claim else NBGRADER
        if scheme.roster_time and len(owner.people) == 1:
            return scheme.roster_time(owner.people[0].submitted)
        return self._timestamp(parts, owner) or self._commit_time(parts)

    def _timestamp(self, parts: Parts, owner: Owner) -> datetime | None:
        if owner.claim is None or owner.claim.scheme is NBGRADER:
            return self._timestamps.get(parts[:-1])
        return self._timestamps.get(parts[: owner.claim.level + 1])

    def _commit_time(self, parts: Parts) -> datetime | None:
        for length in range(len(parts) - 1, -1, -1):
            if parts[:length] in self._commits:
                return self._commits[parts[:length]]
        return None


def _timestamp_reader(
    parts: Parts, owner: Owner
) -> Callable[[str], datetime | None] | None:
    """Return what reads a file, if it is the ``timestamp.txt`` of the owner's LMS."""
    claim = owner.claim
    if claim is None or parts[claim.level + 1 :] != (TIMESTAMP,):
        return None
    return claim.scheme.read_timestamp


def _text(entry: SourceFile) -> str:
    with entry.content.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8", "replace")


__all__ = ["SubmissionTimes"]
