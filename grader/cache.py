"""What was graded before, and need not be graded again.

Two things lie in ``CLASS/.grader``. A *grade* is kept under the hash of all that it
depends on, whoever handed in; a *record* says under which hash a student's result
was last written to gradebook, results and notebooks. So an interrupted or repeated
run writes what it still has to write, and executes only what nobody has executed.

All of it may be deleted at any time; the next run then grades anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from grader.classroom import Classroom, replace_bytes, replace_file
from grader.jail.limits import Limits
from grader.records import Assignment, Graded, Result, Submission

FOLDER = ".grader"
# Notebooks shrink to a sixth already at the quickest level.
_LEVEL = 1


def grade_key(
    assignment: Assignment,
    submission: Submission,
    limits: Limits,
    sandbox: str,
    environment: Mapping[str, str],
) -> str:
    """Return the hash of what the grade of `submission` depends on, but for the seed.

    Hidden tests draw their inputs from the seed. Grades that differ in it alone are
    equally good, so that it is no part of the key: see :meth:`Cache.grade`.
    """
    facts = {
        "environment": dict(environment),
        "sandbox": sandbox,
        "release": assignment.release,
        "released": _hash(assignment.released.encode()),
        "earlier": [_hash(text.encode()) for text in assignment.earlier],
        "parameters": assignment.parameters,
        "variables": assignment.environment,
        "limits": asdict(limits),
        "content": _hash(submission.content),
    }
    if assignment.files:
        facts["files"] = {name: _hash(data) for name, data in assignment.files}
    return _hash(json.dumps(facts, sort_keys=True).encode())


def record_key(grades: Sequence[tuple[str, str | None]], database: str = "") -> str:
    """Return what tells that grades were written, in this database.

    `grades` has the key of each notebook's grade, and when it was handed in;
    `database` is "" for the class's own gradebook.
    """
    return _hash(json.dumps([grades, database]).encode())


class Cache:
    """What is known of the grades of one class."""

    def __init__(self, room: Classroom) -> None:
        self._folder = room.root / FOLDER

    # --- grades ---

    def grade(
        self, key: str, submission: Submission, seed: int | None
    ) -> Graded | None:
        """Return the grade kept under `key`, as that of `submission`'s student.

        `seed` is the one that is asked for; None takes the latest of any.
        """
        paths = self._grades(key) if seed is None else [self._grade_path(key, seed)]
        found = filter(None, map(_read, paths))
        graded = next(found, None)
        if graded is None:
            return None
        result = replace(
            graded.result,
            student=submission.student,
            assignment=submission.assignment,
        )
        return replace(graded, result=result)

    def keep(self, key: str, graded: Graded) -> None:
        """Keep a grade under the key of what it depends on."""
        text = json.dumps([graded.result.to_json(), graded.notebook])
        packed = gzip.compress(text.encode("utf-8", "surrogatepass"), _LEVEL, mtime=0)
        replace_bytes(self._grade_path(key, graded.result.seed), packed)

    def _grades(self, key: str) -> list[Path]:
        """Return the paths of the grades under `key`, the latest first."""
        found = self._grade_path(key, 0).parent.glob("*.json.gz")
        return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)

    def _grade_path(self, key: str, seed: int) -> Path:
        return self._folder / "grades" / key[:2] / key[2:] / f"{seed}.json.gz"

    # --- records ---

    def holds(self, student: str, assignment: str, key: str) -> bool:
        """Say whether the student's last result was written under `key`."""
        try:
            return self._path(student, assignment).read_text() == key
        except (OSError, UnicodeDecodeError):
            return False

    def store(self, student: str, assignment: str, key: str) -> None:
        """Note that the student's last result was written under `key`."""
        replace_file(self._path(student, assignment), key)

    def forget(self, student: str, assignment: str) -> None:
        """Note that the student's result is about to change."""
        self._path(student, assignment).unlink(missing_ok=True)

    def _path(self, student: str, assignment: str) -> Path:
        name = _hash(f"{student}\0{assignment}".encode())
        return self._folder / "records" / name[:2] / name[2:]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(path: Path) -> Graded | None:
    """Return what was kept; None if it is not there, or is damaged."""
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "surrogatepass")
        result, notebook = json.loads(text)
        return Graded(Result.from_json(result), str(notebook))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError):
        return None


__all__ = ["Cache", "grade_key", "record_key"]
