"""When submissions were made and were due, how late they are, and what that cost.

The times are those of ``timestamp.txt``, due dates, extensions and late penalties those
of nbgrader's gradebook. Where a download holds no times, ``uploads.json`` has what the
LMS said (:mod:`grader.classroom.upload_names`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from grader.classroom import upload_names
from grader.classroom.folder import Classroom, SubmissionKey
from grader.submissions.read import submitted_at

if TYPE_CHECKING:
    from grader.classroom.gradebook.deadlines import Deadlines

MARKED = "marked late"


@dataclass(frozen=True, slots=True)
class Timing:
    """When one submission was made and was due.

    Attributes
    ----------
    submitted : datetime or None
        When it was made; None if that is not known.
    due : datetime or None
        When it was due, with the student's extension; None if that is not known.
    marked_late : bool
        Whether the LMS marks it as late.
    penalties : mapping
        The points that were taken off because it is late, by notebook.
    """

    submitted: datetime | None = None
    due: datetime | None = None
    marked_late: bool = False
    penalties: Mapping[str, float] = field(default_factory=dict)

    @property
    def late_by(self) -> timedelta | None:
        """How late it is; None if it is not late, or a time is not known."""
        if self.submitted is None or self.due is None or self.submitted <= self.due:
            return None
        return self.submitted - self.due

    @property
    def late(self) -> str:
        """How late it is in words, such as ``2 d 1 h``; empty if it is not late."""
        return lateness(self.submitted, self.due, self.marked_late)

    @property
    def told_late(self) -> str:
        """What the student is told about it, such as ``2 d 1 h``; empty if not late."""
        return "yes" if self.late == MARKED else self.late

    @property
    def penalty(self) -> float:
        """The points that were taken off in all notebooks together."""
        return sum(self.penalties.values(), 0.0)


def lateness(time: datetime | None, due: datetime | None, marked_late: bool) -> str:
    """Return how late a submission is, "" if it is not late.

    Parameters
    ----------
    time
        When it was submitted, None if that is not known.
    due
        When it was due, None if that is not known.
    marked_late
        Whether the LMS marks it as late; used only if one of the times is not known.

    Examples
    --------
    >>> from datetime import UTC
    >>> due = datetime(2026, 1, 31, 12, tzinfo=UTC)
    >>> lateness(datetime(2026, 2, 2, 13, 30, tzinfo=UTC), due, False)
    '2 d 1 h'
    >>> lateness(datetime(2026, 1, 31, 12, 0, 1, tzinfo=UTC), due, False)
    '1 s'
    """
    if time is None or due is None:
        return MARKED if marked_late else ""
    if time <= due:
        return ""
    minutes, seconds = divmod(int((time - due).total_seconds()), 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{max(seconds, 1)} s"


def read(
    room: Classroom, keys: Iterable[tuple[str, str]], database: str | None = None
) -> dict[tuple[str, str], Timing]:
    """Return when each of some submissions was made and was due.

    Parameters
    ----------
    room
        The class folder.
    keys
        The students and assignments of the submissions.
    database
        SQLAlchemy URL of the gradebook; None takes the class folder's own, if any.

    Raises
    ------
    ClassError
        The gradebook cannot be used.
    """
    known = upload_names.read(room.root)
    deadlines = _deadlines(room, database)
    return {
        key: Timing(
            submitted_at(room.folder("submitted", *key)),
            deadlines.due(*key) if deadlines else None,
            any(upload.late for upload in known.get(SubmissionKey(*key), ())),
            deadlines.penalties.get(key, {}) if deadlines else {},
        )
        for key in keys
    }


def _deadlines(room: Classroom, database: str | None) -> Deadlines | None:
    if database is None and not room.gradebook.is_file():
        return None
    from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url

    with Gradebook(database or sqlite_url(room.gradebook)) as book:
        return book.deadlines()


def keep_due(
    folder: Path, assignments: Iterable[str], due: datetime, database: str | None
) -> dict[str, datetime | None]:
    """Write a due date into the gradebook, which is made if it does not exist.

    Parameters
    ----------
    folder
        The class folder.
    assignments
        The assignments that are due then.
    due
        The date.
    database
        SQLAlchemy URL of the gradebook; None takes the class folder's own.

    Returns
    -------
    dict
        The due date that each assignment had before, for those where it changed.
    """
    from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url

    own = sqlite_url(Classroom.open(folder).gradebook)
    with Gradebook(database or own) as book:
        before = book.due_dates()
        changed = {name: before.get(name) for name in assignments}
        changed = {name: old for name, old in changed.items() if old != due}
        book.set_due_dates(dict.fromkeys(changed, due))
    return changed


__all__ = ["MARKED", "Timing", "keep_due", "lateness", "read"]
