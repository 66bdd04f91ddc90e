"""Grade on the workers of a Dask cluster.

Importing this module imports ``distributed``: do that only where a cluster is used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from grader.batch import dask_pieces, tasks, versions
from grader.batch.backends import BackendOptions, Imports
from grader.batch.dask_cluster import Cluster

T = TypeVar("T")
R = TypeVar("R")


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
        return dask_pieces.as_completed(self._cluster, work, pieces)

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


__all__ = ["DaskBackend"]
