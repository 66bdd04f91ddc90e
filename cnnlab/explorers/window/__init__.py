"""One convolution, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Field, Text, Truth, Whole
from cnnlab.figures import Picture
from cnnlab.numerics import FloatArray

__all__ = ["SlidingWindow"]

_LARGEST = 12
_HIGHEST = 99


class SlidingWindow(Explorer):
    """One convolution step by step: products, sums over channels, bias, output.

    Image and kernel have up to 12 × 12 cells, 3 channels and 4 filters; each cell can
    be changed. The window moves by arrow keys, and its row of im2col stands beside it.
    """

    name = "window"
    fields: ClassVar[Mapping[str, Field]] = {
        "rows": Whole(5, 1, 12),
        "columns": Whole(6, 1, 12),
        "kernelRows": Whole(3, 1, 12),
        "kernelColumns": Whole(2, 1, 12),
        "channels": Whole(1, 1, 3),
        "filters": Whole(1, 1, 4),
        "stride": Whole(1, 1, 4),
        "around": Whole(0, 0, 3),
        "bias": Whole(1, -9, 9),
        "flip": Truth(False),
        "filter": Whole(0, 0, 3),
        "row": Whole(0, 0, 17),
        "column": Whole(0, 0, 17),
        "pixelRow": Whole(0, 0, 11),
        "pixelColumn": Whole(0, 0, 11),
        "backwards": Truth(False),
        "edits": Text("", "xk0-9,~.-", 2000),
    }

    @classmethod
    def of(cls, image: ArrayLike, kernel: ArrayLike, **state: Any) -> SlidingWindow:
        """Make one that shows these numbers.

        Parameters
        ----------
        image, kernel
            Of one channel, with 1 to 12 rows and columns; numbers from -99 to 99.
        state
            Other values, by name.

        Raises
        ------
        ValueError
            If one of them has another shape, or holds another number.
        """
        x, k = _cells("image", image), _cells("kernel", kernel)
        sizes = {"rows": x.shape[0], "columns": x.shape[1]}
        sizes |= {"kernelRows": k.shape[0], "kernelColumns": k.shape[1]}
        edits = [*_edits("x,0", x), *_edits("k,0,0", k)]
        return cls("", **(sizes | {"bias": 0, "edits": "~".join(edits)} | state))

    def figure(self) -> Picture:
        """Return the window, the kernel and the products of the first channel."""
        s = self.state
        image, kernel = _image(s), _kernel(s)
        rows, columns = (np.subtract(image.shape, kernel.shape) // s["stride"]).tolist()
        if min(np.subtract(image.shape, kernel.shape)) < 0:
            title = f"A kernel of {kernel.shape} does not fit into {image.shape} cells"
            return figures.number_grid(image, title=title)
        row, column = min(s["row"], rows), min(s["column"], columns)
        return figures.sliding_window(
            image, kernel, row * s["stride"], column * s["stride"]
        )


def _cells(name: str, values: ArrayLike) -> FloatArray:
    """Return a grid that can be shown.

    Raises
    ------
    ValueError
        If it cannot, with what it is and what is legal.
    """
    cells = np.asarray(values)
    if cells.dtype.kind not in "iufb" or cells.ndim != 2:
        raise ValueError(
            f"{name} must be a 2-D array of numbers, "
            f"not {cells.ndim}-D of {cells.dtype}"
        )
    if not all(1 <= side <= _LARGEST for side in cells.shape):
        raise ValueError(
            f"{name} must have 1 to {_LARGEST} rows and columns, not {cells.shape}"
        )
    if not (np.abs(cells) <= _HIGHEST).all():
        raise ValueError(
            f"{name} must hold numbers from -{_HIGHEST} to {_HIGHEST}, not "
            f"{cells[~(np.abs(cells) <= _HIGHEST)][0]}"
        )
    return cells.astype(np.float64)


def _edits(start: str, cells: FloatArray) -> Iterator[str]:
    """Yield the entry of ``edits`` for each cell."""
    for (row, column), value in np.ndenumerate(cells):
        yield f"{start},{row},{column},{round(float(value), 2):g}"


def _image(s: Mapping[str, Any]) -> FloatArray:
    """Return the first channel of the image, with zeros around it."""
    i, j = np.mgrid[: s["rows"], : s["columns"]]
    image = ((i + 2) * (j + 3) * 7 + 3 * i + j * j) % 13 - 5.0
    _change(image, s["edits"], "x,0,")
    padded: FloatArray = np.pad(image, s["around"])
    return padded


def _kernel(s: Mapping[str, Any]) -> FloatArray:
    """Return the first channel's slice of the first filter, as it lies on the image."""
    a, b = np.mgrid[: s["kernelRows"], : s["kernelColumns"]]
    kernel: FloatArray = (2 * a + 3 * b + 1) % 5 - 1.0
    _change(kernel, s["edits"], "k,0,0,")
    return kernel[::-1, ::-1] if s["flip"] else kernel


def _change(cells: FloatArray, edits: str, start: str) -> None:
    """Set the cells that were changed by hand."""
    for part in edits.split("~"):
        if part.startswith(start):
            row, column, value = part.removeprefix(start).split(",")
            if int(row) < cells.shape[0] and int(column) < cells.shape[1]:
                cells[int(row), int(column)] = float(value)
