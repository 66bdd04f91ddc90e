"""Worker processes of this machine, which go on with the work when one of them dies.

``ProcessPoolExecutor`` gives up all work as soon as a worker is killed, for example
because the system is out of memory. Here a new pool goes on. Pieces that were being
done are done again, one at a time, so that only a piece whose worker dies twice is
given up.

Each worker watches a lifeline: a pipe whose other end the parent holds. The parent
closes it to stop all workers at once, and the system closes it if the parent is killed.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from grader.batch import tasks
from grader.batch.backends import BackendOptions, Imports
from grader.batch.safe_start import without_current_folder
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import builders
from grader.execution.jail.factory import require_sandbox
from grader.execution.semaphores import require_semaphores
from grader.execution.wiring import starting_fork_server

T = TypeVar("T")
R = TypeVar("R")

LOOK_SECONDS = 1.0


class Pool:
    """Processes of this machine that do one piece of work after the other.

    Its user calls :meth:`close`.

    Parameters
    ----------
    workers
        The number of processes. They start when there is work.
    preload
        Modules that are imported once for all workers.
    """

    def __init__(self, workers: int, preload: Sequence[str] = ()) -> None:
        self.workers = workers
        self._preload = list(preload)
        self._executor: ProcessPoolExecutor | None = None
        self._lifeline: Connection | None = None

    @property
    def process_ids(self) -> frozenset[int]:
        """The workers' process ids; none before there is work."""
        # The executor has no public way to list them.
        processes = getattr(self._executor, "_processes", None)
        return frozenset(processes or ())

    def as_completed(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        """Do pieces of work, and yield each of them with its future when it is done.

        Parameters
        ----------
        work, pieces
            As for :meth:`grader.batch.backends.Backend.as_completed`, which also says
            what is yielded.
        """
        waiting, running = iter(pieces), dict[Future[R], T]()
        while True:
            # One more piece than there are workers, so that no worker has to wait.
            for piece in islice(waiting, self.workers + 1 - len(running)):
                running[self._submit(work, piece)] = piece
            if not running:
                return
            done = self._wait(running)
            if any(map(_lost, done)):
                done, _ = wait(running)
            again = [running[future] for future in done if _lost(future)]
            for future in done:
                piece = running.pop(future)
                if not _lost(future):
                    yield piece, future
            for piece in again:
                yield piece, self._alone(work, piece)

    def _alone(self, work: Callable[[T], R], piece: T) -> Future[R]:
        future = self._submit(work, piece)
        self._wait([future])
        return future

    def _wait(self, running: Iterable[Future[R]]) -> set[Future[R]]:
        """Wait until one of `running` is done, or was lost with its worker."""
        pending, died = list(running), False
        while True:
            done, _ = wait(pending, LOOK_SECONDS, FIRST_COMPLETED)
            if done:
                return done
            # A worker has died, and the executor has not noticed it for a while.
            if died:
                self._end_workers()
            died = self._executor is not None and _has_died(self._executor)

    def _submit(self, work: Callable[[T], R], piece: T) -> Future[R]:
        environment = dict(os.environ)
        # This starts workers, and the process that forks them, if there are none.
        with without_current_folder():
            try:
                return self._started(environment).submit(work, piece)
            except BrokenExecutor:
                self.close()
                return self._started(environment).submit(work, piece)

    def _started(self, environment: dict[str, str]) -> ProcessPoolExecutor:
        if self._executor is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(self._preload)
            held, self._lifeline = context.Pipe(duplex=False)
            self._executor = ProcessPoolExecutor(
                self.workers,
                context,
                initializer=_start_worker,
                initargs=(held, environment),
            )
        return self._executor

    def close(self) -> None:
        """Stop the workers at once, whatever they are doing. Idempotent."""
        self._end_workers()
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _end_workers(self) -> None:
        """Close the lifeline, and let the executor notice that no result will follow.

        A worker may end while it sends a result. The executor's thread then reads on
        until the pipe is closed, which it is only when every process has closed its
        writing end: the workers, and this process, which keeps one for new workers.
        """
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline = None
        if self._executor is not None:
            # The executor has no public way to do this.
            results: Any = self._executor._result_queue  # noqa: SLF001
            results._writer.close()  # noqa: SLF001


def _has_died(executor: ProcessPoolExecutor) -> bool:
    # The executor has no public way to ask.
    workers = list(executor._processes.values())  # noqa: SLF001
    return any(worker.exitcode is not None for worker in workers)


def _lost(future: Future[R]) -> bool:
    return isinstance(future.exception(), BrokenExecutor)


def _start_worker(lifeline: Connection, environment: dict[str, str]) -> None:
    """Ignore Ctrl-C, which is for the parent, and end when the lifeline is closed.

    The environment is passed on, because the workers of all pools inherit that of the
    first pool.
    """
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    lifeline.poll(None)
    builders.end_all()
    os._exit(1)


def threads_each(workers: int) -> int:
    """Return how many threads a kernel may use, so that together they fill all cores.

    Parameters
    ----------
    workers
        How many kernels run at the same time.
    """
    return max(1, len(os.sched_getaffinity(0)) // workers)


class LocalBackend:
    """Processes of this machine, and a fork server for each set of imports.

    A :class:`grader.batch.backends.Backend`. If a fork server was killed, the next
    :meth:`prepare` starts a new one.
    """

    def __init__(self, options: BackendOptions) -> None:
        require_semaphores()
        require_sandbox(options.sandbox)
        count = options.workers or len(os.sched_getaffinity(0))
        self._fork_servers: dict[Imports, ForkServer] = {}
        self._pool = Pool(count, preload=[tasks.__name__])

    @property
    def workers(self) -> int:
        return self._pool.workers

    @property
    def process_ids(self) -> frozenset[int]:
        """The workers' process ids; none before there is work."""
        return self._pool.process_ids

    def prepare(self, imports: Collection[Imports]) -> None:
        """Start the fork servers that are missing, all at the same time."""
        servers = self._fork_servers
        for modules in [key for key, server in servers.items() if server.has_ended()]:
            servers.pop(modules).close()
        threads = threads_each(self.workers)
        starting = {
            modules: starting_fork_server(modules, threads)
            for modules in set(imports) - servers.keys()
        }
        try:
            while starting:
                modules, process = starting.popitem()
                servers[modules] = process.ready()
        finally:
            for process in starting.values():
                process.stop()

    def fork_server(self, imports: Imports) -> str | None:
        server = self._fork_servers.get(imports)
        return None if server is None else str(server.address)

    def as_completed(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        """Do pieces of work; see :meth:`grader.batch.backends.Backend.as_completed`.

        Parameters
        ----------
        work, pieces
            As there.
        """
        return self._pool.as_completed(work, pieces)

    def close(self) -> None:
        self._pool.close()
        for server in self._fork_servers.values():
            with contextlib.suppress(OSError):
                server.close()
        self._fork_servers.clear()


__all__ = ["LocalBackend", "Pool", "threads_each"]
