"""Run cells in a jailed kernel, one after the other, within limits.

The kernel is not trusted: the size of what it sends is checked before it is read, and
it decides nothing but what the notebook shows.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal

from grader.errors import CallError, KernelDied
from grader.execution import limit_messages
from grader.execution.deadline import Deadline
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.connection import KernelConnection
from grader.execution.wire import frames, messages
from grader.notebooks import outputs

START_SECONDS = 30.0
STOP_FACTOR = 10
# Each frame counts at least this much, so that a flood of empty frames is stopped, too.
MIN_FRAME_BYTES = 32
# After so many frames of a cell, the grader pauses between readings to save time.
MANY_FRAMES = 64
PAUSE_SECONDS = 0.001

Ended = Literal["ok", "error", "timeout", "died", "flooded"]


@dataclass(frozen=True, slots=True)
class CellExecution:
    """How one cell ran.

    Attributes
    ----------
    ended : str
        ``ok``; ``error``: it raised an error; ``timeout``; ``died``: the kernel ended;
        ``flooded``: it printed far too much. After the last three the kernel has ended
        and must be replaced.
    outputs : tuple
        Notebook outputs, cut at the limit.
    error : str
        Name and text of the exception, for the student who wrote the cell.
    seconds : float
        Wall time, s.
    limit : str
        The name of the limit that the cell ran into; empty if it met none.
    cut : bool
        Whether it printed more than is kept.
    extension : float
        By how much its time limit was extended, because the machine was busy, s.
    """

    ended: Ended
    outputs: tuple[dict[str, Any], ...] = ()
    error: str = ""
    seconds: float = 0.0
    limit: str = ""
    cut: bool = False
    extension: float = 0.0

    @property
    def kernel_lost(self) -> bool:
        """Whether the kernel has ended, and must be replaced."""
        return self.ended in ("timeout", "died", "flooded")


@dataclass
class _Progress:
    """The state of the cell that runs."""

    number: bytes
    deadline: Deadline
    done: bool = False
    error: str = ""
    received: int = 0
    frames: int = 0
    shown: outputs.Shown = field(default_factory=outputs.Shown)


class Kernel:
    """A student's kernel in a jail of its own. Use as a context manager.

    Parameters
    ----------
    jailer
        Builds the jail; holds the limits.

    Raises
    ------
    JailError
        If the jail or the kernel does not start.
    """

    def __init__(self, jailer: Jailer) -> None:
        self._kept_bytes = int(jailer.limits.output_kb * 1024)
        self._max_bytes = self._kept_bytes * STOP_FACTOR
        self._jail = jailer.open()
        self._closed = False
        jail = self._jail
        self._connection = KernelConnection(
            jail.cells, jail.pipes, jail.pidfd, self._max_bytes
        )
        try:
            self._await_start()
        except BaseException:
            self.close()
            raise

    @property
    def call(self) -> Any:
        """The socket on which the kernel answers calls of the examiner while idle."""
        return self._jail.call

    @property
    def processes(self) -> tuple[int, ...]:
        """Process ids of the kernel, for time limits; see Jail."""
        return self._jail.processes

    @property
    def extras(self) -> frozenset[str]:
        """What guards its jail in addition to namespaces and rlimits; see Jail."""
        return self._jail.extras

    def _await_start(self) -> None:
        """Wait until the kernel reports that it has started."""
        ended = self._follow(_Progress(frames.UP, Deadline(START_SECONDS)))
        if ended == "timeout":
            raise KernelDied(f"the kernel did not start within {START_SECONDS:.0f} s")
        if ended != "ok":
            raise KernelDied("the kernel ended while it was starting")

    def run(self, source: str, seconds: float) -> CellExecution:
        """Run one cell.

        Parameters
        ----------
        source
            Of the cell.
        seconds
            Its time limit. It is extended while the machine is too busy to run it.

        Raises
        ------
        KernelDied
            If the kernel was ended by an earlier cell, or was closed.
        """
        if self._closed:
            raise KernelDied("this kernel has ended; start another one")
        start = time.monotonic()
        number = secrets.token_bytes(frames.NUMBER_BYTES)
        progress = _Progress(number, Deadline(seconds, *self._jail.processes))
        self._connection.send_cell(progress.number, source)
        ended = self._follow(progress)
        spent = round(time.monotonic() - start, 3)
        error = progress.error if ended == "error" else ""
        refused = self._jail.ran_out_of() if ended == "died" else ()
        limit = limit_messages.limit_of(ended, error, refused)
        if ended in ("timeout", "died", "flooded"):
            self.close()
        cut = progress.received > self._kept_bytes
        extension = progress.deadline.extension
        return CellExecution(
            ended, progress.shown.all(), error, spent, limit, cut, extension
        )

    def _follow(self, progress: _Progress) -> Ended:
        """Receive output until the cell has ended, or has to be stopped."""
        while not progress.done:
            left = progress.deadline.left()
            if left <= 0:
                return "timeout"
            self._listen(progress, left)
            if stopped := self._stopped(progress):
                return stopped
            if progress.frames > MANY_FRAMES:
                time.sleep(PAUSE_SECONDS)
        # The output of C code comes through pipes, perhaps after the last frame.
        self._receive_text(progress, 0.0)
        return "error" if progress.error else "ok"

    def _stopped(self, progress: _Progress) -> Ended | None:
        """Return how the cell has ended if it must not go on, else None."""
        connection = self._connection
        if progress.received > self._max_bytes or connection.oversized:
            return "flooded"
        lost = connection.ended or connection.broken
        return "died" if lost and not progress.done else None

    def _listen(self, progress: _Progress, seconds: float) -> None:
        self._receive_text(progress, seconds)
        for body in self._connection.bodies():
            progress.frames += 1
            before = progress.received
            progress.received += max(len(body), MIN_FRAME_BYTES)
            number, kind, payload = frames.split(body)
            # Frames of other requests are late, or forged.
            if number == progress.number:
                self._handle(progress, kind, payload, before)
            if progress.done:
                return

    def _receive_text(self, progress: _Progress, seconds: float) -> None:
        """Wait for data, and show text that C code has written."""
        for name, data in self._connection.wait(seconds):
            before = progress.received
            progress.received += len(data)
            self._show(progress, outputs.stream(name, data), before)

    def _handle(
        self, progress: _Progress, kind: int, payload: bytes, before: int
    ) -> None:
        """Handle a frame; `before` is how many bytes were received before it."""
        if kind == frames.STDOUT:
            self._show(progress, outputs.stream("stdout", payload), before)
        elif kind == frames.STDERR:
            self._show(progress, outputs.stream("stderr", payload), before)
        elif kind == frames.OUTPUT:
            output = outputs.checked(self._unpacked(payload, progress.deadline.end))
            if output is not None:
                self._show(progress, output, before)
        elif kind == frames.DONE:
            progress.done = True
            progress.error = _error_of(self._unpacked(payload, progress.deadline.end))

    def _show(self, progress: _Progress, output: dict[str, Any], before: int) -> None:
        if progress.received <= self._kept_bytes:
            progress.shown.add(output)
        elif before <= self._kept_bytes:
            progress.shown.add(outputs.note(limit_messages.cut_here(self._kept_bytes)))

    def _unpacked(self, payload: bytes, end: float) -> Any:
        """Return the value of a payload; None if it is malformed, too large or late."""
        try:
            return messages.unpack(payload, messages.MemoryBudget(self._max_bytes), end)
        except (CallError, MemoryError):
            return None

    def close(self) -> None:
        """End the kernel and everything in its jail. Idempotent."""
        self._closed = True
        self._jail.kill()

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _error_of(reply: Any) -> str:
    """Return name and text of the error that a cell ended with; empty for none."""
    match reply:
        case []:
            return ""
        case [str(name), str(text)]:
            return outputs.text(f"{name}: {text}"[:300]).removesuffix(": ") or "Error"
    return "Error"
