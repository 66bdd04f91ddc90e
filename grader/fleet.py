"""Many submissions, many workers: one ``concurrent.futures.Executor`` is the seam.

The parent starts one warm process for each set of imports, hands its address to
the workers, and takes Results back as they are done. A worker keeps its jailer
from one submission to the next. What a worker runs is :func:`grade_one`: a
function of its order and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from grader.errors import CourseError, GraderError, JailError
from grader.grade import calibrate, grade, ungraded
from grader.jail import host
from grader.jail.jail import Jailer
from grader.jail.limits import Limits
from grader.jail.unprotected import UnprotectedJailer
from grader.records import Assignment, Check, Graded, Submission
from grader.warm import Warm

Sandbox = Literal["bwrap", "none"]


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
        reason = f"our fault, not the student's: {error}"
        return ungraded(order.assignment, order.submission, order.seed, reason)


def calibrate_one(
    assignment: Assignment, site: Site, seed: int
) -> tuple[frozenset[str], tuple[Check, ...]]:
    """Grade the solution itself in this process; see :func:`grader.grade.calibrate`."""
    return calibrate(assignment, _jailer(site), seed)


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
        self._limits = dict(limits or {})
        self._sandbox: Sandbox = sandbox
        self._warm: dict[tuple[str, ...], Warm] = {}
        self._pool: Executor = ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=_ignore_interrupt
        )

    def prepare(self, assignments: Iterable[Assignment]) -> None:
        """Start the warm processes that `assignments` need, side by side."""
        wanted = {a.imports for a in assignments} - set(self._warm)
        with ThreadPoolExecutor(max(1, len(wanted))) as starters:
            self._warm |= zip(wanted, starters.map(Warm.start, wanted), strict=True)

    def limits(self, assignment: Assignment) -> Limits:
        """Return the limits under which `assignment` is graded."""
        return Limits.of(assignment.limits | self._limits)

    def site(self, assignment: Assignment) -> Site:
        """Return where `assignment` is graded."""
        address = str(self._warm[assignment.imports].address)
        limits = self.limits(assignment)
        environment = tuple(sorted(assignment.environment.items()))
        return Site(address, assignment.imports, limits, environment, self._sandbox)

    def calibrate(
        self, assignments: Sequence[Assignment], seed: int
    ) -> dict[str, frozenset[str]]:
        """Grade each assignment's own solution.

        Returns
        -------
        dict
            For each assignment, the test cells that must run in the kernel.

        Raises
        ------
        CourseError
            If a solution does not pass its own tests: they cannot grade.
        """
        futures = {
            a.name: self._pool.submit(calibrate_one, a, self.site(a), seed)
            for a in assignments
        }
        found = {name: future.result() for name, future in futures.items()}
        for name, (_, failed) in found.items():
            if failed:
                raise CourseError(_broken(name, failed))
        return {name: in_kernel for name, (in_kernel, _) in found.items()}

    def grade(
        self,
        work: Sequence[tuple[Assignment, Submission]],
        seed: int,
        in_kernel: Mapping[str, frozenset[str]],
        on_start: Callable[[int], None] = lambda count: None,
    ) -> Iterator[tuple[Assignment, Submission, Graded]]:
        """Yield each graded submission as it is done, in no set order."""
        futures: dict[Future[Graded], tuple[Assignment, Submission]] = {}
        for assignment, submission in work:
            kernel_tests = in_kernel[assignment.name]
            site = self.site(assignment)
            order = Order(assignment, submission, site, seed, kernel_tests)
            futures[self._pool.submit(grade_one, order)] = assignment, submission
        on_start(len(futures))
        for future in as_completed(futures):
            assignment, submission = futures.pop(future)
            yield assignment, submission, _result(future, assignment, submission, seed)

    def close(self) -> None:
        """Stop the workers and the warm processes; work not begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for warm in self._warm.values():
            warm.close()
        self._warm.clear()

    def __enter__(self) -> Fleet:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.close()


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the parent, which stops the workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(
    future: Future[Graded], assignment: Assignment, submission: Submission, seed: int
) -> Graded:
    try:
        return future.result()
    except GraderError:
        raise
    except Exception as error:  # noqa: BLE001 - one hand-in never stops the batch
        reason = f"our fault, not the student's: {type(error).__name__}: {error}"
        return ungraded(assignment, submission, seed, reason)


def _broken(name: str, failed: Sequence[Check]) -> str:
    lines = [f"  {check.grade_id}: {check.status}: {check.message}" for check in failed]
    return (
        f"{name}: the instructor's own solution does not pass its tests, so they "
        "cannot grade:\n" + "\n".join(lines) + "\nMend the notebook and run again."
    )
