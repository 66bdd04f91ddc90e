"""Build the next jail, and remove the last one, while a submission is graded.

Both take time in which one processor mostly waits. No student code has run in a
jail that was built ahead; none runs while an earlier jail is still being removed.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from grader.errors import JailError
from grader.execution.fork_server import forks
from grader.execution.jail.jail import Jail, Jailer


class PrebuildingJailer(Jailer):
    """Builds jails that are alike, each before it is asked for.

    Its parameters are those of :class:`Jailer`.
    """

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        # A thread that stays: bubblewrap ends with the thread that started it.
        self._builder = ThreadPoolExecutor(1, "build-jails")
        self._clearer = ThreadPoolExecutor(1, "clear-jails")
        # A worker of a cluster may have several threads: no two get the same jail.
        self._lock = threading.Lock()
        self._next: Future[_Jail] | None = None
        self._cleared: list[Future[None]] = []

    def open(self, jupyter: bool = False) -> Jail:
        """Return the jail that was built ahead, and start to build the next one."""
        if jupyter:
            return super().open(jupyter)
        with self._lock:
            # Processes of the last one would count as this one's: they have one user.
            self._await_cleared()
            jail = self._built()
            self._next = self._builder.submit(_Jail, self)
        return jail

    def _built(self) -> _Jail:
        if self._next is not None:
            try:
                jail = self._next.result()
            except JailError:
                # Its reason may be gone; if it is not, the next attempt reports it.
                jail = None
            self._next = None
            if jail is not None and jail.alive():
                return jail
            if jail is not None:
                jail.kill()
                self._await_cleared()
        return self._builder.submit(_Jail, self).result()

    def clear(self, jail: _Jail) -> None:
        """Remove later what is left of a jail that has ended."""
        self._cleared.append(self._clearer.submit(jail.remove))

    def _await_cleared(self) -> None:
        while self._cleared:
            self._cleared.pop().result()

    def close(self) -> None:
        """Remove unused jails and release the user namespace."""
        if self._next is not None:
            wait([self._next])
            if self._next.exception() is None:
                self._next.result().kill()
            self._next = None
        self._await_cleared()
        self._builder.shutdown()
        self._clearer.shutdown()
        super().close()


class _Jail(Jail):
    """A jail that a thread of its jailer removes."""

    def __init__(self, jailer: PrebuildingJailer) -> None:
        self._jailer = jailer
        self._ended = False
        super().__init__(jailer)

    def kill(self) -> None:
        """End every process in the jail; what it held is removed later."""
        if not self._ended:
            self._ended = True
            if self._place >= 0:
                forks.kill(self._place)
            self._jailer.clear(self)

    def remove(self) -> None:
        """Remove what is left."""
        super().kill()


__all__ = ["PrebuildingJailer"]
