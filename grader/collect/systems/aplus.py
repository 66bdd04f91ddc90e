"""A+: ``ID[+ID]_FIELD_submissionN``, without the name that the student gave the file.

The IDs are those of all members of a group; FIELD is the field of the form that the
file was put into. A higher number is a later submission. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.classroom.roster import Hint
from grader.collect.systems.scheme import Label, Scheme, if_last

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_NAME = re.compile(
    r"(?P<ids>[^_+]+(?:\+[^_+]+)*)_(?P<field>.+)_submission(?P<attempt>\d{1,6})"
    r"(?P<ending>\.\w+)?"
)


def _read(parts: Parts, level: int) -> Label | None:
    match = _NAME.fullmatch(parts[level])
    if match is None:
        return None
    ids = dict.fromkeys(match["ids"].split("+"))
    hints = tuple(Hint((student,), unlisted=student) for student in ids)
    file = if_last(parts, level, match["field"] + (match["ending"] or ""))
    return Label(hints, file=file, attempt=int(match["attempt"]))


APLUS = Scheme("A+", _read, loose=True)

__all__ = ["APLUS"]
