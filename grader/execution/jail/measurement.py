"""Measure what the processes of a jail without namespaces hold together."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from grader.execution.jail import proc, process_tree
from grader.execution.jail.scratch import Scratch, used
from grader.execution.jail.spare_users import SpareUser
from grader.execution.limits import MIB, Limits

Exceeded = Literal["", "memory_mb", "disk_mb", "processes"]

# The shortest time between two looks at mapped files, which take longer.
MAPS_SECONDS = 0.5
# For the tables and sockets of the system's kernel, as in cgroup.py.
EXTRA_BYTES = 256 * MIB
# All files together may be as large as in a jail with namespaces: that one has three
# folders of `disk_mb`.
FOLDERS = 3


@dataclass
class Measurement:
    """Measures the memory and the files of one jail.

    It can take many seconds where a process forks without end: the system lets nobody
    read what such a process has mapped. So the warden measures in a thread.

    Parameters
    ----------
    process
        The process id of the jail's kernel.
    limits
        The jail's limits.
    scratch
        The jail's folder.
    user
        The jail's own user; None where an ordinary user grades.
    held
        How much memory the kernel used when it was forked, in bytes.

    Attributes
    ----------
    unwanted : threading.Event
        Set when the jail ends. Then nothing more is measured.
    """

    process: int
    limits: Limits
    scratch: Scratch
    user: SpareUser | None
    held: int

    def __post_init__(self) -> None:
        self.unwanted = threading.Event()
        self._unreadable: frozenset[int] = frozenset()
        # The processor time that the kernel had used when the jail was measured last;
        # None if the jail had other processes, too.
        self._measured_at: int | None = None
        # When mapped files must be looked at, and whether that has been done since.
        self._maps_at = time.monotonic() + MAPS_SECONDS
        self._maps_seen = False

    def exceeded(self) -> Exceeded:
        """Return the limit that the jail exceeds with what it holds; empty if none."""
        worked = processor_time(self.process)
        if worked is not None and self._holds_the_same(worked):
            return ""
        # No more are measured than it may have: the warden ends a jail with more.
        enough = int(self.limits.processes) + 1
        counts = process_tree.thread_counts(os.getpid(), enough)
        self._measured_at = worked if len(counts) == 1 else None
        if self._exceeds_memory(counts):
            return "memory_mb"
        return "disk_mb" if self._exceeds_disk(counts) else ""

    def _holds_the_same(self, worked: int) -> bool:
        """Return whether the jail holds what it held when it was measured last.

        That is so if the kernel was its only process then, and has not run since.

        Parameters
        ----------
        worked
            The processor time that the kernel has used until now, in ns.
        """
        measured = self._maps_seen or time.monotonic() < self._maps_at
        return worked == self._measured_at and measured and not self._unreadable

    def _while_wanted(self, processes: Iterable[int]) -> Iterator[int]:
        """Yield processes until the jail ends, because measuring many takes long."""
        for process in processes:
            if self.unwanted.is_set():
                return
            yield process

    def _exceeds_memory(self, processes: Iterable[int]) -> bool:
        most = self.held + self.limits.memory_mb * MIB + EXTRA_BYTES
        if process_tree.touched(self._while_wanted(processes)) <= most:
            return False
        if process_tree.resident(self._while_wanted(processes)) <= most:
            return False
        with self._acting():
            return process_tree.proportional(self._while_wanted(processes)) > most

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
            some = self._while_wanted(processes)
            found = process_tree.deleted_files(some, most, maps=self._maps_seen)
        # A process that cannot be read two times in a row hides something.
        hides = bool(found.unreadable & self._unreadable)
        self._unreadable = found.unreadable
        return hides or sum(listed) + found.size > FOLDERS * most

    def _acting(self) -> contextlib.AbstractContextManager[None]:
        """Act as the jail's user: in a container root cannot read its processes."""
        return self.user.acting() if self.user else contextlib.nullcontext()


def processor_time(process: int) -> int | None:
    """Return the processor time that a process has used, in ns; None if not known."""
    with contextlib.suppress(OSError):
        return proc.processor_time(process)
    return None


__all__ = ["Exceeded", "Measurement", "processor_time"]
