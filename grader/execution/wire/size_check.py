"""Count the items of a MessagePack body before it is unpacked. Pure.

A list of five bytes may claim to have millions of items, and each of those as many
again; msgpack reserves memory for them before it reads them. So bytes from the jail are
counted here first.
"""

from __future__ import annotations

import math
import time
from typing import NoReturn

from grader.errors import CallTimeout, WireError

MAX_ITEMS = 4_000_000
MAX_LEVELS = 320
# The clock is read when these bits of the number of items are all zero.
CLOCK_MASK = (1 << 15) - 1

# By an item's first byte. `_FIXED`: how many bytes follow it. `_COUNTED`, for items
# that begin with a count: how many bytes hold the count, and how many items follow for
# each one counted (0: the count is one of bytes).
_FIXED = {
    **dict.fromkeys([*range(0x80), *range(0xE0, 0x100), 0xC0, 0xC2, 0xC3], 0),
    **{0xA0 + length: length for length in range(32)},
    **{0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8},
    **{0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8},
}
_COUNTED = {
    **dict.fromkeys(range(0x80, 0x90), (0, 2)),
    **dict.fromkeys(range(0x90, 0xA0), (0, 1)),
    **{0xC4: (1, 0), 0xC5: (2, 0), 0xC6: (4, 0), 0xD9: (1, 0), 0xDA: (2, 0)},
    **{0xDB: (4, 0), 0xDC: (2, 1), 0xDD: (4, 1), 0xDE: (2, 2), 0xDF: (4, 2)},
}


def count_items(body: bytes | bytearray, until: float = math.inf) -> int:
    """Return how many items a body holds, without unpacking any of them.

    Parameters
    ----------
    body
        As it was received.
    until
        When counting must be done, by the monotonic clock.

    Raises
    ------
    WireError
        If there are too many items or levels, if the body is incomplete, or if it has a
        kind of item that is not used here.
    CallTimeout
        If counting takes longer.
    """
    position, items, left, end = 0, 1, 1, len(body)
    seen = 0
    outer: list[int] = []
    while left or outer:
        if not left:
            left = outer.pop()
            continue
        if position >= end:
            break
        left -= 1
        seen += 1
        if not seen & CLOCK_MASK and time.monotonic() > until:
            raise CallTimeout("an answer took too long to read")
        first = body[position]
        position += 1
        if first in _FIXED:
            position += _FIXED[first]
            continue
        width, items_per_count = _COUNTED.get(first) or _unused(first)
        count = int.from_bytes(body[position : position + width], "big")
        if not width:
            count = first & 15
        position += width
        if not items_per_count:
            position += count
            continue
        items += count * items_per_count
        outer.append(left)
        left = count * items_per_count
        if items > MAX_ITEMS or len(outer) > MAX_LEVELS:
            raise WireError(f"a frame of {items} items, {len(outer)} levels deep")
    if position != end or left:
        raise WireError("a malformed frame: its items end before or after its bytes")
    return items


def _unused(first: int) -> NoReturn:
    raise WireError(f"a malformed frame: {first:#x} is not used here")
