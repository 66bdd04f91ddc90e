"""Where the windows of a convolution are: shape, padding and stride."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Truth, Whole
from cnnlab.figures import Picture
from cnnlab.numerics import FloatArray

__all__ = ["Shapes"]

_PADDINGS = ("valid", "same", "torch", "sides")


class Shapes(Explorer):
    """Shape, padding and stride of one convolution, and of a second one on it.

    Rows and columns apart; ``valid``, Keras' ``same``, PyTorch's ``padding=p`` and four
    sides of their own side by side, with the values that differ; cells that no window
    reads are hatched.
    """

    name = "shapes"
    fields: ClassVar[Mapping[str, Field]] = {
        "rows": Whole(7, 1, 12),
        "columns": Whole(9, 1, 12),
        "kernelRows": Whole(3, 1, 7),
        "kernelColumns": Whole(2, 1, 7),
        "strideRows": Whole(2, 1, 4),
        "strideColumns": Whole(2, 1, 4),
        "dilation": Whole(1, 1, 3),
        "padding": Choice("same", _PADDINGS),
        "around": Whole(1, 0, 4),
        "top": Whole(0, 0, 4),
        "bottom": Whole(1, 0, 4),
        "left": Whole(0, 0, 4),
        "right": Whole(1, 0, 4),
        "row": Whole(0, 0, 19),
        "column": Whole(0, 0, 19),
        "compare": Choice("none", ("none", *_PADDINGS)),
        "usage": Truth(False),
        "second": Truth(False),
        "secondKernel": Whole(3, 1, 7),
        "secondStride": Whole(1, 1, 4),
        "secondPadding": Choice("valid", ("valid", "same")),
    }

    def figure(self) -> Picture:
        """Return the windows' positions or counts, or the output if axes differ."""
        s = self.state
        size, kernel = (s["rows"], s["columns"]), (s["kernelRows"], s["kernelColumns"])
        (top, bottom), (left, right) = pads = _padding(s)
        shape = (size[0] + top + bottom, size[1] + left + right)
        output = _output(s, pads)
        padded = f"{size[0]} × {size[1]} cells, padded to {shape[0]} × {shape[1]}"
        if output is None:
            title = f"{padded}: the kernel does not fit"
            return figures.number_grid(np.full(shape, np.nan), title=title)
        if s["dilation"] == 1 and s["strideRows"] == s["strideColumns"]:
            shown = figures.pixel_usage if s["usage"] else figures.window_places
            return shown(size, kernel, s["strideRows"], pads)
        return figures.number_grid(output, title=f"Output of {padded}")


Sides = tuple[tuple[int, int], tuple[int, int]]


def _padding(s: Mapping[str, Any]) -> Sides:
    """Return the cells added at the top and bottom, left and right."""
    if s["padding"] == "torch":
        return (s["around"],) * 2, (s["around"],) * 2
    if s["padding"] == "sides":
        return (s["top"], s["bottom"]), (s["left"], s["right"])
    if s["padding"] == "valid":
        return (0, 0), (0, 0)
    return (
        _same(s["rows"], s["kernelRows"], s["strideRows"], s["dilation"]),
        _same(s["columns"], s["kernelColumns"], s["strideColumns"], s["dilation"]),
    )


def _same(n: int, k: int, stride: int, dilation: int) -> tuple[int, int]:
    span = dilation * (k - 1) + 1
    total = max((-(-n // stride) - 1) * stride + span - n, 0)
    return total // 2, total - total // 2


def _output(s: Mapping[str, Any], pads: Sides) -> FloatArray | None:
    """Return the output for the explorer's own image and kernel; None without one."""
    i, j = np.mgrid[: s["rows"], : s["columns"]]
    a, b = np.mgrid[: s["kernelRows"], : s["kernelColumns"]]
    image = np.pad(((i + 2) * (j + 3) * 7 + 3 * i + j * j) % 13 - 5, pads)
    kernel = (2 * a + 3 * b + 1) % 5 - 1
    step = s["dilation"]
    span = tuple(step * (k - 1) + 1 for k in kernel.shape)
    if span[0] > image.shape[0] or span[1] > image.shape[1]:
        return None
    windows = np.lib.stride_tricks.sliding_window_view(image, span)
    every = windows[:: s["strideRows"], :: s["strideColumns"], ::step, ::step]
    result: FloatArray = np.einsum("ijab,ab->ij", every, kernel).astype(np.float64)
    return result
