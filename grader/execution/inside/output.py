"""The kernel's end of the line to the grader: all that a cell shows goes there.

It is shown as it comes, so that what was printed before a crash is kept. Between
cells nothing is: nobody would read it, and whoever prints would wait for ever.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import msgpack

from grader.execution.wire import frames
from grader.notebooks import outputs

# A frame of this size is written whole or not at all.
ATOMIC_BYTES = 4096
# Text that may wait for the end of its line.
WAITING_CHARS = 4096
# Text is cut into such pieces, so that none is too large to be sent.
PIECE_CHARS = 1 << 16
_KINDS = {"stdout": frames.STDOUT, "stderr": frames.STDERR}


class Line:
    """Sends what the cell at hand shows.

    Parameters
    ----------
    descriptor
        Of the socket whose other end the grader holds.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._number: bytes | None = None
        self._process = os.getpid()
        # A signal's handler may print while its thread is at it.
        self._lock = threading.RLock()

    def begin(self, number: bytes) -> None:
        """From here on, all that is shown belongs to the request of that number."""
        self._number = number

    def end(self, reply: list[Any]) -> None:
        """Say how the cell ended, and show nothing more."""
        self._send(frames.DONE, msgpack.packb(reply))
        self._number = None

    def show(self, kind: str, content: Any) -> None:
        """Show what an iopub message of Jupyter's would have shown.

        Parameters
        ----------
        kind, content
            Of the message.
        """
        output = outputs.output_of(kind, _encoded(content))
        if output is None or not self._listened_to():
            return
        if kind == "stream":
            self.text(output["name"], output["text"])
        else:
            self._send(frames.OUTPUT, msgpack.packb(output))

    def text(self, name: str, text: str) -> None:
        """Show text of the stream of that name."""
        for start in range(0, len(text), PIECE_CHARS):
            if not self._listened_to():
                return
            piece = text[start : start + PIECE_CHARS]
            self._send(_KINDS[name], piece.encode("utf-8", "replace"))

    def _listened_to(self) -> bool:
        return self._number is not None and self._process == os.getpid()

    def _send(self, kind: int, payload: bytes) -> None:
        with self._lock:
            # Asked here: another thread may have ended the cell meanwhile.
            if self._number is not None:
                frame = frames.pack(self._number, kind, payload)
                whole = len(frame) <= ATOMIC_BYTES
                with contextlib.nullcontext() if whole else _undisturbed():
                    write(self._descriptor, frame)


def _encoded(content: Any) -> Any:
    """Return `content` with bytes of pictures as Jupyter's messages have them."""
    data = content.get("data") if isinstance(content, dict) else None
    if not isinstance(data, dict):
        return content
    encoded = {
        mime: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for mime, value in data.items()
    }
    return {**content, "data": encoded}


def write(descriptor: int, data: bytes) -> None:
    """Write all of `data`."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no signal's handler leave us with half a frame."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Stream(io.TextIOBase):
    """Standard output or error of a kernel, line by line.

    A process that the kernel forked writes to the descriptor of that number
    instead: two that share the line would write into one another's frames.
    """

    encoding = "UTF-8"

    def __init__(self, line: Line, name: str, descriptor: int) -> None:
        self.name = name
        self._line = line
        self._descriptor = descriptor
        self._forked = False
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._waiting: list[str] = []
        self._lock = threading.RLock()

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            kind = type(text)  # type: ignore[unreachable]
            raise TypeError(f"write() argument must be str, not {kind}")
        if self._process != os.getpid():
            self._forked = True
            # What waits is the parent's, and so is who holds the lock.
            self._begin()
        with self._lock:
            self._waiting.append(text)
            # print writes even an empty `end`.
            if not text or "\n" in text or "\r" in text or self._much():
                self.flush()
        return len(text)

    def _much(self) -> bool:
        return sum(map(len, self._waiting)) >= WAITING_CHARS

    def flush(self) -> None:
        if not self._waiting or self._process != os.getpid():
            return
        with self._lock:
            text = "".join(self._waiting)
            self._waiting.clear()
            if self._forked:
                write(self._descriptor, text.encode("utf-8", "replace"))
            else:
                self._line.text(self.name, text)


__all__ = ["Line", "Stream", "write"]
