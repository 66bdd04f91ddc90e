"""Frames on the line to a jailed kernel: bytes with a number and a kind. Pure.

A frame is its length, the number of the request that it belongs to, its kind, and
a payload: text as UTF-8, everything else as MessagePack. What comes out of a jail
may be anything: it is measured before it is kept, and kept before it is read.
"""

from __future__ import annotations

import struct

from grader.errors import WireError

LENGTH = struct.Struct("<I")
NUMBER_BYTES = 8
_FIXED = NUMBER_BYTES + 1

# What the grader asks, and all that a kernel says.
RUN, STDOUT, STDERR, OUTPUT, DONE = range(5)
#: The number of no request: with it a kernel says that it is up.
UP = bytes(NUMBER_BYTES)


def pack(number: bytes, kind: int, payload: bytes) -> bytes:
    """Return one frame.

    Parameters
    ----------
    number
        Of the request that it belongs to, `NUMBER_BYTES` long.
    kind
        One of `RUN`, `STDOUT`, `STDERR`, `OUTPUT` and `DONE`.
    payload
        Text as UTF-8, everything else as MessagePack.
    """
    length = LENGTH.pack(_FIXED + len(payload))
    return b"".join((length, number, bytes((kind,)), payload))


def split(body: bytes) -> tuple[bytes, int, bytes]:
    """Return number, kind and payload of a frame's body."""
    return body[:NUMBER_BYTES], body[NUMBER_BYTES], body[_FIXED:]


class Frames:
    """Cuts a stream of bytes into the bodies of frames.

    It holds what was fed to it last and no more than one frame beside.

    Parameters
    ----------
    most
        Bytes that a frame may have.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = bytearray()

    def feed(self, data: bytes) -> None:
        self._held += data

    def oversized(self) -> bool:
        """Say whether the next frame claims to be larger than one may be."""
        length = self._announced()
        return length is not None and length > self._most

    def take(self) -> bytes | None:
        """Return the next body; None until it has come in as a whole.

        Raises
        ------
        WireError
            If these bytes are no frame, or one that is larger than it may be.
        """
        length = self._announced()
        if length is None:
            return None
        if not _FIXED <= length <= self._most:
            raise WireError(f"a frame of {length} bytes; it may have {self._most}")
        end = LENGTH.size + length
        if len(self._held) < end:
            return None
        body = bytes(self._held[LENGTH.size : end])
        del self._held[:end]
        return body

    def _announced(self) -> int | None:
        if len(self._held) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack_from(self._held)
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
