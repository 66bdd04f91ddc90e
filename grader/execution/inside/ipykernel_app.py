"""ipykernel's application in two parts: built before the fork, opened after it.

For the grader it is opened on a socket of the grader's own, for Jupyter on five ZeroMQ
sockets.

What is built is the same for every kernel: an application, an IPython shell and a
kernel object. None of them has a socket, thread or file before the fork, and student
code that changes them changes its own copy. Between the two parts they are
unregistered, so that other forks of the fork server, the examiners above all, do not
run as IPython.
"""

from __future__ import annotations

import asyncio
import builtins
import logging
import os
import sys
import tempfile
import uuid
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import Any

import zmq
from ipykernel.displayhook import ZMQDisplayHook
from ipykernel.heartbeat import Heartbeat
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication
from IPython.core.profiledir import ProfileDir
from IPython.display import display
from tornado.ioloop import IOLoop
from traitlets import default
from zmq.eventloop.zmqstream import ZMQStream

from grader.execution.inside import work_folder
from grader.execution.inside.lean_ipykernel import (
    LeanKernel,
    LeanSession,
    LeanStream,
    NoSubshells,
)
from grader.execution.inside.output import OutputSender

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
NOWHERE = "/run/kernel"
# The names that an IPython shell adds to builtins.
_BUILTINS = {"__IPYTHON__": True, "display": display}


class HandedHeartbeat(Heartbeat):
    """A heartbeat on a listening socket that was opened outside of the jail."""

    listener: int

    def _try_bind_socket(self) -> Any:
        self.socket.setsockopt(zmq.USE_FD, self.listener)
        return super()._try_bind_socket()  # type: ignore[no-untyped-call]


class JailedKernelApp(IPKernelApp):
    """ipykernel's application without connection file, debugger and subshells.

    Use :meth:`build` before the fork, :meth:`open` after it, then ``start``.
    """

    listeners: dict[int, int]
    kernel_class = LeanKernel
    outstream_class = f"{LeanStream.__module__}.{LeanStream.__qualname__}"

    # --- before the fork ---

    def build(self) -> None:
        """Build everything that needs no socket, thread or file."""
        # The history is never used, and would need a file and a thread in each kernel.
        self.config.HistoryManager.enabled = False
        with tempfile.TemporaryDirectory() as folder:
            self.ipython_dir = folder
            BaseIPythonApplication.initialize(self, [])
            # Otherwise log records are made that the handler then drops.
            self.log.setLevel(logging.WARNING)
            self.init_pdb()  # type: ignore[no-untyped-call]
            self.kernel = self.kernel_class.instance(
                parent=self,
                session=self.session,
                log=self.log,
                profile_dir=self.profile_dir,
                user_ns=self.user_ns,
            )
            self.init_shell()  # type: ignore[no-untyped-call]
            self.init_extensions()  # type: ignore[no-untyped-call]
            self._begin()
            self._warm_up()
        # Each kernel has a folder of its own, and must look it up again.
        tempfile.tempdir = None

    def _begin(self) -> None:
        """Do what comes before the first cell."""
        self.init_path()  # type: ignore[no-untyped-call]
        self.init_gui_pylab()  # type: ignore[no-untyped-call]
        self.init_code()  # type: ignore[no-untyped-call]

    def _warm_up(self) -> None:
        """Do once what the first cell would have to do; this leaves no trace."""
        cell = self.kernel.do_execute("pass", silent=True, store_history=False)
        asyncio.run(_under_tornado(cell))
        self.kernel.shell.display_formatter.format(0)
        # Otherwise asyncio would tell a kernel that its loop was closed.
        asyncio.set_event_loop_policy(None)

    def load_config_file(self, *_: object, **__: object) -> None:
        """Do nothing, so that a kernel is the same on every machine."""

    @default("session")
    def _session_default(self) -> LeanSession:
        return LeanSession(parent=self)

    def init_crash_handler(self) -> None:
        """Do nothing, so that sys.excepthook is not replaced."""

    # --- after the fork ---

    def open(self, key: bytes, listeners: Sequence[int]) -> None:
        """Serve Jupyter's messages; call ``start`` next.

        Parameters
        ----------
        key
            Signs the messages.
        listeners
            Descriptors of listening sockets, in the order of `CHANNELS`.
        """
        self.listeners = dict(enumerate(listeners, start=1))
        self._set_identity(key)
        self._set_folders()
        self.init_sockets()  # type: ignore[no-untyped-call]
        self.init_heartbeat()
        self.init_io()  # type: ignore[no-untyped-call]
        self.init_signal()  # type: ignore[no-untyped-call]
        self._connect()

    def open_on(self, sender: OutputSender) -> None:
        """Send the output of cells with `sender`, and open no socket.

        The caller has replaced the standard streams already.
        """
        self._set_identity(os.urandom(16).hex().encode())
        self._set_folders()
        self.init_signal()  # type: ignore[no-untyped-call]
        self.displayhook = ZMQDisplayHook(self.session, sender)
        sys.displayhook = self.displayhook
        self.kernel.shell_channel_thread = NoSubshells()
        self.kernel.publish_on(sender)
        self._count()

    def _count(self) -> None:
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count

    def _set_identity(self, key: bytes) -> None:
        """Set the ids in which each kernel differs from all others."""
        self.session.key = key
        self.session.session = str(uuid.uuid4())
        self.session.pid = os.getpid()
        self.kernel.ident = str(uuid.uuid4())

    def _set_folders(self) -> None:
        """Tell the shell in which folder and environment it runs now."""
        shell: Any = self.shell
        here = Path.cwd()
        work_folder.make_importable()
        shell.init_environment()
        shell.starting_dir = str(here)
        shell.user_ns["_dh"][:] = [here]
        self.ipython_dir = shell.ipython_dir = str(Path.home() / ".ipython")
        profile = ProfileDir.create_profile_dir_by_name(self.ipython_dir, "default")
        self.profile_dir = self.kernel.profile_dir = shell.profile_dir = profile

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
        # The debugger would try for ever to connect to the shell socket's path.
        endpoint = self.shell_socket.getsockopt(zmq.LAST_ENDPOINT)
        self.debug_shell_socket.disconnect(endpoint)
        self.shell_channel_thread = NoSubshells()

    def _connect(self) -> None:
        """Give the kernel its sockets, as ipykernel does when it makes one."""
        kernel, loop = self.kernel, self.control_thread.io_loop
        kernel.shell_stream = ZMQStream(self.shell_socket)
        kernel.control_stream = ZMQStream(self.control_socket, loop)
        kernel.debugpy_stream = ZMQStream(self.debugpy_socket, loop)
        kernel.debug_shell_socket = self.debug_shell_socket
        kernel.control_thread = self.control_thread
        kernel.shell_channel_thread = self.shell_channel_thread
        kernel.stdin_socket = self.stdin_socket
        kernel.iopub_thread = self.iopub_thread
        kernel.publish_on(self.iopub_socket)
        self.control_thread.start()
        ports = {f"{name}_port": n for n, name in enumerate(CHANNELS, start=1)}
        kernel.record_ports(ports)
        self._count()


async def _under_tornado(cell: Awaitable[Any]) -> None:
    """Await `cell` with tornado's event loop, whose import takes long, in place."""
    IOLoop.current()
    await cell


# --- built before the fork, and unregistered until a kernel takes it ---


_built: list[JailedKernelApp] = []


def build() -> None:
    """Build an application for the kernels of later forks.

    Everything that IPython has registered in this process is unregistered again.
    """
    main = sys.modules["__main__"]
    environment = dict(os.environ)
    before = {name: getattr(builtins, name, None) for name in _BUILTINS}
    ports = {f"{name}_port": n for n, name in enumerate(CHANNELS, start=1)}
    app = JailedKernelApp.instance(transport="ipc", ip=NOWHERE, **ports)
    app.build()
    _built[:] = [app]
    for singleton in _singletons(app):
        type(singleton).clear_instance()
    sys.modules["__main__"] = main
    os.environ.clear()
    os.environ.update(environment)
    for name, value in before.items():
        delattr(builtins, name)
        if value is not None:
            setattr(builtins, name, value)


def _singletons(app: JailedKernelApp) -> tuple[Any, ...]:
    """Return the objects of which a process has only one, the shell last."""
    return app, app.kernel, app.shell


def take() -> JailedKernelApp:
    """Return the application, which is built now if it was not before.

    Call this once in a process.
    """
    if not _built:
        build()
    app = _built.pop()
    for singleton in _singletons(app):
        # What traitlets does when it makes the single instance of a class.
        for kind in type(singleton)._walk_mro():  # noqa: SLF001
            kind._instance = singleton  # noqa: SLF001
    sys.modules["__main__"] = _singletons(app)[-1].user_module
    for name, value in _BUILTINS.items():
        setattr(builtins, name, value)
    return app


__all__ = ["CHANNELS", "JailedKernelApp", "build", "take"]
