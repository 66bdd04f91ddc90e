"""Keep grades, so that nothing is graded twice.

``CLASS/.grader`` holds two things. A *grade* is kept under the hash of everything it
depends on, whoever submitted it; a *record* says under which hash a student's result
was last written to gradebook, results and notebooks. An interrupted or repeated run
then writes what is still to write, and runs only what was never run.

The folder may be deleted at any time; the next run then grades everything again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.classroom.folder import Classroom
from grader.execution.limits import Limits
from grader.files import replace_bytes, replace_file
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import grade_id_of, is_answer, parse_notebook
from grader.records import Assignment, Graded, Result, Submission

FOLDER = ".grader"
# Notebooks shrink to a sixth already at the quickest level.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Keys:
    """What a grade is kept under.

    Attributes
    ----------
    grade : str
        The hash of everything it depends on except the seed. Hidden tests draw their
        inputs from the seed; grades that differ in it alone are equally good.
    answers : str
        The same without the tests and texts of the instructor's notebook: where it is
        equal, part of a grade may still stand (:mod:`grader.grading.regrade`).
    """

    grade: str
    answers: str


def keys(
    assignment: Assignment,
    submission: Submission,
    limits: Limits,
    sandbox: str,
    environment: Mapping[str, str],
) -> Keys:
    """Return the keys of a submission's grade; they do not depend on the student.

    Parameters
    ----------
    assignment, submission
        What was asked and what was submitted.
    limits
        Under which the submission is graded.
    sandbox
        In which it is graded.
    environment
        Versions of what takes part, see :mod:`grader.batch.versions`.
    """
    facts: dict[str, Any] = {
        "environment": dict(environment),
        "sandbox": sandbox,
        "earlier": [_hash(text.encode()) for text in assignment.earlier],
        "parameters": assignment.parameters,
        "variables": assignment.environment,
        "limits": asdict(limits),
        "content": _hash(submission.content),
    }
    if assignment.files:
        facts["files"] = {name: _hash(data) for name, data in assignment.files}
    parts = {"asked": _asked(assignment.source, assignment.released)}
    whole = {
        "release": assignment.release,
        "released": _hash(assignment.released.encode()),
    }
    return Keys(_hash_of(facts | whole), _hash_of(facts | parts))


@lru_cache(maxsize=64)
def _asked(source: str, released: str) -> list[Any]:
    """Return the part of the instructor's answer cells that a grade depends on."""
    solved = filter(is_answer, parse_notebook(source).cells)
    given = filter(is_answer, parse_notebook(released).cells)
    return [
        sorted(bound_names(cell.source for cell in solved)),
        [[grade_id_of(cell), cell.source] for cell in given],
    ]


def record_key(grades: Sequence[tuple[str, str | None]], database: str = "") -> str:
    """Return the key that says which grades were written, and to which database.

    Parameters
    ----------
    grades
        The key of each notebook's grade, and when the notebook was submitted.
    database
        Its URL; "" for the class's own gradebook.
    """
    return _hash_of([grades, database])


class Cache:
    """The grades and records kept in one class folder."""

    def __init__(self, room: Classroom) -> None:
        self._folder = room.root / FOLDER

    # --- grades ---

    def grade(
        self, key: str, submission: Submission, seed: int | None
    ) -> Graded | None:
        """Return the grade kept under `key`, as a grade of this student.

        Parameters
        ----------
        key
            See :attr:`Keys.grade`.
        submission
            Whose student and assignment the result gets.
        seed
            The seed that is wanted; None takes the latest grade of any seed.

        Returns
        -------
        Graded or None
            None if there is none, or if what was kept is damaged.
        """
        paths = self._grades(key) if seed is None else [self._grade_path(key, seed)]
        return _first(paths, submission)

    def earlier(
        self, key: str, submission: Submission, seed: int | None
    ) -> Graded | None:
        """Return the last grade of the same answers, whatever the tests were.

        Parameters
        ----------
        key
            See :attr:`Keys.answers`.
        submission
            Whose student and assignment the result gets.
        seed
            The seed that is wanted; None for any.

        Returns
        -------
        Graded or None
            None if there is none, or if what was kept is damaged.
        """
        try:
            grade, kept_seed = self._answers_path(key).read_text().split()
        except (OSError, ValueError):
            return None
        if seed not in (None, int(kept_seed)):
            return None
        return _first([self._grade_path(grade, int(kept_seed))], submission)

    def keep(self, keys: Keys, graded: Graded) -> None:
        """Keep a grade under the keys of what it depends on."""
        text = json.dumps([graded.result.to_json(), graded.notebook])
        packed = gzip.compress(text.encode("utf-8", "surrogatepass"), _LEVEL, mtime=0)
        seed = graded.result.seed
        replace_bytes(self._grade_path(keys.grade, seed), packed)
        replace_file(self._answers_path(keys.answers), f"{keys.grade} {seed}")

    def _grades(self, key: str) -> list[Path]:
        """Return the paths of the grades under `key`, the latest first."""
        paths = self._grade_path(key, 0).parent.glob("*.json.gz")
        return sorted(paths, key=lambda path: path.stat().st_mtime_ns, reverse=True)

    def _grade_path(self, key: str, seed: int) -> Path:
        return self._folder / "grades" / key[:2] / key[2:] / f"{seed}.json.gz"

    def _answers_path(self, key: str) -> Path:
        return self._folder / "answers" / key[:2] / key[2:]

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


def _hash_of(facts: Any) -> str:
    return _hash(json.dumps(facts, sort_keys=True).encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _first(paths: Iterable[Path], submission: Submission) -> Graded | None:
    """Return the first grade that can be read, as that of `submission`."""
    graded = next(filter(None, map(_read, paths)), None)
    if graded is None:
        return None
    result = replace(
        graded.result, student=submission.student, assignment=submission.assignment
    )
    return replace(graded, result=result)


def _read(path: Path) -> Graded | None:
    """Return what was kept; None if it is not there, or is damaged."""
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "surrogatepass")
        result, notebook = json.loads(text)
        return Graded(Result.from_json(result), str(notebook))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError):
        return None


__all__ = ["Cache", "Keys", "keys", "record_key"]
