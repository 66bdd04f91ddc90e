"""The process beside a jail without namespaces: it counts, and it ends the jail.

It runs no student code and is the parent of everything in the jail: a process whose
parent ends becomes its child. It ends the jail when it is told so, when the process
that could tell it has ended, when the jail's kernel has ended, and when the jail holds
more than its limits allow. It ends itself when no process of the jail is left.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from grader.execution.jail import process_tree
from grader.execution.jail.scratch import Scratch, used
from grader.execution.jail.spare_users import SpareUser
from grader.execution.limits import MIB, Limits

Over = Literal["", "memory_mb", "disk_mb", "processes"]

# How often it counts. Counting takes no more than a tenth of the time.
SECONDS = 0.05
SHARE = 10
# Maps of memory are read so often only.
MAPS_SECONDS = 0.5
# For the tables and sockets of the system's kernel, as in cgroup.py.
EXTRA_BYTES = 256 * MIB
# So much may a jail with namespaces write, which has three folders of this size.
FOLDERS = 3
# Before it kills the processes of a jail's own user once more.
TRY_SECONDS = 5.0
# How long it tries to end processes that fork without end, before it gives up.
END_SECONDS = 60.0


@dataclass
class Warden:
    """Watches one jail.

    Parameters
    ----------
    control
        Ends the jail when it is closed at the other end; takes what was over a limit.
    kernel
        A pidfd of the jail's kernel.
    limits
        Of the jail.
    scratch
        Its folder.
    user
        Its own user, where root grades.
    held
        Memory that its kernel used when it was forked, in bytes.
    """

    control: socket.socket
    kernel: int
    limits: Limits
    scratch: Scratch
    user: SpareUser | None
    held: int

    def __post_init__(self) -> None:
        self._parent = os.getppid()
        self._maps_at = 0.0
        self._unreadable: frozenset[int] = frozenset()

    def watch(self) -> None:
        """Watch the jail until it ends, then end what is left of it and its folder.

        What cannot be watched any more is ended, too.
        """
        try:
            if over := self._watch():
                self._report(over)
        finally:
            self.end()

    def _watch(self) -> Over:
        """Watch the jail until it is to end; return the limit that it is over."""
        pause = SECONDS
        over: Over = ""
        while not over and self._goes_on(pause):
            start = time.process_time()
            over = self._over()
            process_tree.reap()
            pause = max(SECONDS, SHARE * (time.process_time() - start))
        return over

    def _goes_on(self, seconds: float) -> bool:
        """Wait, and say whether there is nobody and nothing that ends the jail."""
        ready, _, _ = select.select(
            [self.control.fileno(), self.kernel], [], [], seconds
        )
        return not ready and os.getppid() == self._parent

    def _until_told(self, processes: Iterable[int]) -> Iterator[int]:
        """Yield processes until the jail is to end: among many, each takes long."""
        for process in processes:
            if not self._goes_on(0):
                return
            yield process

    def _over(self) -> Over:
        """Return the limit that the jail as a whole is over; empty if none."""
        processes = process_tree.below(os.getpid())
        if process_tree.threads(processes) > self.limits.processes:
            return "processes"
        if self._memory_is_over(processes):
            return "memory_mb"
        return "disk_mb" if self._disk_is_over(processes) else ""

    def _memory_is_over(self, processes: set[int]) -> bool:
        most = self.held + self.limits.memory_mb * MIB + EXTRA_BYTES
        if process_tree.resident(self._until_told(processes)) <= most:
            return False
        with self._acting():
            return process_tree.proportional(self._until_told(processes)) > most

    def _disk_is_over(self, processes: set[int]) -> bool:
        most = int(self.limits.disk_mb * MIB)
        try:
            listed = [used(folder) for folder in self.scratch.writable]
        except OSError:
            return True  # what cannot be counted is too much
        maps = time.monotonic() - self._maps_at >= MAPS_SECONDS
        if maps:
            self._maps_at = time.monotonic()
        with self._acting():
            some = self._until_told(processes)
            found = process_tree.unlisted(some, most, maps=maps)
        # A process that ends cannot be read for a moment, one that hides, for longer.
        hides = bool(found.unreadable & self._unreadable)
        self._unreadable = found.unreadable
        return hides or sum(listed) + found.size > FOLDERS * most

    def _acting(self) -> contextlib.AbstractContextManager[None]:
        """Act as the jail's user: root may not read its processes in a container."""
        return self.user.acting() if self.user else contextlib.nullcontext()

    def end(self) -> None:
        """End all processes of the jail, and remove its folder."""
        end = time.monotonic() + END_SECONDS
        ended = False
        while not ended and time.monotonic() < end:
            # Where everything is used up, a call may fail; it is tried again.
            with contextlib.suppress(OSError):
                if self.user is not None:
                    self.user.kill_all()
                ended = process_tree.end_children(TRY_SECONDS)
        self.scratch.remove()

    def _report(self, limit: str) -> None:
        with contextlib.suppress(OSError):
            message = json.dumps({"over": limit}).encode()
            self.control.send(message, socket.MSG_DONTWAIT)


__all__ = ["Warden"]
