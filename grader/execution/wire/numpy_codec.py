"""Arrays of other kinds than numbers and text: structured, masked, of objects. Pure."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.errors import WireError
from grader.execution.wire import arrays
from grader.execution.wire.codec import list_of
from grader.execution.wire.kinds import Codec


def _is_array(value: Any) -> bool:
    return type(value) is np.ndarray


# --- arrays of objects ---------------------------------------------------------------


def _objects_parts(value: np.ndarray[Any, Any]) -> list[Any]:
    return [list(value.shape), value.flags.writeable, *value.ravel().tolist()]


def _objects(parts: list[Any]) -> np.ndarray[Any, Any]:
    shape, writeable, *items = parts
    if arrays.count_of(shape) != len(items) or type(writeable) is not bool:
        raise WireError("an array of objects is malformed")
    array = np.empty(len(items), object)
    for number, item in enumerate(items):
        array[number] = item
    array = array.reshape(shape)
    array.flags.writeable = writeable
    return array


# --- structured arrays ---------------------------------------------------------------


def _structured_parts(value: Any) -> list[Any] | None:
    """Return whether it is one record, its shape, and name and array of each field."""
    dtype = value.dtype
    packed = [(name, dtype.fields[name][0]) for name in dtype.names or ()]
    if not packed or dtype != np.dtype(packed):
        return None
    fields = [[n, np.array(value[n], dtype[n].base, order="C")] for n in dtype.names]
    return [type(value) is np.void, list(value.shape), *fields]


def _structured(parts: list[Any]) -> Any:
    is_record, shape, *fields = parts
    arrays.count_of(shape)
    kinds = []
    for name, array in map(list_of, fields):
        if type(name) is not str or type(array) is not np.ndarray:
            raise WireError("a field of an array is malformed")
        if array.shape[: len(shape)] != tuple(shape):
            raise WireError("the fields of an array differ in length")
        kinds.append((name, array.dtype, array.shape[len(shape) :]))
    if not kinds or type(is_record) is not bool or (is_record and shape):
        raise WireError("a structured array is malformed")
    whole = np.empty(shape, np.dtype(kinds))
    for name, array in fields:
        whole[name] = array
    return whole[()] if is_record else whole


# --- masked arrays and matrices ----------------------------------------------------


def _masked_parts(value: Any) -> list[Any] | None:
    if type(value.data) is not np.ndarray or value.dtype.names:
        return None
    mask = None if value.mask is np.ma.nomask else np.array(value.mask)
    return [np.array(value.data), mask, value.fill_value, bool(value.hardmask)]


def _masked(parts: list[Any]) -> Any:
    data, mask, fill, hard = parts
    if type(data) is not np.ndarray or data.dtype.names or type(hard) is not bool:
        raise WireError("a masked array is malformed")
    if mask is None:
        mask = np.ma.nomask
    elif type(mask) is not np.ndarray or (mask.dtype, mask.shape) != (bool, data.shape):
        raise WireError("the mask of an array is malformed")
    return np.ma.MaskedArray(data, mask, fill_value=fill, hard_mask=hard)


def _matrix(payload: Any) -> Any:
    array = arrays.array_of(payload)
    if array.ndim != 2:
        raise WireError("a matrix is malformed")
    return array.view(np.matrix)


CODECS = (
    Codec(
        "objects",
        lambda value: _is_array(value) and value.dtype.kind == "O",
        _objects_parts,
        _objects,
        "values",
    ),
    Codec(
        "structured",
        lambda value: type(value) in (np.ndarray, np.void) and bool(value.dtype.names),
        _structured_parts,
        _structured,
        "data",
    ),
    Codec(
        "masked",
        lambda value: type(value) is np.ma.MaskedArray,
        _masked_parts,
        _masked,
        "data",
    ),
    Codec(
        "matrix",
        lambda value: type(value) is np.matrix and arrays.is_plain(value.dtype),
        arrays.parts_of,
        _matrix,
    ),
)


__all__ = ["CODECS"]
