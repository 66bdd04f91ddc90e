"""Are the tests any good: solutions, blanks and wrong answers through the grader.

Read :func:`verify` first. What files say is found without running anything
(:mod:`grader.authoring.verify.case`); then, notebook by notebook, the solution and the blank
copy are graded as hand-ins are, and wrong answers are tried in
:mod:`rehearsals <grader.grading.trials>`. Workers are threads: they only wait for
the kernels and examiners, which are processes of their own.
"""

from __future__ import annotations

import functools
import os
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, Self

from grader.authoring.verify.case import Case, read
from grader.authoring.verify.mutants import Mutant
from grader.authoring.verify.proof import Proof, Verdict
from grader.course.course import Course
from grader.errors import JailError
from grader.execution.fork_server.client import ForkServer, StartingForkServer
from grader.execution.jail import host
from grader.execution.jail.jail import Jailer
from grader.execution.limits import Limits
from grader.execution.wiring import REWIND, starting_fork_server
from grader.grading.calibration import calibrate
from grader.grading.grade import grade
from grader.grading.trials import Candidate, Rehearsal, Trial, Tried
from grader.records import Assignment, Check, Submission

LONG_ENOUGH = 1e6
"""Seconds for a whole rehearsal: each of its answers has the limits of its own."""
SMALLEST_SHARE = 4
"""So many answers to one exercise are not worth a kernel that comes to it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to verify; see ``grader verify --help``."""

    generated: bool = False
    workers: int | None = None
    seeds: int = 3

    @property
    def drawn(self) -> tuple[int, ...]:
        """The seeds: the same in every run, so that a run can be repeated."""
        return tuple(range(1, self.seeds + 1))


class Watcher(Protocol):
    """What is told of the work while it goes on."""

    def begin(self, notebooks: Sequence[str], count: int) -> None: ...

    def at(self, notebook: str) -> None: ...

    def tried(self) -> None: ...


def verify(
    course: Course, names: Sequence[str], options: Options, watcher: Watcher
) -> Iterator[Proof]:
    """Yield what was found of each notebook, one after the other.

    Parameters
    ----------
    course
        Wrong answers lie in its ``tests/mutants``.
    names
        Assignments; all of the course if none.
    options
        How many workers and seeds, and whether to generate mutants.
    watcher
        Is told how far it is.

    Raises
    ------
    SandboxError
        If no jail can be built here. Nothing was run then.
    CourseError
        If a source notebook or the list of equivalent mutants is unusable.
    """
    host.probe()
    chosen = tuple(names) or course.assignment_names()
    cases = [read(course, name, options.generated) for name in chosen]
    watcher.begin(chosen, sum(len(case.mutants) for case in cases))
    starting: StartingForkServer | None = None
    try:
        for at, case in enumerate(cases):
            fork_server = (starting or _starting(case)).ready()
            later = cases[at + 1 :]
            starting = _starting(later[0]) if later else None
            watcher.at(case.assignment.name)
            with fork_server:
                yield _prove(_Stage(case, fork_server, options, watcher))
    finally:
        if starting is not None:
            starting.stop()


def _starting(case: Case) -> StartingForkServer:
    return starting_fork_server([*case.assignment.imports, REWIND])


@dataclass(frozen=True, slots=True)
class _Share:
    """Wrong answers to one exercise, for one worker.

    The solution is tried by the worker that has the `first` of them.
    """

    grade_id: str
    mutants: tuple[Mutant, ...]
    first: bool


def _prove(stage: _Stage) -> Proof:
    """Run all that is to be run of one notebook.

    Most often the examiner can run each test. So much is taken for granted before it
    is known, and what was tried by then is tried anew where it does not hold.
    """
    start = time.monotonic()
    case = stage.case
    with stage, ThreadPoolExecutor(stage.workers) as pool:
        tries: _Tries | None = None
        try:
            calibrated = pool.submit(stage.calibrate)
            tries = _begin(stage, pool, frozenset())
            in_kernel, failed = calibrated.result()
            if in_kernel:
                tries.stop.set()
                tries = _begin(stage, pool, in_kernel)
            blank = tries.blank.result()
            tried = [pair for lane in tries.lanes for pair in lane.result()]
        finally:
            if tries is not None:
                tries.stop.set()
    return Proof(
        notebook=case.assignment.name,
        points=sum(t.points for t in case.assignment.tasks if t.kind == "test"),
        failed=failed,
        blank=blank,
        seeds=stage.seeds,
        solutions=_solutions(tried),
        verdicts=_verdicts(case, tried),
        found=case.found,
        hidden=case.hidden,
        in_kernel=tuple(sorted(in_kernel)),
        listed=case.listed,
        generated=case.generated,
        seconds=round(time.monotonic() - start, 1),
    )


@dataclass(frozen=True, slots=True)
class _Tries:
    """What is tried once it is held which tests run in the kernel."""

    blank: Future[tuple[Check, ...]]
    lanes: tuple[Future[list[_Pair]], ...]
    stop: threading.Event


def _begin(stage: _Stage, pool: Executor, in_kernel: frozenset[str]) -> _Tries:
    """Begin to try the blank copy and, with all workers, the wrong answers."""
    shares: queue.SimpleQueue[_Share] = queue.SimpleQueue()
    for share in _shares(stage.case, stage.workers):
        shares.put(share)
    stop = threading.Event()
    stage.begin_count()
    blank = pool.submit(stage.blank, in_kernel)
    lanes = tuple(
        pool.submit(stage.rehearse, shares, in_kernel, stop)
        for _ in range(stage.workers)
    )
    return _Tries(blank, lanes, stop)


def _shares(case: Case, workers: int) -> Iterator[_Share]:
    """Yield what is to be tried in the order of the notebook, in shares.

    Workers take them in this order, so that each goes through the notebook once.
    """
    for exercise in case.exercises:
        own = [m for m in case.mutants if m.grade_id == exercise.grade_id]
        size = max(SMALLEST_SHARE, -(-len(own) // workers))
        for at in range(0, max(len(own), 1), size):
            yield _Share(exercise.grade_id, tuple(own[at : at + size]), at == 0)


_Pair = tuple[_Share, Tried]


class _Stage:
    """Where one notebook is tried. Use as a context manager."""

    def __init__(
        self, case: Case, fork_server: ForkServer, options: Options, watcher: Watcher
    ) -> None:
        self.case = case
        self.seeds = options.drawn
        self.workers = options.workers or len(os.sched_getaffinity(0))
        self._watcher = watcher
        self._lock = threading.Lock()
        self._done = self._told = 0
        self._real = _jailer(case.assignment, fork_server)
        self._patient = _jailer(case.assignment, fork_server, total_seconds=LONG_ENOUGH)

    def calibrate(self) -> tuple[frozenset[str], tuple[Check, ...]]:
        """Grade the solution; see :mod:`grader.grading.calibration`."""
        return calibrate(self.case.assignment, self._real, self.seeds[0])

    def blank(self, in_kernel: frozenset[str]) -> tuple[Check, ...]:
        """Grade the student copy as it is handed out."""
        assignment = self.case.assignment
        handed_in = Submission("blank", assignment.name, self.case.copy.encode())
        graded = grade(assignment, handed_in, self._real, self.seeds[0], in_kernel)
        return graded.result.cells

    def rehearse(
        self,
        shares: queue.SimpleQueue[_Share],
        in_kernel: frozenset[str],
        stop: threading.Event,
    ) -> list[_Pair]:
        """Try one share after the other until none is left, or until `stop`."""
        done: list[_Pair] = []
        rehearsal = Rehearsal(
            self.case.assignment, self._patient, self.seeds, in_kernel
        )
        with rehearsal:
            while not stop.is_set() and (share := _next(shares)):
                candidates = list(map(_candidate, share.mutants))
                tried = rehearsal.try_answers(
                    share.grade_id,
                    candidates,
                    functools.partial(self._count, stop),
                    solution=share.first,
                )
                done.append((share, tried))
        return done

    def begin_count(self) -> None:
        """Count from the start; what the watcher was told of is not told again."""
        with self._lock:
            self._done = 0

    def _count(self, stop: threading.Event) -> None:
        with self._lock:
            if stop.is_set():
                raise JailError("stopped: another worker failed")
            self._done += 1
            if self._done > self._told:
                self._told = self._done
                self._watcher.tried()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()
        self._patient.close()


def _jailer(assignment: Assignment, fork_server: ForkServer, **limits: float) -> Jailer:
    return Jailer(
        fork_server,
        assignment.imports,
        Limits.of(assignment.limits | limits),
        assignment.environment,
    )


def _next(shares: queue.SimpleQueue[_Share]) -> _Share | None:
    try:
        return shares.get_nowait()
    except queue.Empty:
        return None


def _candidate(mutant: Mutant) -> Candidate:
    """A generated one is gone once it is caught: what matters is who survives."""
    return Candidate(mutant.source, every_seed=mutant.origin != "generated")


def _solutions(tried: Sequence[_Pair]) -> dict[str, Trial]:
    """The solution's trial for each exercise."""
    return {share.grade_id: each.solution for share, each in tried if each.solution}


def _verdicts(case: Case, tried: Sequence[_Pair]) -> tuple[Verdict, ...]:
    """The verdicts in the order of the case, whoever came to them."""
    found = {
        id(mutant): Verdict(mutant, trial)
        for share, each in tried
        for mutant, trial in zip(share.mutants, each.trials, strict=True)
    }
    return tuple(found[id(mutant)] for mutant in case.mutants)


__all__ = ["Options", "Watcher", "verify"]
