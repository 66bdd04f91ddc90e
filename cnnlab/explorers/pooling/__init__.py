"""Kinds of pooling on one map, the way back, and what a shift by one cell changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Truth, Whole
from cnnlab.figures import Picture
from cnnlab.numerics import FloatArray, corr2d

__all__ = ["PoolBench"]

# The map is known from row and column −4 on, for moves to all sides.
_MOVES, _LARGEST, _LIMIT = 4, 16, 999
_SIDE = _MOVES + _LARGEST
_WORDS = {
    "max": "max pooling",
    "average": "average pooling",
    "stride": "stride only",
    "blur": "max pooling, blurred",
    "global": "global average",
}
_BLUR = np.outer([1, 2, 1], [1, 2, 1]) / 16
_EXAMPLE = [
    [3, -1, 0, 2, -4, -2],
    [7, -1, 5, -3, -1, -5],
    [-2, 4, 1, 1, 0, 8],
    [6, -6, 2, -4, 3, -1],
]


class PoolBench(Explorer):
    """Max, average, strided, blurred and global pooling of one map of both signs.

    Windows may overlap and be padded; padding is left out. Gradients go the way back,
    also where numbers are equally large. The map is moved by one cell at a time, and
    what changes is marked and counted.

    Parameters
    ----------
    text
        A state as a text, such as ``"pooling?size=3"``; the first state if empty.
    image
        A map of your own, 2-D, up to 16 × 16, in place of the built-in one. It is no
        part of the state: give it again where the text is opened.
    state
        Values that differ from it, by name. If there is no `text`, all of your own map
        is seen, up to 12 × 12.

    Raises
    ------
    ValueError
        If a name is unknown, a value is out of range, or `image` is no such map.
    """

    name = "pooling"
    fields: ClassVar[Mapping[str, Field]] = {
        "rows": Whole(4, 1, 12),
        "columns": Whole(6, 1, 12),
        "kind": Choice("max", tuple(_WORDS)),
        "size": Whole(2, 1, 6),
        "stride": Whole(2, 1, 4),
        "padding": Choice("valid", ("valid", "same")),
        "relu": Truth(False),
        "backward": Truth(False),
        "up": Whole(0, -4, 4),
        "left": Whole(0, -4, 4),
        "row": Whole(0, 0, 11),
        "column": Whole(0, 0, 11),
    }

    def __init__(
        self, text: str = "", *, image: ArrayLike | None = None, **state: Any
    ) -> None:
        if image is None:
            super().__init__(text, **state)
            self._data = {"map": _built_in().tolist()}
            return
        own = _own(image)
        seen = {"rows": min(own.shape[0], 12), "columns": min(own.shape[1], 12)}
        super().__init__(text, **(state if text else seen | state))
        whole = np.full((_SIDE, _SIDE), None)
        whole[_MOVES:, _MOVES:][: own.shape[0], : own.shape[1]] = own
        self._data = {"map": whole.tolist()}
        if None in self._seen(self._state):
            s = self._state
            raise ValueError(
                f"{s['rows']} × {s['columns']} cells, moved {s['up']} up and "
                f"{s['left']} left, must lie within the image of {own.shape[0]} × "
                f"{own.shape[1]}"
            )

    def figure(self) -> Picture:
        """Return the results of all kinds, the gradients, or what the move changes."""
        s = self.state
        k, stride, kind, left = s["size"], s["stride"], s["kind"], s["left"]
        image = self._image(s)
        size = f"{image.shape[0]} × {image.shape[1]} map"
        output = _output(image, kind, k, stride, s["padding"])
        if output is None or np.isnan(image).any():
            title = f"A {k} × {k} window does not fit in this {size}"
            return figures.number_grid(image, title=title)
        if s["padding"] == "valid" and kind in ("max", "average"):
            if s["backward"]:
                return figures.pool_gradients(image, _arriving(output, k), k, stride)
            wide = self._image(s | {"left": 0, "columns": s["columns"] + max(left, 0)})
            if kind == "max" and left > 0 and s["up"] == 0 and np.isfinite(wide).all():
                return figures.shift_microscope(wide, k, stride, shifts=(0, left))
            return figures.pool_bench(image, k, stride)
        title = f"{_WORDS[kind].capitalize()} of a {size}"
        if kind != "global":
            title += f",\n{k} × {k} window, stride {stride}, {s['padding']}"
        return figures.number_grid(output, title=title)

    def _image(self, s: Mapping[str, Any]) -> FloatArray:
        """Return the part of the map that is seen; NaN where there is no more."""
        seen: FloatArray = self._seen(s).astype(float)
        if s["relu"]:
            seen[seen < 0] = 0
        return seen

    def _seen(self, s: Mapping[str, Any]) -> Any:
        whole = np.array(self._data["map"], dtype=object)
        top, left = s["up"] + _MOVES, s["left"] + _MOVES
        return whole[top : top + s["rows"], left : left + s["columns"]]


def _built_in() -> FloatArray:
    """Return the lesson's example, and numbers of both signs around it."""
    i, j = np.mgrid[-_MOVES:_LARGEST, -_MOVES:_LARGEST]
    whole: FloatArray = ((i + 2) * (j + 3) * 7 + 3 * i + j * j) % 13 - 5.0
    whole[_MOVES:, _MOVES:][:4, :6] = _EXAMPLE
    return whole


def _own(image: ArrayLike) -> FloatArray:
    """Return a map of the user's own, checked, with the precision of float32."""
    try:
        own = np.asarray(image, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            f"image must be rows of numbers, all of one length, not {image!r:.80}"
        ) from None
    if own.ndim != 2 or not 1 <= min(own.shape) <= max(own.shape) <= _LARGEST:
        legal = f"(rows, columns), each from 1 to {_LARGEST}"
        raise ValueError(f"image must have the shape {legal}, not {own.shape}")
    wrong = own[~(np.abs(own) <= _LIMIT)]  # also what is not a number
    if wrong.size:
        raise ValueError(f"image must hold numbers up to ±{_LIMIT}, not {wrong[0]}")
    return own.astype(np.float32).astype(float)


# --- pooling ----------------------------------------------------------------------


def _output(
    image: FloatArray, kind: str, k: int, stride: int, padding: str
) -> FloatArray | None:
    """Return a map after one kind of pooling; None where the window does not fit."""
    if kind == "global":
        return np.array([[image.mean()]])
    if padding == "valid" and k > min(image.shape):
        return None
    if kind == "stride":
        ends = [n if padding == "same" else n - k + 1 for n in image.shape]
        return image[: ends[0] : stride, : ends[1] : stride]
    step = 1 if kind == "blur" else stride
    pooled = np.nanmean if kind == "average" else np.nanmax
    result: FloatArray = pooled(_windows(image, k, step, padding), axis=(2, 3))
    if kind != "blur":
        return result
    if min(result.shape) < 3:
        return None
    return corr2d(result, _BLUR)[::stride, ::stride]


def _windows(values: FloatArray, k: int, stride: int, padding: str) -> FloatArray:
    """Return all windows; NaN stands for padding, which is left out."""
    if padding == "same":
        totals = [max((-(-n // stride) - 1) * stride + k - n, 0) for n in values.shape]
        sides = [(total // 2, total - total // 2) for total in totals]
        values = np.pad(values, sides, constant_values=np.nan)
    return sliding_window_view(values, (k, k))[::stride, ::stride]


def _arriving(output: FloatArray, k: int) -> FloatArray:
    """Return what arrives at each output: numbers that k² divides."""
    i, j = np.indices(output.shape)
    numbers = k**2 * np.array([2.0, 1, -1, 3, -2])
    arriving: FloatArray = numbers[(2 * i + j) % 5]
    return arriving
