"""Time limits that are extended while the machine is busy.

A limit in wall time is fair as long as code gets a processor whenever it needs one. On
a machine with more running threads than processors, the same answer takes several times
as long, and would fail because of what else runs there. So a limit is extended by the
time for which the code waited for a processor. Linux counts it for each thread: the
second number in ``/proc/PID/task/TID/schedstat``, in nanoseconds (see the kernel's
Documentation/scheduler/sched-stats.rst).

Code that delays itself gets no extra time: neither code that has used as much processor
time as the limit allows, which includes code with many busy threads, nor code that
starts processes.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# A limit is extended to this many times its length at most.
MAX_FACTOR = 4.0
# The processes are first read after this part of the limit. Nearly all cells have ended
# by then, and cost nothing.
FIRST_READING = 0.1
# Reading the processes is given up after this time: the system is too slow to answer.
READING_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Usage:
    """What the kernel's scheduler has counted for some processes.

    Attributes
    ----------
    used : float
        Processor time of all of them together, s.
    waits : mapping
        ``{process: {thread: s}}``: for how long each thread waited for a processor.
    """

    used: float = 0.0
    waits: Mapping[int, Mapping[int, float]] = field(default_factory=dict)

    def waited_since(self, before: Usage) -> float:
        """Return for how long the processes have waited since an earlier reading, s.

        For each process the thread that waited longest counts, because its threads may
        have waited at the same time. The times of the processes are added up, because
        they work in turn: a test waits while the student's function runs.

        Parameters
        ----------
        before
            The earlier reading.
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


def extended(seconds: float, used: float, waited: float) -> float:
    """Return a time limit, extended by the time for which code had to wait.

    Parameters
    ----------
    seconds
        The limit without extension.
    used
        Processor time of the code so far, s.
    waited
        For how long it waited for a processor so far, s.
    """
    if used >= seconds:
        return seconds
    return min(seconds + waited, seconds * MAX_FACTOR)


class Deadline:
    """The end of a time limit for some processes.

    Parameters
    ----------
    seconds
        The limit; it begins now.
    processes
        The process ids of the code that is limited. Without any, or where the system
        does not report on them, the limit is never extended.

    Attributes
    ----------
    extension : float
        By how much the limit has been extended so far, s.
    """

    def __init__(self, seconds: float, *processes: int) -> None:
        self.extension = 0.0
        self._seconds = seconds
        self._processes = processes
        self._start = time.monotonic()
        self._before: Usage | None = None
        self._fixed = not processes

    @property
    def end(self) -> float:
        """When time is up, as far as is known now, by the monotonic clock."""
        return self._start + self._seconds + self.extension

    def left(self) -> float:
        """Return the seconds until the next check; zero or less means time is up."""
        now = time.monotonic()
        first_reading = self._start + self._seconds * FIRST_READING
        if not self._fixed and now < first_reading:
            return first_reading - now
        if not self._fixed and (self._before is None or now >= self.end):
            self._update()
        return self.end - now

    def _update(self) -> None:
        """Read what the scheduler has counted, and extend the limit accordingly."""
        current = usage(self._processes)
        if current is None:
            self._fixed = True
        elif self._before is None:
            self._before = current
        else:
            used = current.used - self._before.used
            waited = current.waited_since(self._before)
            self.extension = extended(self._seconds, used, waited) - self._seconds


def await_data(connection: socket.socket, *deadlines: Deadline) -> None:
    """Wait until a socket has data to read.

    Parameters
    ----------
    connection
        The socket.
    deadlines
        Until when to wait: the first of them counts.

    Raises
    ------
    TimeoutError
        If there is none by then.
    """
    _await(connection, select.POLLIN, deadlines)


def await_room(connection: socket.socket, *deadlines: Deadline) -> None:
    """Wait until a socket takes data to send.

    Parameters
    ----------
    connection, deadlines
        As for :func:`await_data`.

    Raises
    ------
    TimeoutError
        If it takes none by then.
    """
    _await(connection, select.POLLOUT, deadlines)


def _await(
    connection: socket.socket, event: int, deadlines: Sequence[Deadline]
) -> None:
    poll = select.poll()
    poll.register(connection, event)
    while (left := min(deadline.left() for deadline in deadlines)) > 0:
        if poll.poll(left * 1000):
            return
    raise TimeoutError


def usage(processes: Iterable[int]) -> Usage | None:
    """Return what the scheduler has counted for some processes.

    Returns
    -------
    Usage or None
        Without the processes that have ended. None if one of them has started another,
        or if reading takes too long.
    """
    end = time.monotonic() + READING_SECONDS
    used = 0.0
    waits: dict[int, dict[int, float]] = {}
    for process in processes:
        waits[process] = {}
        for task in _tasks(process):
            if _has_children(task) or time.monotonic() > end:
                return None
            ran, waited = _times(task)
            used += ran
            waits[process][int(task.name)] = waited
    return Usage(used, waits)


# These three allow for threads that end while they are being read.


def _tasks(process: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return []


def _has_children(task: Path) -> bool:
    try:
        # One byte, unbuffered: listing all children of a fork bomb takes seconds.
        with (task / "children").open("rb", buffering=0) as file:
            return bool(file.read(1))
    except OSError:
        return False


def _times(task: Path) -> tuple[float, float]:
    """Return for how long a thread ran and waited, s."""
    try:
        ran, waited, _ = (task / "schedstat").read_text().split()
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(ran) / 1e9, int(waited) / 1e9


__all__ = [
    "MAX_FACTOR",
    "Deadline",
    "Usage",
    "await_data",
    "await_room",
    "extended",
    "usage",
]
