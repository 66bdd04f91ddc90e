"""Values go through the wire whole and come out plain; all else is a WireError."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import pytest

from grader.errors import WireError
from grader.execution.wire import codec, messages
from tests.support.wire_values import (
    ARRAYS,
    MALFORMED,
    PLAIN,
    SCALARS,
    Text,
    alike,
    deep,
)


class Number(int):
    pass


class Real(float):
    pass


class Items(list[Any]):
    pass


class Octets(bytes):
    pass


class Precise(np.float64):
    pass


class Lying(np.ndarray):
    pass


class Colour(IntEnum):
    RED = 3


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
    assert found.flags.writeable == array.flags.writeable
    assert found.flags.c_contiguous


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
def test_numpy_scalars_keep_their_type(scalar: Any) -> None:
    found = through(scalar)
    assert type(found) is type(scalar)
    assert found == scalar


def test_nan_stays_nan() -> None:
    assert np.isnan(through(float("nan")))


@pytest.mark.parametrize(
    "value",
    [
        Text("abc"),
        Number(3),
        Real(1.5),
        Items([1, 2]),
        Octets(b"ab"),
        Colour.RED,
        np.arange(3.0).view(Lying),
        np.rec.array(np.arange(3.0)),
        Precise(1.5),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_subclass_is_no_plain_data(value: Any) -> None:
    with pytest.raises(WireError, match="cannot be sent"):
        codec.encode(value)
    assert codec.encode([value], lambda _: {"remote": 7}) == [{"remote": 7}]


def test_an_array_closed_to_changes_arrives_so() -> None:
    given = np.arange(3.0)
    given.flags.writeable = False
    found = through(given)
    assert not found.flags.writeable
    np.testing.assert_array_equal(found, given)


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
        np.datetime64("NaT"),
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


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda tree: repr(tree)[:40])
def test_a_malformed_value_is_a_wire_error(tree: Any) -> None:
    with pytest.raises(WireError):
        codec.decode(tree)


def test_a_set_of_values_made_to_be_slow_is_told_from_an_honest_one() -> None:
    assert len(codec.decode({"set": alike(codec.MAX_ALIKE)})) == codec.MAX_ALIKE
    honest = {(row, column) for row in range(-3, 50) for column in range(-3, 50)}
    assert through(honest) == honest
    assert through({float(k): k for k in range(5000)}) == {k: k for k in range(5000)}


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
