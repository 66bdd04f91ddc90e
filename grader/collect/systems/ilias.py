"""ILIAS: ``EXERCISE/Abgaben/[Team 12/]Last_First_LOGIN_USER/20251103120000_FILE``.

The time before each file's name is that of the school, which is taken to be this
machine's. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.classroom.roster import Hint
from grader.collect.systems.dates import parse_local
from grader.collect.systems.scheme import Label, OwnFiles, Scheme, if_last

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_NAME = re.compile(r"(?P<name>[^_]+_.+)_(?P<login>[^_]+)_(?P<number>\d+)")
_FILE = re.compile(r"(?P<time>\d{14})_(?P<file>.+)")


def _read(parts: Parts, level: int) -> Label | None:
    """Read a student's folder, in which the name of each file begins with a time."""
    match = _NAME.fullmatch(parts[level])
    inner = parts[level + 1] if level + 1 < len(parts) else ""
    file = _FILE.fullmatch(inner)
    if match is None or file is None:
        return None
    name = match["name"].replace("_", " ")
    hint = Hint((match["login"], name), "ilias", match["number"], match["login"])
    time = parse_local(file["time"], ["%Y%m%d%H%M%S"])
    return Label((hint,), time, file=if_last(parts, level + 1, file["file"]))


ILIAS = Scheme(
    "ILIAS",
    _read,
    own=OwnFiles(beside=frozenset({"status.xlsx", "status.xls", "status.csv"})),
)

__all__ = ["ILIAS"]
