"""Write results where people and programs look for them, in a crash-safe order.

The order is: the notebook as it ran, the gradebook, ``results.jsonl``, and last a note
that all of these are written. Writing the gradebook waits for the disk, so it is done
for several submissions at once. If a run is killed between these steps, the next run
finds the grades in the cache, and writes what is missing.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grader.batch.known_grades import KnownGrades
from grader.batch.workers import GradedJob
from grader.classroom.folder import Classroom, SubmissionKey
from grader.classroom.gradebook.gradebook import Gradebook, GradebookEntry
from grader.grading.combine import combine_results
from grader.records import Assignment, Result

# The gradebook is written when so many submissions wait for it,
MAX_WAITING = 16
# when one of them has waited for so many seconds, checked as another one is added,
MAX_WAIT_SECONDS = 2.0
# or when their notebooks have more characters than this.
MAX_CHARACTERS = 8_000_000


class _Waiting(NamedTuple):
    """A submission of which only the notebooks are written so far."""

    key: SubmissionKey
    notebooks: Sequence[GradedJob]
    result: Result


class ResultsWriter:
    """Writes the results of a class. Call :meth:`flush` at the end.

    Parameters
    ----------
    room
        The class folder.
    book
        Its gradebook.
    known
        Learns which submissions are recorded.
    """

    def __init__(self, room: Classroom, book: Gradebook, known: KnownGrades) -> None:
        self._room = room
        self._book = book
        self._known = known
        # Not the results themselves, which take much memory in a large class.
        self._logged = {
            SubmissionKey(result.student, result.assignment): _logged(result)
            for result in room.logged()
        }
        self._booked: dict[str, set[str]] = {}
        self._waiting: list[_Waiting] = []
        self._since = 0.0

    def has_written(
        self, key: SubmissionKey, assignments: Sequence[Assignment], seed: int | None
    ) -> bool:
        """Say whether a submission's result is written in all three places.

        Parameters
        ----------
        key
            The student and the assignment.
        assignments
            Its notebooks.
        seed
            The seed that the result must have; None for any.
        """
        logged = self._logged.get(key)
        if logged is None or seed not in (None, logged.seed):
            return False
        folder = self._room.folder("autograded", *key)
        return self._is_booked(key) and all(
            _is_complete(folder / f"{assignment.notebook}.ipynb")
            for assignment in assignments
        )

    def _is_booked(self, key: SubmissionKey) -> bool:
        if key.assignment not in self._booked:
            self._booked[key.assignment] = set(self._book.scores(key.assignment))
        return key.student in self._booked[key.assignment]

    def write(self, key: SubmissionKey, notebooks: Sequence[GradedJob]) -> Result:
        """Write the notebooks of a submission; its other results are written later.

        Parameters
        ----------
        key
            The student and the assignment.
        notebooks
            Its graded notebooks, in the course's order.

        Returns
        -------
        Result
            One result for all its notebooks.
        """
        self._known.note_unrecorded(key)
        for assignment, submission, graded in notebooks:
            self._room.write_autograded(
                graded, assignment.notebook, submission.submitted
            )
        result = combine_results(
            [(item.assignment, item.graded.result) for item in notebooks]
        )
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(_Waiting(key, notebooks, result))
        if self._is_time():
            self.flush()
        return result

    def _is_time(self) -> bool:
        graded = [item for waiting in self._waiting for item in waiting.notebooks]
        return (
            len(self._waiting) >= MAX_WAITING
            or time.monotonic() - self._since >= MAX_WAIT_SECONDS
            or sum(len(item.graded.notebook) for item in graded) > MAX_CHARACTERS
        )

    def flush(self) -> None:
        """Write waiting results to the gradebook and the results file; note that."""
        waiting, self._waiting = self._waiting, []
        entries = [
            GradebookEntry(
                assignment, graded.result, submission.submitted, graded.notebook
            )
            for item in waiting
            for assignment, submission, graded in item.notebooks
        ]
        if entries:
            self._book.write_all(entries)
        for key, notebooks, result in waiting:
            self._log(key, result)
            if not result.grader_failed:
                pairs = [(item.assignment, item.submission) for item in notebooks]
                self._known.note_recorded(key, pairs)

    def _log(self, key: SubmissionKey, result: Result) -> None:
        """Add a line to the results file, unless an earlier run has written it."""
        logged = _logged(result)
        if self._logged.get(key) != logged:
            self._room.append_result(result)
            self._logged[key] = logged


class _LoggedResult(NamedTuple):
    """A result in ``results.jsonl``, without its content."""

    seed: int
    digest: int


def _logged(result: Result) -> _LoggedResult:
    return _LoggedResult(result.seed, hash(result.to_json()))


def _is_complete(path: Path) -> bool:
    """Say whether a file exists, and is not empty as a power cut may leave it."""
    return path.is_file() and path.stat().st_size > 0


__all__ = ["ResultsWriter"]
