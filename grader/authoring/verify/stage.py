"""Try the answers to one notebook: its jails, its workers, and their shares.

Workers are threads: they only wait for kernels and examiners, which are processes.
"""

from __future__ import annotations

import functools
import os
import queue
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Self

from grader.authoring.verify.case import Case
from grader.authoring.verify.mutants import Mutant
from grader.errors import JailError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.factory import open_jailer
from grader.execution.jail.jail import Jailer
from grader.execution.limits import Limits, Sandbox
from grader.grading.calibrate import calibrate
from grader.grading.calibration import Calibration, Places
from grader.grading.grade import grade
from grader.grading.trials import Candidate, Trials, Tried
from grader.records import Assignment, Check, Submission

# Always a jail, because "auto" never chooses "none", and no option changes it.
SANDBOX: Sandbox = "auto"
LONG_ENOUGH = 1e6
"""Seconds for all trials of a worker: the limits of each answer still count."""
SMALLEST_SHARE = 4
"""For fewer answers to an exercise, another kernel is not worth its start."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to verify; see ``grader verify --help``.

    Attributes
    ----------
    generated : bool
        Also generate wrong answers from the solutions.
    workers : int or None
        How many answers are tried at a time; one for each core if None.
    seeds : int
        How often hidden tests draw new random numbers.
    exercises : collection of str
        Try only the wrong answers to these exercises; to all if empty.
    """

    generated: bool = False
    workers: int | None = None
    seeds: int = 3
    exercises: Collection[str] = ()

    @property
    def drawn(self) -> tuple[int, ...]:
        """The seeds, the same in every run, so that it can be repeated."""
        return tuple(range(1, self.seeds + 1))

    @property
    def threads(self) -> int:
        """The number of workers: one for each core if none is given."""
        return self.workers or len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Share:
    """Some wrong answers to one exercise, for one worker.

    The worker with the `first` share of an exercise also tries its solution.
    """

    grade_id: str
    mutants: tuple[Mutant, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class TriedShare:
    """A share and its results."""

    share: Share
    tried: Tried


@dataclass(frozen=True, slots=True)
class Tries:
    """Work submitted under one assumption about which tests run in the kernel.

    Setting `stop` ends it; its results must not be used then.
    """

    blank: Future[tuple[Check, ...]]
    lanes: tuple[Future[list[TriedShare]], ...]
    stop: threading.Event

    def results(self) -> list[TriedShare]:
        """Wait until all workers are done, and return the results of all shares."""
        return [share for lane in self.lanes for share in lane.result()]


class Stage:
    """Everything that is needed to try one notebook. Use as a context manager.

    Parameters
    ----------
    case
        The notebook and what is to be tried.
    fork_server
        Forks the kernels and examiners.
    options
        How many workers and seeds.
    on_tried
        Called after each wrong answer.
    """

    def __init__(
        self,
        case: Case,
        fork_server: ForkServer,
        options: Options,
        on_tried: Callable[[], None],
    ) -> None:
        self.case = case
        self.seeds = options.drawn
        self.workers = options.threads
        self._on_tried = on_tried
        self._lock = threading.Lock()
        self._done = self._reported = 0
        self._real = _jailer(case.assignment, fork_server)
        self._patient = _jailer(case.assignment, fork_server, total_seconds=LONG_ENOUGH)

    def calibrate(self) -> Calibration:
        """Grade the solution; see :mod:`grader.grading.calibrate`."""
        return calibrate(self.case.assignment, self._real, self.seeds[0])

    def begin(self, pool: Executor, found: Calibration) -> Tries:
        """Begin to try the blank copy and, with all workers, the wrong answers.

        Parameters
        ----------
        pool
            Has a thread for each worker.
        found
            Where each test is assumed to run.
        """
        waiting: queue.SimpleQueue[Share] = queue.SimpleQueue()
        for share in shares(self.case, self.workers):
            waiting.put(share)
        stop = threading.Event()
        with self._lock:
            self._done = 0
        blank = pool.submit(self._grade_blank, found)
        lanes = tuple(
            pool.submit(self._try_shares, waiting, found.places_of_trials, stop)
            for _ in range(self.workers)
        )
        return Tries(blank, lanes, stop)

    def _grade_blank(self, found: Calibration) -> tuple[Check, ...]:
        """Grade the student copy as released."""
        assignment = self.case.assignment
        content = self.case.copy.text.encode()
        submission = Submission("blank", assignment.name, content)
        graded = grade(assignment, submission, self._real, self.seeds[0], found)
        return graded.result.cells

    def _try_shares(
        self,
        waiting: queue.SimpleQueue[Share],
        places: Places,
        stop: threading.Event,
    ) -> list[TriedShare]:
        """Try one share after the other until none is left or `stop` is set."""
        done: list[TriedShare] = []
        trials = Trials(self.case.assignment, self._patient, self.seeds, places)
        with trials:
            while not stop.is_set() and (share := _next(waiting)):
                tried = trials.try_answers(
                    share.grade_id,
                    list(map(_candidate, share.mutants)),
                    functools.partial(self._count, stop),
                    solution=share.first,
                )
                done.append(TriedShare(share, tried))
        return done

    def _count(self, stop: threading.Event) -> None:
        """Report one more answer, unless it was reported before the work restarted."""
        with self._lock:
            if stop.is_set():
                raise JailError("stopped: another worker failed")
            self._done += 1
            if self._done > self._reported:
                self._reported = self._done
                self._on_tried()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()
        self._patient.close()


def shares(case: Case, workers: int) -> Iterator[Share]:
    """Yield what is to be tried in shares, in the order of the notebook.

    Workers take them in this order, so that each goes through the notebook once.

    Parameters
    ----------
    case
        The notebook and what is to be tried.
    workers
        How many workers there are.
    """
    for exercise in case.exercises:
        mutants = [m for m in case.mutants if m.grade_id == exercise.grade_id]
        size = max(SMALLEST_SHARE, -(-len(mutants) // workers))
        for at in range(0, max(len(mutants), 1), size):
            yield Share(exercise.grade_id, tuple(mutants[at : at + size]), at == 0)


def _jailer(assignment: Assignment, fork_server: ForkServer, **limits: float) -> Jailer:
    jailer = open_jailer(
        SANDBOX,
        fork_server,
        assignment.imports,
        Limits.of(assignment.limits | limits),
        assignment.environment,
    )
    return jailer.with_files(assignment.bound)


def _next(waiting: queue.SimpleQueue[Share]) -> Share | None:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return None


def _candidate(mutant: Mutant) -> Candidate:
    """Return what to try; a generated mutant is caught if one seed catches it."""
    return Candidate(mutant.source, every_seed=mutant.origin != "generated")


__all__ = ["Options", "Share", "Stage", "TriedShare", "Tries", "shares"]
