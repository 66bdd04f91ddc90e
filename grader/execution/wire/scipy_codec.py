"""Sparse matrices and arrays of SciPy, as the arrays that they consist of. Pure.

Every position is checked before SciPy's compiled code sees it, which would read and
write outside of the arrays. SciPy is never imported here.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from grader.errors import WireError
from grader.execution.wire.codec import MAX_NODES, list_of
from grader.execution.wire.kinds import Codec

# Rows or columns; a test that makes such a matrix dense would need more memory anyway.
MAX_LENGTH = 100_000_000
_ATTRIBUTES = {
    "csr": ("data", "indices", "indptr"),
    "csc": ("data", "indices", "indptr"),
    "bsr": ("data", "indices", "indptr"),
    "coo": ("data", "row", "col"),
    "dia": ("data", "offsets"),
}
# These consist of lists and dicts, and are sent as coordinates.
_BY_COORDINATES = ("lil", "dok")


def _kind_name(value: Any) -> str:
    """Return the name of a value's class, if that is a sparse one of SciPy's own."""
    sparse = sys.modules.get("scipy.sparse")
    name = type(value).__name__
    layout = name.partition("_")[0]
    known = layout in _ATTRIBUTES or layout in _BY_COORDINATES
    return name if known and getattr(sparse, name, None) is type(value) else ""


def _parts(value: Any) -> list[Any] | None:
    name = _kind_name(value)
    if len(value.shape) != 2:
        return None
    layout = name.partition("_")[0]
    if layout in _BY_COORDINATES:
        value, layout = value.tocoo(), "coo"
    arrays = [np.array(getattr(value, each)) for each in _ATTRIBUTES[layout]]
    return [name, [int(length) for length in value.shape], *arrays]


def _sparse(parts: list[Any]) -> Any:
    name, shape, *arrays = parts
    sparse = sys.modules.get("scipy.sparse")
    if sparse is None:
        raise WireError("a sparse matrix, in a lesson that does not use scipy.sparse")
    layout, _, family = name.partition("_") if type(name) is str else ("", "", "")
    if family not in ("array", "matrix"):
        raise WireError("a sparse matrix is malformed")
    if not all(type(n) is int and 0 <= n <= MAX_LENGTH for n in list_of(shape, 2)):
        raise WireError(f"a sparse matrix with more than {MAX_LENGTH} rows or columns")
    if not all(type(each) is np.ndarray for each in arrays):
        raise WireError("a sparse matrix is malformed")
    if layout in _BY_COORDINATES:
        if shape[0] > MAX_NODES:
            raise WireError(f"lists for more than {MAX_NODES} rows")
        made = _made(sparse, "coo", family, shape, arrays)
        return getattr(made, f"to{layout}")()
    return _made(sparse, layout, family, shape, arrays)


def _made(
    sparse: Any, layout: str, family: str, shape: list[int], arrays: list[Any]
) -> Any:
    """Return a matrix of checked parts."""
    make = getattr(sparse, f"{layout}_{family}")
    if len(arrays) != len(_ATTRIBUTES[layout]):
        raise WireError("a sparse matrix is malformed")
    data, *positions = arrays
    if data.dtype.kind not in "biufc" or any(p.dtype.kind != "i" for p in positions):
        raise WireError("a sparse matrix of something else than numbers")
    if layout == "coo":
        _check_coordinates(data, positions, shape)
        return make((data, tuple(positions)), shape=shape)
    made = make(tuple(arrays), shape=shape)
    if layout != "dia":
        made.check_format(full_check=True)
    return made


def _check_coordinates(data: Any, positions: list[Any], shape: list[int]) -> None:
    for where, length in zip(positions, shape, strict=True):
        if where.shape != data.shape or data.ndim != 1:
            raise WireError("the positions of a sparse matrix are malformed")
        if where.size and not (where.min() >= 0 and where.max() < length):
            raise WireError("a position outside of a sparse matrix")


CODECS = (
    Codec("sparse", lambda value: bool(_kind_name(value)), _parts, _sparse, "data"),
)


__all__ = ["CODECS", "MAX_LENGTH"]
