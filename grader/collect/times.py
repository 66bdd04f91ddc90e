"""Find out when files were submitted: from the LMS, nbgrader's timestamps, or git."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from grader.collect.archives import Checkout, Parts, SourceEntry, SourceFile
from grader.collect.git import commit_time
from grader.collect.lms_names import NBGRADER
from grader.collect.owners import Owner
from grader.collect.placement import OwnedFile
from grader.submissions.read import TIMESTAMP, submitted_at


class SubmissionTimes:
    """When files were submitted, as far as the download says.

    Parameters
    ----------
    entries
        Everything in the download.
    assignments
        The names of the course's assignments.
    """

    def __init__(
        self, entries: Sequence[SourceEntry], assignments: frozenset[str]
    ) -> None:
        self._assignments = assignments
        self._commits = {
            entry.parts: commit_time(entry.path)
            for entry in entries
            if isinstance(entry, Checkout)
        }
        self._timestamps = {
            entry.parts[:-1]: submitted_at(entry.content.parent)
            for entry in entries
            if isinstance(entry, SourceFile)
            and self._is_nbgrader_timestamp(entry.parts, entry.archives)
        }

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

    def is_timestamp(self, file: OwnedFile) -> bool:
        """Tell whether a file is nbgrader's timestamp, not the student's work."""
        scheme = file.owner.claim.scheme if file.owner.claim else NBGRADER
        return scheme.has_timestamps and self._is_nbgrader_timestamp(
            file.parts, file.archives
        )

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
        timestamp = self._timestamps.get(parts[:-1]) if scheme.has_timestamps else None
        return timestamp or self._commit_time(parts)

    def _commit_time(self, parts: Parts) -> datetime | None:
        for length in range(len(parts) - 1, -1, -1):
            if parts[:length] in self._commits:
                return self._commits[parts[:length]]
        return None


__all__ = ["SubmissionTimes"]
