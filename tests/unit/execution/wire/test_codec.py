"""The wire: data go through whole and come out plain; all else is a WireError."""

from __future__ import annotations

import random
import struct
import sys
import time
import tracemalloc
from collections import OrderedDict, namedtuple
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import msgpack
import numpy as np
import pytest

from grader.errors import CallTimeout, WireError
from grader.execution.wire import codec, messages
from grader.execution.wire.size_check import MAX_LEVELS


class Text(str):
    __slots__ = ()


class Number(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Real(float):
    pass


class Items(list[Any]):
    def __iter__(self) -> Any:
        return iter(["other", "items"])


class Lying(np.ndarray):
    def __array_function__(self, *_: Any, **__: Any) -> Any:
        return True


class Colour(IntEnum):
    RED = 3


Pair = namedtuple("Pair", "a b")

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
]
SCALARS = [np.float32(0.1), np.int64(7), np.bool_(True), np.complex64(1j), np.str_("a")]


def through(value: Any) -> Any:
    frame = messages.pack(codec.encode(value))
    header, body = frame[: messages.HEADER.size], frame[messages.HEADER.size :]
    assert messages.body_length(header) == len(body)
    return codec.decode(messages.unpack(body))


# Not by repr: a set's order, and so the test's name, differs between processes.
@pytest.mark.parametrize("value", PLAIN, ids=lambda value: type(value).__name__)
def test_plain_values_come_through_whole(value: Any) -> None:
    found = through(value)
    assert type(found) is type(value)
    assert found == value
    assert repr(found) == repr(value) or isinstance(value, set | frozenset)


@pytest.mark.parametrize("array", ARRAYS, ids=lambda a: f"{a.dtype.str}{a.shape}")
def test_arrays_come_through_whole_in_memory_of_their_own(array: Any) -> None:
    found = through(array)
    assert type(found) is np.ndarray
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)
    assert found.shape == array.shape
    assert found.flags.writeable
    assert found.flags.c_contiguous


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
def test_numpy_scalars_keep_their_type(scalar: Any) -> None:
    found = through(scalar)
    assert type(found) is type(scalar)
    assert found == scalar


def test_nan_stays_nan() -> None:
    assert np.isnan(through(float("nan")))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Text("abc"), "abc"),
        (Number(3), 3),
        (Real(1.5), 1.5),
        (Items([1, 2]), [1, 2]),
        (OrderedDict(a=1), {"a": 1}),
        (Pair(1, 2), (1, 2)),
        (Colour.RED, 3),
        (bytearray(b"ab"), b"ab"),
    ],
    ids=repr,
)
def test_subclasses_arrive_as_the_builtin_they_derive_from(
    value: Any, plain: Any
) -> None:
    found = through(value)
    assert type(found) is type(plain)
    assert plain == found
    # What is compared before it is sent must be plain already.
    if not isinstance(plain, list | dict | tuple):
        assert type(codec.encode(value)) is type(plain)


@pytest.mark.parametrize(
    "value",
    [
        np.arange(3.0).view(Lying),
        np.ma.masked_array([0.0, 1.0, 2.0]),
        np.rec.array(np.arange(3.0)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_array_subclasses_arrive_as_arrays(value: Any) -> None:
    found = through(value)
    assert type(found) is np.ndarray
    assert found.tolist() == [0.0, 1.0, 2.0]


def inside_itself() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        object(),
        len,
        lambda: None,
        np.array([object()]),
        np.zeros(2, [("a", "i4")]),
        np.datetime64("2020-01-01"),
        inside_itself(),
        [0] * (codec.MAX_NODES + 1),
        10 ** (codec.MAX_DIGITS * 3),
        "\ud800",
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_data_is_refused_when_sent(value: Any) -> None:
    with pytest.raises(WireError):
        messages.pack(codec.encode(value))


def test_what_is_no_plain_data_goes_to_the_hook() -> None:
    tree = codec.encode([1, object()], lambda value: {"remote": 7})
    assert codec.decode(tree, {"remote": lambda n: n + 1}) == [1, 8]


@pytest.mark.parametrize("wrong", [IndexError, KeyError, TypeError, MemoryError])
def test_a_hook_that_fails_is_a_wire_error(wrong: type[Exception]) -> None:
    def fail(payload: Any) -> Any:
        raise wrong

    with pytest.raises(WireError, match=wrong.__name__):
        codec.decode([{"remote": 7}], {"remote": fail})


def test_a_module_travels_as_its_name_and_needs_a_hook_to_arrive() -> None:
    tree = codec.encode(np.linalg)
    assert tree == {"module": "numpy.linalg"}
    with pytest.raises(WireError, match="unknown tag"):
        codec.decode(tree)


def deep(levels: int, inside: Callable[[Any], Any] = lambda tree: [tree]) -> Any:
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
    {"array": ["M8[s]", [1], bytes(8)]},
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


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda tree: repr(tree)[:40])
def test_a_malformed_value_is_a_wire_error(tree: Any) -> None:
    with pytest.raises(WireError):
        codec.decode(tree)


def test_a_set_of_values_made_to_be_slow_is_told_from_an_honest_one() -> None:
    assert len(codec.decode({"set": alike(codec.MAX_ALIKE)})) == codec.MAX_ALIKE
    honest = {(row, column) for row in range(-3, 50) for column in range(-3, 50)}
    assert through(honest) == honest
    assert through({float(k): k for k in range(5000)}) == {k: k for k in range(5000)}


def test_what_messages_take_together_is_bounded() -> None:
    body = messages.pack([0] * 100)[4:]
    allowance = messages.Allowance(3 * len(body) + 300 * messages.ITEM_BYTES)
    for _ in range(2):
        messages.unpack(body, allowance)
    with pytest.raises(WireError, match="sent in all"):
        messages.unpack(body, allowance)


def test_room_is_not_made_for_what_is_claimed_only() -> None:
    claim = b"\xdd\x00\x0f\x00\x00"  # a list of a million, in five bytes
    body = claim * 300 + bytes(1 << 20)
    tracemalloc.start()
    with pytest.raises(WireError):
        messages.unpack(body)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_depth_is_counted_the_same_on_both_sides() -> None:
    value = deep(codec.MAX_DEPTH)
    assert through(value) == value
    with pytest.raises(WireError, match="deeper"):
        codec.encode([value])


def test_the_number_of_elements_is_counted_over_the_whole_value() -> None:
    for part in ([0] * 1000, {"tuple": [0] * 1000}, {"dict": [[0, 0]] * 333}):
        with pytest.raises(WireError, match="elements"):
            codec.decode([part] * (codec.MAX_NODES // 1000))


def test_a_truth_value_is_one_whatever_its_byte() -> None:
    mask = codec.decode({"array": ["|b1", [3], b"\x00\x01\xff"]})
    assert mask.sum() == 2
    assert mask.tobytes() == b"\x00\x01\x01"
    assert codec.decode({"scalar": ["|b1", b"\x07"]}) == np.True_


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"\x91",
        b"\x01\x02",
        b"\xa1\xff",
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xd4\x01\x00",
        b"\xd6\xff\x00\x00\x00\x00",
        b"\x81\x91\x01\x02",
        b"\x91" * 5000,
        b"\x91" * (MAX_LEVELS + 1) + b"\x01",
        b"\xdd\x00\x00\x00\x02\x01",
        b"\xc7\x00\x01",
        b"\xa5abc",
        b"\xca\x00",
        b"\xdc\x00",
    ],
    ids=lambda body: body[:6].hex(),
)
def test_a_malformed_frame_is_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError):
        codec.decode(messages.unpack(body))


@pytest.mark.parametrize(
    "header", [b"", b"abc", b"12345", struct.pack("<I", messages.MAX_FRAME + 1)]
)
def test_a_malformed_header_is_a_wire_error(header: bytes) -> None:
    with pytest.raises(WireError):
        messages.body_length(header)


def test_a_frame_that_is_too_long_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MAX_FRAME", 100)
    with pytest.raises(WireError, match="the limit is 100"):
        messages.pack(bytes(101))


@pytest.mark.parametrize("given", ["\ud800", Text("a\udfffb"), "plain"])
def test_text_is_made_fit_to_be_sent(given: str) -> None:
    found = messages.text(given)
    assert type(found) is str
    assert messages.unpack(messages.pack(found)[4:]) == found


EXACT = {
    *(type(value) for value in PLAIN),
    *(type(scalar) for scalar in SCALARS),
    *map(type, ARRAYS),
    *(kind for kind in codec.TYPES.values() if issubclass(kind, np.generic)),
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


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\xdc\xff\xff" + b"\xc0" * 65_535, id="many items"),
        pytest.param(b"\xdc\xff\xff" + b"\x90" * 65_535, id="many empty lists"),
    ],
)
def test_reading_what_came_too_late_is_a_time_out(body: bytes) -> None:
    with pytest.raises(CallTimeout):
        messages.unpack(body, end=time.monotonic())
    assert len(messages.unpack(body, end=time.monotonic() + 60)) == 65_535
