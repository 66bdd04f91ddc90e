"""The process beside a jail without namespaces: it watches the jail, and ends it.

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
import threading
import time
from dataclasses import dataclass

from grader.execution.jail import process_tree
from grader.execution.jail.measurement import Exceeded, Measurement, processor_time
from grader.execution.jail.scratch import Scratch
from grader.execution.jail.spare_users import SpareUser
from grader.execution.limits import Limits

# The shortest time between two counts, and between two measurements. It waits for
# longer where that takes long: for ten times as long as the last one took.
SECONDS = 0.05
SHARE = 10
# Between two looks whether the fork server has ended, while a jail is not used yet.
UNUSED_SECONDS = 1.0
# With more threads than this share of its limit, a jail only gets processor time that
# nothing else wants, so that a fork bomb does not delay other students' answers.
MANY = 1 / 4
# How long it waits before it kills the processes of a jail once more.
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
        The jail's own user; None where an ordinary user grades. In that case the
        jail's processes are in one process group, which they cannot leave.
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
        self._measurement = Measurement(
            self.process, self.limits, self.scratch, self.user, self.held
        )
        self._measured: Exceeded = ""
        # Can be read when the thread that measures has ended.
        self._has_measured = os.eventfd(0, os.EFD_CLOEXEC)
        self._thread = threading.Thread(target=self._measure_until_end, daemon=True)
        self._slowed_down: set[int] = set()
        # The processor time that the kernel had used when it was counted last; None if
        # the jail had other processes, too.
        self._counted_at: int | None = None

    def watch(self) -> None:
        """Watch the jail until it ends; then end its processes and remove its folder.

        If watching fails, the jail is ended, too.
        """
        try:
            if self._is_used():
                self._thread.start()
                if limit := self._count_until_end() or self._measured:
                    self._report(limit)
        finally:
            self._measurement.unwanted.set()
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

    def _may_go_on(self, seconds: float) -> bool:
        """Wait for some time; return whether the jail need not end.

        It must end when the grader asks for it, when grader or kernel have ended, and
        when the thread that measures it has ended.
        """
        ends = [self.control.fileno(), self.kernel, self._has_measured]
        ready, _, _ = select.select(ends, [], [], seconds)
        return not ready and os.getppid() == self._parent

    def _measure_until_end(self) -> None:
        """Measure the jail until it exceeds a limit, or until the jail ends."""
        pause = SECONDS
        try:
            while not self._measured and not self._measurement.unwanted.wait(pause):
                start = time.thread_time()
                self._measured = self._measurement.exceeded()
                pause = max(SECONDS, SHARE * (time.thread_time() - start))
        finally:
            os.eventfd_write(self._has_measured, 1)

    def _count_until_end(self) -> Exceeded:
        """Count the jail's processes until it must end; return the limit it exceeds.

        Here nothing waits for the jail, so that it can be ended at any time.
        """
        pause = SECONDS
        while self._may_go_on(pause):
            start = time.thread_time()
            # First: a process that has ended counts until its parent collects it.
            process_tree.reap()
            if self._count() > self.limits.processes:
                return "processes"
            pause = max(SECONDS, SHARE * (time.thread_time() - start))
        return ""

    def _count(self) -> int:
        """Return how many threads the jail has; slow it down if it has many.

        It is 0 if the number cannot have changed since the last count.
        """
        worked = processor_time(self.process)
        if worked is not None and worked == self._counted_at:
            return 0
        # A fork bomb may start processes as fast as they are counted.
        enough = int(self.limits.processes) + 1
        counts = process_tree.thread_counts(os.getpid(), enough)
        self._counted_at = worked if len(counts) == 1 else None
        threads = sum(counts.values())
        if MANY * self.limits.processes < threads <= self.limits.processes:
            acting = self.user.acting() if self.user else contextlib.nullcontext()
            with acting:
                process_tree.slow_down(counts.keys() - self._slowed_down)
            self._slowed_down |= counts.keys()
        return threads

    def end(self) -> None:
        """End all processes of the jail, and remove its folder."""
        end = time.monotonic() + END_SECONDS
        ended = False
        while not ended and time.monotonic() < end:
            # Where everything is used up, a call may fail; it is tried again.
            with contextlib.suppress(OSError):
                self._kill_all()
                ended = process_tree.all_end_within(KILLED_SECONDS)
                ended = ended or process_tree.end_descendants(TRY_SECONDS)
        self.scratch.remove()

    def _kill_all(self) -> None:
        """Kill the jail's processes together, so that none can fork meanwhile."""
        if self.user is not None:
            self.user.kill_all()
        else:
            process_tree.signal_group(self.process, signal.SIGKILL)

    def _report(self, limit: Exceeded) -> None:
        with contextlib.suppress(OSError):
            message = json.dumps({"over": limit}).encode()
            self.control.send(message, socket.MSG_DONTWAIT)


__all__ = ["Warden"]
