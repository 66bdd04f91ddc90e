"""The workers of a Dask cluster: which there are, which may work, and sending to them.

Dask by itself would send a piece of work to four workers if workers are lost, and would
also count each loss against pieces that were only queued there. So each worker has an
executor of its own here (``Client.get_executor``);
:mod:`grader.batch.dask_pieces` never sends it more pieces than it has threads.

Importing this module imports ``distributed``: do that only where a cluster is used.
"""

from __future__ import annotations

import contextlib
import logging
import time
import warnings
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

from distributed import Client, KilledWorker

from grader.errors import ClusterError

T = TypeVar("T")
R = TypeVar("R")

LOOK_SECONDS = 1.0
CONNECT_SECONDS = 10.0


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

    def close(self) -> None:
        """Leave the cluster. What runs there ends by itself. Idempotent."""
        with contextlib.suppress(OSError, RuntimeError):
            self._client.close()


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


def was_lost(future: Future[Any]) -> bool:
    """Say whether a piece of work was lost with its worker."""
    return future.cancelled() or isinstance(future.exception(), KilledWorker)


__all__ = ["LOOK_SECONDS", "Cluster", "was_lost"]
