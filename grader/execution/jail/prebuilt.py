"""Build the next jail, and remove the last one, while a submission is graded.

Both take time in which a processor mostly waits. No student code has ever run in a jail
that is built in advance, and none runs until the earlier jail is removed.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from grader.errors import JailError
from grader.execution.fork_server import forks
from grader.execution.jail.jail import Jail, Jailer


class PrebuildingJailer(Jailer):
    """Builds jails of one kind, each of them before it is needed.

    Its parameters are those of :class:`Jailer`.
    """

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        # One thread for all jails: bubblewrap ends with the thread that started it.
        self._builder = ThreadPoolExecutor(1, "build-jails")
        self._remover = ThreadPoolExecutor(1, "remove-jails")
        # A worker of a cluster may have several threads: no two get the same jail.
        self._lock = threading.Lock()
        self._next: Future[_PrebuiltJail] | None = None
        self._removals: list[Future[None]] = []

    def open(self, jupyter: bool = False) -> Jail:
        """Return the jail that was built in advance, and begin to build the next one.

        Parameters
        ----------
        jupyter
            As for :meth:`Jailer.open`; jails for Jupyter are built when needed.
        """
        if jupyter:
            return super().open(jupyter)
        with self._lock:
            # All jails have the same user, so that processes of the last one would
            # count towards the limit of this one.
            self._await_removals()
            jail = self._take_built()
            self._next = self._builder.submit(_PrebuiltJail, self)
        return jail

    def _take_built(self) -> _PrebuiltJail:
        """Return the jail that was built in advance; build one if that failed."""
        if self._next is not None:
            try:
                jail = self._next.result()
            except JailError:
                # It may work now; if it does not, the next attempt raises the reason.
                jail = None
            self._next = None
            if jail is not None and jail.alive():
                return jail
            if jail is not None:
                jail.kill()
                self._await_removals()
        return self._builder.submit(_PrebuiltJail, self).result()

    def remove_later(self, jail: _PrebuiltJail) -> None:
        """Have another thread remove what is left of a jail that has ended."""
        self._removals.append(self._remover.submit(jail.remove))

    def _await_removals(self) -> None:
        while self._removals:
            self._removals.pop().result()

    def close(self) -> None:
        """Remove unused jails and release the user namespace."""
        if self._next is not None:
            wait([self._next])
            if self._next.exception() is None:
                self._next.result().kill()
            self._next = None
        self._await_removals()
        self._builder.shutdown()
        self._remover.shutdown()
        super().close()


class _PrebuiltJail(Jail):
    """A jail that is removed by a thread of its jailer."""

    def __init__(self, jailer: PrebuildingJailer) -> None:
        self._jailer = jailer
        self._ended = False
        super().__init__(jailer)

    def kill(self) -> None:
        """End every process in the jail; the jail itself is removed later."""
        if not self._ended:
            self._ended = True
            if self._entrance >= 0:
                forks.kill(self._entrance)
            self._jailer.remove_later(self)

    def remove(self) -> None:
        """Remove what is left of the jail."""
        super().kill()


__all__ = ["PrebuildingJailer"]
