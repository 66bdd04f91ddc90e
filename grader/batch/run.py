"""Grade a class: from submissions to results, gradebook and autograded notebooks.

A grade is kept as soon as it is made, and recorded soon after with some others, so
that a run that is stopped loses nothing; see :mod:`grader.batch.recorder`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from grader.batch import versions
from grader.batch.backends import BackendOptions
from grader.batch.known_grades import Conditions
from grader.batch.plan import Plan
from grader.batch.recorder import Recorder
from grader.batch.workers import GradingWorkers
from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.execution.limits import Sandbox
from grader.records import Assignment, Result


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done; see ``grader grade --help``."""

    workers: int | None = None
    seed: int | None = None
    force: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)
    database: str | None = None
    sandbox: Sandbox = "bwrap"
    scheduler: str | None = None


class Watcher(Protocol):
    """Told of a run while it goes on."""

    def preparing(self, assignments: Sequence[Assignment]) -> None: ...

    def grading(
        self, count: int, unchanged: int, recalled: int, workers: int
    ) -> None: ...

    def graded(self, result: Result) -> None: ...

    def note(self, text: str) -> None: ...


class Silent:
    """A watcher that ignores every event."""

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        pass

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        pass

    def graded(self, result: Result) -> None:
        pass

    def note(self, text: str) -> None:
        pass


def run(
    room: Classroom,
    planned: Plan,
    options: Options,
    watcher: Watcher | None = None,
) -> dict[tuple[str, str], Result]:
    """Grade what was planned, and record it in the class folder.

    Parameters
    ----------
    room
        The class folder.
    planned
        What to grade.
    options
        How.
    watcher
        Told of the run while it goes on.

    Returns
    -------
    dict
        The results of all that was planned, sorted by student and assignment.

    Raises
    ------
    SandboxError
        If no jail can be built here. Nothing was run then.
    CourseError
        If a solution does not pass its own tests.
    """
    watcher = watcher or Silent()
    seed = secrets.randbits(31) if options.seed is None else options.seed
    backend = BackendOptions(
        options.workers, options.sandbox, options.scheduler, watcher.note
    )
    url = options.database or sqlite_url(room.gradebook)
    with (
        GradingWorkers(backend, options.limits) as workers,
        room.held(),
        Gradebook(url) as book,
        Recorder(
            room, book, _conditions(options, workers), seed, watcher.graded
        ) as recorder,
    ):
        pending = recorder.pending(planned.notebooks)
        in_kernel = _made_ready(workers, pending.assignments, seed, watcher)
        watcher.grading(
            pending.submissions, pending.unchanged, pending.recalled, workers.count
        )
        for done in workers.grade(pending, seed, in_kernel):
            recorder.record(done)
    every = room.read_results()
    return {key: every[key] for key in planned.keys}


def _conditions(options: Options, workers: GradingWorkers) -> Conditions:
    return Conditions(
        seed=options.seed,
        force=options.force,
        database=options.database or "",
        sandbox=options.sandbox,
        limits=workers.limits,
        environment=lambda assignment: versions.facts(assignment.imports),
    )


def _made_ready(
    workers: GradingWorkers,
    needed: Sequence[Assignment],
    seed: int,
    watcher: Watcher,
) -> dict[str, frozenset[str]]:
    """Prepare workers and grade the solutions; return the tests for the kernel."""
    if needed:
        watcher.preparing(needed)
    workers.prepare(needed)
    return workers.calibrate(needed, seed)


__all__ = ["Options", "Silent", "Watcher", "run"]
