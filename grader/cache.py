"""Which results still stand: same hand-in, tests, limits, sandbox and grader.

A key is a hash of all that a grade depends on. It lies beside the class's
results, so that an interrupted or repeated run grades only what changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import grader
from grader.classroom import Classroom, replace_file
from grader.jail.limits import Limits
from grader.records import Assignment, Submission

FOLDER = ".grader"


def key(
    assignment: Assignment,
    submission: Submission,
    limits: Limits,
    sandbox: str,
    database: str = "",
) -> str:
    """Return the hash of what the record of `submission` depends on.

    `database` tells where it was recorded, "" for the class's own gradebook.
    """
    facts = {
        "grader": grader.__version__,
        "sandbox": sandbox,
        "database": database,
        "release": assignment.release,
        "parameters": assignment.parameters,
        "limits": asdict(limits),
        "content": hashlib.sha256(submission.content).hexdigest(),
        "submitted": submission.submitted,
    }
    text = json.dumps(facts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def keys(several: Iterable[str]) -> str:
    """Return one key for the keys of all notebooks of a hand-in."""
    first, *rest = several
    text = "\n".join([first, *rest])
    return hashlib.sha256(text.encode()).hexdigest() if rest else first


class Cache:
    """The keys of the results of one class."""

    def __init__(self, room: Classroom) -> None:
        self._folder = room.root / FOLDER

    def holds(self, student: str, assignment: str, key: str) -> bool:
        """Say whether the student's last result was made under `key`."""
        try:
            return self._path(student, assignment).read_text() == key
        except (OSError, UnicodeDecodeError):
            return False

    def store(self, student: str, assignment: str, key: str) -> None:
        """Note that the student's last result was made under `key`."""
        replace_file(self._path(student, assignment), key)

    def forget(self, student: str, assignment: str) -> None:
        """Note that the student's result is about to change."""
        self._path(student, assignment).unlink(missing_ok=True)

    def _path(self, student: str, assignment: str) -> Path:
        name = hashlib.sha256(f"{student}\0{assignment}".encode()).hexdigest()
        return self._folder / name[:2] / name
