"""Send the output of cells from the kernel to the grader.

Output is sent at once, so that what a cell prints before a crash is kept. Between cells
nothing is sent: the grader does not read then, and the sender would wait for ever. What
is printed during a call of the examiner goes to the examiner, with the answer.
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

from grader.execution.inside.calls import said
from grader.execution.wire import frames
from grader.notebooks import outputs

# A frame of up to this size is written whole or not at all.
ATOMIC_BYTES = 4096
# Text without a line's end is buffered up to this length.
BUFFER_CHARS = 4096
# Longer text is sent in several frames, so that none is too large.
PIECE_CHARS = 1 << 16
_KINDS = {"stdout": frames.STDOUT, "stderr": frames.STDERR}


class OutputSender:
    """Sends the output of the cell that runs.

    Parameters
    ----------
    descriptor
        Of a socket whose other end the grader holds.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._number: bytes | None = None
        self._process = os.getpid()
        # Reentrant: a signal handler may print while its thread is sending.
        self._lock = threading.RLock()

    def begin(self, number: bytes) -> None:
        """Begin a cell: all output belongs to the request of that number now."""
        self._number = number

    def end(self, reply: list[Any]) -> None:
        """Report how the cell ended, and send no more output.

        Parameters
        ----------
        reply
            Empty, or name and text of the error that it raised.
        """
        self._send(frames.DONE, msgpack.packb(reply))
        self._number = None

    def show(self, kind: str, content: Any) -> None:
        """Send the output in a message of Jupyter's iopub channel.

        Parameters
        ----------
        kind
            The type of the message, such as ``stream`` or ``display_data``.
        content
            Of the message.
        """
        output = outputs.output_of(kind, _encoded(content))
        if output is None or not self._is_open():
            return
        if kind == "stream":
            self.text(output["name"], output["text"])
        else:
            self._send(frames.OUTPUT, msgpack.packb(output))

    def text(self, name: str, text: str) -> None:
        """Send text that was printed.

        Parameters
        ----------
        name
            ``stdout`` or ``stderr``.
        text
            What was printed.
        """
        if self._number is None:
            said.note(name, text)
            return
        for start in range(0, len(text), PIECE_CHARS):
            if not self._is_open():
                return
            piece = text[start : start + PIECE_CHARS]
            self._send(_KINDS[name], piece.encode("utf-8", "replace"))

    def _is_open(self) -> bool:
        """Say whether a cell runs, and this process is not a fork of the kernel."""
        return self._number is not None and self._process == os.getpid()

    def _send(self, kind: int, payload: bytes) -> None:
        with self._lock:
            # Checked under the lock: another thread may have ended the cell meanwhile.
            if self._number is not None:
                frame = frames.pack(self._number, kind, payload)
                whole = len(frame) <= ATOMIC_BYTES
                with contextlib.nullcontext() if whole else _signals_blocked():
                    write(self._descriptor, frame)


def _encoded(content: Any) -> Any:
    """Return `content` with pictures in base64, as in Jupyter's messages."""
    data = content.get("data") if isinstance(content, dict) else None
    if not isinstance(data, dict):
        return content
    encoded = {
        mime: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for mime, value in data.items()
    }
    return {**content, "data": encoded}


def write(descriptor: int, data: bytes) -> None:
    """Write all of the data to a descriptor.

    Parameters
    ----------
    descriptor
        The descriptor, which may take less than all at once.
    data
        What to write.
    """
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextlib.contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block signals, so that no handler interrupts the writing of a frame."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Stream(io.TextIOBase):
    """Standard output or standard error of a kernel, sent line by line.

    Processes that the kernel forks do not use the sender, because the frames of two
    processes would mix. They write to a descriptor of their own.

    Parameters
    ----------
    sender
        Sends the text.
    name
        ``stdout`` or ``stderr``.
    descriptor
        Of the same stream, for C code and for forked processes.
    """

    encoding = "UTF-8"

    def __init__(self, sender: OutputSender, name: str, descriptor: int) -> None:
        self.name = name
        self._sender = sender
        self._descriptor = descriptor
        self._forked = False
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._buffer: list[str] = []
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
            # The buffer and the lock were copied from the parent, which uses its own.
            self._begin()
        with self._lock:
            self._buffer.append(text)
            # Empty text ends a print with end="".
            if not text or "\n" in text or "\r" in text or self._is_full():
                self.flush()
        return len(text)

    def _is_full(self) -> bool:
        return sum(map(len, self._buffer)) >= BUFFER_CHARS

    def flush(self) -> None:
        if not self._buffer or self._process != os.getpid():
            return
        with self._lock:
            text = "".join(self._buffer)
            self._buffer.clear()
            if self._forked:
                write(self._descriptor, text.encode("utf-8", "replace"))
            else:
                self._sender.text(self.name, text)


__all__ = ["OutputSender", "Stream", "write"]
