"""Grades from earlier runs, looked up under the conditions of this one.

A grade depends on the assignment, the submission, the limits, the sandbox and the
installed versions; see :mod:`grader.batch.cache`. This module holds the conditions of a
run, and makes the cache's keys from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.batch.cache import Cache, Keys, keys, record_key
from grader.batch.workers import GradedJob
from grader.classroom.folder import SubmissionKey
from grader.execution.limits import Limits
from grader.records import Assignment, Graded, Submission


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a grade depends on, in addition to assignment and submission.

    Attributes
    ----------
    seed : int or None
        The seed that hidden tests must draw from; None for any.
    force : bool
        Whether to grade again what is in the cache.
    database : str
        URL of the gradebook; "" for the class's own.
    sandbox : str
        See :data:`grader.execution.limits.Sandbox`.
    trust : str
        The least trust that a test must have; see
        :data:`grader.records.TRUST_LEVELS`.
    limits : callable
        Returns the limits of an assignment.
    environment : callable
        Returns the versions that grades of an assignment depend on.
    """

    seed: int | None
    force: bool
    database: str
    sandbox: str
    trust: str
    limits: Callable[[Assignment], Limits]
    environment: Callable[[Assignment], Mapping[str, str]]


class KnownGrades:
    """The cache of a class, asked under the conditions of one run."""

    def __init__(self, cache: Cache, conditions: Conditions) -> None:
        self._cache = cache
        self._conditions = conditions

    def of_all(
        self, notebooks: Sequence[tuple[Assignment, Submission]]
    ) -> list[GradedJob] | None:
        """Return the grades of all notebooks of a submission from the cache.

        Parameters
        ----------
        notebooks
            Each notebook's assignment and content.

        Returns
        -------
        list of GradedJob or None
            The grades, which have the same seed; None if one of them is missing.
        """
        seed = self._conditions.seed
        grades = []
        for assignment, submission in notebooks:
            key = self._keys(assignment, submission).grade
            graded = self._cache.grade(key, submission, seed)
            if graded is None:
                return None
            seed = graded.result.seed
            grades.append(GradedJob(assignment, submission, graded))
        return grades

    def of_same_answers(
        self, assignment: Assignment, submission: Submission
    ) -> Graded | None:
        """Return a grade of the same answers, part of which may still be valid.

        Parameters
        ----------
        assignment, submission
            The assignment, and what a student submitted for it.

        Returns
        -------
        Graded or None
            None if there is none, or if everything is to be graded again.
        """
        if self._conditions.force:
            return None
        key = self._keys(assignment, submission).answers
        return self._cache.earlier(key, submission, self._conditions.seed)

    def keep(self, done: GradedJob) -> None:
        """Store a grade in the cache, unless the grader failed."""
        if not done.graded.result.grader_failed:
            self._cache.keep(self._keys(done.assignment, done.submission), done.graded)

    def are_recorded(
        self,
        key: SubmissionKey,
        notebooks: Iterable[tuple[Assignment, Submission]],
    ) -> bool:
        """Say whether the grades of these notebooks are those recorded last.

        Parameters
        ----------
        key
            The student and the assignment.
        notebooks
            Its notebooks: assignment and content.
        """
        return self._cache.holds(*key, self._record_key(notebooks))

    def note_recorded(
        self,
        key: SubmissionKey,
        notebooks: Iterable[tuple[Assignment, Submission]],
    ) -> None:
        """Note that the grades of these notebooks are recorded everywhere.

        Parameters
        ----------
        key, notebooks
            As for :meth:`are_recorded`.
        """
        self._cache.store(*key, self._record_key(notebooks))

    def note_unrecorded(self, key: SubmissionKey) -> None:
        """Note that the recorded grades of a submission are about to change."""
        self._cache.forget(*key)

    def _keys(self, assignment: Assignment, submission: Submission) -> Keys:
        conditions = self._conditions
        return keys(
            assignment,
            submission,
            conditions.limits(assignment),
            conditions.sandbox,
            {**conditions.environment(assignment), "least trust": conditions.trust},
        )

    def _record_key(self, notebooks: Iterable[tuple[Assignment, Submission]]) -> str:
        graded = [
            (self._keys(assignment, submission).grade, submission.submitted)
            for assignment, submission in notebooks
        ]
        return record_key(graded, self._conditions.database)


__all__ = ["Conditions", "KnownGrades"]
