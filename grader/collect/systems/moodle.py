"""Moodle's *Download all submissions*, with folders or without.

``Full Name_12345_assignsubmission_file_/FILE``, or flat
``Full Name_12345_assignsubmission_file_FILE``. Pure.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from grader.classroom.names import slug
from grader.classroom.roster import Hint
from grader.collect.systems.dates import parse_local
from grader.collect.systems.scheme import Label, Scheme, if_last

if TYPE_CHECKING:
    from grader.collect.archives import Parts

_NAME = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?"
)
_TIMES = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")


def _read(parts: Parts, level: int) -> Label | None:
    match = _NAME.fullmatch(parts[level])
    if match is None:
        return None
    unlisted = f"{slug(match['name'])}-{match['number']}"
    hint = Hint((match["name"],), "moodle", match["number"], unlisted)
    return Label((hint,), file=if_last(parts, level, match["file"]))


def feedback_folder(name: str, number: str) -> str:
    """Return the name of the folder in which Moodle takes a student's feedback back.

    Moodle takes what stands between the first two underscores for the number.

    Parameters
    ----------
    name
        The student's name.
    number
        The student's number in this assignment.
    """
    plain = re.sub(r"[_/\\\x00-\x1f]+", " ", name).strip(" .")
    return f"{plain or 'student'}_{number}_assignsubmission_file_"


def feedback_folder_of(name: str) -> str | None:
    """Return the folder for feedback on a submission; None if Moodle did not name it.

    Parameters
    ----------
    name
        What Moodle called the submission's folder or file.

    Examples
    --------
    >>> feedback_folder_of("Ada King_12_assignsubmission_file_lab.ipynb")
    'Ada King_12_assignsubmission_file_'
    """
    found = _NAME.fullmatch(name)
    return found and feedback_folder(found["name"], found["number"])


def _worksheet_time(text: str) -> datetime | None:
    """Read a time of Moodle's English grading worksheet, in the local time zone."""
    return parse_local(text, _TIMES)


MOODLE = Scheme("Moodle", _read, roster_time=_worksheet_time)

__all__ = ["MOODLE", "feedback_folder", "feedback_folder_of"]
