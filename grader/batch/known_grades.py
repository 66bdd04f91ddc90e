"""Grades that were made before, and the keys they are kept under.

A grade depends on the assignment, the submission, the limits, the sandbox and what is
installed; see :mod:`grader.batch.cache`. This module knows the conditions of a run
and asks the cache for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.batch.cache import Cache, Keys, keys, record_key
from grader.batch.workers import Done
from grader.classroom.folder import SubmissionKey
from grader.execution.limits import Limits
from grader.records import Assignment, Graded, Submission


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a grade depends on beside assignment and submission.

    Attributes
    ----------
    seed : int or None
        The one that hidden tests must have drawn from; None for any.
    force : bool
        Grade again what is known.
    database : str
        Where scores go; "" for the class's own gradebook.
    sandbox : str
        See :data:`grader.execution.limits.Sandbox`.
    limits, environment : callable
        Of an assignment, where it will be graded.
    """

    seed: int | None
    force: bool
    database: str
    sandbox: str
    limits: Callable[[Assignment], Limits]
    environment: Callable[[Assignment], Mapping[str, str]]


class KnownGrades:
    """The cache of a class, asked under the conditions of one run."""

    def __init__(self, cache: Cache, conditions: Conditions) -> None:
        self._cache = cache
        self._conditions = conditions

    def of_all(
        self, notebooks: Sequence[tuple[Assignment, Submission]]
    ) -> list[Done] | None:
        """Return the grades of all notebooks of a submission, if they are known.

        Parameters
        ----------
        notebooks
            Each notebook's assignment and content.

        Returns
        -------
        list of Done or None
            Grades of one seed; None if one of them is missing.
        """
        seed = self._conditions.seed
        grades = []
        for assignment, submission in notebooks:
            key = self._keys(assignment, submission).grade
            graded = self._cache.grade(key, submission, seed)
            if graded is None:
                return None
            seed = graded.result.seed
            grades.append(Done(assignment, submission, graded))
        return grades

    def of_same_answers(
        self, assignment: Assignment, submission: Submission
    ) -> Graded | None:
        """Return a grade of the same answers, part of which may still be valid.

        Returns
        -------
        Graded or None
            None if there is none, or if everything is to be graded again.
        """
        if self._conditions.force:
            return None
        key = self._keys(assignment, submission).answers
        return self._cache.earlier(key, submission, self._conditions.seed)

    def keep(self, done: Done) -> None:
        """Keep a grade, unless the grader failed at it."""
        if not done.graded.result.grader_failed:
            self._cache.keep(self._keys(done.assignment, done.submission), done.graded)

    def are_recorded(
        self,
        key: SubmissionKey,
        notebooks: Iterable[tuple[Assignment, Submission]],
    ) -> bool:
        """Say whether the last thing recorded for a submission are these grades."""
        return self._cache.holds(*key, self._record_key(notebooks))

    def note_recorded(
        self,
        key: SubmissionKey,
        notebooks: Iterable[tuple[Assignment, Submission]],
    ) -> None:
        """Note that the grades of these notebooks are recorded everywhere."""
        self._cache.store(*key, self._record_key(notebooks))

    def note_unrecorded(self, key: SubmissionKey) -> None:
        """Note that what is recorded for a submission is about to change."""
        self._cache.forget(*key)

    def _keys(self, assignment: Assignment, submission: Submission) -> Keys:
        given = self._conditions
        limits, facts = given.limits(assignment), given.environment(assignment)
        return keys(assignment, submission, limits, given.sandbox, facts)

    def _record_key(self, notebooks: Iterable[tuple[Assignment, Submission]]) -> str:
        graded = [
            (self._keys(assignment, submission).grade, submission.submitted)
            for assignment, submission in notebooks
        ]
        return record_key(graded, self._conditions.database)


__all__ = ["Conditions", "KnownGrades"]
