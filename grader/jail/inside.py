"""The kernel inside the jail: an ipykernel on sockets opened outside.

The sockets were bound before the jail was entered, so their paths need not
exist in here and nothing in here is shared with the outside but these
descriptors. One of them is the call channel: while the kernel is idle, its main
thread answers the examiner's calls on it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Any

import zmq
from ipykernel.heartbeat import Heartbeat
from ipykernel.kernelapp import IPKernelApp

from grader.jail import callee
from grader.jail.lean import LeanKernel, LeanStream, NoSubshells
from grader.jail.sandbox import WORK

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
NOWHERE = "/run/kernel"


def environment() -> dict[str, str]:
    """Return the whole environment of student code."""
    return {
        "HOME": WORK,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), "/usr/bin", "/bin"]),
        "TMPDIR": "/tmp",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }


class HandedHeartbeat(Heartbeat):
    """A heartbeat on a listening socket that was handed in."""

    listener: int

    def _try_bind_socket(self) -> Any:
        self.socket.setsockopt(zmq.USE_FD, self.listener)
        return super()._try_bind_socket()  # type: ignore[no-untyped-call]


class JailedKernelApp(IPKernelApp):
    """ipykernel's application without connection file, debugger and subshells."""

    listeners: dict[int, int]
    kernel_class = LeanKernel
    outstream_class = f"{LeanStream.__module__}.{LeanStream.__qualname__}"

    def _try_bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listeners[port])
        bound = super()._try_bind_socket(s, port)  # type: ignore[no-untyped-call]
        return int(bound)

    def init_heartbeat(self) -> None:
        address = (self.transport, self.ip, self.hb_port)
        self.heartbeat = HandedHeartbeat(zmq.Context(), address)  # type: ignore[no-untyped-call]
        self.heartbeat.listener = self.listeners[self.hb_port]
        self.heartbeat.start()

    def init_control(self, context: Any) -> None:
        super().init_control(context)  # type: ignore[no-untyped-call]
        # The debugger would look for the shell socket by its path, for ever.
        endpoint = self.shell_socket.getsockopt(zmq.LAST_ENDPOINT)
        self.debug_shell_socket.disconnect(endpoint)
        self.shell_channel_thread = NoSubshells()

    def init_connection_file(self) -> None:
        """Do nothing: the connection was handed in."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """Do nothing: nobody in here needs it."""

    def init_crash_handler(self) -> None:
        """Leave sys.excepthook alone."""


def run_kernel(key: str, call: int, listeners: Sequence[int]) -> None:
    """Become the kernel and serve until it is shut down.

    Parameters
    ----------
    key
        What signs the messages. The student can read it: it keeps nobody out,
        it only is what the protocol asks for.
    call
        Descriptor of the call channel.
    listeners
        Listening descriptors in the order of `CHANNELS`.
    """
    ports = {f"{name}_port": number for number, name in enumerate(CHANNELS, start=1)}
    app = JailedKernelApp.instance(transport="ipc", ip=NOWHERE, **ports)
    app.session.key = key.encode()
    app.listeners = dict(enumerate(listeners, start=1))
    # Nobody will ask for it; it would be a file and a thread for each kernel.
    app.config.HistoryManager.enabled = False
    app.initialize([])  # type: ignore[no-untyped-call]
    loop = asyncio.get_event_loop()
    loop.add_reader(call, callee.serve_one, call, app.kernel.shell.user_ns)
    app.start()  # type: ignore[no-untyped-call]
