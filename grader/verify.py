"""Are the tests any good: solutions, blanks and wrong answers through the grader.

Read :func:`verify` first. What files say is found without running anything
(:class:`_Case`); then, notebook by notebook, the solution and the blank copy are
graded as hand-ins are, and wrong answers are tried in
:mod:`rehearsals <grader.rehearsal>`. Workers are threads: they only wait for the
kernels and examiners, which are processes of their own.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, Self

from grader import leaks, mutants, notebook, stubs
from grader.course import Course
from grader.errors import CourseError, JailError
from grader.grade import calibrate, grade
from grader.jail import host
from grader.jail.jail import Jailer
from grader.jail.limits import Limits
from grader.markers import regions
from grader.mutants import Equivalent, Mutant
from grader.notebook import NotebookNode
from grader.proof import Proof, Shortfall, Verdict
from grader.records import Assignment, Check, Submission
from grader.rehearsal import (
    REWIND,
    Candidate,
    Exercise,
    Rehearsal,
    Trial,
    Tried,
    exercises,
)
from grader.warm import Starting, Warm

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
    cases = [_case(course, name, options) for name in chosen]
    watcher.begin(chosen, sum(len(case.mutants) for case in cases))
    workers = options.workers or len(os.sched_getaffinity(0))
    starting: Starting | None = None
    try:
        for at, case in enumerate(cases):
            warm = (starting or _starting(case)).ready()
            later = cases[at + 1 :]
            starting = _starting(later[0]) if later else None
            watcher.at(case.assignment.name)
            with warm:
                yield _prove(case, warm, workers, watcher)
    finally:
        if starting is not None:
            starting.stop()


def _starting(case: _Case) -> Starting:
    return Starting([*case.assignment.imports, REWIND])


# --- what files say ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """One notebook and what is to be tried of it."""

    assignment: Assignment
    copy: str
    exercises: tuple[Exercise, ...]
    mutants: tuple[Mutant, ...]
    found: tuple[Shortfall, ...]
    hidden: frozenset[str]
    equivalent: tuple[Equivalent, ...]
    options: Options

    @property
    def seeds(self) -> tuple[int, ...]:
        return tuple(range(1, self.options.seeds + 1))


def _case(course: Course, name: str, options: Options) -> _Case:
    assignment = course.assignment(name, checked=False)
    source = notebook.parse(assignment.source)
    path = course.copy_path(name)
    text = path.read_text("utf-8") if path.is_file() else assignment.released
    copy = _readable(text)
    found = [] if copy is not None else [Shortfall("stub", f"{path}: not a notebook")]
    copy = copy or notebook.parse(assignment.released)
    known = tuple(exercises(source.cells))
    folder = course.root / mutants.FOLDER
    kept, astray = mutants.kept(folder / name, known)
    ours = course.layout == "solutions"
    found += [Shortfall("wrong answers", fault) for fault in astray]
    found += [Shortfall("leak", leak) for leak in leaks.told(source, copy)]
    found += [Shortfall("leak", leak) for leak in leaks.carried(source, copy)]
    found += [Shortfall("stub", fault) for fault in stubs.faults(source, copy)]
    found += _unproven(source, known, kept) if ours else []
    made = mutants.generated(source.cells, known) if options.generated else ()
    equivalent = [e for e in _equivalents(course) if e.notebook == name]
    return _Case(
        assignment=assignment,
        copy=text,
        exercises=known,
        mutants=(*kept, *mutants.stubs(copy, known), *made),
        found=tuple(found),
        hidden=_hidden(source),
        equivalent=tuple(equivalent),
        options=options,
    )


def _readable(text: str) -> NotebookNode | None:
    try:
        return notebook.parse(text, outputs=True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _hidden(source: NotebookNode) -> frozenset[str]:
    return frozenset(
        notebook.grade_id(cell) or ""
        for cell in source.cells
        if notebook.is_test(cell) and regions(cell.source)
    )


def _unproven(
    source: NotebookNode, known: Sequence[Exercise], kept: Sequence[Mutant]
) -> Iterator[Shortfall]:
    """Yield exercises of ours that lack what a course of ours gives each of them."""
    hidden = _hidden(source)
    for exercise in known:
        for test in exercise.tests:
            if test not in hidden:
                yield Shortfall("blank", f"{test}: has no hidden test; add one")
        if not any(mutant.grade_id == exercise.grade_id for mutant in kept):
            yield Shortfall(
                "wrong answers",
                f"{exercise.grade_id}: no wrong answer is kept for it; put some "
                f"into {mutants.FOLDER}/NOTEBOOK/{exercise.grade_id}/NAME.py",
            )


def _equivalents(course: Course) -> tuple[Equivalent, ...]:
    entries = mutants.equivalents(course.root / mutants.FOLDER)
    names = course.assignment_names()
    for entry in entries:
        if entry.notebook not in names:
            raise CourseError(
                f"{mutants.FOLDER}/{mutants.EQUIVALENT}: there is no notebook "
                f"{entry.notebook!r}; there are {', '.join(names)}"
            )
    return entries


# --- what runs --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Share:
    """Wrong answers to one exercise, for one worker."""

    grade_id: str
    mutants: tuple[Mutant, ...]


def _prove(case: _Case, warm: Warm, workers: int, watcher: Watcher) -> Proof:
    """Run all that is to be run of one notebook."""
    start = time.monotonic()
    shares: queue.SimpleQueue[_Share] = queue.SimpleQueue()
    for share in _shares(case, workers):
        shares.put(share)
    with _Stage(case, warm, watcher) as stage, ThreadPoolExecutor(workers) as pool:
        try:
            early = pool.submit(stage.blank, frozenset())
            in_kernel, failed = pool.submit(stage.calibrate).result()
            lanes = [
                pool.submit(stage.rehearse, shares, in_kernel) for _ in range(workers)
            ]
            blank = stage.blank(in_kernel) if in_kernel else early.result()
            tried = [pair for lane in lanes for pair in lane.result()]
        finally:
            stage.stop.set()
    return Proof(
        notebook=case.assignment.name,
        points=sum(t.points for t in case.assignment.tasks if t.kind == "test"),
        failed=failed,
        blank=blank,
        seeds=case.seeds,
        solutions=_solutions(tried),
        verdicts=_verdicts(case, tried),
        found=case.found,
        hidden=case.hidden,
        in_kernel=tuple(sorted(in_kernel)),
        equivalent=case.equivalent,
        generated=case.options.generated,
        seconds=round(time.monotonic() - start, 1),
    )


def _shares(case: _Case, workers: int) -> Iterator[_Share]:
    """Yield what is to be tried in the order of the notebook, in shares.

    Workers take them in this order, so that each goes through the notebook once.
    """
    for exercise in case.exercises:
        own = [m for m in case.mutants if m.grade_id == exercise.grade_id]
        size = max(SMALLEST_SHARE, -(-len(own) // workers))
        for at in range(0, max(len(own), 1), size):
            yield _Share(exercise.grade_id, tuple(own[at : at + size]))


_Pair = tuple[_Share, Tried]


class _Stage:
    """Where one notebook is tried. Use as a context manager."""

    def __init__(self, case: _Case, warm: Warm, watcher: Watcher) -> None:
        self._case = case
        self._watcher = watcher
        self._lock = threading.Lock()
        self.stop = threading.Event()
        self._real = _jailer(case.assignment, warm)
        self._patient = _jailer(case.assignment, warm, total_seconds=LONG_ENOUGH)

    def calibrate(self) -> tuple[frozenset[str], tuple[Check, ...]]:
        """Grade the solution; see :func:`grader.grade.calibrate`."""
        return calibrate(self._case.assignment, self._real, self._case.seeds[0])

    def blank(self, in_kernel: frozenset[str]) -> tuple[Check, ...]:
        """Grade the student copy as it is handed out."""
        case = self._case
        handed_in = Submission("blank", case.assignment.name, case.copy.encode())
        graded = grade(case.assignment, handed_in, self._real, case.seeds[0], in_kernel)
        return graded.result.cells

    def rehearse(
        self, shares: queue.SimpleQueue[_Share], in_kernel: frozenset[str]
    ) -> list[_Pair]:
        """Try one share after the other until none is left."""
        done: list[_Pair] = []
        case = self._case
        with Rehearsal(
            case.assignment, self._patient, case.seeds, in_kernel
        ) as rehearsal:
            while (share := _next(shares)) and not self.stop.is_set():
                tried = rehearsal.try_answers(
                    share.grade_id, list(map(_candidate, share.mutants)), self._tried
                )
                done.append((share, tried))
        return done

    def _tried(self) -> None:
        if self.stop.is_set():
            raise JailError("stopped")
        with self._lock:
            self._watcher.tried()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()
        self._patient.close()


def _jailer(assignment: Assignment, warm: Warm, **limits: float) -> Jailer:
    return Jailer(
        warm,
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
    """The solution's trial for each exercise; of several the one that is worst."""
    found: dict[str, Trial] = {}
    for share, each in tried:
        if found.get(share.grade_id, each.solution).passed:
            found[share.grade_id] = each.solution
    return found


def _verdicts(case: _Case, tried: Sequence[_Pair]) -> tuple[Verdict, ...]:
    """The verdicts in the order of the case, whoever came to them."""
    found = {
        id(mutant): Verdict(mutant, trial)
        for share, each in tried
        for mutant, trial in zip(share.mutants, each.trials, strict=True)
    }
    return tuple(found[id(mutant)] for mutant in case.mutants)


__all__ = ["Options", "Watcher", "verify"]
