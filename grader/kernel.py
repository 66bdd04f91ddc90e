"""Run cells in a jailed kernel, one after the other, within limits.

The kernel is not believed: its messages are counted before they are read,
parsed with care, and decide nothing but what the notebook shows.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import zmq
from jupyter_client.session import DELIM, Session

from grader import exceeded, outputs
from grader.errors import KernelDied
from grader.jail.jail import Jailer
from grader.swelling import Watch

START_SECONDS = 30.0
# After the reply, how long the kernel may take to say that it is idle.
IDLE_SECONDS = 5.0
STOP_FACTOR = 10
# Messages that may wait for us while we do not listen.
MAX_WAITING = 16
# After a channel broke, how long until its kernel is seen to have ended.
END_SECONDS = 0.5

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
    """

    ended: Ended
    outputs: tuple[dict[str, Any], ...] = ()
    error: str = ""
    seconds: float = 0.0
    limit: str = ""
    cut: bool = False

    @property
    def kernel_lost(self) -> bool:
        return self.ended in ("timeout", "died", "flooded")


@dataclass
class _Progress:
    """What is known of the cell that runs."""

    request: str
    replied: bool = False
    idle: bool = False
    error: str = ""
    received: int = 0
    outputs: list[dict[str, Any]] = field(default_factory=list)


class Kernel:
    """A student's kernel in a jail of its own. Use as a context manager."""

    def __init__(self, jailer: Jailer) -> None:
        self._kept = int(jailer.limits.output_kb * 1024)
        self._jail = jailer.open()
        self._watch = Watch(self._jail.stop)
        # Only now: a jail that does not open would leave it behind.
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        try:
            self._connect()
            self._await_welcome()
        except BaseException:
            self.close()
            raise

    @property
    def call(self) -> Any:
        """The socket on which the kernel answers calls while it is idle."""
        return self._jail.call

    @property
    def extras(self) -> frozenset[str]:
        """What guards its jail beside namespaces and rlimits; see Jail."""
        return self._jail.extras

    def _connect(self) -> None:
        info = self._jail.connection_info
        self._session = Session(key=info["key"])
        self._context.setsockopt(zmq.LINGER, 0)
        # Beyond this, and when a kernel closes it, ZeroMQ breaks the connection.
        self._context.setsockopt(zmq.MAXMSGSIZE, self._kept * STOP_FACTOR)
        self._context.setsockopt(zmq.RCVHWM, MAX_WAITING)
        self._shell = self._context.socket(zmq.DEALER)
        self._iopub = self._context.socket(zmq.SUB)
        broken = zmq.EVENT_DISCONNECTED
        self._breaks = [
            channel.get_monitor_socket(broken) for channel in (self._shell, self._iopub)
        ]
        self._shell.connect(f"ipc://{info['ip']}-{info['shell_port']}")
        self._iopub.connect(f"ipc://{info['ip']}-{info['iopub_port']}")
        self._iopub.subscribe(b"")
        self._poller = zmq.Poller()
        for source in (self._shell, self._iopub, self._jail.pidfd, *self._breaks):
            self._poller.register(source, zmq.POLLIN)

    def _await_welcome(self) -> None:
        """Wait until the kernel has taken our subscription: it says so."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            ready = dict(self._poller.poll(1000))
            if self._jail.pidfd in ready:
                raise KernelDied("the kernel ended while it started")
            if self._iopub in ready:
                self._receive(self._iopub)
                return
        raise KernelDied(f"the kernel did not answer within {START_SECONDS:.0f} s")

    def run(self, source: str, seconds: float) -> Ran:
        """Run one cell for at most `seconds` of wall time.

        Raises
        ------
        KernelDied
            If an earlier cell took the kernel down, or it was closed.
        """
        if self._context.closed:
            raise KernelDied("this kernel has ended; another one has to be started")
        start = time.monotonic()
        content = {
            "code": source,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        message = self._session.msg("execute_request", content)
        self._session.send(self._shell, message)
        progress = _Progress(request=message["header"]["msg_id"])
        ended = self._follow(progress, start + seconds)
        if ended == "died" and self._watch.tripped:
            ended = "flooded"
        spent = round(time.monotonic() - start, 3)
        error = progress.error if ended == "error" else ""
        limit = exceeded.limit_of(ended, error, self._jail.ran_out_of())
        if ended in ("timeout", "died", "flooded"):
            self.close()
        cut = progress.received > self._kept
        return Ran(ended, tuple(progress.outputs), error, spent, limit, cut)

    def _follow(self, progress: _Progress, end: float) -> Ended:
        """Take messages until the cell is done, or something is done about it."""
        while not (progress.replied and progress.idle):
            left = end - time.monotonic()
            if left <= 0:
                # Its idle message was dropped: it was behind one of 500 MB.
                return "flooded" if progress.replied else "timeout"
            ready = dict(self._poller.poll(int(left * 1000) + 1))
            if self._iopub in ready:
                self._take_output(progress)
            if self._shell in ready:
                self._take_reply(progress)
                end = min(end, time.monotonic() + IDLE_SECONDS)
            if progress.received > self._kept * STOP_FACTOR:
                return "flooded"
            if ready and not {self._iopub, self._shell} & ready.keys():
                return "died" if self._jail.ends_within(END_SECONDS) else "flooded"
        if any(channel.poll(0) for channel in self._breaks):
            # It broke at what was too large, and came back to say that it is idle.
            return "died" if self._jail.ends_within(END_SECONDS) else "flooded"
        return "error" if progress.error else "ok"

    def _take_output(self, progress: _Progress) -> None:
        message, size = self._receive(self._iopub)
        before = progress.received
        progress.received += size
        if not _answers(message, progress.request):
            return
        kind, content = message["header"].get("msg_type"), message.get("content")
        if kind == "status" and isinstance(content, dict):
            progress.idle = content.get("execution_state") == "idle"
        elif progress.received <= self._kept:
            output = outputs.output_of(str(kind), content)
            if output is not None:
                outputs.append(progress.outputs, output)
        elif before <= self._kept:
            text = f"[output cut here: more than {self._kept // 1024} KiB]"
            progress.outputs.append(outputs.note(text))

    def _take_reply(self, progress: _Progress) -> None:
        message, _ = self._receive(self._shell)
        if not _answers(message, progress.request):
            return
        content = message.get("content")
        progress.replied = True
        if isinstance(content, dict) and content.get("status") != "ok":
            name, text = content.get("ename", "Error"), content.get("evalue", "")
            progress.error = outputs.text(f"{name}: {text}"[:300]).removesuffix(": ")

    def _receive(self, channel: zmq.Socket[bytes]) -> tuple[dict[str, Any], int]:
        """Return the next message and its size; {} for one that is malformed."""
        frames = channel.recv_multipart()
        return _parsed(frames), sum(map(len, frames))

    def close(self) -> None:
        """End the kernel and everything in its jail. Idempotent."""
        self._watch.close()
        self._jail.kill()
        self._context.destroy(linger=0)

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _parsed(frames: Sequence[bytes]) -> dict[str, Any]:
    """Read what we need of a message; {} for one that is malformed.

    Whether it is signed does not matter: the kernel's key is the student's, too.
    """
    try:
        start = frames.index(DELIM) + 2
        header, parent, _, content = map(json.loads, frames[start : start + 4])
    except Exception:  # noqa: BLE001 - whatever a student's bytes may provoke
        return {}
    return {"header": header, "parent_header": parent, "content": content}


def _answers(message: dict[str, Any], request: str) -> bool:
    parent = message.get("parent_header")
    header = message.get("header")
    return (
        isinstance(parent, dict)
        and isinstance(header, dict)
        and parent.get("msg_id") == request
    )
