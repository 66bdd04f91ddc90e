"""A kernel that is painted, on a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Text, Whole
from cnnlab.explorers._pictures import checked, encoded, still_life
from cnnlab.figures import Picture
from cnnlab.numerics import FloatArray, draw_house

__all__ = ["KernelPainter"]

# The page puts in its kernel, what it is divided by, the picture and the view.
_START = """import numpy as np

from cnnlab.explorers import KernelPainter

image = KernelPainter(SOURCE).image()  # 0 is black, 255 is white
kernel = np.array(KERNEL)
"""
_NUMPY = """windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
feature_map = (windows * kernel).sum(axis=(2, 3)) / DIVIDE
shown = VIEW
print(shown)
"""
_KERAS = """import keras

batch = image.astype("float32")[None, :, :, None]
weights = kernel.astype("float32")[:, :, None, None]
output = keras.ops.conv(batch, weights, padding="valid")
keras_map = keras.ops.convert_to_numpy(output)[0, :, :, 0] / DIVIDE
print(keras_map)
"""
_VIEWS = {
    "signed": "feature_map",
    "absolute": "np.abs(feature_map)",
    "clipped": "np.clip(feature_map, 0, 255)",
}
_SIDES = (5, 128)
_HIGHEST = 99
_NAMED = ("identity", "blur", "sharpen", "vertical", "horizontal", "emboss")


class KernelPainter(Explorer):
    """Paint a kernel, and see what it makes of a picture: signed, absolute, clipped.

    Choose a named kernel or paint its weights one by one. The feature map changes at
    once; each of its numbers is worked out, and the sum of the weights explained.

    Parameters
    ----------
    text
        A state as a text, such as ``"painter?kernel=blur&view=clipped"``.
    image
        A grey picture of your own, with 5 to 128 rows and columns: fractions from 0
        (black) to 1 (white), or whole numbers from 0 to 255.
    weights
        A kernel of your own, 3 × 3 or 5 × 5, with weights from -99 to 99. The page
        keeps whole numbers and one divisor up to 256; what they cannot hold is rounded.
    state
        Values that differ from the first state, by name.

    Raises
    ------
    ValueError
        If a value is not legal, with what is.
    """

    name = "painter"
    fields: ClassVar[Mapping[str, Field]] = {
        "picture": Choice("photo", ("photo", "house")),
        "kernel": Choice("vertical", (*_NAMED, "custom")),
        "size": Choice("3", ("3", "5")),
        "cells": Text("", "0-9,-", 99),
        "divide": Whole(1, 1, 256),
        "view": Choice("signed", ("signed", "absolute", "clipped")),
        "row": Whole(25, 0, 125),
        "column": Whole(51, 0, 125),
        "brush": Whole(1, -99, 99),
    }

    def __init__(
        self,
        text: str = "",
        *,
        image: ArrayLike | None = None,
        weights: ArrayLike | None = None,
        **state: Any,
    ) -> None:
        if weights is not None:
            state |= _custom(weights)
        super().__init__(text, **state)
        _kernel(self._state)
        pictures = {"photo": still_life().mean(axis=2), "house": 255 * draw_house()}
        if image is not None:
            pictures = {"own": checked(image, 2, *_SIDES)}
        self._pictures: dict[str, FloatArray] = {
            name: np.round(each) for name, each in pictures.items()
        }
        source = 'picture="PICTURE"' if image is None else "image=image"
        start = _START.replace("SOURCE", source)
        self._data = {
            "images": {name: encoded(each) for name, each in self._pictures.items()},
            "kernels": {name: _sizes(name) for name in _NAMED},
            "views": _VIEWS,
            "code": {"NumPy": start + _NUMPY, "Keras": start + _KERAS},
        }

    def image(self) -> FloatArray:
        """Return the picture: whole numbers from 0 (black) to 255 (white)."""
        own = self._pictures.get("own")
        return self._pictures[self.state["picture"]] if own is None else own

    def weights(self) -> FloatArray:
        """Return the kernel."""
        return _kernel(self.state)

    def figure(self) -> Picture:
        """Return the picture, the kernel, and the three views of the feature map."""
        return figures.kernel_responses(self.image() / 255, self.weights())


def _custom(kernel: ArrayLike) -> dict[str, Any]:
    """Return the part of the state that holds a kernel.

    Raises
    ------
    ValueError
        If it cannot be shown, with what it is and what is legal.
    """
    weights = np.asarray(kernel)
    if weights.shape not in ((3, 3), (5, 5)):
        legal = "the shape (3, 3) or (5, 5)"
        raise ValueError(f"weights must have {legal}, not {weights.shape}")
    if weights.dtype.kind not in "iufb":
        raise ValueError(f"weights must be numbers, not {weights.dtype}")
    if not (inside := np.abs(weights) <= _HIGHEST).all():
        raise ValueError(
            f"weights must be from -{_HIGHEST} to {_HIGHEST}, not {weights[~inside][0]}"
        )
    cells, divide = _whole(weights.astype(np.float64))
    text = ",".join(f"{cell:.0f}" for cell in cells.ravel())
    size = str(len(cells))
    return {"kernel": "custom", "size": size, "cells": text, "divide": divide}


def _whole(weights: FloatArray) -> tuple[FloatArray, int]:
    """Return whole numbers and the divisor that makes the weights of them best."""
    largest = float(np.abs(weights).max()) or 1.0
    divisors = range(1, max(min(256, int(_HIGHEST / largest)), 1) + 1)
    errors = [
        round(float(np.abs(np.round(weights * d) / d - weights).max()), 9)
        for d in divisors
    ]
    divide = divisors[int(np.argmin(errors))]
    cells: FloatArray = np.round(weights * divide) + 0.0
    return cells, divide


def _named(name: str, side: int) -> FloatArray:
    """Return a named kernel in whole numbers: multiplied by its divisor."""
    r = side // 2
    down, across = np.mgrid[-r : r + 1, -r : r + 1].astype(np.float64)
    middle = ((down == 0) & (across == 0)).astype(np.float64)
    cross = ((down == 0) | (across == 0)).astype(np.float64)
    kernels: dict[str, FloatArray] = {
        "identity": middle,
        "blur": np.ones((side, side)),
        "sharpen": (4 * r + 2) * middle - cross,
        "vertical": across,
        "horizontal": down,
        "emboss": down + across + middle,
    }
    return kernels[name]


def _divisor(name: str, side: int) -> int:
    return side * side if name == "blur" else 1


def _sizes(name: str) -> dict[str, Any]:
    """Return a named kernel in both sizes, for the page."""
    return {
        str(side): {
            "weights": (_named(name, side).ravel() + 0.0).tolist(),
            "divide": _divisor(name, side),
        }
        for side in (3, 5)
    }


def _kernel(s: Mapping[str, Any]) -> FloatArray:
    """Return the kernel of a state.

    Raises
    ------
    ValueError
        If the weights of a custom kernel are not as many as it needs, or not legal.
    """
    side = int(s["size"])
    if s["kernel"] != "custom":
        named: FloatArray = _named(s["kernel"], side) / _divisor(s["kernel"], side)
        return named
    parts = s["cells"].split(",") if s["cells"] else ["0"] * side**2
    legal = f"{side**2} whole numbers from -{_HIGHEST} to {_HIGHEST}"
    if len(parts) != side**2:
        raise ValueError(f"cells must be {legal}, not {len(parts)} numbers")
    for part in parts:
        if not part.removeprefix("-").isdecimal() or abs(int(part)) > _HIGHEST:
            raise ValueError(f"cells must be {legal}, not {part!r}")
    cells = np.reshape([float(part) for part in parts], (side, side))
    kernel: FloatArray = cells / s["divide"]
    return kernel
