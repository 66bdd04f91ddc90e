"""What a learning management system (LMS) says in the names of its downloads.

Pure. The types that the modules of this package share: a :class:`Scheme` describes one
system, and a :class:`Label` is what it says about one submission.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from grader.classroom.roster import Hint

if TYPE_CHECKING:
    from grader.collect.archives import Parts


@dataclass(frozen=True, slots=True)
class Label:
    """What an LMS says about a submission.

    Attributes
    ----------
    hints : tuple of Hint
        Who submitted it; one for each member of a group.
    time : datetime or None
        When it was submitted; None if the LMS does not say.
    late : bool
        Whether the LMS marks it as late.
    file : str or None
        The name that the student gave the file; None if that is the last part of the
        path.
    assignment : str
        The assignment, as the LMS calls it; "" if it does not say.
    attempt : int
        The number of the submission, if the LMS counts them; a higher one is later.
    """

    hints: tuple[Hint, ...]
    time: datetime | None = None
    late: bool = False
    file: str | None = None
    assignment: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A file in which an LMS lists its submissions, in YAML or JSON.

    Attributes
    ----------
    file : str
        Its name.
    archive : re.Pattern
        Matches the names of the archives that the LMS makes. A student can put a file
        of this name into their own archive, where it must not count.
    labels : callable
        Takes the content of the file; yields the name of each submission's folder
        and its label.
    """

    file: str
    archive: re.Pattern[str]
    labels: Callable[[Any], Iterator[tuple[str, Label]]]


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The files and folders that an LMS adds to a download, which nobody submitted.

    Attributes
    ----------
    beside : frozenset of str
        Names of files in the folder that contains the submissions.
    inside : frozenset of str
        Names of files and folders in the folder of a submission.
    not_handed_in : mapping
        Names of folders with work that was not handed in, each with the name of the
        folder that holds the submissions and must lie beside it; "" if none must.
    """

    beside: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    not_handed_in: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one LMS names submissions in its downloads.

    Attributes
    ----------
    system : str
        Its name, for messages.
    read : callable or None
        Takes a path and the index of one of its parts; returns what that part says,
        None if this LMS does not name submissions like that.
    listing : Listing or None
        The file in which the LMS lists its submissions.
    roster_time : callable or None
        Reads the time of a student's submission from the roster that the LMS exports.
    read_timestamp : callable or None
        Reads the time from the text of the ``timestamp.txt`` that the LMS writes into
        a submission's folder.
    own : OwnFiles
        What the LMS adds to the submissions.
    loose : bool
        Whether people, too, name files like that: where it names nobody, the name is
        read like any other.
    """

    system: str
    read: Callable[[Parts, int], Label | None] | None = None
    listing: Listing | None = None
    roster_time: Callable[[str], datetime | None] | None = None
    read_timestamp: Callable[[str], datetime | None] | None = None
    own: OwnFiles = OwnFiles()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What an LMS says about the owner of a file.

    Attributes
    ----------
    scheme : Scheme
        The LMS.
    level : int
        The index of the part of the path that says it.
    label : Label
        What it says.
    """

    scheme: Scheme
    level: int
    label: Label


def if_last(parts: Parts, level: int, name: str | None) -> str | None:
    """Return the student's name for a file, if the part at `level` is that file.

    Otherwise the part is an archive or a folder, and the file in it has its own name.
    """
    return name or None if level == len(parts) - 1 else None


__all__ = ["Claim", "Label", "Listing", "OwnFiles", "Scheme", "if_last"]
