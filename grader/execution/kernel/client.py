"""Run cells in a jailed kernel, one after the other, within limits.

The kernel is not believed: what it says is counted before it is read, read with
care, and decides nothing but what the notebook shows.
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
from grader.execution.kernel.connection import Line
from grader.execution.wire import frames, messages
from grader.notebooks import outputs

START_SECONDS = 30.0
STOP_FACTOR = 10
# What a frame counts at least, so that empty ones have an end too.
LEAST_BYTES = 32
# A cell that shows so much goes on without being listened to at every word.
MANY_FRAMES = 64
PAUSE_SECONDS = 0.001

Ended = Literal["ok", "error", "timeout", "died", "flooded"]


@dataclass(frozen=True, slots=True)
class Ran:
    """How one cell ran.

    Attributes
    ----------
    ended : str
        ``ok``; ``error``: it raised; ``timeout``, ``died``, ``flooded`` (printed
        far too much): the kernel is gone and has to be replaced.
    outputs : tuple
        Notebook outputs, cut at the limit.
    error : str
        Name and text of the exception, for the student who wrote the cell.
    seconds : float
        Wall time.
    limit : str
        The limit that the cell ran into, by its name; empty if into none.
    cut : bool
        It printed more than is kept.
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
        return self.ended in ("timeout", "died", "flooded")


@dataclass
class _Progress:
    """What is known of the cell that runs."""

    number: bytes
    deadline: Deadline
    done: bool = False
    error: str = ""
    received: int = 0
    frames: int = 0
    shown: outputs.Shown = field(default_factory=outputs.Shown)


class Kernel:
    """A student's kernel in a jail of its own. Use as a context manager."""

    def __init__(self, jailer: Jailer) -> None:
        self._kept = int(jailer.limits.output_kb * 1024)
        self._most = self._kept * STOP_FACTOR
        self._jail = jailer.open()
        self._closed = False
        jail = self._jail
        self._line = Line(jail.cells, jail.pipes, jail.pidfd, self._most)
        try:
            self._await_welcome()
        except BaseException:
            self.close()
            raise

    @property
    def call(self) -> Any:
        """The socket on which the kernel answers calls while it is idle."""
        return self._jail.call

    @property
    def processes(self) -> tuple[int, ...]:
        """Process ids, for time limits; see Jail."""
        return self._jail.processes

    @property
    def extras(self) -> frozenset[str]:
        """What guards its jail beside namespaces and rlimits; see Jail."""
        return self._jail.extras

    def _await_welcome(self) -> None:
        """Wait until the kernel says that it is up."""
        ended = self._follow(_Progress(frames.UP, Deadline(START_SECONDS)))
        if ended == "timeout":
            raise KernelDied(f"the kernel did not answer within {START_SECONDS:.0f} s")
        if ended != "ok":
            raise KernelDied("the kernel ended while it started")

    def run(self, source: str, seconds: float) -> Ran:
        """Run one cell.

        Parameters
        ----------
        source
            Of the cell.
        seconds
            Its time limit, extended while the machine is too busy for it.

        Raises
        ------
        KernelDied
            If an earlier cell took the kernel down, or it was closed.
        """
        if self._closed:
            raise KernelDied("this kernel has ended; another one has to be started")
        start = time.monotonic()
        number = secrets.token_bytes(frames.NUMBER_BYTES)
        progress = _Progress(number, Deadline(seconds, *self._jail.processes))
        self._line.ask(progress.number, source)
        ended = self._follow(progress)
        spent = round(time.monotonic() - start, 3)
        error = progress.error if ended == "error" else ""
        refused = self._jail.ran_out_of() if ended == "died" else ()
        limit = limit_messages.limit_of(ended, error, refused)
        if ended in ("timeout", "died", "flooded"):
            self.close()
        cut = progress.received > self._kept
        extension = progress.deadline.extension
        return Ran(ended, progress.shown.all(), error, spent, limit, cut, extension)

    def _follow(self, progress: _Progress) -> Ended:
        """Take what comes until the cell is done, or something is done about it."""
        while not progress.done:
            left = progress.deadline.left()
            if left <= 0:
                return "timeout"
            self._listen(progress, left)
            if stopped := self._stopped(progress):
                return stopped
            if progress.frames > MANY_FRAMES:
                time.sleep(PAUSE_SECONDS)
        # What was written below Python came another way, perhaps after all else.
        self._take_written(progress, 0.0)
        return "error" if progress.error else "ok"

    def _stopped(self, progress: _Progress) -> Ended | None:
        """Say how the cell was stopped, if it was."""
        if progress.received > self._most or self._line.oversized:
            return "flooded"
        lost = self._line.ended or self._line.broken
        return "died" if lost and not progress.done else None

    def _listen(self, progress: _Progress, seconds: float) -> None:
        self._take_written(progress, seconds)
        for body in self._line.bodies():
            progress.frames += 1
            before = progress.received
            progress.received += max(len(body), LEAST_BYTES)
            number, kind, payload = frames.split(body)
            # Of another request: late, or made up.
            if number == progress.number:
                self._take(progress, kind, payload, before)
            if progress.done:
                return

    def _take_written(self, progress: _Progress, seconds: float) -> None:
        for name, data in self._line.wait(seconds):
            before = progress.received
            progress.received += len(data)
            self._show(progress, outputs.stream(name, data), before)

    def _take(
        self, progress: _Progress, kind: int, payload: bytes, before: int
    ) -> None:
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
        if progress.received <= self._kept:
            progress.shown.add(output)
        elif before <= self._kept:
            progress.shown.add(outputs.note(limit_messages.cut_here(self._kept)))

    def _unpacked(self, payload: bytes, end: float) -> Any:
        """Return what `payload` holds; None if malformed, too much or too late."""
        try:
            return messages.unpack(payload, messages.MemoryBudget(self._most), end)
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
