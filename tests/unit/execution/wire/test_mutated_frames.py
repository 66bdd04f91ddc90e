"""Frames changed at random give plain data or a WireError, never anything else."""

from __future__ import annotations

import random
from typing import Any

import msgpack
import numpy as np

from grader.errors import WireError
from grader.execution.wire import codec, messages, named_types
from tests.support.wire_values import ARRAYS, MALFORMED, PLAIN, SCALARS

EXACT = {
    *(type(value) for value in PLAIN),
    *(type(scalar) for scalar in SCALARS),
    *map(type, ARRAYS),
    *(kind for kind in named_types.TYPES.values() if issubclass(kind, np.generic)),
}


def every_part(value: Any) -> Any:
    yield value
    if isinstance(value, dict):
        for pair in value.items():
            yield from every_part(pair)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from every_part(item)


def mutated(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        kind = chance.randrange(3)
        if kind == 0:
            changed[at : at + 1] = chance.randbytes(1)
        elif kind == 1:
            del changed[at : at + chance.randint(1, 8)]
        else:
            changed[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(changed)


def test_mutated_frames_give_plain_data_or_a_wire_error() -> None:
    chance = random.Random(20)
    seeds = [
        messages.pack(codec.encode(value))[4:] for value in [PLAIN, ARRAYS[:6], SCALARS]
    ]
    seeds += [messages.pack(codec.encode(value))[4:] for value in [*PLAIN, *ARRAYS]]
    seeds += [msgpack.packb(tree) for tree in MALFORMED[:-1]]
    arrived = refused = 0
    for _ in range(6000):
        body = mutated(chance.choice(seeds), chance)
        try:
            value = codec.decode(messages.unpack(body))
        except WireError:
            refused += 1
        else:
            arrived += 1
            assert {type(part) for part in every_part(value)} <= EXACT
    assert arrived > 200
    assert refused > 2000
