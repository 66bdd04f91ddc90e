"""Time limits that wait for a busy machine.

A limit in wall time is fair where code gets a processor whenever it wants one. On a
machine with more to do than it has processors the same answer takes several times as
long, and would lose its points to its neighbours. So a limit is put off by as long as
the code stood in line for a processor, which Linux counts for each thread (second
figure of ``/proc/PID/task/TID/schedstat``, nanoseconds; see the kernel's
Documentation/scheduler/sched-stats.rst).

Code that has had the processor for as long as the limit allows is out of time, however
long it waited: a fork bomb stands in its own way.
"""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# No limit is put off to more than so many times itself.
MOST = 4.0
# After this part of it a limit looks at its processes for the first time: what is
# over by then, as nearly all is, costs nothing.
FIRST_LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Usage:
    """What the scheduler has counted for some processes.

    Attributes
    ----------
    used : float
        Processor time of them and of their descendants, s.
    waits : mapping
        ``{process: {thread: s}}``: how long each thread stood in line.
    """

    used: float = 0.0
    waits: Mapping[int, Mapping[int, float]] = field(default_factory=dict)

    def waited_since(self, before: Usage) -> float:
        """Return for how long the processes had to wait, one after the other.

        Of each the thread that waited longest counts: its others may have waited
        at the same time. Processes are taken to work in turn, as a test and the
        student's function do that it calls.
        """
        return sum(
            max(
                (
                    waited - before.waits.get(process, {}).get(thread, 0.0)
                    for thread, waited in threads.items()
                ),
                default=0.0,
            )
            for process, threads in self.waits.items()
        )


def granted(seconds: float, used: float, waited: float) -> float:
    """Return how long code may take that is allowed `seconds`, by the clock.

    Parameters
    ----------
    seconds
        Its limit.
    used, waited
        For how long it had a processor so far, and wanted one in vain, s.
    """
    if used >= seconds:
        return seconds
    return min(seconds + waited, seconds * MOST)


class Deadline:
    """The end of a time limit for what some processes do.

    Parameters
    ----------
    seconds
        The limit; it begins now.
    processes
        Their process ids. With none, or where the system does not tell of them, it
        is a limit by the clock.

    Attributes
    ----------
    put_off : float
        By how much it has been put off so far, s.
    """

    def __init__(self, seconds: float, *processes: int) -> None:
        self.put_off = 0.0
        self._seconds = seconds
        self._processes = processes
        self._start = time.monotonic()
        self._before: Usage | None = None

    @property
    def end(self) -> float:
        """When time is up as far as known, by the monotonic clock."""
        return self._start + self._seconds + self.put_off

    def left(self) -> float:
        """Return after how many seconds to ask again; none are left if not positive."""
        now = time.monotonic()
        if self._before is None and self._processes:
            first = self._start + self._seconds * FIRST_LOOK - now
            if first > 0:
                return first
            self._before = usage(self._processes)
        if self._before is not None and now >= self.end:
            since = usage(self._processes)
            used = since.used - self._before.used
            waited = since.waited_since(self._before)
            self.put_off = granted(self._seconds, used, waited) - self._seconds
        return self.end - now


def await_data(connection: socket.socket, *deadlines: Deadline) -> None:
    """Wait until something can be read, or raise TimeoutError."""
    _await(connection, select.POLLIN, deadlines)


def await_room(connection: socket.socket, *deadlines: Deadline) -> None:
    """Wait until something can be written, or raise TimeoutError."""
    _await(connection, select.POLLOUT, deadlines)


def _await(
    connection: socket.socket, event: int, deadlines: Sequence[Deadline]
) -> None:
    poll = select.poll()
    poll.register(connection, event)
    while (left := min(each.left() for each in deadlines)) > 0:
        if poll.poll(left * 1000):
            return
    raise TimeoutError


def usage(processes: tuple[int, ...]) -> Usage:
    """Return what has been counted for `processes`; nothing for those that are gone."""
    seen = {process: _threads(process) for process in processes}
    used = sum(ran for threads in seen.values() for ran, _ in threads.values())
    used += sum(
        ran
        for descendant in _descendants(processes)
        for ran, _ in _threads(descendant).values()
    )
    waits = {
        process: {thread: waited for thread, (_, waited) in threads.items()}
        for process, threads in seen.items()
    }
    return Usage(used, waits)


def _threads(process: int) -> dict[int, tuple[float, float]]:
    """Return ``{thread: (ran, waited)}``, in seconds."""
    found = {}
    # A thread, or all of them, may end while this looks.
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(OSError, ValueError):
                ran, waited, _ = (task / "schedstat").read_text().split()
                found[int(task.name)] = int(ran) / 1e9, int(waited) / 1e9
    return found


def _descendants(processes: Iterable[int]) -> set[int]:
    found: set[int] = set()
    unseen = list(processes)
    while unseen:
        children = set(_children(unseen.pop())) - found
        found |= children
        unseen += children
    return found.difference(processes)


def _children(process: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(OSError):
                yield from map(int, (task / "children").read_text().split())


__all__ = [
    "MOST",
    "Deadline",
    "Usage",
    "await_data",
    "await_room",
    "granted",
    "usage",
]
