"""Decide which of several versions of a file counts: the latest. All are kept.

Pure. Times decide where they are known. Without times, the version in the later
download counts, unless it was collected before: collecting an old download again
must change nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Verdict = Literal["new", "unchanged", "updated", "older"]

_NEVER = datetime.min.replace(tzinfo=UTC)
DIGEST_LENGTH = 8
"""Digits of a digest that are enough to distinguish the files of one student."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a submitted file.

    Attributes
    ----------
    digest : str
        The SHA-256 of its content.
    time : datetime or None
        When it was submitted; None if that is not known.
    sure : bool
        Whether its name or cells show that it belongs to the assignment.
    number : int
        The number in ``lab (2).ipynb``: a higher one was saved later.
    order : int
        Its position in the download; decides if nothing else does.
    attempt : int
        The number that the LMS gives the submission: a higher one came later.
    plain : bool
        Whether its name ends with ``.ipynb``; a copy saved as text counts less.
    """

    digest: str
    time: datetime | None = None
    sure: bool = True
    number: int = 0
    order: int = 0
    attempt: int = 0
    plain: bool = True


def latest(versions: Sequence[Version]) -> Version:
    """Return the version that counts among those of one download."""
    return max(versions, key=_rank)


def _rank(version: Version) -> tuple[datetime, int, bool, bool, int, int]:
    """Return what versions of one file are compared by, the most telling first."""
    time = version.time or _NEVER
    certainty = version.sure, version.plain
    return (time, version.attempt, *certainty, version.number, version.order)


def compare(new: Version, current: Version | None, kept: Collection[str]) -> Verdict:
    """Decide whether `new` replaces the version that was collected before.

    Parameters
    ----------
    new
        The version in the download.
    current
        The version in the class folder, None if there is none.
    kept
        The first :data:`DIGEST_LENGTH` digits of the digests of earlier versions.

    Returns
    -------
    Verdict
        "new" and "updated" are to be written, "older" is to be kept in ``earlier/``.
    """
    if current is None:
        return "new"
    if new.digest == current.digest:
        return "unchanged"
    if new.time and current.time and new.time != current.time:
        return "updated" if new.time > current.time else "older"
    return "older" if new.digest[:DIGEST_LENGTH] in kept else "updated"


def folder_of(version: Version) -> str:
    """Return the name of the folder in which an earlier version is kept."""
    when = f"{version.time:%Y-%m-%dT%H%M%SZ}" if version.time else "no-time"
    return f"{when}-{version.digest[:DIGEST_LENGTH]}"


__all__ = [
    "DIGEST_LENGTH",
    "Verdict",
    "Version",
    "compare",
    "folder_of",
    "latest",
]
