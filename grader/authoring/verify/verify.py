"""Prove the tests of a course: grade solutions, blank copies and wrong answers.

Read :func:`verify` first. All files are read before anything runs
(:mod:`grader.authoring.verify.case`). Then, notebook by notebook, the solution and the
blank copy are graded as submissions are, and the wrong answers are tried
(:mod:`grader.authoring.verify.stage`). Finally the checks judge the findings
(:mod:`grader.authoring.verify.checks`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from grader.authoring.verify import wrong_answers
from grader.authoring.verify.case import Case, read
from grader.authoring.verify.findings import Findings, Verdict
from grader.authoring.verify.proof import Proof
from grader.authoring.verify.stage import SANDBOX, Options, Stage, TriedShare, Tries
from grader.course.course import Course
from grader.errors import CourseError
from grader.execution.fork_server.client import StartingForkServer
from grader.execution.jail.factory import require_sandbox
from grader.execution.wiring import REWIND, starting_fork_server
from grader.grading.calibration import Calibration
from grader.grading.trials import Trial


class Watcher(Protocol):
    """What the progress of verification is reported to."""

    def begin(self, notebooks: Sequence[str], count: int) -> None:
        """Note that verification begins; called once.

        Parameters
        ----------
        notebooks
            Names of the notebooks.
        count
            Number of wrong answers to try.
        """

    def left_out(self, assignment: str, notebooks: int) -> None:
        """Note that an assignment is left out, because it has several notebooks."""

    def at(self, notebook: str) -> None:
        """Note which notebook is tried now."""

    def tried(self) -> None:
        """Note that one more wrong answer was tried."""


class Silent:
    """A watcher that ignores everything."""

    def begin(self, notebooks: Sequence[str], count: int) -> None:
        """Ignore it."""

    def left_out(self, assignment: str, notebooks: int) -> None:
        """Ignore it."""

    def at(self, notebook: str) -> None:
        """Ignore it."""

    def tried(self) -> None:
        """Ignore it."""


def verify(
    course: Course,
    names: Sequence[str],
    options: Options,
    watcher: Watcher | None = None,
) -> Iterator[Proof]:
    """Yield the proof of each notebook, one after the other.

    Parameters
    ----------
    course
        See :mod:`grader.authoring.verify.wrong_answers` for its wrong answers.
    names
        Assignments; all of the course that have one notebook if none.
    options
        How many workers and seeds, and whether to generate mutants.
    watcher
        Receives progress.

    Yields
    ------
    Proof
        Of one notebook.

    Raises
    ------
    SandboxError
        If no jail can be built on this machine. Nothing was run then.
    CourseError
        If a source notebook, a file of wrong answers or the list of equivalent mutants
        is unusable, wrong answers are not where they are read, or there is no exercise
        of a name in `options`. Nothing was run then.
    """
    watcher = watcher or Silent()
    require_sandbox(SANDBOX)
    wrong_answers.check_places(course)
    chosen = tuple(names) or tuple(with_one_notebook(course, watcher))
    cases = [read(course, name, options.generated) for name in chosen]
    if options.exercises:
        cases = _with_only(cases, options.exercises)
    names = tuple(case.assignment.name for case in cases)
    watcher.begin(names, sum(len(case.mutants) for case in cases))
    starting: StartingForkServer | None = None
    try:
        for at, case in enumerate(cases):
            fork_server = (starting or _starting(case)).ready()
            later = cases[at + 1 :]
            starting = _starting(later[0]) if later else None
            watcher.at(case.assignment.name)
            with (
                fork_server,
                Stage(case, fork_server, options, watcher.tried) as stage,
            ):
                findings = _find(stage)
            yield Proof.of(findings)
    finally:
        if starting is not None:
            starting.stop()


def with_one_notebook(course: Course, watcher: Watcher) -> Iterator[str]:
    """Yield the names of assignments with one notebook: others cannot be verified.

    If all have several, yield the first name: reading that assignment says why it
    cannot be verified.

    Parameters
    ----------
    course
        The course.
    watcher
        Is told which assignments are left out.
    """
    count = {name: len(course.source_paths(name)) for name in course.assignment_names()}
    if min(count.values()) > 1:
        yield from list(count)[:1]
        return
    for name, notebooks in count.items():
        if notebooks == 1:
            yield name
        else:
            watcher.left_out(name, notebooks)


def _with_only(cases: Sequence[Case], exercises: Collection[str]) -> list[Case]:
    """Return the notebooks that have these exercises, reduced to these alone."""
    legal = [each.grade_id for case in cases for each in case.exercises]
    if unknown := sorted(set(exercises) - set(legal)):
        raise CourseError(
            f"no exercise {unknown[0]!r}; there are {', '.join(legal)}. An exercise is "
            "named by the grade_id of its answer cell."
        )
    narrowed = (case.only(exercises) for case in cases)
    return [case for case in narrowed if case.exercises]


def _starting(case: Case) -> StartingForkServer:
    return starting_fork_server([*case.assignment.imports, REWIND])


def _find(stage: Stage) -> Findings:
    """Run everything of one notebook.

    The examiner can run each test of most notebooks. So this is assumed before it is
    known; if it proves wrong, everything is tried again.
    """
    start = time.monotonic()
    with ThreadPoolExecutor(stage.workers) as pool:
        tries: Tries | None = None
        try:
            calibrated = pool.submit(stage.calibrate)
            tries = stage.begin(pool, Calibration())
            found = calibrated.result()
            failed = tuple(test.check for test in found.failed)
            found = found.without(check.grade_id for check in failed)
            if found.need_kernel:
                tries.stop.set()
                tries = stage.begin(pool, found)
            blank = tries.blank.result()
            tried = tries.results()
        finally:
            if tries is not None:
                tries.stop.set()
    return Findings(
        case=stage.case,
        failed=failed,
        blank=blank,
        seeds=stage.seeds,
        solutions=_solutions(tried),
        verdicts=_verdicts(stage.case, tried),
        in_kernel=tuple(sorted(found.elsewhere | found.lenders)),
        seconds=round(time.monotonic() - start, 1),
    )


def _solutions(tried: Sequence[TriedShare]) -> dict[str, Trial]:
    """Return the solution's trial for each exercise."""
    return {
        done.share.grade_id: done.tried.solution
        for done in tried
        if done.tried.solution is not None
    }


def _verdicts(case: Case, tried: Sequence[TriedShare]) -> tuple[Verdict, ...]:
    """Return the verdicts in the order of the case, whichever worker made them."""
    verdicts = {
        id(mutant): Verdict(mutant, trial)
        for done in tried
        for mutant, trial in zip(done.share.mutants, done.tried.trials, strict=True)
    }
    return tuple(verdicts[id(mutant)] for mutant in case.mutants)


__all__ = ["Options", "Silent", "Watcher", "verify", "with_one_notebook"]
