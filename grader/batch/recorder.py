"""Tell what is still to grade in a class, and record what was graded.

One conversation: :meth:`Recorder.pending` yields the jobs, :meth:`Recorder.record`
takes each of them back when it is done. Submissions that are unchanged since they were
recorded are left out; those whose grades are known are recorded without being run.
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
from grader.batch.workers import Done, Job
from grader.classroom.folder import Classroom, SubmissionKey, SubmittedFile
from grader.classroom.gradebook.gradebook import Gradebook
from grader.errors import SubmissionError
from grader.grading.grade import ungraded
from grader.records import Assignment, Flag, Result, Submission


class Pending:
    """What is still to grade. Iterate over it for the jobs.

    Attributes
    ----------
    notebooks : tuple of PlannedNotebook
        What has to be graded.
    unchanged : int
        How many submissions are recorded as they would be recorded now.
    recalled : int
        How many were recorded from grades that were known.
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
        return len({each.file.key for each in self.notebooks})

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """The assignments that workers have to be ready for."""
        found = {each.assignment.label: each.assignment for each in self.notebooks}
        return tuple(found[label] for label in sorted(found))

    def __iter__(self) -> Iterator[Job]:
        """Read the submissions one at a time: a class may not fit into memory."""
        return self._jobs(self.notebooks)


class Recorder:
    """Knows what is recorded of a class, and records what is graded.

    Use as a context manager: at its end no result waits to be written any longer.

    Parameters
    ----------
    room
        The class folder, which the caller holds.
    book
        Its gradebook.
    conditions
        Of this run.
    seed
        What the tests of this run draw their inputs from.
    on_result
        Called with each result once its submission is complete.
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
        self._incomplete: dict[SubmissionKey, list[Done]] = {}
        self._sizes: Counter[SubmissionKey] = Counter()

    # --- what is to grade ---

    def pending(self, planned: Sequence[PlannedNotebook]) -> Pending:
        """Return what is still to grade; write out results that are already known.

        Parameters
        ----------
        planned
            All notebooks of a submission follow each other.
        """
        to_grade: list[PlannedNotebook] = []
        unchanged = recalled = 0
        for key, group in groupby(planned, key=lambda each: each.file.key):
            notebooks = list(group)
            if self._conditions.force:
                to_grade += notebooks
                continue
            read = [(each.assignment, self._content(each.file)) for each in notebooks]
            if self._is_unchanged(key, read):
                unchanged += 1
            elif (known := self._known.of_all(read)) is not None:
                self._writer.write(key, known)
                recalled += 1
            else:
                to_grade += notebooks
        self._writer.flush()
        self._sizes = Counter(each.file.key for each in to_grade)
        return Pending(to_grade, unchanged, recalled, self._jobs)

    def _content(self, file: SubmittedFile) -> Submission:
        try:
            return self._room.read(file)
        except SubmissionError:
            return Submission(*file.key, b"")

    def _is_unchanged(
        self, key: SubmissionKey, read: Sequence[tuple[Assignment, Submission]]
    ) -> bool:
        """Say whether everything is written already, as it would be written now."""
        assignments = [assignment for assignment, _ in read]
        seed = self._conditions.seed
        return self._writer.has_written(
            key, assignments, seed
        ) and self._known.are_recorded(key, read)

    def _jobs(self, notebooks: Sequence[PlannedNotebook]) -> Iterator[Job]:
        for assignment, file in notebooks:
            try:
                submission = self._room.read(file)
            except SubmissionError as error:
                self._record_unread(assignment, file, error)
            else:
                earlier = self._known.of_same_answers(assignment, submission)
                yield Job(assignment, submission, earlier)

    def _record_unread(
        self, assignment: Assignment, file: SubmittedFile, error: SubmissionError
    ) -> None:
        is_there = os.path.lexists(file.path)
        absent = f"{file.path.name} was not submitted"
        reason = Flag("unreadable", f"not readable: {error}" if is_there else absent)
        unread = Submission(*file.key, b"")
        graded = ungraded(assignment, unread, self._seed, reason)
        self._complete(Done(assignment, unread, graded))

    # --- what is graded ---

    def record(self, done: Done) -> None:
        """Keep a grade that was just made, and record its submission once complete."""
        self._known.keep(done)
        self._complete(done)

    def _complete(self, done: Done) -> None:
        key = SubmissionKey(done.submission.student, done.assignment.name)
        notebooks = self._incomplete.setdefault(key, [])
        notebooks.append(done)
        if len(notebooks) == self._sizes[key]:
            del self._incomplete[key]
            notebooks.sort(key=lambda each: each.assignment.notebook)
            self._on_result(self._writer.write(key, notebooks))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.flush()


__all__ = ["Pending", "Recorder"]
