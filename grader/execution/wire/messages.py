"""Frames between examiner and jail: four bytes of length and MessagePack. Pure.

What a frame holds is counted before anything is made of it: a list of a few bytes may
claim a million items, and each of those as many again.
"""

from __future__ import annotations

import math
import struct
from typing import Any

import msgpack

from grader.errors import CallError, WireError
from grader.execution.wire.size_check import count_items

MAX_FRAME = 256 * 1024 * 1024
# What one item takes once it is made: an empty map, the largest, and its slot.
ITEM_BYTES = 80
HEADER = struct.Struct("<I")


def pack(message: Any) -> bytes:
    """Return `message`, made of trees, as one frame."""
    try:
        body: bytes = msgpack.packb(message, use_bin_type=True)
    except (ValueError, TypeError, OverflowError) as error:
        raise WireError(f"this message cannot be sent: {error}") from None
    if len(body) > MAX_FRAME:
        raise WireError(f"{len(body)} bytes to send; the limit is {MAX_FRAME}")
    return HEADER.pack(len(body)) + body


def body_length(header: bytes | bytearray) -> int:
    """Return the number of bytes that follow `header`."""
    if len(header) != HEADER.size:
        raise WireError("the stream ended inside a frame's header")
    (length,) = HEADER.unpack(header)
    if length > MAX_FRAME:
        raise WireError(f"a frame of {length} bytes; the limit is {MAX_FRAME}")
    return int(length)


class Allowance:
    """The memory that a run of messages may take, in bytes."""

    def __init__(self, size: int) -> None:
        self._size = self._left = size

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise WireError(f"more than {self._size} bytes were sent in all")


def unpack(
    body: bytes | bytearray,
    allowance: Allowance | None = None,
    end: float = math.inf,
) -> Any:
    """Return the message in a frame's body: trees, not yet decoded values.

    Parameters
    ----------
    body
        What follows a frame's header.
    allowance
        What this message and others may take together; checked before it is made.
    end
        Until when reading it may take, by the monotonic clock.

    Raises
    ------
    WireError
        If it is malformed, or too large.
    CallTimeout
        It took longer.
    """
    try:
        items = count_items(body, end)
        if allowance is not None:
            allowance.spend(len(body) + ITEM_BYTES * items)
        return msgpack.unpackb(body, raw=False, strict_map_key=True, max_ext_len=0)
    except CallError:
        raise
    except Exception as error:  # msgpack's own tree of errors, and Python's
        raise WireError(f"a malformed frame: {type(error).__name__}") from None


def text(given: str) -> str:
    """Return `given` as a plain string that can be sent: no halves of surrogates."""
    return str.__str__(given).encode("utf-8", "replace").decode("utf-8")


__all__ = [
    "HEADER",
    "ITEM_BYTES",
    "MAX_FRAME",
    "Allowance",
    "body_length",
    "pack",
    "text",
    "unpack",
]
