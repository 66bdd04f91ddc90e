"""How much a MessagePack body holds, told before anything of it is made. Pure.

A list of five bytes may claim millions of items, each of those as many again, and
what unpacks it reserves the room. Bytes from the jail are counted here first.
"""

from __future__ import annotations

import math
import time
from typing import NoReturn

from grader.errors import CallTimeout, WireError

MAX_ITEMS = 4_000_000
MAX_LEVELS = 320
# Items between two looks at the clock, less one: a mask of bits.
LOOK_MASK = (1 << 15) - 1

# By an item's first byte: how many bytes follow it; or, of those that say a count,
# the width of the count, and how many items each counts (0: bytes).
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
    """Return how many items `body` holds, without making any of them.

    Parameters
    ----------
    body
        As it came.
    until
        When it must be done, by the monotonic clock.

    Raises
    ------
    WireError
        If they are too many, too deep, not all there, or of a kind not used here.
    CallTimeout
        If it is not done by then.
    """
    place, items, left, end = 0, 1, 1, len(body)
    seen = 0
    outer: list[int] = []
    while left or outer:
        if not left:
            left = outer.pop()
            continue
        if place >= end:
            break
        left -= 1
        seen += 1
        if not seen & LOOK_MASK and time.monotonic() > until:
            raise CallTimeout("an answer took too long to read")
        first = body[place]
        place += 1
        if first in _FIXED:
            place += _FIXED[first]
            continue
        width, each = _COUNTED.get(first) or _unused(first)
        count = int.from_bytes(body[place : place + width], "big")
        if not width:
            count = first & 15
        place += width
        if not each:
            place += count
            continue
        items += count * each
        outer.append(left)
        left = count * each
        if items > MAX_ITEMS or len(outer) > MAX_LEVELS:
            raise WireError(f"a frame of {items} items, {len(outer)} levels deep")
    if place != end or left:
        raise WireError("a malformed frame: its end is not where it should be")
    return items


def _unused(first: int) -> NoReturn:
    raise WireError(f"a malformed frame: {first:#x} is not used here")
