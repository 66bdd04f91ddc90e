"""Grade a class: what was handed in → results, gradebook, autograded notebooks.

A grade is kept as soon as it is made, and recorded soon after with some others, so
that a run that is stopped loses nothing; see :mod:`grader.batch.recorder`.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from grader.batch import versions
from grader.batch.plan import Plan
from grader.batch.recorder import Conditions, Registrar
from grader.batch.workers import Fleet
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
    """What is told of a run while it goes on."""

    def preparing(self, assignments: Sequence[Assignment]) -> None: ...

    def grading(
        self, count: int, unchanged: int, recalled: int, workers: int
    ) -> None: ...

    def graded(self, result: Result) -> None: ...

    def note(self, text: str) -> None: ...


class Silent:
    """A watcher to whom nothing matters."""

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        return

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        return

    def graded(self, result: Result) -> None:
        return

    def note(self, text: str) -> None:
        return


def run(
    room: Classroom,
    planned: Plan,
    options: Options,
    watcher: Watcher | None = None,
) -> dict[tuple[str, str], Result]:
    """Grade what was planned; return the results of all of it, sorted.

    Raises
    ------
    SandboxError
        If no jail can be built here. Nothing was run then.
    CourseError
        If a solution does not pass its own tests.
    """
    watcher = watcher or Silent()
    seed = secrets.randbits(31) if options.seed is None else options.seed
    with contextlib.ExitStack() as stack:
        fleet = stack.enter_context(_fleet(options, watcher))
        stack.enter_context(room.held())
        url = options.database or sqlite_url(room.gradebook)
        book = stack.enter_context(Gradebook(url))
        conditions = _conditions(options, fleet)
        registrar = stack.enter_context(
            Registrar(room, book, conditions, watcher.graded)
        )
        due = registrar.due(planned.sheets)
        in_kernel = _made_ready(fleet, Plan(due, ()).assignments, seed, watcher)
        count = registrar.count
        known = count["unchanged"], count["recalled"]
        watcher.grading(count["due"], *known, fleet.workers)
        work = registrar.read(due, seed)
        for graded in fleet.grade(work, seed, in_kernel, registrar.earlier):
            registrar.take(*graded)
    every = room.read_results()
    return {key: every[key] for key in planned.keys}


def _fleet(options: Options, watcher: Watcher) -> Fleet:
    return Fleet(
        options.workers,
        options.limits,
        options.sandbox,
        options.scheduler,
        watcher.note,
    )


def _conditions(options: Options, fleet: Fleet) -> Conditions:
    return Conditions(
        seed=options.seed,
        force=options.force,
        database=options.database or "",
        sandbox=options.sandbox,
        limits=fleet.limits,
        environment=lambda assignment: versions.facts(assignment.imports),
    )


def _made_ready(
    fleet: Fleet, needed: Sequence[Assignment], seed: int, watcher: Watcher
) -> dict[str, frozenset[str]]:
    """Warm up and grade the solutions; return which tests must run in the kernel."""
    if needed:
        watcher.preparing(needed)
    fleet.prepare(needed)
    return fleet.calibrate(needed, seed)


__all__ = [
    "Options",
    "Silent",
    "Watcher",
    "run",
]
