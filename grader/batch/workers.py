"""Many submissions, many workers: ``concurrent.futures.Executor`` is the seam.

Workers are processes of this machine, or those of a Dask cluster; both run the
functions of :mod:`grader.batch.tasks`. For its own processes the parent starts one
fork server for each set of imports, starts it anew should it be killed, and takes
Results back as they are done.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from functools import partial
from typing import Any, Protocol, TypeVar

from grader.batch import tasks, versions
from grader.batch.local import Pool
from grader.batch.tasks import (
    Order,
    Rehearsal,
    Site,
    calibrate_one,
    grade_one,
    not_graded,
)
from grader.errors import CourseError, JailError, UsageError, require_extra
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.factory import require_sandbox
from grader.execution.limits import Limits, Sandbox
from grader.execution.wiring import starting_fork_server
from grader.records import Assignment, Check, Graded, Submission

T = TypeVar("T")
R = TypeVar("R")

Item = tuple[Assignment, Submission, Graded]
Earlier = Callable[[Assignment, Submission], Graded | None]


class Workers(Protocol):
    """Who does the work: a :class:`grader.batch.local.Pool`, or a cluster."""

    @property
    def workers(self) -> int: ...

    def each(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]: ...

    def close(self) -> None: ...


def threads_each(workers: int) -> int:
    """How many threads a kernel may use so that all together use the cores."""
    return max(1, len(os.sched_getaffinity(0)) // workers)


class Fleet:
    """Workers, here or in a cluster. Use as a context manager.

    Parameters
    ----------
    workers
        Processes of this machine that grade at the same time; None for one a core.
    limits
        Overrides of the assignments' own limits, by name.
    sandbox
        "none" runs student code unprotected.
    scheduler
        Address of a Dask scheduler, whose workers then grade instead.
    say
        Told what a person would want to know of the workers.

    Raises
    ------
    SandboxError
        If no jail can be built here; nothing was started then.
    MissingExtraError
        If a scheduler is given and Dask is not installed.
    ClusterError
        From :meth:`prepare`: no scheduler answers, or its workers are not fit.
    """

    def __init__(
        self,
        workers: int | None = None,
        limits: Mapping[str, float] | None = None,
        sandbox: Sandbox = "bwrap",
        scheduler: str | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        if scheduler is not None:
            require_extra("cluster")
        else:
            require_sandbox(sandbox)
        self.sandbox: Sandbox = sandbox
        self._limits = dict(limits or {})
        self._scheduler = scheduler
        self._say = say
        self._fork_servers: dict[tuple[str, ...], ForkServer] = {}
        count = workers or len(os.sched_getaffinity(0))
        self._pool: Workers = Pool(count, preload=[tasks.__name__])

    @property
    def workers(self) -> int:
        """How many hand-ins can be graded at the same time."""
        return self._pool.workers

    def prepare(self, assignments: Iterable[Assignment]) -> None:
        """See to it that workers can grade `assignments`, before there is work."""
        wanted = {a.imports for a in assignments}
        if self._scheduler is None:
            self._start_servers(wanted)
        elif wanted:
            self._join(self._scheduler, wanted)

    def _start_servers(self, wanted: Iterable[tuple[str, ...]]) -> None:
        """Start the fork servers that are not there, side by side."""
        gone = [i for i, one in self._fork_servers.items() if one.has_ended()]
        for imports in gone:
            self._fork_servers.pop(imports).close()
        missing = set(wanted) - set(self._fork_servers)
        threads = threads_each(self.workers)
        starting = {i: starting_fork_server(i, threads) for i in missing}
        try:
            while starting:
                imports, process = starting.popitem()
                self._fork_servers[imports] = process.ready()
        finally:
            for process in starting.values():
                process.stop()

    def _join(self, scheduler: str, wanted: Iterable[tuple[str, ...]]) -> None:
        from grader.batch.dask_cluster import Cluster

        imports = tuple(sorted({name for each in wanted for name in each}))
        # As text: a worker that cannot load what it is sent would end.
        module = f"__import__({tasks.__name__!r}, fromlist=['introduce'])"
        ask = partial(eval, f"{module}.introduce({imports!r}, {self.sandbox!r})")
        judge = partial(_unfit, versions.facts(imports))
        self._pool.close()
        self._pool = cluster = Cluster(scheduler, ask, judge, self._say)
        cluster.muster()

    def limits(self, assignment: Assignment) -> Limits:
        """Return the limits under which `assignment` is graded."""
        return Limits.of(assignment.limits | self._limits)

    def site(self, assignment: Assignment) -> Site:
        """Return where `assignment` is graded."""
        fork_server = self._fork_servers.get(assignment.imports)
        return Site(
            None if fork_server is None else str(fork_server.address),
            assignment.imports,
            self.limits(assignment),
            tuple(sorted(assignment.environment.items())),
            self.sandbox,
        )

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
        earlier: Earlier = lambda *_: None,
    ) -> Iterator[Item]:
        """Yield each graded submission as it is done, in no set order.

        `earlier` gives a grade of the same answers, of which some may still stand;
        see :mod:`grader.grading.regrade`. What we failed to grade, say because a fork
        server was killed, is tried once more at the end.
        """
        failed: list[tuple[Assignment, Submission]] = []
        for order, future in self._each(work, seed, in_kernel, earlier):
            graded = _result(order, future)
            if graded.result.grader_failed and not _is_killer(future):
                failed.append((order.assignment, order.submission))
                self._revive([order.assignment])
            else:
                yield order.assignment, order.submission, graded
        for order, future in self._each(failed, seed, in_kernel, lambda *_: None):
            yield order.assignment, order.submission, _result(order, future)

    def _each(
        self,
        work: Iterable[tuple[Assignment, Submission]],
        seed: int,
        in_kernel: Mapping[str, frozenset[str]],
        earlier: Earlier,
    ) -> Iterator[tuple[Order, Future[Graded]]]:
        orders = (
            Order(a, s, self.site(a), seed, in_kernel[a.label], earlier(a, s))
            for a, s in work
        )
        return self._pool.each(grade_one, orders)

    def _revive(self, assignments: Iterable[Assignment]) -> None:
        """Start anew the fork servers that were killed; workers see to their own."""
        if self._scheduler is None:
            self._start_servers({a.imports for a in assignments})

    def close(self) -> None:
        """Stop the workers, whatever they do, and the fork servers."""
        self._pool.close()
        for fork_server in self._fork_servers.values():
            with contextlib.suppress(OSError):
                fork_server.close()
        self._fork_servers.clear()

    def __enter__(self) -> Fleet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _unfit(ours: Mapping[str, str], theirs: Mapping[str, Any]) -> str:
    """Say why a worker may not grade: it would not do it as this machine does."""
    found = versions.differences(ours, theirs["facts"])
    if found:
        more = f" and {len(found) - 3} more" if found[3:] else ""
        return f"It has {', '.join(found[:3])}{more}. Install the same there as here."
    return str(theirs["unfit"])


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


def _is_killer(future: Future[Graded]) -> bool:
    return isinstance(future.exception(), BrokenExecutor)


def _broken(name: str, failed: Sequence[Check]) -> str:
    lines = [f"  {check.grade_id}: {check.status}: {check.message}" for check in failed]
    return (
        f"{name}: the instructor's own solution does not pass its tests, so they "
        "cannot grade:\n" + "\n".join(lines) + "\nMend the notebook and run again."
    )
