"""The grader's end of the connection to a jailed kernel. Each wait has a deadline.

Bytes from a jail are not trusted: the length of a frame is checked before it is stored,
only a limited number of bytes is read at once, and sending never blocks.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
from collections.abc import Iterator, Sequence

from grader.errors import WireError
from grader.execution.wire import frames
from grader.execution.wire.frames import Frames

READ_BYTES = 1 << 17
_READABLE = select.POLLIN | select.POLLHUP | select.POLLERR


class KernelConnection:
    """Sends cells to a kernel, and receives its output.

    The caller closes the descriptors.

    Parameters
    ----------
    cells
        The socket to the kernel.
    pipes
        Descriptors of what C code in the kernel writes to standard output and error.
    pidfd
        Of the kernel's process.
    max_bytes
        How large a frame may be.

    Attributes
    ----------
    ended : bool
        Whether nothing more will come, because the process has ended or has closed its
        end of the socket.
    broken : bool
        Whether something was received that is not a frame.
    oversized : bool
        Whether the next frame claims to be larger than allowed.
    """

    def __init__(
        self, cells: socket.socket, pipes: Sequence[int], pidfd: int, max_bytes: int
    ) -> None:
        self.ended = self.broken = self.oversized = False
        self._cells = cells
        self._pidfd = pidfd
        self._pipes = dict(zip(pipes, ("stdout", "stderr"), strict=True))
        self._frames = Frames(max_bytes)
        self._unsent = memoryview(b"")
        self._poll = select.poll()
        self._cells.setblocking(False)
        for descriptor in (cells.fileno(), pidfd, *pipes):
            self._poll.register(descriptor, select.POLLIN)

    def send_cell(self, number: bytes, source: str) -> None:
        """Send a cell to run. What the kernel does not take now is sent later.

        Parameters
        ----------
        number
            Of this request; the kernel's answers have the same one.
        source
            Of the cell.
        """
        payload = source.encode("utf-8", "surrogatepass")
        request = frames.pack(number, frames.RUN, payload)
        # Unsent bytes of an earlier request are kept, so that the stream stays in step.
        self._unsent = memoryview(bytes(self._unsent) + request)
        self._send()

    def wait(self, seconds: float) -> list[tuple[str, bytes]]:
        """Wait until data arrives and receive it; return text that C code has written.

        Call :meth:`bodies` next, for the frames that are complete.

        Parameters
        ----------
        seconds
            How long to wait.

        Returns
        -------
        list of (str, bytes)
            ``stdout`` or ``stderr``, and what was written there.
        """
        ready = dict(self._poll.poll(max(0.0, seconds) * 1000))
        cells = ready.pop(self._cells.fileno(), 0)
        if cells & select.POLLOUT:
            self._send()
        received = bool(cells & _READABLE) and self._receive()
        written = [self._read(pipe) for pipe in ready if pipe in self._pipes]
        if self._pidfd in ready and not received and not written:
            self.ended = True
        return [part for part in written if part[1]]

    def bodies(self) -> Iterator[bytes]:
        """Yield the bodies of the frames that are complete."""
        self.oversized = self._frames.oversized()
        try:
            while (body := self._frames.take()) is not None:
                yield body
                self.oversized = self._frames.oversized()
        except WireError:
            self.broken = True

    def _send(self) -> None:
        with contextlib.suppress(OSError):
            self._unsent = self._unsent[self._cells.send(self._unsent) :]
        events = select.POLLIN | (select.POLLOUT if self._unsent else 0)
        self._poll.modify(self._cells.fileno(), events)

    def _receive(self) -> bool:
        """Receive data from the socket; return False at its end."""
        try:
            data = self._cells.recv(READ_BYTES)
        except BlockingIOError:
            return True
        except OSError:
            data = b""
        self._frames.feed(data)
        self.ended = self.ended or not data
        return bool(data)

    def _read(self, pipe: int) -> tuple[str, bytes]:
        data = os.read(pipe, READ_BYTES)
        if not data:
            # Closed at the other end: poll would report it for ever.
            self._poll.unregister(pipe)
        return self._pipes[pipe], data


__all__ = ["KernelConnection"]
