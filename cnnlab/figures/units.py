"""Show one unit of a convolution: the values it reads, and its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlab.figures._panels import (
    CELL,
    INK,
    PAPER,
    RULE,
    SIGNED_MAP,
    centred,
    new_figure,
    number,
)
from cnnlab.figures._picture import Picture
from cnnlab.figures.architecture import box, inch_axes
from cnnlab.numerics import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_IMAGE = 1.5  # side of a map, in inches

__all__ = ["inspect_unit"]


def inspect_unit(
    maps: ArrayLike,
    kernel: ArrayLike,
    bias: float,
    place: tuple[int, int],
    *,
    stride: int = 1,
    alt: str = "",
) -> Picture:
    """Show how a unit of a convolution with "same" padding and ReLU gets its value.

    The top shows the layer's input, with the unit's window outlined, and its output,
    with the unit outlined. Below are, for each channel, the patch, the slice of the
    kernel, the products and their sum. Padding is hatched.

    Parameters
    ----------
    maps
        Input of the layer, shape ``(height, width)`` or ``(height, width, C_in)``.
    kernel
        Weights of one filter, shape ``(k, k)`` or ``(k, k, C_in)``.
    bias
        The filter's bias.
    place
        The unit's row and column in the layer's output, from 0.
    stride
        Cells from one unit's window to the next one's.
    alt
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If kernel and maps have different numbers of channels.
    IndexError
        If `place` is outside the layer's output.
    """
    unit = _unit(_channels(maps), _channels(kernel), float(bias), *place, stride)
    count, k = unit.maps.shape[-1], unit.weights.shape[0]
    below = count * (k * CELL + 0.62) + 0.5
    width = max((_IMAGE + 0.25) * (count + 1) + 0.75, (3 * k + 6.6) * CELL)

    def draw() -> Figure:
        figure = new_figure(width, _IMAGE + 0.75 + below)
        _draw_maps(figure, unit)
        axes = inch_axes(figure)
        for channel in range(count):
            top = _IMAGE + 1.1 + channel * (k * CELL + 0.62)
            _draw_channel(axes, top, unit, channel)
        axes.text(
            0.2, _IMAGE + 0.75 + below - 0.3, unit.sum_line(), fontsize=12, color=INK
        )
        return figure

    return Picture(draw, alt or unit.words())


# --- arithmetic -------------------------------------------------------------------


@dataclass(frozen=True)
class _Unit:
    """One unit of a convolution, with its input and its arithmetic."""

    maps: FloatArray
    weights: FloatArray
    bias: float
    place: tuple[int, int]
    corner: tuple[int, int]  # of its window; negative in the padding
    patch: FloatArray
    padded: NDArray[np.bool_]
    answers: FloatArray  # the layer's whole output map, after ReLU

    @property
    def products(self) -> FloatArray:
        return self.patch * self.weights

    @property
    def sums(self) -> list[float]:
        return [float(total) for total in self.products.sum(axis=(0, 1))]

    def _sum_text(self) -> str:
        parts = [number(self.sums[0])]
        for value in (*self.sums[1:], self.bias):
            parts.append(f"{'−' if value < 0 else '+'} {number(abs(value))}")
        sums = "sums" if len(self.sums) > 1 else "sum"
        return f"{sums} and bias: {' '.join(parts)} = {number(self._total)}"

    @property
    def _total(self) -> float:
        return sum(self.sums) + self.bias

    def sum_line(self) -> str:
        return f"{self._sum_text()}     ReLU → {number(max(self._total, 0))}"

    def words(self) -> str:
        row, column = self.place
        grids = {"patch": self.patch, "kernel": self.weights, "products": self.products}
        parts = []
        for channel in range(self.maps.shape[-1]):
            for name, values in grids.items():
                grid = " / ".join(
                    " ".join(map(number, line)) for line in values[:, :, channel]
                )
                parts.append(f"{name}, channel {channel}: {grid}")
        start = f"Unit at row {row}, column {column}: {self._sum_text()}"
        answer = f"ReLU gives {number(max(self._total, 0))}"
        return f"{start}. {answer}. {'. '.join(parts)}"


def _channels(values: ArrayLike) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    return array[:, :, np.newaxis] if array.ndim == 2 else array


def _unit(
    maps: FloatArray,
    weights: FloatArray,
    bias: float,
    row: int,
    column: int,
    stride: int,
) -> _Unit:
    if maps.ndim != 3 or weights.ndim != 3 or maps.shape[-1] != weights.shape[-1]:
        raise ValueError(
            "maps and kernel must have equally many channels, not shapes "
            f"{maps.shape} and {weights.shape}"
        )
    size, k = maps.shape[:2], weights.shape[0]
    pads = [_same(n, k, stride) for n in size]
    padded = np.pad(maps, (*pads, (0, 0)))
    answers = _answers(padded, weights, stride) + bias
    rows, columns = answers.shape
    if not (0 <= row < rows and 0 <= column < columns):
        raise IndexError(
            f"place must be within (0..{rows - 1}, 0..{columns - 1}), "
            f"not ({row}, {column})"
        )
    top, left = row * stride, column * stride
    cells = slice(top, top + k), slice(left, left + k)
    outside = np.pad(np.zeros(size, dtype=bool), pads, constant_values=True)
    return _Unit(
        maps,
        weights,
        bias,
        place=(row, column),
        corner=(top - pads[0][0], left - pads[1][0]),
        patch=padded[cells],
        padded=outside[cells],
        answers=np.maximum(answers, 0),
    )


def _answers(padded: FloatArray, weights: FloatArray, stride: int) -> FloatArray:
    """Return the output map of one filter, without bias and ReLU."""
    k = weights.shape[0]
    windows = sliding_window_view(padded, (k, k), axis=(0, 1))[::stride, ::stride]
    answers: FloatArray = np.einsum("ijcab,abc->ij", windows, weights)
    return answers


def _same(n: int, k: int, stride: int) -> tuple[int, int]:
    total = max((-(-n // stride) - 1) * stride + k - n, 0)
    return total // 2, total - total // 2


# --- drawing ----------------------------------------------------------------------


def _draw_maps(figure: Figure, unit: _Unit) -> None:
    count, k = unit.maps.shape[-1], unit.weights.shape[0]
    for channel in range(count):
        name = "input" if count == 1 else f"input, channel {channel}"
        axes = _map_axes(figure, 0.2 + channel * (_IMAGE + 0.25), name)
        _draw_map(axes, unit.maps[:, :, channel], *unit.corner, k)
    left = 0.2 + count * (_IMAGE + 0.25) + 0.3
    middle = 1 - (_IMAGE / 2 + 0.4) / figure.get_figheight()
    x = (left - 0.24) / figure.get_figwidth()
    figure.text(x, middle, "→", **centred(16))
    _draw_map(_map_axes(figure, left, "output"), unit.answers, *unit.place, 1)


def _map_axes(figure: Figure, left: float, name: str) -> Axes:
    width, height = figure.get_size_inches()
    bottom = 1 - (_IMAGE + 0.4) / height
    axes = figure.add_axes((left / width, bottom, _IMAGE / width, _IMAGE / height))
    axes.set_title(name, fontsize=11, color=INK)
    axes.set(xticks=[], yticks=[])
    return axes


def _draw_map(axes: Axes, values: FloatArray, row: int, column: int, side: int) -> None:
    """Draw a map in grey, dark for large values, with one square outlined."""
    axes.imshow(values, cmap="Greys", vmin=0, vmax=float(values.max()) or 1.0)
    for colour, width in ((PAPER, 4.0), (INK, 2.0)):
        box(
            axes,
            column - 0.5,
            row - 0.5,
            side,
            side,
            fill=False,
            ec=colour,
            lw=width,
            clip_on=False,
        )


def _draw_channel(axes: Axes, top: float, unit: _Unit, channel: int) -> None:
    several, side = unit.maps.shape[-1] > 1, unit.weights.shape[0] * CELL
    tail = f" of channel {channel}" if several else ""
    grids = {
        f"patch{tail}": unit.patch,
        "its slice" if several else "kernel": unit.weights,
        "products": unit.products,
    }
    x = 0.2
    for (name, values), sign in zip(grids.items(), "×=→", strict=True):
        hatched = unit.padded if values is unit.patch else None
        _draw_grid(axes, x, top, values[:, :, channel], hatched)
        axes.text(x + side / 2, top - 0.17, name, **centred(11))
        axes.text(x + side + CELL * 0.6, top + side / 2, sign, **centred(14))
        x += side + 1.2 * CELL
    text = f"sum {number(unit.sums[channel])}"
    axes.text(x, top + side / 2, text, va="center", fontsize=12, color=INK)


def _draw_grid(
    axes: Axes,
    left: float,
    top: float,
    values: FloatArray,
    hatched: NDArray[np.bool_] | None,
) -> None:
    from matplotlib import colormaps

    limit = (
        2.2 * float(np.abs(values).max()) or 1.0
    )  # pale enough for text to be readable
    for (row, column), value in np.ndenumerate(values):
        x, y = left + column * CELL, top + row * CELL
        colour = colormaps[SIGNED_MAP](0.5 + value / (2 * limit))
        padding = hatched is not None and bool(hatched[row, column])
        hatch = "////" if padding else None
        box(axes, x, y, CELL, CELL, fc=colour, ec=RULE, lw=0.6, hatch=hatch)
        style = centred(10 if len(number(value)) < 5 else 8.5)
        if padding:
            style["bbox"] = {"fc": PAPER, "ec": "none", "pad": 1}
        axes.text(x + CELL / 2, y + CELL / 2, number(value), **style)
