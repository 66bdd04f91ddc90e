"""Cache grades, so that nothing is graded twice.

``CLASS/.grader`` holds two things. A *grade* is stored under the hash of everything
that it depends on, which does not include the student. A *record* holds the hash under
which a student's result was last written to gradebook, results file and notebooks. So a
run that was interrupted or repeated writes what is missing, and runs only what was
never run.

The folder may be deleted at any time. The next run then grades everything again.
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
# Of gzip. The fastest level already makes notebooks six times smaller.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys under which a grade is stored.

    Attributes
    ----------
    grade : str
        The hash of everything that the grade depends on, except the seed. Hidden tests
        draw their inputs from the seed; grades that differ only in the seed are equally
        good.
    answers : str
        The same without the tests and texts of the instructor's notebook. Where this
        key is equal, part of a grade may still be valid
        (:mod:`grader.grading.regrade`).
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
        The assignment, and what a student submitted for it.
    limits
        The limits under which the submission is graded.
    sandbox
        The sandbox in which it is graded.
    environment
        The versions of everything that is used; see :mod:`grader.batch.versions`.
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
    if assignment.written_for_kernel:
        facts["two witnesses"] = True
    if submission.repairs:
        facts["repairs"] = submission.repairs
    if submission.files or submission.left_out:
        own = [[name, _hash(data)] for name, data in submission.files]
        facts["own files"] = [own, submission.left_out]
    if files := digests(assignment):
        facts["files"] = files
    if assignment.lacking:
        facts["lacking"] = assignment.lacking
    if assignment.by_hand or assignment.faults:
        facts["faults"] = [assignment.by_hand, assignment.faults]
    parts = {"asked": _asked(assignment.source, assignment.released)}
    whole = {
        "release": assignment.release,
        "released": _hash(assignment.released.encode()),
    }
    return Keys(_hash_of(facts | whole), _hash_of(facts | parts))


def digests(assignment: Assignment) -> dict[str, str]:
    """Return the SHA-256 of each file beside an instructor's notebook, by its name."""
    copied = {name: _hash(data) for name, data in assignment.files}
    return copied | {file.name: file.digest for file in assignment.bound}


@lru_cache(maxsize=64)
def _asked(source: str, released: str) -> list[Any]:
    """Return the part of the instructor's answer cells that a grade depends on."""
    solutions = filter(is_answer, parse_notebook(source).cells)
    stubs = filter(is_answer, parse_notebook(released).cells)
    return [
        sorted(bound_names(cell.source for cell in solutions)),
        [[grade_id_of(cell), cell.source] for cell in stubs],
    ]


def record_key(grades: Sequence[tuple[str, str | None]], database: str = "") -> str:
    """Return the key of a record: which grades were written, and to which database.

    Parameters
    ----------
    grades
        The key of each notebook's grade, and when the notebook was submitted.
    database
        The database's URL; "" for the class's own gradebook.
    """
    return _hash_of([grades, database])


class Cache:
    """The grades and records that are stored in one class folder."""

    def __init__(self, room: Classroom) -> None:
        self._folder = room.root / FOLDER

    # --- grades ---

    def grade(
        self, key: str, submission: Submission, seed: int | None
    ) -> Graded | None:
        """Return the grade that is stored under a key, as a grade of this student.

        Parameters
        ----------
        key
            See :attr:`Keys.grade`.
        submission
            The result gets its student and assignment.
        seed
            The seed that the grade must have; None for the latest grade of any seed.

        Returns
        -------
        Graded or None
            None if no such grade is kept, or if its file is damaged.
        """
        paths = self._grades(key) if seed is None else [self._grade_path(key, seed)]
        return _first(paths, submission)

    def earlier(
        self, key: str, submission: Submission, seed: int | None
    ) -> Graded | None:
        """Return the last grade of the same answers, which may be of other tests.

        Parameters
        ----------
        key
            See :attr:`Keys.answers`.
        submission
            The result gets its student and assignment.
        seed
            The seed that the grade must have; None for any.

        Returns
        -------
        Graded or None
            None if no such grade is kept, or if its file is damaged.
        """
        try:
            grade, stored_seed = self._answers_path(key).read_text().split()
        except (OSError, ValueError):
            return None
        if seed not in (None, int(stored_seed)):
            return None
        return _first([self._grade_path(grade, int(stored_seed))], submission)

    def keep(self, keys: Keys, graded: Graded) -> None:
        """Store a grade.

        Parameters
        ----------
        keys
            Of what it depends on.
        graded
            The grade.
        """
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
        """Say whether a student's last result was written under a key.

        Parameters
        ----------
        student, assignment
            The student and the assignment of the result.
        key
            See :func:`record_key`.
        """
        try:
            return self._path(student, assignment).read_text() == key
        except (OSError, UnicodeDecodeError):
            return False

    def store(self, student: str, assignment: str, key: str) -> None:
        """Note that a student's last result was written under a key.

        Parameters
        ----------
        student, assignment, key
            As for :meth:`holds`.
        """
        replace_file(self._path(student, assignment), key)

    def forget(self, student: str, assignment: str) -> None:
        """Note that a student's result is about to change.

        Parameters
        ----------
        student, assignment
            As for :meth:`holds`.
        """
        self._path(student, assignment).unlink(missing_ok=True)

    def _path(self, student: str, assignment: str) -> Path:
        name = _hash(f"{student}\0{assignment}".encode())
        return self._folder / "records" / name[:2] / name[2:]


def _hash_of(facts: Any) -> str:
    return _hash(json.dumps(facts, sort_keys=True).encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _first(paths: Iterable[Path], submission: Submission) -> Graded | None:
    """Return the first grade that can be read, as a grade of `submission`."""
    graded = next(filter(None, map(_read, paths)), None)
    if graded is None:
        return None
    result = replace(
        graded.result, student=submission.student, assignment=submission.assignment
    )
    return replace(graded, result=result)


def _read(path: Path) -> Graded | None:
    """Return a stored grade; None if there is none, or its file is damaged."""
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "surrogatepass")
        result, notebook = json.loads(text)
        return Graded(Result.from_json(result), str(notebook))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError):
        return None


__all__ = ["Cache", "Keys", "digests", "keys", "record_key"]
