"""The process beside a jail without namespaces: it measures the jail, and ends it.

It runs no student code and is the parent of everything in the jail: a process whose
parent ends becomes its child. It ends the jail when the grader asks for it, when the
grader's process or the jail's kernel has ended, and when the jail holds more than its
limits allow. It slows a jail down that has many processes. It ends itself when no
process of the jail is left.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from grader.execution.jail import proc, process_tree
from grader.execution.jail.head_count import MANY, HeadCount
from grader.execution.jail.scratch import Scratch, used
from grader.execution.jail.spare_users import SpareUser
from grader.execution.limits import MIB, Limits

Exceeded = Literal["", "memory_mb", "disk_mb", "processes"]

# The shortest time between two measurements. It waits for longer where measuring takes
# long: for ten times as long as the last one took.
SECONDS = 0.05
SHARE = 10
# Between two looks whether the fork server has ended, while a jail is not used yet.
UNUSED_SECONDS = 1.0
# So many processes are measured between two looks whether the jail must end.
FEW = 8
# The shortest time between two looks at mapped files, which take longer.
MAPS_SECONDS = 0.5
# For the tables and sockets of the system's kernel, as in cgroup.py.
EXTRA_BYTES = 256 * MIB
# All files together may be as large as in a jail with namespaces: that one has three
# folders of `disk_mb`.
FOLDERS = 3
# How long it waits before it kills the processes of a jail's own user once more.
TRY_SECONDS = 5.0
# How long processes that were killed may take to end, before it looks for them.
KILLED_SECONDS = 0.1
# How long it tries to end processes that fork without end, before it gives up.
END_SECONDS = 60.0


@dataclass
class Warden:
    """Watches one jail.

    Parameters
    ----------
    control
        The grader sends a message on it before it sends any code to the jail; nothing
        is measured until then. When its other end is closed, the jail is ended. The
        limit that a jail has exceeded is sent on it.
    kernel
        A pidfd of the jail's kernel.
    process
        The kernel's process id.
    limits
        The jail's limits.
    scratch
        The jail's folder.
    user
        The jail's own user; None where an ordinary user grades.
    held
        How much memory the kernel used when it was forked, in bytes.
    """

    control: socket.socket
    kernel: int
    process: int
    limits: Limits
    scratch: Scratch
    user: SpareUser | None
    held: int

    def __post_init__(self) -> None:
        self._parent = os.getppid()
        self._unreadable: frozenset[int] = frozenset()
        # The processor time that the kernel had used when the jail was measured last;
        # None if it was not alone.
        self._measured_at: int | None = None
        # When mapped files must be looked at, and whether that has been done since.
        self._maps_at = time.monotonic() + MAPS_SECONDS
        self._maps_seen = False
        # The processes of a jail with many that were slowed down.
        self._slowed_down: set[int] = set()

    def watch(self) -> None:
        """Watch the jail until it ends; then end its processes and remove its folder.

        If watching fails, the jail is ended, too.
        """
        try:
            if self._is_used():
                with self._counting():
                    limit = self._measure_until_end()
                if limit:
                    self._report(limit)
        finally:
            self.end()

    def _is_used(self) -> bool:
        """Wait until the jail is used; return False if it must end before.

        Until its kernel has given up its privileges it cannot be read, as if it hid
        something.
        """
        while self._may_go_on(UNUSED_SECONDS):
            pass
        with contextlib.suppress(BlockingIOError):
            return self.control.recv(1, socket.MSG_DONTWAIT) != b""
        return False

    def _measure_until_end(self) -> Exceeded:
        """Measure the jail until it must end; return the limit that it exceeds."""
        pause = SECONDS
        limit: Exceeded = ""
        while not limit and self._may_go_on(pause):
            start = time.thread_time()
            # First: a process that has ended counts until its parent collects it.
            process_tree.reap()
            limit = self._exceeded()
            pause = max(SECONDS, SHARE * (time.thread_time() - start))
        return limit

    def _may_go_on(self, seconds: float) -> bool:
        """Wait for some time; return whether the jail need not end.

        It must end when the grader asks for it, or grader or kernel have ended.
        """
        ready, _, _ = select.select(
            [self.control.fileno(), self.kernel], [], [], seconds
        )
        return not ready and os.getppid() == self._parent

    def _while_allowed(self, processes: Iterable[int]) -> Iterator[int]:
        """Yield processes until the jail must end: to measure many takes long."""
        for count, process in enumerate(processes, start=1):
            if count % FEW == 0 and not self._may_go_on(0):
                return
            yield process

    def _exceeded(self) -> Exceeded:
        """Return the limit that the jail as a whole exceeds; empty if none."""
        worked = self._processor_time()
        if worked is not None and self._holds_the_same(worked):
            return ""
        counts = process_tree.thread_counts(os.getpid())
        self._measured_at = worked if len(counts) == 1 else None
        threads = sum(counts.values())
        if threads > self.limits.processes:
            return "processes"
        if self.user is not None and threads > MANY * self.limits.processes:
            self._slow_down(counts)
        if self._exceeds_memory(counts):
            return "memory_mb"
        return "disk_mb" if self._exceeds_disk(counts) else ""

    def _slow_down(self, counts: dict[int, int]) -> None:
        """Give a jail that has many processes the lowest priority.

        New processes are looked for until there are none.
        """
        new = counts.keys() - self._slowed_down
        while new and self._may_go_on(0):
            with self._acting():
                process_tree.slow_down(new)
            self._slowed_down |= new
            counts = process_tree.thread_counts(os.getpid())
            new = counts.keys() - self._slowed_down

    def _counting(self) -> contextlib.AbstractContextManager[None]:
        """Count processes in a thread where the system does not count each jail's."""
        if self.user is not None:
            return contextlib.nullcontext()
        return HeadCount(self.process, self.limits, lambda: self._report("processes"))

    def _processor_time(self) -> int | None:
        """Return the processor time that the kernel has used; None if not known."""
        with contextlib.suppress(OSError):
            return proc.processor_time(self.process)
        return None

    def _holds_the_same(self, worked: int) -> bool:
        """Return whether the jail holds what it held when it was measured last.

        So it does if its kernel was alone then and has not run since.

        Parameters
        ----------
        worked
            The processor time that the kernel has used until now, in ns.
        """
        measured = self._maps_seen or time.monotonic() < self._maps_at
        return worked == self._measured_at and measured and not self._unreadable

    def _exceeds_memory(self, processes: Iterable[int]) -> bool:
        most = self.held + self.limits.memory_mb * MIB + EXTRA_BYTES
        if process_tree.touched(self._while_allowed(processes)) <= most:
            return False
        if process_tree.resident(self._while_allowed(processes)) <= most:
            return False
        with self._acting():
            return process_tree.proportional(self._while_allowed(processes)) > most

    def _exceeds_disk(self, processes: Iterable[int]) -> bool:
        most = int(self.limits.disk_mb * MIB)
        try:
            listed = [used(folder) for folder in self.scratch.writable]
        except OSError:
            return True  # files that cannot be counted are too many
        self._maps_seen = time.monotonic() >= self._maps_at
        if self._maps_seen:
            self._maps_at = time.monotonic() + MAPS_SECONDS
        with self._acting():
            some = self._while_allowed(processes)
            found = process_tree.deleted_files(some, most, maps=self._maps_seen)
        # One that cannot be read two times in a row hides something.
        hides = bool(found.unreadable & self._unreadable)
        self._unreadable = found.unreadable
        return hides or sum(listed) + found.size > FOLDERS * most

    def _acting(self) -> contextlib.AbstractContextManager[None]:
        """Act as the jail's user: in a container root cannot read its processes."""
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
                else:
                    process_tree.signal_group(self.process, signal.SIGKILL)
                ended = process_tree.all_end_within(KILLED_SECONDS)
                ended = ended or process_tree.end_descendants(TRY_SECONDS)
        self.scratch.remove()

    def _report(self, limit: str) -> None:
        with contextlib.suppress(OSError):
            message = json.dumps({"over": limit}).encode()
            self.control.send(message, socket.MSG_DONTWAIT)


__all__ = ["Warden"]
