"""Sakai: ``ASSIGNMENT/Last, First(ID)/Submission attachment(s)/FILE``.

Beside the attachments lie Sakai's ``timestamp.txt`` and its files for feedback, and
beside the students' folders its table of grades. Pure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grader.classroom.names import slug
from grader.classroom.roster import Hint
from grader.collect.systems.scheme import Label, OwnFiles, Scheme

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_NAME = re.compile(r"(?P<name>[^()]+?) ?\((?P<id>[^()]+)\)")
_ATTACHMENTS = "Submission attachment(s)"
_OWN = frozenset(
    {
        "timestamp.txt",
        "comments.txt",
        "feedbackText.html",
        "feedbackText.txt",
        "Feedback Attachment(s)",
    }
)


def _read(parts: Parts, level: int) -> Label | None:
    """Read a student's folder: it holds attachments, or files that only Sakai adds."""
    match = _NAME.fullmatch(parts[level])
    inner = parts[level + 1] if level + 1 < len(parts) else ""
    if match is None or not (inner in _OWN or inner == _ATTACHMENTS):
        return None
    student, name = match["id"].strip(), match["name"].strip()
    hint = Hint((student, name), unlisted=student or slug(name))
    return Label((hint,))


def _timestamp(text: str) -> datetime | None:
    """Read ``20251103120000000``: UTC, down to the millisecond."""
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{14}([0-9]{3})?", digits):
        return None
    try:
        return datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


SAKAI = Scheme(
    "Sakai",
    _read,
    read_timestamp=_timestamp,
    own=OwnFiles(
        beside=frozenset({"grades.csv", "grades.xls", "grades.xlsx"}), inside=_OWN
    ),
)

__all__ = ["SAKAI"]
