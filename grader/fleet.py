"""Many submissions, many workers: one ``concurrent.futures.Executor`` is the seam.

The parent starts one warm process for each set of imports, hands its address to
the workers, and takes Results back as they are done. A worker keeps its jailer
from one submission to the next. What a worker runs is :func:`grade_one`: a
function of its order and nothing else.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from grader.errors import CourseError, JailError, UsageError
from grader.grade import calibrate, grade, ungraded
from grader.jail import host
from grader.jail.jail import Jailer
from grader.jail.limits import Limits
from grader.jail.unprotected import UnprotectedJailer
from grader.pool import Pool
from grader.records import Assignment, Check, Graded, Submission
from grader.warm import Starting, Warm

Sandbox = Literal["bwrap", "none"]
OUR_FAULT = "our fault"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a submission is graded: a warm process, a sandbox and the limits."""

    warm: str
    imports: tuple[str, ...]
    limits: Limits
    environment: tuple[tuple[str, str], ...] = ()
    sandbox: Sandbox = "bwrap"


@dataclass(frozen=True, slots=True)
class Order:
    """All that a worker needs to grade one submission."""

    assignment: Assignment
    submission: Submission
    site: Site
    seed: int
    in_kernel: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def _jailer(site: Site) -> Jailer:
    """Return this worker's jailer for `site`: kept, because making one takes time."""
    kind = Jailer if site.sandbox == "bwrap" else UnprotectedJailer
    source = Warm.connect(Path(site.warm))
    return kind(source, site.imports, site.limits, dict(site.environment))


def grade_one(order: Order) -> Graded:
    """Grade one submission in this process. Always returns a Result."""
    try:
        return grade(
            order.assignment,
            order.submission,
            _jailer(order.site),
            order.seed,
            order.in_kernel,
        )
    except JailError as error:
        return not_graded(order, str(error))


def not_graded(order: Order, why: str) -> Graded:
    """Return the result of a hand-in that we, not the student, failed to grade."""
    reason = f"{OUR_FAULT}, not the student's: {why}"
    return ungraded(order.assignment, order.submission, order.seed, reason)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All that a worker needs to grade a solution before any hand-in."""

    assignment: Assignment
    site: Site
    seed: int


def calibrate_one(piece: Rehearsal) -> tuple[frozenset[str], tuple[Check, ...]]:
    """Grade the solution itself in this process; see :func:`grader.grade.calibrate`."""
    return calibrate(piece.assignment, _jailer(piece.site), piece.seed)


class Fleet:
    """Workers on this machine. Use as a context manager.

    Parameters
    ----------
    workers
        Processes that grade at the same time; None for one a core.
    limits
        Overrides of the assignments' own limits, by name.
    sandbox
        "none" runs student code unprotected.

    Raises
    ------
    SandboxError
        If no jail can be built here; nothing was started then.
    """

    def __init__(
        self,
        workers: int | None = None,
        limits: Mapping[str, float] | None = None,
        sandbox: Sandbox = "bwrap",
    ) -> None:
        if sandbox == "bwrap":
            host.probe()
        self.workers = workers or len(os.sched_getaffinity(0))
        self.sandbox: Sandbox = sandbox
        self._limits = dict(limits or {})
        self._warm: dict[tuple[str, ...], Warm] = {}
        self._pool = Pool(self.workers, preload=[__name__])

    def prepare(self, assignments: Iterable[Assignment]) -> None:
        """Start the warm processes that `assignments` need, side by side."""
        wanted = {a.imports for a in assignments} - set(self._warm)
        starting = {imports: Starting(imports) for imports in wanted}
        try:
            while starting:
                imports, process = starting.popitem()
                self._warm[imports] = process.ready()
        finally:
            for process in starting.values():
                process.stop()

    def limits(self, assignment: Assignment) -> Limits:
        """Return the limits under which `assignment` is graded."""
        return Limits.of(assignment.limits | self._limits)

    def site(self, assignment: Assignment) -> Site:
        """Return where `assignment` is graded."""
        address = str(self._warm[assignment.imports].address)
        limits = self.limits(assignment)
        environment = tuple(sorted(assignment.environment.items()))
        return Site(address, assignment.imports, limits, environment, self.sandbox)

    def calibrate(
        self, assignments: Sequence[Assignment], seed: int
    ) -> dict[str, frozenset[str]]:
        """Grade each assignment's own solution.

        Returns
        -------
        dict
            For each assignment's label, the test cells that must run in the kernel.

        Raises
        ------
        CourseError
            If a solution does not pass its own tests: they cannot grade.
        JailError
            If grading it failed through no fault of the solution.
        """
        pieces = [Rehearsal(a, self.site(a), seed) for a in assignments]
        found = {}
        for piece, future in self._pool.each(calibrate_one, pieces):
            name = piece.assignment.label
            found[name], failed = _rehearsed(name, future)
            if failed:
                raise CourseError(_broken(name, failed))
        return found

    def grade(
        self,
        work: Iterable[tuple[Assignment, Submission]],
        seed: int,
        in_kernel: Mapping[str, frozenset[str]],
    ) -> Iterator[tuple[Assignment, Submission, Graded]]:
        """Yield each graded submission as it is done, in no set order."""
        orders = (
            Order(a, submission, self.site(a), seed, in_kernel[a.label])
            for a, submission in work
        )
        for order, future in self._pool.each(grade_one, orders):
            yield order.assignment, order.submission, _result(order, future)

    def close(self) -> None:
        """Stop the workers, whatever they do, and the warm processes."""
        self._pool.close()
        for warm in self._warm.values():
            with contextlib.suppress(OSError):
                warm.close()
        self._warm.clear()

    def __enter__(self) -> Fleet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _rehearsed(
    name: str, future: Future[tuple[frozenset[str], tuple[Check, ...]]]
) -> tuple[frozenset[str], tuple[Check, ...]]:
    try:
        return future.result()
    except BrokenExecutor:
        raise JailError(
            f"{name}: the process that graded the instructor's own solution was "
            "killed, twice. Is there enough memory? Try --workers 1."
        ) from None


def _result(order: Order, future: Future[Graded]) -> Graded:
    try:
        return future.result()
    except UsageError:
        raise
    except BrokenExecutor:
        return not_graded(order, "the process that graded it was killed, twice")
    except Exception as error:  # noqa: BLE001 - one hand-in never stops the batch
        return not_graded(order, f"{type(error).__name__}: {error}")


def _broken(name: str, failed: Sequence[Check]) -> str:
    lines = [f"  {check.grade_id}: {check.status}: {check.message}" for check in failed]
    return (
        f"{name}: the instructor's own solution does not pass its tests, so they "
        "cannot grade:\n" + "\n".join(lines) + "\nMend the notebook and run again."
    )
