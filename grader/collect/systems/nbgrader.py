"""nbgrader's own folders and exchange, its ``zip_collect``, and Blackboard.

- ``[ps1_]STUDENT_attempt_2026-01-31-12-00-00[_FILE]``: ``zip_collect``, and the form
  of Blackboard's downloads
- ``inbound/STUDENT+ASSIGNMENT+TIMESTAMP[+RANDOM]/FILE``: the exchange
- ``STUDENT/ASSIGNMENT/FILE``: the folders of a course
- a regular expression that the caller gives

Pure.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from grader.classroom.names import slug
from grader.classroom.roster import Hint
from grader.collect.systems.dates import parse_time
from grader.collect.systems.scheme import Claim, Label, OwnFiles, Scheme, if_last

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_ATTEMPT = re.compile(
    r"(?P<student_id>.+)_attempt_(?P<timestamp>\d{4}(?:-\d\d){5})"
    r"(?:_(?P<file_id>.+)|\.\w+)?"
)
# A student's name may contain "+" in nbgrader; those of assignments and zones do not.
_EXCHANGE = re.compile(
    r"(?P<student>.+)\+(?P<assignment>[^+]+)"
    r"\+(?P<time>\d{4}-\d\d-\d\d[ T_]\d\d[:_]\d\d[:_]\d\d(?:\.\d+)?(?: [\w/-]+)?)"
    r"(?:\+\w+)?"
)


def _attempt(parts: Parts, level: int) -> Label | None:
    match = _ATTEMPT.fullmatch(parts[level])
    return _label_from_groups(match, parts, level) if match else None


def _exchange(parts: Parts, level: int) -> Label | None:
    match = _EXCHANGE.fullmatch(parts[level])
    if match is None or level == len(parts) - 1:
        return None
    student = match["student"]
    hint = Hint((student,), unlisted=student)
    time = _exchange_time(match["time"])
    return Label((hint,), time, assignment=match["assignment"])


def _exchange_time(text: str) -> datetime | None:
    """Read the time in a folder's name; some archives replace its colons."""
    date, clock = text[:10], text[11:].replace("_", ":")
    return parse_time(f"{date} {clock}")


def by_pattern(pattern: re.Pattern[str], parts: Parts) -> Claim | None:
    """Return what the caller's regular expression reads from a path, None if no match.

    Parameters
    ----------
    pattern
        As nbgrader's ``named_regexp``, with groups such as ``student_id``.
    parts
        The path; the expression is matched with its parts joined by slashes.
    """
    match = pattern.match("/".join(parts))
    if match is None:
        return None
    level = len(parts) - 1
    return Claim(NBGRADER, level, _label_from_groups(match, parts, level))


def _label_from_groups(match: re.Match[str], parts: Parts, level: int) -> Label:
    """Return the label that the groups of nbgrader's ``zip_collect`` give."""
    groups = {name: text or "" for name, text in match.groupdict().items()}
    student = groups.get("student_id", "")
    full = f"{groups.get('first_name', '')} {groups.get('last_name', '')}".strip()
    # The assignment may come first; an ID may itself contain "_".
    shorter = [student.split("_", cut)[-1] for cut in range(1, student.count("_") + 1)]
    texts = [student, *shorter, full, groups.get("email", "")]
    unlisted = student.rpartition("_")[2] or groups.get("email", "") or slug(full)
    hint = Hint(tuple(text for text in texts if text), unlisted=unlisted)
    time = parse_time(groups.get("timestamp", ""))
    return Label((hint,), time, file=if_last(parts, level, groups.get("file_id")))


def by_folders(parts: Parts, assignments: frozenset[str]) -> Claim | None:
    """Read nbgrader's folders: the part before an assignment's name is a student.

    Parameters
    ----------
    parts
        The file's path in the download.
    assignments
        The names of the course's assignments.
    """
    for level in range(1, len(parts) - 1):
        if parts[level] in assignments:
            student = parts[level - 1]
            label = Label((Hint((student,), unlisted=student),))
            return Claim(NBGRADER, level - 1, label)
    return None


NBGRADER = Scheme("nbgrader", _attempt)

EXCHANGE = Scheme(
    "nbgrader's exchange",
    _exchange,
    own=OwnFiles(
        inside=frozenset({"timestamp.txt", "submission_secret.txt"}),
        not_handed_in={"outbound": "inbound", "feedback": "inbound"},
    ),
)

__all__ = ["EXCHANGE", "NBGRADER", "by_folders", "by_pattern"]
