"""Worker processes, and what becomes of the work when one of them dies.

``ProcessPoolExecutor`` gives up all work as soon as a worker is killed, say by a
system that is out of memory. Here a new pool goes on: work that was in hand is
done again, each piece alone, so that only the one that kills its worker twice is
given up.

Workers hang on a lifeline, a pipe of which the parent holds the other end. It is
cut to stop them at once, and it breaks by itself if the parent is killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from itertools import islice
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Pool:
    """Processes of this machine that do one piece of work after the other.

    Parameters
    ----------
    workers
        How many; they start when there is work.
    preload
        Modules that are imported once, for all workers.
    """

    def __init__(self, workers: int, preload: Sequence[str] = ()) -> None:
        self.workers = workers
        self._preload = list(preload)
        self._executor: Executor | None = None
        self._lifeline: Connection | None = None

    def each(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        """Yield each piece and its future as it is done, in no set order.

        Pieces are taken from their source as workers become free. A future holds
        ``BrokenExecutor`` if two workers died of its piece.
        """
        waiting, running = iter(pieces), dict[Future[R], T]()
        while True:
            # One more than there are workers, so that none has to wait for us.
            for piece in islice(waiting, self.workers + 1 - len(running)):
                running[self._submit(work, piece)] = piece
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
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
        wait([future])
        return future

    def _submit(self, work: Callable[[T], R], piece: T) -> Future[R]:
        try:
            return self._started().submit(work, piece)
        except BrokenExecutor:
            self.close()
            return self._started().submit(work, piece)

    def _started(self) -> Executor:
        if self._executor is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(self._preload)
            held, self._lifeline = context.Pipe(duplex=False)
            self._executor = ProcessPoolExecutor(
                self.workers, context, initializer=_hang_on, initargs=(held,)
            )
        return self._executor

    def close(self) -> None:
        """Stop the workers at once, whatever they are doing. Idempotent."""
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline = None
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


def _lost(future: Future[R]) -> bool:
    return isinstance(future.exception(), BrokenExecutor)


def _hang_on(lifeline: Connection) -> None:
    """Leave Ctrl-C to the parent, and end when it cuts the lifeline or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    lifeline.poll(None)
    os._exit(1)
