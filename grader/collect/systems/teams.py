"""Microsoft Teams: ``Submitted files/Full Name/ASSIGNMENT/Version 2/FILE``.

``Working files`` holds what students are still writing, and what they handed in before
they took it back. Nobody has handed that in. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.classroom.names import slug
from grader.classroom.roster import Hint
from grader.collect.systems.scheme import Label, OwnFiles, Scheme

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_SUBMITTED, _WORKING = "Submitted files", "Working files"
_VERSION = re.compile(r"Version (\d{1,6})", re.IGNORECASE)


def _read(parts: Parts, level: int) -> Label | None:
    """Read a student's folder: below ``Submitted files``, or with versions in it.

    Whoever downloads ``Submitted files`` alone gets students' folders at the top.
    """
    folders, name = parts[level + 1 : -1], parts[level]
    version = _VERSION.fullmatch(folders[1]) if len(folders) > 1 else None
    submitted = level > 0 and parts[level - 1] == _SUBMITTED
    if not folders or not (submitted or (version and " " in name)):
        return None
    hint = Hint((name,), unlisted=slug(name))
    attempt = int(version[1]) if version else 0
    return Label((hint,), assignment=folders[0], attempt=attempt)


TEAMS = Scheme("Teams", _read, own=OwnFiles(not_handed_in={_WORKING: ""}))

__all__ = ["TEAMS"]
