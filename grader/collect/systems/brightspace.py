"""Brightspace (D2L): ``284173-101938 - Full Name- Nov 3, 2025 1159 PM/FILE``.

The first number is the user's, the second the assignment folder's. The time is that of
the school, which is taken to be this machine's. ``index.html`` lists the submissions.
Pure.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from grader.classroom.names import slug
from grader.classroom.roster import Hint
from grader.collect.systems.dates import parse_local
from grader.collect.systems.scheme import Label, OwnFiles, Scheme

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_NAME = re.compile(
    r"(?P<number>\d+)-\d+ - (?P<name>[^/]*\S) ?- (?P<time>[^-]*\d:?\d\d(?: ?[AP]M)?)",
    re.IGNORECASE,
)
_FORMS = tuple(
    f"{day} {clock}"
    for day in ("%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y", "%Y %m %d")
    for clock in ("%I%M %p", "%H%M")
)


def _read(parts: Parts, level: int) -> Label | None:
    match = _NAME.fullmatch(parts[level])
    if match is None or level == len(parts) - 1:
        return None
    unlisted = f"{slug(match['name'])}-{match['number']}"
    hint = Hint((match["name"],), "brightspace", match["number"], unlisted)
    return Label((hint,), _time(match["time"]))


def _time(text: str) -> datetime | None:
    """Read ``Nov 3, 2025 905 AM``; the hour may have one digit, and no colon follows.

    >>> _time("a day in spring")
    """
    plain = " ".join(re.sub(r"[,.]", " ", text.replace(":", "")).split())
    clock = re.compile(r"\b(\d{3}(?: ?[AP]M)?)$", re.IGNORECASE)
    return parse_local(clock.sub(r"0\1", plain), _FORMS)


BRIGHTSPACE = Scheme(
    "Brightspace", _read, own=OwnFiles(beside=frozenset({"index.html"}))
)

__all__ = ["BRIGHTSPACE"]
