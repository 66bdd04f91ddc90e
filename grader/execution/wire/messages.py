"""Frames between examiner and jail: four bytes of length, then MessagePack. Pure.

The items of a frame are counted before it is unpacked: a list of a few bytes may claim
to have a million items, and each of those a million more.
"""

from __future__ import annotations

import math
import struct
from typing import Any

import msgpack

from grader.errors import CallError, WireError
from grader.execution.wire.size_check import count_items

MAX_FRAME = 256 * 1024 * 1024
# Memory of one unpacked item, at most: an empty map, and the pointer to it.
ITEM_BYTES = 80
HEADER = struct.Struct("<I")


def pack(message: Any) -> bytes:
    """Return a message, which is made of trees, as one frame.

    Raises
    ------
    WireError
        If it is no tree, or too large.
    """
    try:
        body: bytes = msgpack.packb(message, use_bin_type=True)
    except (ValueError, TypeError, OverflowError) as error:
        raise WireError(f"this message cannot be sent: {error}") from None
    if len(body) > MAX_FRAME:
        raise WireError(f"{len(body)} bytes to send; the limit is {MAX_FRAME}")
    return HEADER.pack(len(body)) + body


def body_length(header: bytes | bytearray) -> int:
    """Return the number of bytes that follow a frame's header.

    Raises
    ------
    WireError
        If the header is incomplete, or the frame is too large.
    """
    if len(header) != HEADER.size:
        raise WireError("the stream ended inside a frame's header")
    (length,) = HEADER.unpack(header)
    if length > MAX_FRAME:
        raise WireError(f"a frame of {length} bytes; the limit is {MAX_FRAME}")
    return int(length)


class MemoryBudget:
    """How much memory a series of messages may use together, in bytes."""

    def __init__(self, size: int) -> None:
        self._size = self._left = size

    def spend(self, size: int) -> None:
        """Subtract `size` bytes; raise WireError if there are not that many left."""
        self._left -= size
        if self._left < 0:
            raise WireError(f"more than {self._size} bytes were sent in all")


def unpack(
    body: bytes | bytearray,
    budget: MemoryBudget | None = None,
    end: float = math.inf,
) -> Any:
    """Return the message in a frame's body: trees, not yet decoded values.

    Parameters
    ----------
    body
        What follows a frame's header.
    budget
        How much memory this message and others may use together. It is checked before
        the message is unpacked.
    end
        When reading must be done, by the monotonic clock.

    Raises
    ------
    WireError
        If the message is malformed, or too large.
    CallTimeout
        If reading takes longer.
    """
    try:
        items = count_items(body, end)
        if budget is not None:
            budget.spend(len(body) + ITEM_BYTES * items)
        return msgpack.unpackb(body, raw=False, strict_map_key=True, max_ext_len=0)
    except CallError:
        raise
    except Exception as error:  # msgpack's own errors, and Python's
        raise WireError(f"a malformed frame: {type(error).__name__}") from None


def text(string: str) -> str:
    """Return a string as an exact str that can be sent, without lone surrogates."""
    return str.__str__(string).encode("utf-8", "replace").decode("utf-8")


__all__ = [
    "HEADER",
    "ITEM_BYTES",
    "MAX_FRAME",
    "MemoryBudget",
    "body_length",
    "pack",
    "text",
    "unpack",
]
