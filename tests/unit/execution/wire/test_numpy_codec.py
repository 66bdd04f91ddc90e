"""Structured, masked and object arrays and matrices arrive as such."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from tests.support.wires import Stayed, back, refusal, through

RECORDS = np.array(
    [(1, 2.5, "a", True), (3, np.nan, "ü", False)],
    [("n", "<i4"), ("x", "f8"), ("name", "U3"), ("ok", "?")],
)
NESTED = np.zeros(2, [("a", [("b", "f4"), ("c", "M8[D]")]), ("v", "i2", (3,))])
OBJECTS = np.array([[1, "a"], [None, Counter("aab")]], dtype=object)
MASKED = np.ma.masked_array([1.0, 2.0, 3.0], [False, True, False], fill_value=-1)


def frozen(array: Any) -> Any:
    array = array.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    "array",
    [
        RECORDS,
        RECORDS.reshape(2, 1),
        RECORDS[:0],
        NESTED,
        np.zeros(2, [("a", "O")]),
        OBJECTS,
        OBJECTS[:, :0],
        np.array(None),
        frozen(OBJECTS),
        np.array([[1, 2], [3, 4]]).view(np.matrix),
    ],
    ids=lambda array: f"{type(array).__name__}-{array.dtype.str}-{array.shape}",
)
@pytest.mark.parametrize("way", [through, back])
def test_arrays_arrive_whole(array: Any, way: Any) -> None:
    found = way(array)
    assert type(found) is type(array)
    assert found.dtype == array.dtype
    assert found.shape == array.shape
    assert repr(found.tolist()) == repr(array.tolist())
    assert found.flags.writeable == array.flags.writeable


def test_a_record_is_one() -> None:
    found = through(RECORDS[0])
    assert type(found) is np.void
    assert found.dtype == RECORDS.dtype
    assert found.tolist() == (1, 2.5, "a", True)


def test_an_array_inside_an_array_of_objects_stays_one_element() -> None:
    ragged = np.empty(2, object)
    ragged[:] = [np.arange(2), [1, 2, 3]]
    found = through(ragged)
    assert found.shape == (2,)
    assert type(found[0]) is np.ndarray
    assert found[1] == [1, 2, 3]


@pytest.mark.parametrize("mask", [MASKED.mask, np.ma.nomask], ids=["mask", "none"])
def test_masks_arrive(mask: Any) -> None:
    given = np.ma.masked_array([1.0, 2.0, 3.0], mask, fill_value=-1, hard_mask=True)
    found = through(given)
    assert type(found) is np.ma.MaskedArray
    assert found.tolist() == given.tolist()
    assert found.filled().tolist() == given.filled().tolist()
    assert found.hardmask
    assert (found.mask is np.ma.nomask) == (given.mask is np.ma.nomask)


class Own(np.ndarray):
    pass


@pytest.mark.parametrize(
    "value",
    [
        np.rec.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
        np.zeros(2, np.dtype([("a", "i1"), ("b", "i8")], align=True)),
        np.zeros(2, []),
        np.zeros(2, "V8"),
        np.zeros(2).view(Own),
        np.ma.masked,
        np.ma.masked_array(np.zeros(2, [("a", "i4")])),
        np.array([object()]),
    ],
    ids=lambda value: f"{type(value).__name__}-{value.dtype}",
)
def test_other_arrays_stay(value: Any) -> None:
    with pytest.raises(Stayed):
        through([value])


FIELD = ["a", {"array": ["<i4", [2], bytes(8)]}]
MALFORMED: list[Any] = [
    {"objects": []},
    {"objects": [[2], True, 1]},
    {"objects": [[10**9], True]},
    {"objects": [[-1], True]},
    {"objects": [[1] * 40, True, 1]},
    {"objects": [[1], 1, 1]},
    {"objects": [1, True, 1]},
    {"structured": []},
    {"structured": [False, [2]]},
    {"structured": [False, [3], FIELD]},
    {"structured": [False, [10**9], FIELD]},
    {"structured": [False, [2], FIELD, FIELD]},
    {"structured": [False, [2], ["a", 7]]},
    {"structured": [False, [2], [7, FIELD[1]]]},
    {"structured": [True, [2], FIELD]},
    {"structured": [7, [2], FIELD]},
    {"structured": [False, [2], ["a", {"objects": [[2], True, 1, 2]}], 7]},
    {"structured": [False, [2], ["a", {"remote": ["object", 0, "x"]}]]},
    {"masked": []},
    {"masked": [1, None, 0, False]},
    {"masked": [FIELD[1], FIELD[1], 0, False]},
    {"masked": [FIELD[1], {"array": ["|b1", [3], bytes(3)]}, 0, False]},
    {"masked": [FIELD[1], None, "text", False]},
    {"masked": [FIELD[1], None, 0, 7]},
    {"matrix": ["<f8", [2], bytes(16)]},
    {"matrix": ["<f8", [10**9, 10**9], bytes(16)]},
    {"matrix": ["O", [1, 1], bytes(8)]},
]


@pytest.mark.parametrize("tree", MALFORMED, ids=lambda tree: repr(tree)[:60])
def test_malformed_arrays_are_refused(tree: Any) -> None:
    assert refusal(tree)
