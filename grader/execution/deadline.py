"""Time limits that are extended while the machine is busy.

A limit in wall time is fair where code gets a processor whenever it wants one. On a
machine with more to do than it has processors the same answer takes several times as
long, and would lose its points to its neighbours. So a limit is extended by as long as
the code waited for a processor, which Linux counts for each thread (second
figure of ``/proc/PID/task/TID/schedstat``, nanoseconds; see the kernel's
Documentation/scheduler/sched-stats.rst).

Code that delays itself gets no extra time: neither code that has had a processor for
as long as the limit allows, as many threads have, nor code that starts processes.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# No limit is extended to more than this many times itself.
MOST = 4.0
# After this part of it a limit looks at its processes for the first time: what is
# over by then, as nearly all is, costs nothing.
FIRST_LOOK = 0.1
# A look that takes longer is given up: something keeps the system from answering.
LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Usage:
    """What the scheduler has counted for some processes.

    Attributes
    ----------
    used : float
        Processor time of them all, s.
    waits : mapping
        ``{process: {thread: s}}``: how long each thread waited for a processor.
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
        For how long it had a processor so far, and waited for one, s.
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
        By how much it has been extended so far, s.
    """

    def __init__(self, seconds: float, *processes: int) -> None:
        self.put_off = 0.0
        self._seconds = seconds
        self._processes = processes
        self._start = time.monotonic()
        self._before: Usage | None = None
        self._fixed = not processes

    @property
    def end(self) -> float:
        """When time is up as far as known, by the monotonic clock."""
        return self._start + self._seconds + self.put_off

    def left(self) -> float:
        """Return the seconds until the next check; zero or less means time is up."""
        now = time.monotonic()
        first_look = self._start + self._seconds * FIRST_LOOK
        if not self._fixed and now < first_look:
            return first_look - now
        if not self._fixed and (self._before is None or now >= self.end):
            self._look()
        return self.end - now

    def _look(self) -> None:
        found = usage(self._processes)
        if found is None:
            self._fixed = True
        elif self._before is None:
            self._before = found
        else:
            used = found.used - self._before.used
            waited = found.waited_since(self._before)
            self.put_off = granted(self._seconds, used, waited) - self._seconds


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


def usage(processes: Iterable[int]) -> Usage | None:
    """Return what has been counted for `processes`; nothing for those that are gone.

    None if they have started others, or if to find out takes too long.
    """
    end = time.monotonic() + LOOK_SECONDS
    used = 0.0
    waits: dict[int, dict[int, float]] = {}
    for process in processes:
        waits[process] = {}
        for task in _tasks(process):
            if _has_children(task) or time.monotonic() > end:
                return None
            ran, waited = _counted(task)
            used += ran
            waits[process][int(task.name)] = waited
    return Usage(used, waits)


# A thread, or all of them, may end while these look.


def _tasks(process: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return []


def _has_children(task: Path) -> bool:
    try:
        # Unbuffered, one byte: all children of a fork bomb would take seconds to list.
        with (task / "children").open("rb", buffering=0) as file:
            return bool(file.read(1))
    except OSError:
        return False


def _counted(task: Path) -> tuple[float, float]:
    """Return for how long a thread ran and waited, in seconds."""
    try:
        ran, waited, _ = (task / "schedstat").read_text().split()
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(ran) / 1e9, int(waited) / 1e9


__all__ = [
    "MOST",
    "Deadline",
    "Usage",
    "await_data",
    "await_room",
    "granted",
    "usage",
]
