"""The kinds of workers that can grade: one entry in `BACKENDS` for each.

A new kind needs a module with a class that has the methods of :class:`Backend`, and one
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
    """How many workers to use, and where.

    Attributes
    ----------
    workers : int or None
        How many processes of this machine grade at the same time; None for one per
        core.
    sandbox : str
        The weakest level of jails that each worker must be able to build.
    scheduler : str or None
        Address of a Dask scheduler, or the path of its scheduler file.
    notify : callable
        Called with messages about the workers that a person should read.
    """

    workers: int | None = None
    sandbox: Sandbox = "auto"
    scheduler: str | None = None
    notify: Callable[[str], None] = lambda _: None

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
        """Get workers ready for assignments with these imports.

        It is called again when a worker may have been lost.
        """
        ...

    def fork_server(self, imports: Imports) -> str | None:
        """Return the address of a fork server; None if workers start their own."""
        ...

    def as_completed(
        self, work: Callable[[T], R], pieces: Iterable[T]
    ) -> Iterator[tuple[T, Future[R]]]:
        """Do pieces of work, and yield each of them with its future when it is done.

        The order in which they are done is not defined.

        Parameters
        ----------
        work
            Run by a worker for each piece.
        pieces
            Its arguments. They are read one by one, when workers become free.

        Yields
        ------
        tuple of a piece and a Future
            The future holds the result, or ``BrokenExecutor`` if two workers were lost
            while they did this piece.
        """
        ...

    def close(self) -> None:
        """Stop the workers, whatever they are doing. Idempotent."""
        ...


# By name, as module:class: a cluster's library is imported only where it is used.
BACKENDS = {
    "local": "grader.batch.local:LocalBackend",
    "dask": "grader.batch.dask_backend:DaskBackend",
}


def open_backend(options: BackendOptions) -> Backend:
    """Return the workers that the options ask for. The caller closes them.

    Raises
    ------
    SandboxError
        If processes of this machine are to grade, and it cannot build jails.
    """
    module, _, name = BACKENDS[options.backend].partition(":")
    kind: Any = getattr(import_module(module), name)
    backend: Backend = kind(options)
    return backend


__all__ = ["BACKENDS", "Backend", "BackendOptions", "Imports", "open_backend"]
