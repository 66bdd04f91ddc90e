"""Write results where people and programs look for them, in a crash-safe order.

First the notebook as it ran, then the gradebook, then ``results.jsonl``; last the note
that all of it is written. The gradebook waits for the disk, so it is written for
several submissions at once. A run may be killed at any of these steps: the next one
finds the grades in the cache, and writes what is not there yet.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grader.batch.known_grades import KnownGrades
from grader.batch.workers import Done
from grader.classroom.folder import Classroom, SubmissionKey
from grader.classroom.gradebook.gradebook import Gradebook, GradebookEntry
from grader.grading.combine import combine_results
from grader.records import Assignment, Result

# Submissions wait for the gradebook until they are so many,
MOST_AT_ONCE = 16
# one of them has waited for so many seconds when another comes,
LONGEST_WAIT = 2.0
# or their notebooks have so many characters.
MOST_CHARACTERS = 8_000_000


class _Waiting(NamedTuple):
    """A submission whose notebooks are written, and nothing else yet."""

    key: SubmissionKey
    notebooks: Sequence[Done]
    result: Result


class ResultsWriter:
    """Writes the results of a class; call :meth:`flush` at the end."""

    def __init__(self, room: Classroom, book: Gradebook, known: KnownGrades) -> None:
        self._room = room
        self._book = book
        self._known = known
        # Not the results themselves: those of a large class fill the memory.
        self._logged = {
            SubmissionKey(result.student, result.assignment): _line_of(result)
            for result in room.logged()
        }
        self._booked: dict[str, set[str]] = {}
        self._waiting: list[_Waiting] = []
        self._since = 0.0

    def has_written(
        self, key: SubmissionKey, assignments: Sequence[Assignment], seed: int | None
    ) -> bool:
        """Say whether a submission's result stands in all three places.

        Parameters
        ----------
        key
            Of the submission.
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
            _is_whole(folder / f"{each.notebook}.ipynb") for each in assignments
        )

    def _is_booked(self, key: SubmissionKey) -> bool:
        if key.assignment not in self._booked:
            self._booked[key.assignment] = set(self._book.scores(key.assignment))
        return key.student in self._booked[key.assignment]

    def write(self, key: SubmissionKey, notebooks: Sequence[Done]) -> Result:
        """Write the notebooks of a submission; the rest follows soon, with others'.

        Parameters
        ----------
        key
            Of the submission.
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
            [(each.assignment, each.graded.result) for each in notebooks]
        )
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(_Waiting(key, notebooks, result))
        if self._is_time():
            self.flush()
        return result

    def _is_time(self) -> bool:
        done = [each for waiting in self._waiting for each in waiting.notebooks]
        return (
            len(self._waiting) >= MOST_AT_ONCE
            or time.monotonic() - self._since >= LONGEST_WAIT
            or sum(len(each.graded.notebook) for each in done) > MOST_CHARACTERS
        )

    def flush(self) -> None:
        """Write waiting results to gradebook and log, then note them as recorded."""
        waiting, self._waiting = self._waiting, []
        entries = [
            GradebookEntry(
                assignment, graded.result, submission.submitted, graded.notebook
            )
            for each in waiting
            for assignment, submission, graded in each.notebooks
        ]
        if entries:
            self._book.write_all(entries)
        for key, notebooks, result in waiting:
            self._log(key, result)
            if not result.grader_failed:
                pairs = [(each.assignment, each.submission) for each in notebooks]
                self._known.note_recorded(key, pairs)

    def _log(self, key: SubmissionKey, result: Result) -> None:
        """Add a line, unless a run that was killed has written this very one."""
        line = _line_of(result)
        if self._logged.get(key) != line:
            self._room.append_result(result)
            self._logged[key] = line


class _Line(NamedTuple):
    """What tells one line of ``results.jsonl`` from another."""

    seed: int
    digest: int


def _line_of(result: Result) -> _Line:
    return _Line(result.seed, hash(result.to_json()))


def _is_whole(path: Path) -> bool:
    """Say whether a file is there, and not empty as a power cut may leave it."""
    return path.is_file() and path.stat().st_size > 0


__all__ = ["ResultsWriter"]
