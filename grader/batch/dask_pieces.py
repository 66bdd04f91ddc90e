"""Distribute pieces of work among the workers of a cluster, some of which may be lost.

:func:`as_completed` gives the same guarantee as :class:`grader.batch.local.Pool`: a
lost worker loses no result of other pieces, and a piece is given up only after two
workers were lost while they did it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from grader.batch.dask_cluster import LOOK_SECONDS, Cluster, was_lost

T = TypeVar("T")
R = TypeVar("R")

MOST_LOST = 2


def as_completed(
    cluster: Cluster, work: Callable[[T], R], pieces: Iterable[T]
) -> Iterator[tuple[T, Future[R]]]:
    """Do pieces of work, and yield each of them with its future when it is done.

    Parameters
    ----------
    cluster
        Its workers do the work.
    work, pieces
        As for :meth:`grader.batch.backends.Backend.as_completed`, which also says
        what is yielded.
    """
    return _Round(cluster, work, pieces).results()


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
        if not was_lost(future):
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
        """Return a free worker, and for a piece that lost one, an idle worker."""
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


def _broken() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(BrokenExecutor("its worker was lost, twice"))
    return future


__all__ = ["as_completed"]
