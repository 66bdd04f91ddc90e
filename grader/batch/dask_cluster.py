"""Workers of a Dask cluster that do one piece of work after the other.

The same ``each`` as :class:`grader.batch.local.Pool`, and the same promise: a worker
that is lost costs nobody else a result, and only a piece that lost two workers is given
up. Dask by itself would send such a piece to four workers, and count as guilty what
merely stood in line; so each worker has an executor of its own
(``Client.get_executor``), which gets no more than that worker has threads for.

Importing this module loads ``distributed``: do it where a cluster is asked for.
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
    """The workers that a scheduler knows, those that join later included.

    Parameters
    ----------
    address
        Of the scheduler, as ``tcp://host:8786``, or the path of a scheduler file.
    ask
        Run by each worker before it gets any work.
    judge
        Given its answer; returns why that worker gets none, "" if it may work.
    say
        Told what a person would want to know of the workers.

    Raises
    ------
    ClusterError
        If no scheduler answers.
    """

    def __init__(
        self,
        address: str,
        ask: Callable[[], Any],
        judge: Callable[[Any], str],
        say: Callable[[str], None],
    ) -> None:
        # Of lost workers and links we tell ourselves, in fewer words.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
        self.address = address
        self._client = _connected(address)
        self._ask = ask
        self._judge = judge
        self._say = say
        self._seen: dict[str, int] = {}
        self._asked: dict[str, tuple[Executor, Future[Any]]] = {}
        self._fit: dict[str, Executor] = {}
        self._unfit: dict[str, str] = {}
        self._looked = -LOOK_SECONDS

    @property
    def workers(self) -> int:
        """How many pieces can be worked on at the same time, as last seen."""
        return sum(self._seen[name] for name in self._fit)

    def muster(self) -> None:
        """Wait until there is a worker, and all that are there have answered.

        Raises
        ------
        ClusterError
            If one is not fit: better to hear of it before an hour's work.
        """
        self.look()
        if not self._seen:
            self._say(f"No worker has joined {self.address} yet; waiting for one.")
        while not self._seen or self._asked:
            self.look()
        if self._unfit:
            raise ClusterError(_misfits(self.address, self._unfit, len(self._seen)))

    def look(self) -> None:
        """See which workers are there; not more often than is of use."""
        time.sleep(max(0.0, self._looked + LOOK_SECONDS / 10 - time.monotonic()))
        self._seen = self._threads()
        self._looked = time.monotonic()
        for group in (self._asked, self._fit, self._unfit):
            for name in group.keys() - self._seen:
                del group[name]
        known = {*self._asked, *self._fit, *self._unfit}
        for name in self._seen.keys() - known:
            executor = self._client.get_executor(workers=[name], pure=False)
            self._asked[name] = executor, executor.submit(self._ask)
        self._hear()

    @property
    def is_due(self) -> bool:
        """Whether some time has passed since the last look."""
        return time.monotonic() - self._looked > LOOK_SECONDS

    def _threads(self) -> dict[str, int]:
        try:
            return dict(self._client.nthreads())
        except (OSError, ValueError, RuntimeError) as error:
            raise ClusterError(
                f"The scheduler at {self.address} is gone: {error}. Start it again, "
                "and run the same command: it goes on from here."
            ) from None

    def _hear(self) -> None:
        answered = {n: a for n, a in self._asked.items() if a[1].done()}
        for name, (executor, answer) in answered.items():
            del self._asked[name]
            why = self._judged(answer)
            if why:
                self._unfit[name] = why
                self._say(f"Worker {name} gets no work. {why}")
            else:
                self._fit[name] = executor

    def _judged(self, answer: Future[Any]) -> str:
        try:
            return self._judge(answer.result())
        except Exception as error:  # noqa: BLE001 - another version may do anything
            return f"It does not know this grader: {type(error).__name__}: {error}"

    def room(self) -> dict[str, int]:
        """Return the number of threads of each worker that may work."""
        return {name: self._seen[name] for name in self._fit}

    def submit(self, worker: str, work: Callable[[T], R], piece: T) -> Future[R]:
        """Have `worker` do `piece`."""
        return self._fit[worker].submit(work, piece)

    def each(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        """Yield each piece and its future as it is done, in no set order.

        Pieces are taken from their source as workers become free. A future holds
        ``BrokenExecutor`` if two workers were lost with its piece.
        """
        return _Round(self, work, pieces).results()

    def close(self) -> None:
        """Leave the cluster; what runs there ends by itself, unheard. Idempotent."""
        with contextlib.suppress(OSError, RuntimeError):
            self._client.close()


class DaskBackend:
    """The workers of a Dask cluster: a :class:`grader.batch.backends.Backend`.

    They start fork servers of their own. Nothing is connected before there is work.
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
        """Join the cluster, if there is anything to grade and it is not joined yet.

        Raises
        ------
        ClusterError
            If no scheduler answers, or a worker would not grade as this machine does.
        """
        if self._cluster is not None or not imports:
            return
        modules = tuple(sorted({name for each in imports for name in each}))
        # As text: a worker that cannot load what it is sent would end.
        module = f"__import__({tasks.__name__!r}, fromlist=['introduce'])"
        question = f"{module}.introduce({modules!r}, {self._options.sandbox!r})"
        self._cluster = Cluster(
            self._address,
            partial(eval, question),
            partial(_why_unfit, versions.facts(modules)),
            self._options.say,
        )
        self._cluster.muster()

    def fork_server(self, imports: Imports) -> str | None:  # noqa: ARG002 - as others
        return None

    def each(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        return iter(()) if self._cluster is None else self._cluster.each(work, pieces)

    def close(self) -> None:
        if self._cluster is not None:
            self._cluster.close()


def _why_unfit(ours: Mapping[str, str], theirs: Mapping[str, Any]) -> str:
    """Say why a worker may not grade: it would not do it as this machine does."""
    found = versions.differences(ours, theirs["facts"])
    if found:
        more = f" and {len(found) - 3} more" if found[3:] else ""
        return f"It has {', '.join(found[:3])}{more}. Install the same there as here."
    return str(theirs["unfit"])


@dataclass(eq=False, slots=True)
class _Try(Generic[T]):
    """A piece, where it is now, and how many workers were lost with it."""

    piece: T
    worker: str = ""
    lost: int = 0


class _Round(Generic[T, R]):
    """All the pieces of one ``each``: what waits, and what runs where."""

    def __init__(
        self, cluster: Cluster, work: Callable[[T], R], pieces: Iterable[T]
    ) -> None:
        self._cluster = cluster
        self._work = work
        self._source = iter(pieces)
        self._waiting: deque[_Try[T]] = deque()
        self._running: dict[Future[R], _Try[T]] = {}

    def results(self) -> Iterator[tuple[T, Future[R]]]:
        while self._is_left():
            done = self._wait()
            ended = [(self._running.pop(future), future) for future in done]
            ended += self._lost_with_their_workers() if self._cluster.is_due else []
            # First of all: no worker waits while something is made of a result.
            pairs = [self._settle(*each) for each in ended]
            self._hand_out()
            yield from (pair for pair in pairs if pair is not None)

    def _is_left(self) -> bool:
        self._hand_out()
        return bool(self._running or self._waiting)

    def _wait(self) -> set[Future[R]]:
        if not self._running:
            self._cluster.muster()
            return set()
        return wait(self._running, LOOK_SECONDS, FIRST_COMPLETED).done

    def _lost_with_their_workers(self) -> list[tuple[_Try[T], Future[R]]]:
        self._cluster.look()
        room = self._cluster.room()
        gone = [f for f, tried in self._running.items() if tried.worker not in room]
        for future in gone:
            future.cancel()
        return [(self._running.pop(future), future) for future in gone]

    def _settle(self, tried: _Try[T], future: Future[R]) -> tuple[T, Future[R]] | None:
        """Return what is settled; have that tried again which was lost."""
        if not _lost(future):
            return tried.piece, future
        tried.lost += 1
        if tried.lost == MOST_LOST:
            return tried.piece, _broken()
        self._waiting.appendleft(tried)
        return None

    def _hand_out(self) -> None:
        while (tried := self._next()) and (worker := self._place(tried)):
            self._waiting.popleft()
            tried.worker = worker
            future = self._cluster.submit(worker, self._work, tried.piece)
            self._running[future] = tried

    def _next(self) -> _Try[T] | None:
        if not self._waiting:
            self._waiting += [_Try(piece) for piece in islice(self._source, 1)]
        return self._waiting[0] if self._waiting else None

    def _place(self, tried: _Try[T]) -> str | None:
        """Return the worker for a piece: one to itself if it has lost another."""
        busy = Counter(each.worker for each in self._running.values())
        alone = {each.worker for each in self._running.values() if each.lost}
        room = self._cluster.room()
        places = {
            name: threads - busy[name]
            for name, threads in room.items()
            if name not in alone and not (tried.lost and busy[name])
        }
        best = max(places, key=places.__getitem__, default=None)
        return best if best is not None and places[best] > 0 else None


def _connected(address: str) -> Client:
    given: dict[str, Any] = {"address": address}
    if Path(address).is_file():
        given = {"scheduler_file": address}
    try:
        return Client(**given, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        why = str(error).strip() or type(error).__name__
        raise ClusterError(
            f"No Dask scheduler answers at {address!r}: {why}. Start one with `dask "
            "scheduler`, which says its address, and give that: --scheduler "
            "tcp://HOST:8786"
        ) from None


def _misfits(address: str, unfit: dict[str, str], count: int) -> str:
    name, why = next(iter(unfit.items()))
    return (
        f"{len(unfit)} of {count} workers at {address} cannot grade as this machine "
        f"would. {name}: {why}"
    )


def _lost(future: Future[Any]) -> bool:
    return future.cancelled() or isinstance(future.exception(), KilledWorker)


def _broken() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(BrokenExecutor("its worker was lost, twice"))
    return future


__all__ = ["Cluster", "DaskBackend"]
