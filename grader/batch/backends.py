"""The kinds of workers there are: one entry in `BACKENDS` each.

A new kind is a module with a class that has the methods of :class:`Backend`, and one
line in `BACKENDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, TypeVar

from grader.execution.limits import Sandbox

T = TypeVar("T")
R = TypeVar("R")

Imports = tuple[str, ...]
"""The modules that an assignment imports, in the order of first use."""


@dataclass(frozen=True, slots=True)
class BackendOptions:
    """How workers are to be had.

    Attributes
    ----------
    workers : int or None
        Processes of this machine that grade at the same time; None for one per core.
    sandbox : str
        Which sandbox each worker must be able to build.
    scheduler : str or None
        Address of a Dask scheduler, or the path of its scheduler file.
    say : callable
        Told what a person should know of the workers.
    """

    workers: int | None = None
    sandbox: Sandbox = "bwrap"
    scheduler: str | None = None
    say: Callable[[str], None] = lambda _: None

    @property
    def backend(self) -> str:
        """The name of the backend that these options ask for."""
        return "local" if self.scheduler is None else "dask"


class Backend(Protocol):
    """Workers of one kind."""

    @property
    def workers(self) -> int:
        """How many submissions can be graded at the same time."""
        ...

    def prepare(self, imports: Collection[Imports]) -> None:
        """Have workers ready for assignments that import this.

        Called again when a worker's preparation may have been lost.
        """
        ...

    def fork_server(self, imports: Imports) -> str | None:
        """Return the address of a fork server; None if workers start their own."""
        ...

    def each(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        """Yield each piece and its future as it is done, in no set order.

        Pieces are taken from their source as workers become free. A future holds
        ``BrokenExecutor`` if two workers were lost with its piece.
        """
        ...

    def close(self) -> None:
        """Stop the workers, whatever they are doing. Idempotent."""
        ...


# By name, as module:class: a cluster's library is imported only where it is used.
BACKENDS = {
    "local": "grader.batch.local:LocalBackend",
    "dask": "grader.batch.dask_cluster:DaskBackend",
}


def open_backend(options: BackendOptions) -> Backend:
    """Return the workers that the options ask for; their user closes them.

    Raises
    ------
    SandboxError
        If no jail can be built on this machine, and its own processes would grade.
    """
    module, _, name = BACKENDS[options.backend].partition(":")
    kind: Any = getattr(import_module(module), name)
    backend: Backend = kind(options)
    return backend


__all__ = ["BACKENDS", "Backend", "BackendOptions", "Imports", "open_backend"]
