"""A pattern is moved pixel by pixel: what changes behind each kind of pooling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Truth, Whole
from cnnlab.explorers.shift._code import CODE
from cnnlab.figures import Picture
from cnnlab.numerics import FloatArray

__all__ = ["ShiftMicroscope"]

# The pattern begins at row 3, column 3 of an image of this shape.
_PLACE, _SHAPE, _SHIFTS = 3, (12, 14), 8
_LARGEST, _LIMIT, _NEAR = (8, 10), 9, 1e-3

_PATTERNS = {
    "seven": [
        [9, 9, 9, 9],
        [0, 0, 2, 9],
        [0, 0, 7, 4],
        [0, 3, 9, 0],
        [0, 8, 3, 0],
        [0, 9, 0, 0],
    ],
    "stroke": [
        [0, 0, 0, 8],
        [0, 0, 6, 5],
        [0, 3, 9, 0],
        [0, 9, 4, 0],
        [5, 7, 0, 0],
        [8, 0, 0, 0],
    ],
    "ring": [
        [0, 7, 9, 2],
        [6, 4, 1, 8],
        [9, 0, 0, 9],
        [8, 1, 3, 7],
        [2, 9, 7, 0],
    ],
}
_KERNELS = {
    "vertical": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    "horizontal": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
    "outline": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
}
_BLUR = np.outer([1, 2, 1], [1, 2, 1]) / 16
_KINDS = {
    "none": "no pooling",
    "max": "max",
    "average": "average",
    "stride": "stride only",
    "blur": "max, blurred",
    "global": "global average",
}
_MEASURES = {
    "changed": "share of values that changed",
    "amount": "shift change",
    "cosine": "cosine similarity",
}
_COMPARED = {"stays": "as it was", "along": "moved along"}
_WORDS = {
    "pattern": {name: name for name in _PATTERNS},
    "kernel": {
        "vertical": "vertical edges",
        "horizontal": "horizontal edges",
        "outline": "outline",
        "identity": "identity",
    },
    "kind": _KINDS,
    "measure": _MEASURES,
    "compare": _COMPARED,
    "axis": "shift to the right, in pixels",
    "against": "Compare with the output before",
    "was": "Before the shift",
    "move": "Arrow keys, click or drag move its corner",
    "step": "One cell of the last map stands for # × # pixels: only a shift by a "
    "multiple of # moves it by whole cells",
    "all": "One number for the whole map stays the same",
    "edge": ", until an edge cuts something off.",
    "question": "The pattern moves to the right. After how many pixels, 1 to 8, is the "
    "output for the first time the same map, moved by whole cells? (If never: none)",
}


class ShiftMicroscope(Explorer):
    """A pattern is moved, and each map of a small network shows what changes.

    One or two stages of a convolution, ReLU and pooling follow each other. A curve for
    each kind of pooling tells how much the output changes with the shift. The output is
    compared with the one before the shift, or with this one moved along.

    Parameters
    ----------
    text
        A state as a text, such as ``"shift?stages=2"``; the first state if empty.
    image
        A pattern of your own, 2-D, up to 8 × 10, in place of the built-in ones. It is
        no part of the state: give it again where the text is opened.
    state
        Values that differ from it, by name.

    Raises
    ------
    ValueError
        If a name is unknown, a value is out of range, or `image` is no such pattern.
    """

    name = "shift"
    fields: ClassVar[Mapping[str, Field]] = {
        "pattern": Choice("seven", tuple(_PATTERNS)),
        "right": Whole(0, 0, _SHIFTS),
        "down": Whole(0, 0, _SHIFTS),
        "kernel": Choice("vertical", tuple(_KERNELS)),
        "relu": Truth(True),
        "stages": Whole(1, 1, 2),
        "kind": Choice("max", tuple(_KINDS)),
        "size": Whole(2, 2, 3),
        "stride": Whole(2, 1, 3),
        "compare": Choice("stays", tuple(_COMPARED)),
        "measure": Choice("changed", tuple(_MEASURES)),
    }

    def __init__(
        self, text: str = "", *, image: ArrayLike | None = None, **state: Any
    ) -> None:
        super().__init__(text, **state)
        self._data = {"patterns": _PATTERNS, "kernels": _KERNELS}
        self._data |= {"words": _WORDS, "code": CODE}
        if image is not None:
            self._data["image"] = _own(image).tolist()

    def figure(self) -> Picture:
        """Return the measure of each kind at each shift to the right."""
        s = self.state
        measure = _MEASURES[s["measure"]].capitalize()
        curves = {words: self._curve(kind) for kind, words in _KINDS.items()}
        picture = figures.number_grid(
            np.array(list(curves.values())),
            title=measure,
            rows=("", ["none", "max", "average", "stride", "blurred", "global"]),
            columns=("shift to the right in pixels", range(_SHIFTS + 1)),
            alt=f"{measure} by kind of pooling and shift, stride {s['stride']}, "
            f"compared with the output before, {_COMPARED[s['compare']]}",
        )
        # With the name of each row.
        lines = [
            f"{words}: {' '.join(f'{value:.3g}' for value in values)}"
            for words, values in curves.items()
        ]
        picture.description = f"{measure}, shifts 0 to {_SHIFTS}; {'; '.join(lines)}"
        return picture

    def _curve(self, kind: str) -> list[float]:
        """Return the measure of one kind at each shift to the right."""
        s = self.state
        first, down = self._output(kind, 0, 0), s["down"]
        step = np.inf if kind == "global" else s["stride"] ** s["stages"]
        found = []
        for right in range(_SHIFTS + 1):
            before = first
            if s["compare"] == "along" and kind == "none":
                before = _moved(first, down, right)
            elif s["compare"] == "along":
                before = _moved(first, *(int(n / step + 0.5) for n in (down, right)))
            after = self._output(kind, down, right)
            found.append(_measured(before, after, s["measure"]))
        return found

    def _output(self, kind: str, down: int, right: int) -> FloatArray:
        """Return the last map."""
        s = self.state
        cells = np.array(self._data.get("image") or _PATTERNS[s["pattern"]], float)
        x = _moved(_placed(cells), down, right)
        for _ in range(s["stages"]):
            x = _convolved(x, _KERNELS[s["kernel"]])
            x = np.maximum(x, 0) if s["relu"] else x
            x = _pooled(x, kind, s["size"], s["stride"])
        return np.array([[x.mean()]]) if kind == "global" else x


def _own(image: ArrayLike) -> FloatArray:
    """Return a pattern of the user's own, checked, with the precision of float32."""
    try:
        own = np.asarray(image, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            f"image must be rows of numbers, all of one length, not {image!r:.80}"
        ) from None
    rows, columns = _LARGEST
    fits = own.ndim == 2 and own.size and own.shape[0] <= rows
    if not fits or own.shape[1] > columns:
        legal = f"1 to {rows} rows and 1 to {columns} columns"
        raise ValueError(f"image must have {legal}, not the shape {own.shape}")
    wrong = own[~(np.abs(own) <= _LIMIT)]  # also what is not a number
    if wrong.size:
        raise ValueError(f"image must hold numbers up to ±{_LIMIT}, not {wrong[0]}")
    return own.astype(np.float32).astype(float)


# --- the network ------------------------------------------------------------------


def _placed(cells: FloatArray) -> FloatArray:
    """Return the pattern in its first place, on zeros."""
    x = np.zeros(_SHAPE)
    x[_PLACE:, _PLACE:][: cells.shape[0], : cells.shape[1]] = cells
    return x


def _moved(x: FloatArray, down: int, right: int) -> FloatArray:
    """Return a map moved by whole cells; zeros come in, what leaves is cut off."""
    wide: FloatArray = np.pad(x, ((down, 0), (right, 0)))
    return wide[: x.shape[0], : x.shape[1]]


def _convolved(x: FloatArray, kernel: ArrayLike) -> FloatArray:
    """Return a 3 × 3 convolution with zeros around the map."""
    windows = sliding_window_view(np.pad(x, 1), (3, 3))
    result: FloatArray = (windows * np.asarray(kernel)).sum((2, 3))
    return result


def _pooled(x: FloatArray, kind: str, k: int, s: int) -> FloatArray:
    """Return a map after one kind of pooling, with "same" padding."""
    if kind == "stride":
        return x[::s, ::s]
    pools: dict[str, Callable[[], FloatArray]] = {
        "max": lambda: np.nanmax(_windows(x, k, s), axis=(2, 3)),
        "average": lambda: np.nanmean(_windows(x, k, s), axis=(2, 3)),
        "blur": lambda: _convolved(np.nanmax(_windows(x, k, 1), axis=(2, 3)), _BLUR),
    }
    result = pools[kind]() if kind in pools else x
    return result[::s, ::s] if kind == "blur" else result


def _windows(x: FloatArray, k: int, s: int) -> FloatArray:
    """Return all windows; NaN stands for padding, which is left out."""
    totals = [max((-(-n // s) - 1) * s + k - n, 0) for n in x.shape]
    sides = [(total // 2, total - total // 2) for total in totals]
    wide = np.pad(x, sides, constant_values=np.nan)
    return sliding_window_view(wide, (k, k))[::s, ::s]


def _measured(before: FloatArray, after: FloatArray, measure: str) -> float:
    """Return how much two maps differ, or how similar they are."""
    gap = np.abs(after - before)
    if measure == "changed":
        counted = (np.abs(before) > _NEAR) | (np.abs(after) > _NEAR)
        return float((gap > _NEAR).sum() / max(counted.sum(), 1))
    if measure == "cosine":
        if not (before.any() or after.any()):
            return 1.0
        above = (before * after).sum()
        below = np.linalg.norm(before) * np.linalg.norm(after)
    else:
        above, below = gap.sum(), np.abs(before).sum()
        if not above:
            return 0.0
    return float(above / below) if below else float("nan")
