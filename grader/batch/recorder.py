"""Find what is still to grade in a class, and record what was graded.

:meth:`Recorder.pending` yields the jobs, and :meth:`Recorder.record` takes each of them
when it is done. Submissions that are recorded and have not changed are left out; those
whose grades are in the cache are recorded without being run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Self

from grader.batch.cache import Cache
from grader.batch.known_grades import Conditions, KnownGrades
from grader.batch.plan import PlannedNotebook
from grader.batch.results_writer import ResultsWriter
from grader.batch.workers import GradedJob, Job
from grader.classroom.folder import Classroom, SubmissionKey, SubmittedFile
from grader.classroom.gradebook.gradebook import Gradebook
from grader.errors import SubmissionError
from grader.grading.grade import ungraded
from grader.records import Assignment, Flag, Result, Submission


class Pending:
    """What is still to grade. Iterate over it to get the jobs.

    Attributes
    ----------
    notebooks : tuple of PlannedNotebook
        The notebooks to grade.
    unchanged : int
        How many submissions are recorded already, and have not changed.
    recalled : int
        How many submissions were recorded from grades in the cache.
    """

    def __init__(
        self,
        notebooks: Sequence[PlannedNotebook],
        unchanged: int,
        recalled: int,
        jobs: Callable[[Sequence[PlannedNotebook]], Iterator[Job]],
    ) -> None:
        self.notebooks = tuple(notebooks)
        self.unchanged = unchanged
        self.recalled = recalled
        self._jobs = jobs

    @property
    def submissions(self) -> int:
        """How many submissions are to grade; each has one or more notebooks."""
        return len({notebook.file.key for notebook in self.notebooks})

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """The assignments that workers have to be ready for."""
        by_label = {item.assignment.label: item.assignment for item in self.notebooks}
        return tuple(by_label[label] for label in sorted(by_label))

    def __iter__(self) -> Iterator[Job]:
        """Yield the jobs; read one submission at a time, as a class may be large."""
        return self._jobs(self.notebooks)


class Recorder:
    """Knows what is recorded of a class, and records what is graded.

    Use as a context manager: at its end all results are written.

    Parameters
    ----------
    room
        The class folder, which the caller has locked.
    book
        Its gradebook.
    conditions
        What the grades of this run depend on.
    seed
        The seed for the random inputs of hidden tests in this run.
    on_result
        Called with each result when its submission is complete.
    """

    def __init__(
        self,
        room: Classroom,
        book: Gradebook,
        conditions: Conditions,
        seed: int,
        on_result: Callable[[Result], None],
    ) -> None:
        self._room = room
        self._conditions = conditions
        self._seed = seed
        self._on_result = on_result
        self._known = KnownGrades(Cache(room), conditions)
        self._writer = ResultsWriter(room, book, self._known)
        self._incomplete: dict[SubmissionKey, list[GradedJob]] = {}
        self._sizes: Counter[SubmissionKey] = Counter()

    # --- what is to grade ---

    def pending(self, planned: Sequence[PlannedNotebook]) -> Pending:
        """Return what is still to grade; record what is in the cache already.

        Parameters
        ----------
        planned
            What would be graded. The notebooks of a submission follow each other.
        """
        to_grade: list[PlannedNotebook] = []
        unchanged = recalled = 0
        for key, group in groupby(planned, key=lambda item: item.file.key):
            notebooks = list(group)
            if self._conditions.force:
                to_grade += notebooks
                continue
            contents = [(item.assignment, self._content(item)) for item in notebooks]
            if self._is_unchanged(key, contents):
                unchanged += 1
            elif (grades := self._known.of_all(contents)) is not None:
                self._writer.write(key, grades)
                recalled += 1
            else:
                to_grade += notebooks
        self._writer.flush()
        self._sizes = Counter(item.file.key for item in to_grade)
        return Pending(to_grade, unchanged, recalled, self._jobs)

    def _content(self, planned: PlannedNotebook) -> Submission:
        try:
            return self._read(planned)
        except SubmissionError:
            return Submission(*planned.file.key, b"")

    def _read(self, planned: PlannedNotebook) -> Submission:
        assignment = planned.assignment
        given = {name for name, _ in assignment.files}
        given |= {file.name for file in assignment.bound}
        return self._room.read(planned.file, given)

    def _is_unchanged(
        self, key: SubmissionKey, contents: Sequence[tuple[Assignment, Submission]]
    ) -> bool:
        """Say whether the same result is written everywhere already."""
        assignments = [assignment for assignment, _ in contents]
        seed = self._conditions.seed
        return self._writer.has_written(
            key, assignments, seed
        ) and self._known.are_recorded(key, contents)

    def _jobs(self, notebooks: Sequence[PlannedNotebook]) -> Iterator[Job]:
        for planned in notebooks:
            assignment, file = planned
            try:
                submission = self._read(planned)
            except SubmissionError as error:
                self._record_unread(assignment, file, error)
            else:
                earlier = self._known.of_same_answers(assignment, submission)
                yield Job(assignment, submission, earlier)

    def _record_unread(
        self, assignment: Assignment, file: SubmittedFile, error: SubmissionError
    ) -> None:
        is_there = os.path.lexists(file.path)
        absent = "this notebook was not submitted"
        reason = Flag("unreadable", f"not readable: {error}" if is_there else absent)
        unread = Submission(*file.key, b"")
        graded = ungraded(assignment, unread, self._seed, reason)
        self._complete(GradedJob(assignment, unread, graded))

    # --- what is graded ---

    def record(self, done: GradedJob) -> None:
        """Cache a new grade, and record its submission when that is complete."""
        self._known.keep(done)
        self._complete(done)

    def _complete(self, done: GradedJob) -> None:
        key = SubmissionKey(done.submission.student, done.assignment.name)
        notebooks = self._incomplete.setdefault(key, [])
        notebooks.append(done)
        if len(notebooks) == self._sizes[key]:
            del self._incomplete[key]
            notebooks.sort(key=lambda item: item.assignment.notebook)
            self._on_result(self._writer.write(key, notebooks))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.flush()


__all__ = ["Pending", "Recorder"]
