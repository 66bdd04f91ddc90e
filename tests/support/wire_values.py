"""Values that go through the wire whole, and trees that are refused."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.execution.wire import codec


class Text(str):
    """Text that is no plain str."""

    __slots__ = ()


PLAIN: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    2**63,
    2**64 - 1,
    -(2**63),
    2**64,
    -(10**300),
    1.5,
    float("inf"),
    -0.0,
    "",
    "é\U0001f600\0",
    b"\x00\xff",
    1 + 2j,
    ...,
    [],
    [1, [2, ["three"]]],
    (),
    (1, (2.0,), [None]),
    set(),
    {1, "a", (2, 3)},
    frozenset({1, frozenset({2})}),
    {},
    {"a": 1, 2: [3], (4, 5): {"b": None}, None: True},
    range(1, 10, 3),
    slice(None, 5, -1),
    int,
    dict,
    ValueError,
    Counter,
    np.float32,
    np.dtype("<f4"),
    np.dtype(">i8"),
]
ARRAYS = [
    np.arange(12, dtype=kind).reshape(3, 4)
    for kind in "i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8 c8 c16 >f4 >i8".split()
]
ARRAYS += [
    np.array([True, False]),
    np.array(5.0),
    np.array(True),
    np.zeros((0, 3)),
    np.zeros((2, 0, 4), bool),
    np.array(["a", "ünï", ""]),
    np.array([b"x", b"yz"]),
    np.array([np.nan, np.inf]),
    np.arange(24.0).reshape(2, 3, 4)[:, ::2, 1:],
    np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    np.broadcast_to(np.arange(3), (4, 3)),
    np.array(1.5, np.longdouble),
    np.array(["2024-02-29", "NaT"], "M8[D]"),
    np.array([1, -5], "m8[ns]"),
]
SCALARS = [np.float32(0.1), np.int64(7), np.bool_(True), np.complex64(1j), np.str_("a")]
SCALARS += [np.datetime64("2024-02-29"), np.timedelta64(5, "h")]


def deep(levels: int, inside: Callable[[Any], Any] = lambda tree: [tree]) -> Any:
    """Return a tree of that many levels, each put `inside` the next."""
    tree: Any = [1]
    for _ in range(levels - 1):
        tree = inside(tree)
    return tree


def alike(count: int) -> list[Any]:
    """Return trees of numbers that share one hash: multiples of Python's prime."""
    return [{"int": str(k * sys.hash_info.modulus)} for k in range(count)]


MALFORMED = [
    {},
    {"a": 1, "b": 2},
    {"nonsense": 1},
    {1: 2},
    {"tuple": 3},
    {"tuple": {"a": 1}},
    {"set": [[1]]},
    {"set": [{"array": ["<f8", [1], bytes(8)]}]},
    {"dict": [[1]]},
    {"dict": [[1, 2, 3]]},
    {"dict": [[[1], 2]]},
    {"int": 5},
    {"int": "0x1F"},
    {"int": "9" * (codec.MAX_DIGITS + 1)},
    {"complex": [1]},
    {"complex": ["a", "b"]},
    {"range": [1, 2]},
    {"range": [1, 2, 0]},
    {"slice": [1, 2]},
    {"scalar": ["<f8", b"1"]},
    {"scalar": ["O", bytes(8)]},
    {"type": "os.system"},
    {"type": ["a"]},
    {"dtype": "O"},
    {"dtype": "<f8,<i4"},
    {"array": []},
    {"array": [b"<f8", [1], bytes(8)]},
    {"array": ["O", [1], bytes(8)]},
    {"array": ["V8", [1], bytes(8)]},
    {"array": ["M8", [1], bytes(8)]},
    {"array": ["M8[99s]", [1], bytes(8)]},
    {"array": ["M8[s]", [1], bytes(7)]},
    {"read-only": ["O", [1], bytes(8)]},
    {"read-only": ["<f8", [10**9], bytes(8)]},
    {"array": ["<f8", [2], bytes(8)]},
    {"array": ["<f8", [-1], b""]},
    {"array": ["<f8", [True], bytes(8)]},
    {"array": ["<f8", [1.0], bytes(8)]},
    {"array": ["<f8", 1, bytes(8)]},
    {"array": ["<f8", [1], "12345678"]},
    {"array": ["<f8", [1] * 65, bytes(8)]},
    {"array": ["<f8", [2**40, 2**40, 0], b""]},
    {"array": ["<U0", [5], b""]},
    {"array": ["<U1", [1], b"\xff\xff\xff\xff"]},
    {"slice": [1, 2, {"tuple": 3}]},
    {"set": alike(codec.MAX_ALIKE + 1)},
    {"frozenset": alike(codec.MAX_ALIKE + 1)},
    {"dict": [[key, 1] for key in alike(codec.MAX_ALIKE + 1)]},
    deep(codec.MAX_DEPTH + 1),
    deep(codec.MAX_DEPTH + 1, lambda tree: {"slice": [None, None, tree]}),
    [0] * (codec.MAX_NODES + 1),
]
