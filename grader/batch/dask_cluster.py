"""Workers of a Dask cluster that do one piece of work after the other.

They have the same ``as_completed`` as :class:`grader.batch.local.Pool`, with the same
guarantee: a lost worker loses no result of other pieces, and only a piece that two
workers were lost with is given up. Dask by itself would send such a piece to four
workers, and would also count it against pieces that were only queued on that worker. So
each worker has an executor of its own here (``Client.get_executor``), which never gets
more pieces than the worker has threads.

Importing this module imports ``distributed``: do that only where a cluster is used.
"""

from __future__ import annotations

import contextlib
import logging
import time
import warnings
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from distributed import Client, KilledWorker

from grader.batch import tasks, versions
from grader.batch.backends import BackendOptions, Imports
from grader.errors import ClusterError

T = TypeVar("T")
R = TypeVar("R")

LOOK_SECONDS = 1.0
CONNECT_SECONDS = 10.0
MOST_LOST = 2


class Cluster:
    """The workers of a scheduler, including those that join later.

    Its user calls :meth:`close`.

    Parameters
    ----------
    address
        The address of the scheduler, as ``tcp://host:8786``, or the path of a scheduler
        file.
    examine
        Run by each worker before it gets any work.
    judge
        Called with what `examine` returned; returns why that worker gets no work, or ""
        if it may work.
    notify
        Called with messages about the workers that a person should read.

    Raises
    ------
    ClusterError
        If no scheduler answers.
    """

    def __init__(
        self,
        address: str,
        examine: Callable[[], Any],
        judge: Callable[[Any], str],
        notify: Callable[[str], None],
    ) -> None:
        # Lost workers and connections are reported here, in fewer words.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
        self.address = address
        self._client = _connected(address)
        self._examine = examine
        self._judge = judge
        self._notify = notify
        # The threads of each worker; then the workers that were sent the question,
        # those that may work, and those that may not, with the reason.
        self._threads: dict[str, int] = {}
        self._examined: dict[str, tuple[Executor, Future[Any]]] = {}
        self._fit: dict[str, Executor] = {}
        self._unfit: dict[str, str] = {}
        self._refreshed = -LOOK_SECONDS

    @property
    def workers(self) -> int:
        """How many pieces can be done at the same time, as of the last refresh."""
        return sum(self._threads[name] for name in self._fit)

    def await_workers(self) -> None:
        """Wait until there is a worker, and every worker has been examined.

        Raises
        ------
        ClusterError
            If one of them may not work. It is better to learn that before the work
            begins.
        """
        self.refresh()
        if not self._threads:
            self._notify(f"No worker has joined {self.address} yet; waiting for one.")
        while not self._threads or self._examined:
            self.refresh()
        if self._unfit:
            raise ClusterError(
                _unfit_text(self.address, self._unfit, len(self._threads))
            )

    def refresh(self) -> None:
        """Find out which workers there are; wait a little if that was just done."""
        time.sleep(max(0.0, self._refreshed + LOOK_SECONDS / 10 - time.monotonic()))
        self._threads = self._read_threads()
        self._refreshed = time.monotonic()
        for group in (self._examined, self._fit, self._unfit):
            for name in group.keys() - self._threads:
                del group[name]
        listed = {*self._examined, *self._fit, *self._unfit}
        for name in self._threads.keys() - listed:
            executor = self._client.get_executor(workers=[name], pure=False)
            self._examined[name] = executor, executor.submit(self._examine)
        self._judge_answers()

    @property
    def is_due(self) -> bool:
        """Whether it is time for another refresh."""
        return time.monotonic() - self._refreshed > LOOK_SECONDS

    def _read_threads(self) -> dict[str, int]:
        try:
            return dict(self._client.nthreads())
        except (OSError, ValueError, RuntimeError) as error:
            raise ClusterError(
                f"The scheduler at {self.address} has ended: {error}. Start it again, "
                "and run the same command: it goes on from here."
            ) from None

    def _judge_answers(self) -> None:
        answered = {name: a for name, a in self._examined.items() if a[1].done()}
        for name, (executor, answer) in answered.items():
            del self._examined[name]
            reason = self._why_unfit(answer)
            if reason:
                self._unfit[name] = reason
                self._notify(f"Worker {name} gets no work. {reason}")
            else:
                self._fit[name] = executor

    def _why_unfit(self, answer: Future[Any]) -> str:
        try:
            return self._judge(answer.result())
        except Exception as error:  # noqa: BLE001 - another version may do anything
            return (
                "It does not have this version of the grader: "
                f"{type(error).__name__}: {error}"
            )

    def capacity(self) -> dict[str, int]:
        """Return the number of threads of each worker that may work."""
        return {name: self._threads[name] for name in self._fit}

    def submit(self, worker: str, work: Callable[[T], R], piece: T) -> Future[R]:
        """Send one piece of work to a worker.

        Parameters
        ----------
        worker
            The worker's name.
        work
            What it runs.
        piece
            The argument.
        """
        return self._fit[worker].submit(work, piece)

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
        return _Round(self, work, pieces).results()

    def close(self) -> None:
        """Leave the cluster. What runs there ends by itself. Idempotent."""
        with contextlib.suppress(OSError, RuntimeError):
            self._client.close()


class DaskBackend:
    """The workers of a Dask cluster: a :class:`grader.batch.backends.Backend`.

    Workers start their own fork servers. The cluster is joined when there is work.
    """

    def __init__(self, options: BackendOptions) -> None:
        assert options.scheduler is not None
        self._address = options.scheduler
        self._options = options
        self._cluster: Cluster | None = None

    @property
    def workers(self) -> int:
        return 0 if self._cluster is None else self._cluster.workers

    def prepare(self, imports: Collection[Imports]) -> None:
        """Join the cluster if there is anything to grade, unless it is joined already.

        Raises
        ------
        ClusterError
            If no scheduler answers, or a worker would grade differently.
        """
        if self._cluster is not None or not imports:
            return
        modules = tuple(sorted({name for names in imports for name in names}))
        # Sent as text: a worker that cannot import a function it is sent would end.
        module = f"__import__({tasks.__name__!r}, fromlist=['introduce'])"
        question = f"{module}.introduce({modules!r}, {self._options.sandbox!r})"
        self._cluster = Cluster(
            self._address,
            partial(eval, question),
            partial(_why_unfit, versions.facts(modules)),
            self._options.notify,
        )
        self._cluster.await_workers()

    def fork_server(self, imports: Imports) -> str | None:  # noqa: ARG002 - as others
        return None

    def as_completed(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        """Do pieces of work; see :meth:`grader.batch.backends.Backend.as_completed`.

        Parameters
        ----------
        work, pieces
            As there.
        """
        if self._cluster is None:
            return iter(())
        return self._cluster.as_completed(work, pieces)

    def close(self) -> None:
        if self._cluster is not None:
            self._cluster.close()


def _why_unfit(ours: Mapping[str, str], theirs: Mapping[str, Any]) -> str:
    """Return why a worker would grade differently from this machine, or ""."""
    differences = versions.differences(ours, theirs["facts"])
    if differences:
        more = f" and {len(differences) - 3} more" if differences[3:] else ""
        listed = ", ".join(differences[:3])
        return f"It has {listed}{more}. Install the same there as here."
    return str(theirs["unfit"])


@dataclass(eq=False, slots=True)
class _Attempt(Generic[T]):
    """A piece, the worker that does it, and how many workers were lost with it."""

    piece: T
    worker: str = ""
    lost: int = 0


class _Round(Generic[T, R]):
    """All the pieces of one ``as_completed``: those that wait, and those that run."""

    def __init__(
        self, cluster: Cluster, work: Callable[[T], R], pieces: Iterable[T]
    ) -> None:
        self._cluster = cluster
        self._work = work
        self._source = iter(pieces)
        self._waiting: deque[_Attempt[T]] = deque()
        self._running: dict[Future[R], _Attempt[T]] = {}

    def results(self) -> Iterator[tuple[T, Future[R]]]:
        while self._is_left():
            done = self._wait()
            ended = [(self._running.pop(future), future) for future in done]
            ended += self._lost_with_their_workers() if self._cluster.is_due else []
            # Before anything is yielded: no worker waits while a result is processed.
            pairs = [self._settle(attempt, future) for attempt, future in ended]
            self._distribute()
            yield from (pair for pair in pairs if pair is not None)

    def _is_left(self) -> bool:
        self._distribute()
        return bool(self._running or self._waiting)

    def _wait(self) -> set[Future[R]]:
        if not self._running:
            self._cluster.await_workers()
            return set()
        return wait(self._running, LOOK_SECONDS, FIRST_COMPLETED).done

    def _lost_with_their_workers(self) -> list[tuple[_Attempt[T], Future[R]]]:
        self._cluster.refresh()
        workers = self._cluster.capacity()
        lost = [f for f, item in self._running.items() if item.worker not in workers]
        for future in lost:
            future.cancel()
        return [(self._running.pop(future), future) for future in lost]

    def _settle(
        self, attempt: _Attempt[T], future: Future[R]
    ) -> tuple[T, Future[R]] | None:
        """Return a piece that is done; queue it again after its first loss."""
        if not _lost(future):
            return attempt.piece, future
        attempt.lost += 1
        if attempt.lost == MOST_LOST:
            return attempt.piece, _broken()
        self._waiting.appendleft(attempt)
        return None

    def _distribute(self) -> None:
        """Send pieces to workers until all of them are busy."""
        while (attempt := self._next()) and (worker := self._choose_worker(attempt)):
            self._waiting.popleft()
            attempt.worker = worker
            future = self._cluster.submit(worker, self._work, attempt.piece)
            self._running[future] = attempt

    def _next(self) -> _Attempt[T] | None:
        if not self._waiting:
            self._waiting += [_Attempt(piece) for piece in islice(self._source, 1)]
        return self._waiting[0] if self._waiting else None

    def _choose_worker(self, attempt: _Attempt[T]) -> str | None:
        """Return a free worker; a piece with which one was lost gets one for itself."""
        running = self._running.values()
        busy = Counter(other.worker for other in running)
        reserved = {other.worker for other in running if other.lost}
        free = {
            name: threads - busy[name]
            for name, threads in self._cluster.capacity().items()
            if name not in reserved and not (attempt.lost and busy[name])
        }
        best = max(free, key=free.__getitem__, default=None)
        return best if best is not None and free[best] > 0 else None


def _connected(address: str) -> Client:
    target: dict[str, Any] = {"address": address}
    if Path(address).is_file():
        target = {"scheduler_file": address}
    try:
        return Client(**target, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = str(error).strip() or type(error).__name__
        raise ClusterError(
            f"No Dask scheduler answers at {address!r}: {reason}. Start one with `dask "
            "scheduler`, which prints its address, and pass that address: --scheduler "
            "tcp://HOST:8786"
        ) from None


def _unfit_text(address: str, unfit: dict[str, str], count: int) -> str:
    name, reason = next(iter(unfit.items()))
    return (
        f"{len(unfit)} of {count} workers at {address} would grade differently from "
        f"this machine. {name}: {reason}"
    )


def _lost(future: Future[Any]) -> bool:
    return future.cancelled() or isinstance(future.exception(), KilledWorker)


def _broken() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(BrokenExecutor("its worker was lost, twice"))
    return future


__all__ = ["Cluster", "DaskBackend"]
