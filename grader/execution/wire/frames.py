"""Frames between the grader and a jailed kernel. Pure.

A frame is its length, the number of the request that it belongs to, its kind, and a
payload: text as UTF-8, everything else as MessagePack. A jail may send anything, so the
length of a frame is checked before it is stored, and it is read when it is complete.
"""

from __future__ import annotations

import struct

from grader.errors import WireError

LENGTH = struct.Struct("<I")
NUMBER_BYTES = 8
_FIXED = NUMBER_BYTES + 1

# The kinds of frames: RUN is sent by the grader, the others by the kernel.
RUN, STDOUT, STDERR, OUTPUT, DONE = range(5)
#: A number that no request has: with it a kernel reports that it has started.
UP = bytes(NUMBER_BYTES)


def pack(number: bytes, kind: int, payload: bytes) -> bytes:
    """Return one frame.

    Parameters
    ----------
    number
        Of the request that the frame belongs to, `NUMBER_BYTES` long.
    kind
        One of `RUN`, `STDOUT`, `STDERR`, `OUTPUT` and `DONE`.
    payload
        Text as UTF-8, everything else as MessagePack.
    """
    length = LENGTH.pack(_FIXED + len(payload))
    return b"".join((length, number, bytes((kind,)), payload))


def split(body: bytes) -> tuple[bytes, int, bytes]:
    """Return the number, kind and payload of a frame's body."""
    return body[:NUMBER_BYTES], body[NUMBER_BYTES], body[_FIXED:]


class Frames:
    """Splits a stream of bytes into the bodies of frames.

    It stores the data that was fed to it last, and one incomplete frame at most.

    Parameters
    ----------
    max_bytes
        How large a frame may be.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Add bytes that were received."""
        self._buffer += data

    def oversized(self) -> bool:
        """Say whether the next frame claims to be larger than allowed."""
        length = self._next_length()
        return length is not None and length > self._max_bytes

    def take(self) -> bytes | None:
        """Return the body of the next frame; None until it is complete.

        Raises
        ------
        WireError
            If the bytes are not a frame, or the frame is larger than allowed.
        """
        length = self._next_length()
        if length is None:
            return None
        if not _FIXED <= length <= self._max_bytes:
            raise WireError(
                f"a frame of {length} bytes; {_FIXED} to {self._max_bytes} are allowed"
            )
        end = LENGTH.size + length
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[LENGTH.size : end])
        del self._buffer[:end]
        return body

    def _next_length(self) -> int | None:
        if len(self._buffer) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack_from(self._buffer)
        return int(length)


__all__ = [
    "DONE",
    "LENGTH",
    "NUMBER_BYTES",
    "OUTPUT",
    "RUN",
    "STDERR",
    "STDOUT",
    "UP",
    "Frames",
    "pack",
    "split",
]
