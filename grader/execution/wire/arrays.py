"""Arrays as data: their dtype, shape and bytes. Pure.

Only dtypes whose bytes cannot refer to anything are sent: truth values, numbers, text,
bytes, dates and times. What claims to be larger than its bytes is refused before
memory is used for it.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import numpy as np

from grader.errors import WireError

MAX_DIMENSIONS = 32
_UNITS = "Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as"
_DTYPE = re.compile(
    r"[<>|=]?(b1|[iu][1248]|f2|f4|f8|f16|c8|c16|c32|[SU][0-9]{1,6}"
    rf"|[mM]8\[({_UNITS})\])\Z"
)


def is_plain(dtype: np.dtype[Any]) -> bool:
    """Say whether arrays of this dtype can be sent as bytes."""
    return bool(_DTYPE.match(dtype.str)) and dtype.itemsize > 0


def parts_of(array: np.ndarray[Any, Any]) -> list[Any]:
    """Return the payload of an array with a plain dtype: ``[dtype, shape, bytes]``."""
    return [array.dtype.str, list(array.shape), array.tobytes()]


def dtype_of(code: Any) -> np.dtype[Any]:
    """Return the dtype of its code, such as ``"<f4"``.

    Raises
    ------
    WireError
        If it is none of those that are sent.
    """
    if type(code) is not str or not _DTYPE.match(code):
        raise WireError(f"dtype {code!r:.40} is not allowed")
    return np.dtype(code)


def array_of(payload: Any) -> np.ndarray[Any, Any]:
    """Return the array of a payload ``[dtype, shape, bytes]``, in memory of its own.

    Raises
    ------
    WireError
        If the payload is malformed, or the dtype is not allowed.
    """
    if type(payload) is not list or len(payload) != 3:
        raise WireError("an array is malformed")
    code, shape, data = payload
    dtype = dtype_of(code)
    if type(data) is not bytes:
        raise WireError("an array's bytes are malformed")
    if count_of(shape) * dtype.itemsize != len(data):
        raise WireError("an array's shape and its bytes disagree")
    array = np.frombuffer(data, dtype).reshape(shape)
    if dtype.kind == "U" and array.size:
        _check_characters(np.frombuffer(data, f"{dtype.str[0]}u4"))
    # A bool is a byte: bytes other than 0 and 1 would count more than once in a sum.
    return np.asarray(array.view("u1") != 0) if dtype.kind == "b" else array.copy()


def read_only_of(payload: Any) -> np.ndarray[Any, Any]:
    """Return the array of a payload as :func:`array_of` does, closed to changes."""
    array = array_of(payload)
    array.flags.writeable = False
    return array


def scalar_of(payload: Any) -> Any:
    """Return the NumPy scalar of a payload ``[dtype, bytes]``."""
    code, data = payload
    return array_of([code, [], data])[()]


def count_of(shape: Any) -> int:
    """Return how many elements an array of this shape has.

    Raises
    ------
    WireError
        If it is no shape: a list of lengths.
    """
    if type(shape) is not list or len(shape) > MAX_DIMENSIONS:
        raise WireError("an array's shape is malformed")
    count = 1
    for length in shape:
        if type(length) is not int or length < 0:
            raise WireError("an array's shape holds something that is not a length")
        count *= length
    return count


def _check_characters(codes: np.ndarray[Any, Any]) -> None:
    if codes.max() > sys.maxunicode:
        raise WireError("an array of text holds a number that is not a character")


__all__ = [
    "array_of",
    "count_of",
    "dtype_of",
    "is_plain",
    "parts_of",
    "read_only_of",
    "scalar_of",
]
