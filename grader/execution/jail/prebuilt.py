"""Build the next jail, and remove the last one, while a submission is graded.

Both take time in which a processor mostly waits. No student code has ever run in a jail
that is built in advance, and none runs until the earlier jail is removed.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from grader.errors import JailError
from grader.execution.jail.confined import ConfinedJailer
from grader.execution.jail.jail import Jail, Jailer


class PrebuildingJailer(Jailer):
    """Builds jails of one kind, each of them before it is needed.

    Its parameters are those of :class:`Jailer`.
    """

    builds_ahead = True

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        # One thread for all jails: bubblewrap ends with the thread that started it.
        self._builder = ThreadPoolExecutor(1, "build-jails")
        self._remover = ThreadPoolExecutor(1, "remove-jails")
        # A worker of a cluster may have several threads: no two get the same jail.
        self._lock = threading.Lock()
        self._next: Future[Jail] | None = None
        self._removals: list[Future[None]] = []

    def open(self, jupyter: bool = False) -> Jail:
        """Return the jail that was built in advance, and begin to build the next one.

        Parameters
        ----------
        jupyter
            As for :meth:`Jailer.open`; jails for Jupyter are built when needed.
        """
        jail = super().open(jupyter) if jupyter else self._open_next()
        jail.begin_use()
        return jail

    def _open_next(self) -> Jail:
        with self._lock:
            # Jails may have the same user, so that processes of the last one would
            # count towards the limit of this one.
            self._await_removals()
            jail = self._take_built()
            self._next = self._builder.submit(super().open)
        return jail

    def _take_built(self) -> Jail:
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
        return self._builder.submit(super().open).result()

    def remove(self, jail: Jail) -> None:
        """Have another thread remove a jail, whose processes are being ended."""
        self._removals.append(self._remover.submit(super().remove, jail))

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


class PrebuildingConfinedJailer(PrebuildingJailer, ConfinedJailer):
    """Builds jails without namespaces, each of them before it is needed.

    Its parameters are those of :class:`Jailer`.
    """


__all__ = ["PrebuildingConfinedJailer", "PrebuildingJailer"]
