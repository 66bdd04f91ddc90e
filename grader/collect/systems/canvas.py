"""Canvas's *Download Submissions*: ``lastfirst[_LATE]_USER_ATTACHMENT_FILE``.

``-1`` at the end of a file's name marks a resubmission. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.classroom.names import slug
from grader.classroom.roster import Hint
from grader.collect.systems.scheme import Label, Scheme, if_last

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_NAME = re.compile(
    r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<number>\d+)_"
    r"(?:\d+_(?P<file>.+)|(?P<online>text\.html|link\.html))",
    re.IGNORECASE,
)


def _read(parts: Parts, level: int) -> Label | None:
    match = _NAME.fullmatch(parts[level])
    if match is None:
        return None
    unlisted = f"{slug(match['name'])}-{match['number']}"
    hint = Hint((match["name"],), "canvas", match["number"], unlisted)
    file = if_last(parts, level, match["file"] or match["online"])
    return Label((hint,), late=bool(match["late"]), file=file)


def submitted_name(name: str) -> str | None:
    """Return the name that a student gave a file; None if Canvas knows no such file.

    Parameters
    ----------
    name
        What Canvas called the file.

    Examples
    --------
    >>> submitted_name("kingada_LATE_12_34_lab.ipynb")
    'lab.ipynb'
    """
    match = _NAME.fullmatch(name)
    return match["file"] if match else None


CANVAS = Scheme("Canvas", _read)

__all__ = ["CANVAS", "submitted_name"]
