"""Our end of the line to a jailed kernel. It waits for nothing but with a deadline.

Bytes come from a jail, so none are believed: a frame is measured before it is kept,
no more is read at once than a bound, and nothing is sent that could block.
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


class Line:
    """Sends requests to a kernel and takes in what it says.

    Parameters
    ----------
    cells
        The socket that leads to it.
    pipes
        What code below Python writes to its standard output and error.
    pidfd
        Its process.
    most
        Bytes that one frame may have.

    Attributes
    ----------
    ended : bool
        Nothing more will come: the process is gone, or has closed its end.
    broken : bool
        What came is no frame.
    oversized : bool
        A frame was announced that is larger than one may be.
    """

    def __init__(
        self, cells: socket.socket, pipes: Sequence[int], pidfd: int, most: int
    ) -> None:
        self.ended = self.broken = self.oversized = False
        self._cells = cells
        self._pidfd = pidfd
        self._pipes = dict(zip(pipes, ("stdout", "stderr"), strict=True))
        self._frames = Frames(most)
        self._unsent = memoryview(b"")
        self._poll = select.poll()
        self._cells.setblocking(False)
        for descriptor in (cells.fileno(), pidfd, *pipes):
            self._poll.register(descriptor, select.POLLIN)

    def ask(self, number: bytes, source: str) -> None:
        """Send a cell to run, as far as the kernel takes it now.

        Parameters
        ----------
        number
            Of this request: the kernel's answers carry it.
        source
            Of the cell.
        """
        payload = source.encode("utf-8", "surrogatepass")
        request = frames.pack(number, frames.RUN, payload)
        # Of an earlier one the rest: a kernel that took half of it is lost anyway.
        self._unsent = memoryview(bytes(self._unsent) + request)
        self._push()

    def wait(self, seconds: float) -> list[tuple[str, bytes]]:
        """Wait for something to come; return text that did not come in frames.

        Takes in what there is, up to a bound; :meth:`bodies` yields the frames.

        Returns
        -------
        list of (str, bytes)
            ``stdout`` or ``stderr``, and what was written there.
        """
        ready = dict(self._poll.poll(max(0.0, seconds) * 1000))
        cells = ready.pop(self._cells.fileno(), 0)
        if cells & select.POLLOUT:
            self._push()
        came = bool(cells & _READABLE) and self._pull()
        written = [self._read(pipe) for pipe in ready if pipe in self._pipes]
        if self._pidfd in ready and not came and not written:
            self.ended = True
        return [part for part in written if part[1]]

    def bodies(self) -> Iterator[bytes]:
        """Yield the bodies of the frames that have come in as a whole."""
        self.oversized = self._frames.oversized()
        try:
            while (body := self._frames.take()) is not None:
                yield body
                self.oversized = self._frames.oversized()
        except WireError:
            self.broken = True

    def _push(self) -> None:
        with contextlib.suppress(OSError):
            self._unsent = self._unsent[self._cells.send(self._unsent) :]
        events = select.POLLIN | (select.POLLOUT if self._unsent else 0)
        self._poll.modify(self._cells.fileno(), events)

    def _pull(self) -> bool:
        """Take in what has come; return False at the end of it."""
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
            # Closed at the other end: it would be ready for ever.
            self._poll.unregister(pipe)
        return self._pipes[pipe], data


__all__ = ["Line"]
