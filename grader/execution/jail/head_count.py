"""Keeps the processes of a jail within their limit where an ordinary user grades.

The system counts all processes of a user together, so a fork bomb in one jail would
keep the others from starting any. Where each jail has a user of its own, the system
itself keeps the limit.

The processes of the jail cannot leave their process group, see
:mod:`~grader.execution.jail.refused_calls`. A signal that kills a group reaches all of
its processes, and the system lets none of them fork meanwhile. So a bomb ends at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from grader.execution.jail import proc, process_tree
from grader.execution.limits import Limits

# The shortest time between two counts. It waits for longer where counting takes long:
# for ten times as long as the last count took.
SECONDS = 0.05
SHARE = 10
# With more threads than this share of its limit, a jail only gets processor time that
# nothing else wants, so that a fork bomb does not delay other students' answers.
MANY = 1 / 4


@dataclass
class HeadCount:
    """Counts the processes of a jail in a thread, as a context manager.

    Its process must be the warden's. The warden itself may wait for seconds where a
    process forks without end: what such a process maps cannot be read meanwhile.

    Parameters
    ----------
    process
        The process id of the jail's kernel, which is also its process group.
    limits
        The jail's limits.
    exceeded
        Called when the jail has more processes and threads than it may. Then all of
        its processes are killed.
    """

    process: int
    limits: Limits
    exceeded: Callable[[], None]

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._count_until_stopped, daemon=True)
        self._slowed_down: set[int] = set()
        # The processor time that the kernel had used when it was counted last; None if
        # it was not alone.
        self._counted_at: int | None = None

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _count_until_stopped(self) -> None:
        """Count until it is told to stop. If counting fails, the jail is ended."""
        pause = SECONDS
        try:
            while not self._stop.wait(pause):
                start = time.thread_time()
                if self._count() > self.limits.processes:
                    self.exceeded()
                    break
                pause = max(SECONDS, SHARE * (time.thread_time() - start))
        finally:
            if not self._stop.is_set():
                process_tree.signal_group(self.process, signal.SIGKILL)

    def _count(self) -> int:
        """Return how many threads the jail has; slow it down if it has many.

        0 is returned if that cannot have changed since the last time.
        """
        worked = self._processor_time()
        if worked is not None and worked == self._counted_at:
            return 0
        # While they are forked, there may be more each time that one looks.
        enough = int(self.limits.processes) + 1
        counts = process_tree.thread_counts(os.getpid(), enough)
        self._counted_at = worked if len(counts) == 1 else None
        threads = sum(counts.values())
        if MANY * self.limits.processes < threads <= self.limits.processes:
            process_tree.slow_down(counts.keys() - self._slowed_down)
            self._slowed_down |= counts.keys()
        return threads

    def _processor_time(self) -> int | None:
        """Return the processor time that the kernel has used; None if not known."""
        with contextlib.suppress(OSError):
            return proc.processor_time(self.process)
        return None


__all__ = ["MANY", "HeadCount"]
