"""Data frames, series, indexes and scalars of pandas, as arrays and names. Pure.

Columns of numbers, dates and text travel as bytes. A column of objects travels if it
holds nothing but data. The number of rows is that of the arrays that have arrived: an
index that claims more is refused before it is used. pandas is never imported here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import WireError
from grader.execution.wire.codec import MAX_NODES, list_of
from grader.execution.wire.kinds import Codec

_FREQUENCY = re.compile(r"[A-Za-z0-9-]{1,20}")
_NULLABLE = re.compile(r"(U?Int(8|16|32|64)|Float(32|64)|boolean)")
MISSING = -1


def _pandas() -> Any:
    pandas = sys.modules.get("pandas")
    if pandas is None:  # Not imported here: the student must not cause an import.
        raise WireError("a value of pandas, in a lesson that does not use pandas")
    return pandas


def _is(*names: str) -> Callable[[Any], bool]:
    """Return a function that says whether a value is exactly of a type of pandas."""

    def matches(value: Any) -> bool:
        pandas, kind = sys.modules.get("pandas"), type(value)
        return pandas is not None and any(
            kind is getattr(pandas, name, None) for name in names
        )

    return matches


# --- arrays ------------------------------------------------------------------------


def _array_parts(array: Any) -> Any:
    """Return a column's array as an ndarray, or as a list that begins with its kind.

    None for an array of another kind, such as a sparse one.
    """
    pandas = _pandas()
    dtype = array.dtype
    if isinstance(dtype, np.dtype) or type(array) is pandas.arrays.NumpyExtensionArray:
        plain = np.array(array.to_numpy())
        return _text_or_objects(plain) if plain.dtype.kind == "O" else plain
    if type(dtype) is pandas.CategoricalDtype:
        codes = np.array(array.codes)
        return ["category", codes, array.categories, bool(array.ordered)]
    if type(dtype) is pandas.DatetimeTZDtype:
        moments = pandas.DatetimeIndex(array).tz_convert("UTC").tz_localize(None)
        return ["zoned", np.array(moments.to_numpy()), dtype.tz]
    if type(dtype) is pandas.StringDtype:
        missing = (
            "nan" if getattr(dtype, "na_value", pandas.NA) is not pandas.NA else ""
        )
        given = [text if type(text) is str else None for text in array]
        return ["string", dtype.storage, missing, *_packed(given)]
    if _NULLABLE.fullmatch(str(dtype)):
        mask = np.array(array.isna())
        values = array.to_numpy(dtype=dtype.numpy_dtype, na_value=0)
        return ["nullable", np.array(values), mask]
    return None


def _text_or_objects(array: np.ndarray[Any, Any]) -> Any:
    given = array.tolist()
    if given and all(type(each) is str for each in given):
        return ["text", *_packed(given)]
    return array


def _packed(given: list[str | None]) -> list[Any]:
    """Return the length of each string in bytes, and the bytes of all."""
    data = [None if text is None else text.encode("utf-8") for text in given]
    lengths = [MISSING if part is None else len(part) for part in data]
    return [np.array(lengths, "<i4"), b"".join(part for part in data if part)]


def _unpacked(lengths: Any, data: Any) -> list[str | None]:
    if type(lengths) is not np.ndarray or lengths.dtype != "<i4" or lengths.ndim != 1:
        raise WireError("a column of text is malformed")
    counts = lengths.tolist()
    if type(data) is not bytes or sum(n for n in counts if n > 0) != len(data):
        raise WireError("a column of text and its lengths disagree")
    found: list[str | None] = []
    start = 0
    for count in counts:
        if count < MISSING:
            raise WireError("a column of text has a negative length")
        found.append(None if count == MISSING else data[start : start + count].decode())
        start += max(count, 0)
    return found


def _array(parts: Any) -> Any:
    """Return the array whose parts :func:`_array_parts` has returned."""
    if type(parts) is np.ndarray:
        if parts.ndim != 1 or parts.dtype.names:
            raise WireError("a column is malformed")
        return parts
    kind, *content = list_of(parts)
    return _ARRAYS[kind](*content)


def _text(lengths: Any, data: Any) -> Any:
    texts = _unpacked(lengths, data)
    array = np.empty(len(texts), object)
    array[:] = texts
    return array


def _string(storage: Any, missing: Any, lengths: Any, data: Any) -> Any:
    pandas = _pandas()
    if storage not in ("python", "pyarrow") or missing not in ("nan", ""):
        raise WireError("a column of strings is malformed")
    options = {"na_value": np.nan} if missing else {}
    dtype = pandas.StringDtype(storage, **options)
    return pandas.array(_unpacked(lengths, data), dtype=dtype)


def _category(codes: Any, categories: Any, ordered: Any) -> Any:
    pandas = _pandas()
    if type(codes) is not np.ndarray or codes.dtype.kind != "i":
        raise WireError("a column of categories is malformed")
    if not isinstance(categories, pandas.Index) or type(ordered) is not bool:
        raise WireError("a column of categories is malformed")
    return pandas.Categorical.from_codes(codes, categories, ordered=ordered)


def _zoned(moments: Any, zone: Any) -> Any:
    if type(moments) is not np.ndarray or moments.dtype.kind != "M":
        raise WireError("a column of times is malformed")
    index = _pandas().DatetimeIndex(moments).tz_localize("UTC").tz_convert(zone)
    return index.array


def _nullable(values: Any, mask: Any) -> Any:
    arrays = _pandas().arrays
    if type(values) is not np.ndarray or type(mask) is not np.ndarray:
        raise WireError("a column with missing numbers is malformed")
    kinds = {"b": "BooleanArray", "i": "IntegerArray", "u": "IntegerArray"}
    name = kinds.get(values.dtype.kind, "FloatingArray")
    return getattr(arrays, name)(values, mask)


_ARRAYS: dict[Any, Callable[..., Any]] = {
    "category": _category,
    "nullable": _nullable,
    "string": _string,
    "text": _text,
    "zoned": _zoned,
}

# --- indexes -----------------------------------------------------------------------


def _index_parts(index: Any) -> list[Any] | None:
    pandas = _pandas()
    if type(index) is pandas.RangeIndex:
        return ["range", index.start, index.stop, index.step, index.name]
    if type(index) is pandas.MultiIndex:
        codes = [np.array(each) for each in index.codes]
        return ["multi", list(index.levels), codes, list(index.names)]
    values = _array_parts(index.array)
    if values is None:
        return None
    return ["flat", values, index.name, getattr(index, "freqstr", None)]


def _index(parts: list[Any], longest: int = MAX_NODES) -> Any:
    kind, *content = parts
    if kind == "range":
        start, stop, step, name = content
        return _range_index(slice(start, stop, step), name, longest)
    return {"multi": _multi_index, "flat": _flat_index}[kind](*content)


def _range_index(numbers: slice, name: Any, longest: int) -> Any:
    ends = (numbers.start, numbers.stop, numbers.step)
    if any(type(each) is not int for each in ends):
        raise WireError("an index is malformed")
    if len(range(*ends)) > longest:
        raise WireError(f"an index of more than the {longest} rows that have arrived")
    return _pandas().RangeIndex(*ends, name=name)


def _flat_index(values: Any, name: Any, frequency: Any) -> Any:
    array = _array(values)
    index = _pandas().Index(array, dtype=array.dtype, name=name, copy=False)
    if frequency is None:
        return index
    if type(frequency) is not str or not _FREQUENCY.fullmatch(frequency):
        raise WireError("the frequency of an index is malformed")
    return type(index)(index, freq=frequency, name=name)


def _multi_index(levels: Any, codes: Any, names: Any) -> Any:
    pandas = _pandas()
    if not all(isinstance(level, pandas.Index) for level in list_of(levels)):
        raise WireError("a level of an index is malformed")
    if not all(type(each) is np.ndarray and each.ndim == 1 for each in list_of(codes)):
        raise WireError("an index of several levels is malformed")
    return pandas.MultiIndex(levels, codes, names=names)


# --- frames and series ---------------------------------------------------------------


def _is_bare(value: Any) -> bool:
    return not value.attrs and value.flags.allows_duplicate_labels


def _series_parts(series: Any) -> list[Any] | None:
    index, values = _index_parts(series.index), _array_parts(series.array)
    if index is None or values is None or not _is_bare(series):
        return None
    return [index, values, series.name]


def _series(parts: list[Any]) -> Any:
    index, values, name = parts
    array = _array(values)
    return _column(array, _index(list_of(index), len(array)), name)


def _column(array: Any, index: Any, name: Any = None) -> Any:
    return _pandas().Series(array, index, dtype=array.dtype, name=name, copy=False)


def _frame_parts(frame: Any) -> list[Any] | None:
    index, columns = _index_parts(frame.index), _index_parts(frame.columns)
    arrays = [_array_parts(frame.iloc[:, n].array) for n in range(frame.shape[1])]
    if index is None or columns is None or not _is_bare(frame):
        return None
    return None if any(each is None for each in arrays) else [index, columns, *arrays]


def _frame(parts: list[Any]) -> Any:
    index, columns, *values = parts
    arrays = [_array(each) for each in values]
    rows = _index(list_of(index), len(arrays[0]) if arrays else MAX_NODES)
    names = _index(list_of(columns), len(arrays))
    if len(names) != len(arrays):
        raise WireError("a frame has another number of columns than of names")
    made = {number: _column(array, rows) for number, array in enumerate(arrays)}
    frame = _pandas().DataFrame(made, index=rows, copy=True)
    frame.columns = names
    return frame


def _fill(target: Any, value: Any) -> None:
    """Copy the content of a frame or series into another, in place."""
    type(target).__init__(target, value)


# --- scalars -----------------------------------------------------------------------


def _timestamp_parts(value: Any) -> list[Any]:
    bare = value if value.tz is None else value.tz_convert("UTC").tz_localize(None)
    return [bare.to_datetime64(), value.tz]


def _timestamp(parts: list[Any]) -> Any:
    moment, zone = parts
    if type(moment) is not np.datetime64:
        raise WireError("a time is malformed")
    value = _pandas().Timestamp(moment)
    return value if zone is None else value.tz_localize("UTC").tz_convert(zone)


def _timedelta(parts: list[Any]) -> Any:
    (duration,) = parts
    if type(duration) is not np.timedelta64:
        raise WireError("a duration is malformed")
    return _pandas().Timedelta(duration)


_CONSTANTS = ("NA", "NaT")


def _constant(payload: Any) -> Any:
    if payload not in _CONSTANTS:
        raise WireError("a constant of pandas is malformed")
    return getattr(_pandas(), payload)


def _constant_name(value: Any) -> str | None:
    pandas = sys.modules.get("pandas")
    names = (name for name in _CONSTANTS if value is getattr(pandas, name, None))
    return None if value is None else next(names, None)


_INDEXES = "Index RangeIndex MultiIndex DatetimeIndex TimedeltaIndex CategoricalIndex"
CODECS = (
    Codec("frame", _is("DataFrame"), _frame_parts, _frame, "data", _fill),
    Codec("series", _is("Series"), _series_parts, _series, "data", _fill),
    Codec("index", _is(*_INDEXES.split()), _index_parts, _index, "data"),
    Codec("timestamp", _is("Timestamp"), _timestamp_parts, _timestamp, "data"),
    Codec(
        "duration",
        _is("Timedelta"),
        lambda value: [value.to_timedelta64()],
        _timedelta,
        "data",
    ),
    Codec(
        "pandas constant",
        lambda value: _constant_name(value) is not None,
        _constant_name,
        _constant,
    ),
)


__all__ = ["CODECS"]
