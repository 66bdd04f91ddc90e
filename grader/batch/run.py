"""Grade a class: from submissions to results, gradebook and autograded notebooks.

Each grade is cached as soon as it is made, and recorded soon afterwards together with
some others. So a run that is stopped loses nothing; see :mod:`grader.batch.recorder`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from grader.batch import versions
from grader.batch.backends import BackendOptions
from grader.batch.known_grades import Conditions
from grader.batch.plan import Plan
from grader.batch.recorder import Recorder
from grader.batch.trusts import KnownProofs
from grader.batch.workers import GradingWorkers
from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.classroom.trusts import TrustFile
from grader.execution.jail.factory import require_sandbox
from grader.execution.jail.levels import strictest
from grader.execution.limits import Sandbox
from grader.grading.calibration import Calibration
from grader.records import Assignment, Result, Trust


@dataclass(frozen=True, slots=True)
class GradingSettings:
    """How a class is graded; see ``grader grade --help``.

    Attributes
    ----------
    workers : int or None
        How many submissions are graded at the same time; None for one per core.
    seed : int or None
        The seed for the random inputs of hidden tests; None for a new one.
    force : bool
        Whether to grade unchanged submissions again.
    limits : mapping
        Limits that replace those of the assignments, by name.
    database : str or None
        URL of the gradebook; None for the one in the class folder.
    sandbox : str
        The weakest level of jails that is good enough; ``auto`` for any, ``none`` to
        run student code without a jail.
    scheduler : str or None
        Address or scheduler file of a Dask cluster; None to grade on this machine.
    strict : bool
        Whether to grade nothing if a solution does not pass its own tests.
    trust : str
        The least trust that a test must have; a person grades tests with less.
    """

    workers: int | None = None
    seed: int | None = None
    force: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)
    database: str | None = None
    sandbox: Sandbox = "auto"
    scheduler: str | None = None
    strict: bool = False
    trust: Trust = "in-kernel"


class GradingWatcher(Protocol):
    """Receives the events of a run while it goes on."""

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        """Called before the solutions of `assignments` are graded."""
        ...

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        """Called before the submissions are graded.

        Parameters
        ----------
        count
            How many submissions are graded.
        unchanged
            How many are recorded already.
        recalled
            How many were recorded from grades in the cache.
        workers
            How many submissions are graded at the same time.
        """
        ...

    def graded(self, result: Result) -> None:
        """Called with each result when its submission has been graded."""
        ...

    def note(self, text: str) -> None:
        """Called with other messages that a person should read."""
        ...

    def left_out(self, assignment: str, reason: str) -> None:
        """Called for each notebook of the course that is left out.

        Parameters
        ----------
        assignment
            Of which assignment.
        reason
            Why it cannot be graded.
        """
        ...


class SilentGradingWatcher:
    """A watcher that ignores every event."""

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        pass

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        pass

    def graded(self, result: Result) -> None:
        pass

    def note(self, text: str) -> None:
        pass

    def left_out(self, assignment: str, reason: str) -> None:
        pass


def run(
    room: Classroom,
    planned: Plan,
    options: GradingSettings,
    watcher: GradingWatcher | None = None,
) -> dict[tuple[str, str], Result]:
    """Grade what was planned, and record it in the class folder.

    Parameters
    ----------
    room
        The class folder.
    planned
        What to grade.
    options
        How to grade it.
    watcher
        Receives the events of the run.

    Returns
    -------
    dict
        All planned results by student and assignment, sorted.

    Raises
    ------
    SandboxError
        If no jail can be built here. No student code was run then.
    CourseError
        If a solution does not pass its own tests, and `options` are strict.
    """
    watcher = watcher or SilentGradingWatcher()
    seed = secrets.randbits(31) if options.seed is None else options.seed
    asked = strictest(options.sandbox, *planned.sandboxes)
    options = replace(options, sandbox=asked)
    if options.scheduler is None:
        # In a cluster each machine takes the strongest level that it supports.
        options = replace(options, sandbox=require_sandbox(asked))
        watcher.note(_where_code_runs(options.sandbox))
    backend = BackendOptions(
        options.workers, options.sandbox, options.scheduler, watcher.note
    )
    url = options.database or sqlite_url(room.gradebook)
    with (
        GradingWorkers(backend, options.limits) as workers,
        room.held(),
        Gradebook(url) as book,
        Recorder(
            room, book, _conditions(options, workers, asked), seed, watcher.graded
        ) as recorder,
    ):
        pending = recorder.pending(planned.notebooks)
        proofs = KnownProofs(TrustFile(room.root), workers.limits)
        found = _prepare(workers, pending.assignments, seed, watcher, proofs)
        found = {name: each.at_least(options.trust) for name, each in found.items()}
        if options.strict:
            _require_sound(found)
        watcher.grading(
            pending.submissions, pending.unchanged, pending.recalled, workers.count
        )
        for done in workers.grade(pending, seed, found):
            recorder.record(done)
    results = room.read_results()
    return {key: results[key] for key in planned.keys}


def _where_code_runs(sandbox: Sandbox) -> str:
    """Say which level of jails is used on this machine."""
    if sandbox == "none":
        return "Student code runs without a sandbox."
    return f"Student code runs in a sandbox of the level {sandbox}; see: grader doctor"


def _conditions(
    options: GradingSettings, workers: GradingWorkers, asked: Sandbox
) -> Conditions:
    """Return what grades depend on, with the weakest level that may be used.

    The level that a machine really uses changes no grade.
    """
    return Conditions(
        seed=options.seed,
        force=options.force,
        database=options.database or "",
        sandbox=asked,
        trust=options.trust,
        limits=workers.limits,
        environment=lambda assignment: versions.facts(assignment.imports),
    )


def _prepare(
    workers: GradingWorkers,
    needed: Sequence[Assignment],
    seed: int,
    watcher: GradingWatcher,
    proofs: KnownProofs,
) -> dict[str, Calibration]:
    """Prepare workers and grade the solutions; return what was found."""
    if needed:
        watcher.preparing(needed)
    workers.prepare(needed)
    found = workers.calibrate(needed, seed, proofs.of(needed))
    for assignment in needed:
        proofs.keep(assignment, found[assignment.label])
    return found


def _require_sound(found: Mapping[str, Calibration]) -> None:
    for name, calibration in found.items():
        calibration.require_sound(name)


__all__ = ["GradingSettings", "GradingWatcher", "SilentGradingWatcher", "run"]
