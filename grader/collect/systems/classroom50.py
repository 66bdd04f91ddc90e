"""Classroom 50: ``CLASSROOM-ASSIGNMENT_submissions_TIME/CLASSROOM-ASSIGNMENT-USER/``.

``gh teacher download`` makes these folders: a git repository each, with the results of
Classroom 50's own tests, and a table of scores beside them. The web page makes a zip
with ``USER.zip`` for each student. Pure.

Where the outer folder is missing or has another name, and for the repositories of the
former GitHub Classroom (``assignment-username``), the user names on the roster decide:
see :mod:`grader.collect.owners`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.classroom.roster import Hint
from grader.collect.systems.scheme import Label, OwnFiles, Scheme

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_DOWNLOAD = re.compile(r"(?P<prefix>.+)_submissions_\d{4}_\d\d_\d\d_T_\d\d_\d\d_\d\d")


def _read(parts: Parts, level: int) -> Label | None:
    download = _DOWNLOAD.fullmatch(parts[level - 1]) if level else None
    if download is None or level == len(parts) - 1:
        return None
    prefix, name = f"{download['prefix']}-", parts[level]
    if not name.startswith(prefix) or name == prefix:
        return None
    user = name.removeprefix(prefix)
    return Label((Hint((user,), "github", user, user),))


CLASSROOM_50 = Scheme(
    "Classroom 50",
    _read,
    own=OwnFiles(
        beside=frozenset({"scores.csv"}),
        inside=frozenset({"result.json", "results.json"}),
    ),
)

__all__ = ["CLASSROOM_50"]
