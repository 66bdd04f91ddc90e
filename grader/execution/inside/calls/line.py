"""Send and receive messages of the call channel.

While a request is answered, student code may call a function of the test. That is asked
of the examiner on the same channel, and the examiner may send further requests before
it answers. Only the thread that answers the request can do so.
"""

from __future__ import annotations

import os
import threading
from typing import Any

from grader.execution.inside import builtins_guard
from grader.execution.inside.output import write
from grader.execution.wire import messages


class Line:
    """The channel while one request is answered.

    Parameters
    ----------
    call
        Its descriptor.
    names
        The student's namespace.

    Attributes
    ----------
    names : dict
        The student's namespace.
    given : list of dict
        For each call that runs, the outermost first: the numbers of the containers in
        its arguments, by their ``id``.
    """

    def __init__(self, call: int, names: dict[str, Any]) -> None:
        self.names = names
        self.given: list[dict[int, int]] = []
        self._call = call
        self._thread = threading.get_ident()
        self._process = os.getpid()

    def is_ours(self) -> bool:
        """Say whether the present thread answers the request."""
        return self._thread == threading.get_ident() and self._process == os.getpid()

    def receive(self) -> list[Any]:
        """Return the next message.

        Raises
        ------
        EOFError
            If the channel is closed.
        """
        header = read(self._call, messages.HEADER.size)
        message: list[Any] = messages.unpack(
            read(self._call, messages.body_length(header))
        )
        return message

    def send(self, frame: bytes) -> None:
        """Send a frame."""
        builtins_guard.put_back()
        write(self._call, frame)


_lines: list[Line] = []


def open_line(call: int, names: dict[str, Any]) -> Line:
    """Begin to answer a request."""
    line = Line(call, names)
    _lines[:] = [line]
    return line


def close_line() -> None:
    """End the answer: no function of the test can be called any more."""
    _lines.clear()


def current() -> Line | None:
    """Return the channel of the present thread; None where it answers no request."""
    return _lines[0] if _lines and _lines[0].is_ours() else None


def read(fd: int, count: int) -> bytes:
    """Return the next bytes from a descriptor.

    Parameters
    ----------
    fd
        The descriptor.
    count
        How many bytes.

    Raises
    ------
    EOFError
        If the stream ends before.
    """
    parts = bytearray()
    while len(parts) < count:
        part = os.read(fd, min(count - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


__all__ = ["Line", "close_line", "current", "open_line", "read"]
