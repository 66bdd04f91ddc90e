"""Decide which of several versions of a file counts: the latest. All are kept.

Pure. Where times are known they decide. Where one is not, what comes in a later
download is later, unless it was there before: so that collecting an old download
again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Verdict = Literal["new", "unchanged", "updated", "older"]

_NEVER = datetime.min.replace(tzinfo=UTC)
SHORT = 8
"""How much of a digest tells files of one student apart."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file: what is in it, when it was submitted, how sure it is.

    ``number`` and ``order`` decide between files of which no time is known:
    ``lab (2)`` is later than ``lab``, and what comes last in a download is latest.
    """

    digest: str
    time: datetime | None = None
    sure: bool = True
    number: int = 0
    order: int = 0


def latest(versions: Sequence[Version]) -> Version:
    """Return the version that counts among those of one download."""
    return max(versions, key=lambda v: (v.time or _NEVER, v.sure, v.number, v.order))


def compare(new: Version, current: Version | None, kept: Collection[str]) -> Verdict:
    """Say what becomes of `new` beside what was collected before.

    Parameters
    ----------
    new
        What a download brings.
    current
        What counted until now, None if there is nothing.
    kept
        Digests, shortened, of earlier versions.
    """
    if current is None:
        return "new"
    if new.digest == current.digest:
        return "unchanged"
    if new.time and current.time and new.time != current.time:
        return "updated" if new.time > current.time else "older"
    return "older" if new.digest[:SHORT] in kept else "updated"


def folder_of(version: Version) -> str:
    """Return the name of the folder in which an earlier version is kept."""
    when = f"{version.time:%Y-%m-%dT%H%M%SZ}" if version.time else "no-time"
    return f"{when}-{version.digest[:SHORT]}"


def lateness(time: datetime | None, due: datetime | None, marked: bool) -> str:
    """Say how late a submission is, "" if it is not.

    Parameters
    ----------
    time
        When it was submitted, None if that is not known.
    due
        When it was due, None if that is not known.
    marked
        Whether the system marks it as late, which counts if a time is not known.

    Examples
    --------
    >>> due = datetime(2026, 1, 31, 12, tzinfo=UTC)
    >>> lateness(datetime(2026, 2, 2, 13, 30, tzinfo=UTC), due, False)
    '2 d 1 h'
    """
    if time is None or due is None:
        return "marked late" if marked else ""
    minutes = int((time - due).total_seconds() // 60)
    if time <= due:
        return ""
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes % 60} min"


__all__ = ["SHORT", "Verdict", "Version", "compare", "folder_of", "lateness", "latest"]
