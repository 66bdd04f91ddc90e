"""Show one unit of a convolution: the values in its window, and its arithmetic.

A *unit* is one cell of the map that one filter writes. Its *window* is the square of
the input that it reads; the *patch* is the values in that window, zeros of the padding
included.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlab.figures._panels import CELL, centred, new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, Words
from cnnlab.figures._theme import BLACK, INK, RULE, WHITE, signed
from cnnlab.figures._words import counted, number
from cnnlab.figures.architecture import box, inch_axes
from cnnlab.numerics import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# All lengths are inches. A picture has the maps in one row at the top, then one row of
# grids for each channel, then one line of text.
_MAP = 1.5
_BETWEEN_MAPS = 0.25
_BETWEEN_CHANNELS = 0.62

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

    The top row shows the channels of the input, with the unit's window outlined, and
    the map that the filter writes, with the unit outlined. Below there is a row for
    each channel: the patch, that channel's slice of the kernel, their products and the
    sum of these. Cells of the patch that lie in the padding are hatched. The last line
    adds the bias and applies ReLU.

    Parameters
    ----------
    maps
        Input of the layer, shape ``(height, width)`` or ``(height, width, C_in)``.
    kernel
        Weights of one filter, shape ``(k, k)`` or ``(k, k, C_in)``; square.
    bias
        The filter's bias.
    place
        The unit's row and column in the map that the filter writes, from 0.
    stride
        How many cells a window lies from the next one, in both directions.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If maps or kernel have neither two nor three axes, or if they have different
        numbers of channels.
    IndexError
        If the filter's map has no unit at `place`.
    """
    unit = _unit_at(_channels(maps), _channels(kernel), float(bias), *place, stride)
    count, k = unit.maps.shape[-1], unit.weights.shape[0]
    below = count * (k * CELL + _BETWEEN_CHANNELS) + 0.5
    width = max((_MAP + _BETWEEN_MAPS) * (count + 1) + 0.75, (3 * k + 6.6) * CELL)

    def draw() -> Sheet:
        figure = new_figure(width, _MAP + 0.75 + below)
        axes = inch_axes(figure)
        rows: list[list[Box | Words]] = [[*_draw_maps(figure, axes, unit)]]
        for channel in range(count):
            top = _MAP + 1.1 + channel * (k * CELL + _BETWEEN_CHANNELS)
            rows.append([*_draw_channel(axes, top, unit, channel)])
        axes.text(
            0.2, _MAP + 0.75 + below - 0.3, unit.sum_line(), fontsize=12, color=INK
        )
        return Sheet(figure, [*rows, [Words(unit.sum_line())]])

    return Picture(draw, alt or unit.sentence(), unit.words())


# --- arithmetic -------------------------------------------------------------------


@dataclass(frozen=True)
class _UnitView:
    """One unit of a convolution, with its input and its arithmetic."""

    maps: FloatArray
    weights: FloatArray
    bias: float
    place: tuple[int, int]
    # Row and column of the window's upper left cell; negative if it is padding.
    corner: tuple[int, int]
    patch: FloatArray
    is_padding: NDArray[np.bool_]  # which cells of the patch are padding
    output: FloatArray  # the whole map that the filter writes, after ReLU

    @property
    def products(self) -> FloatArray:
        return self.patch * self.weights

    @property
    def sums(self) -> list[float]:
        return [float(total) for total in self.products.sum(axis=(0, 1))]

    @property
    def _total(self) -> float:
        return sum(self.sums) + self.bias

    def _sum_text(self) -> str:
        terms = [number(self.sums[0])]
        for value in (*self.sums[1:], self.bias):
            terms.append(f"{'−' if value < 0 else '+'} {number(abs(value))}")
        sums = "sums" if len(self.sums) > 1 else "sum"
        return f"{sums} and bias: {' '.join(terms)} = {number(self._total)}"

    def sum_line(self) -> str:
        return f"{self._sum_text()}; ReLU → {number(max(self._total, 0))}"

    def sentence(self) -> str:
        row, column = self.place
        value = number(max(self._total, 0))
        channels = counted(self.maps.shape[-1], "channel")
        return (
            f"Unit at row {row}, column {column}: patch × kernel, added up over "
            f"{channels}, plus the bias, is {number(self._total)}; ReLU gives {value}"
        )

    def words(self) -> str:
        """Return the arithmetic, then every grid."""
        row, column = self.place
        grids = {"patch": self.patch, "kernel": self.weights, "products": self.products}
        grid_texts = []
        for channel in range(self.maps.shape[-1]):
            for name, values in grids.items():
                grid = " / ".join(
                    " ".join(map(number, line)) for line in values[:, :, channel]
                )
                grid_texts.append(f"{name}, channel {channel}: {grid}")
        start = f"Unit at row {row}, column {column}: {self._sum_text()}"
        value = f"ReLU gives {number(max(self._total, 0))}"
        return f"{start}. {value}. {'. '.join(grid_texts)}"


def _channels(values: ArrayLike) -> FloatArray:
    """Return the values with an axis for channels, also if there is only one."""
    array = np.asarray(values, dtype=np.float64)
    return array[:, :, np.newaxis] if array.ndim == 2 else array


def _unit_at(
    maps: FloatArray,
    weights: FloatArray,
    bias: float,
    row: int,
    column: int,
    stride: int,
) -> _UnitView:
    if maps.ndim != 3 or weights.ndim != 3 or maps.shape[-1] != weights.shape[-1]:
        raise ValueError(
            "maps and kernel must have 2 or 3 axes and equally many channels; "
            f"their shapes are {maps.shape} and {weights.shape}"
        )
    size, k = maps.shape[:2], weights.shape[0]
    pads = [_same_padding(n, k, stride) for n in size]
    padded = np.pad(maps, (*pads, (0, 0)))
    before_relu = _correlate(padded, weights, stride) + bias
    rows, columns = before_relu.shape
    if not (0 <= row < rows and 0 <= column < columns):
        raise IndexError(
            f"place must be within (0..{rows - 1}, 0..{columns - 1}), "
            f"not ({row}, {column})"
        )
    top, left = row * stride, column * stride
    window = slice(top, top + k), slice(left, left + k)
    is_padding = np.pad(np.zeros(size, dtype=bool), pads, constant_values=True)
    return _UnitView(
        maps,
        weights,
        bias,
        place=(row, column),
        corner=(top - pads[0][0], left - pads[1][0]),
        patch=padded[window],
        is_padding=is_padding[window],
        output=np.maximum(before_relu, 0),
    )


def _correlate(padded: FloatArray, weights: FloatArray, stride: int) -> FloatArray:
    """Return the output map of one filter, without bias and ReLU."""
    k = weights.shape[0]
    windows = sliding_window_view(padded, (k, k), axis=(0, 1))[::stride, ::stride]
    output: FloatArray = np.einsum("ijcab,abc->ij", windows, weights)
    return output


def _same_padding(n: int, k: int, stride: int) -> tuple[int, int]:
    """Return how many cells of "same" padding come before and after one axis."""
    outputs = math.ceil(n / stride)
    total = max((outputs - 1) * stride + k - n, 0)
    return total // 2, total - total // 2


# --- drawing ----------------------------------------------------------------------


def _draw_maps(figure: Figure, axes: Axes, unit: _UnitView) -> list[Box]:
    """Draw input and output; return the box of each map."""
    count, k = unit.maps.shape[-1], unit.weights.shape[0]
    tall, boxes = _MAP + 0.5, []
    for channel in range(count):
        name = "input" if count == 1 else f"input, channel {channel}"
        left = 0.2 + channel * (_MAP + _BETWEEN_MAPS)
        map_axes = _map_axes(figure, left, name)
        _draw_map(map_axes, unit.maps[:, :, channel], *unit.corner, k)
        boxes.append(Box(left - 0.1, 0.05, _MAP + 0.2, tall))
    left = 0.2 + count * (_MAP + _BETWEEN_MAPS) + 0.3
    axes.text(left - 0.24, 0.4 + _MAP / 2, "→", **centred(16))
    _draw_map(_map_axes(figure, left, "output"), unit.output, *unit.place, 1)
    return [*boxes, Box(left - 0.45, 0.05, _MAP + 0.55, tall)]


def _map_axes(figure: Figure, left: float, name: str) -> Axes:
    width, height = figure.get_size_inches()
    bottom = 1 - (_MAP + 0.4) / height
    axes = figure.add_axes((left / width, bottom, _MAP / width, _MAP / height))
    axes.set_title(name, fontsize=11, color=INK)
    axes.set(xticks=[], yticks=[])
    return axes


def _draw_map(axes: Axes, values: FloatArray, row: int, column: int, side: int) -> None:
    """Draw a map in grey, light for large values, with one square outlined."""
    axes.imshow(values, cmap="gray", vmin=0, vmax=float(values.max()) or 1.0)
    for colour, width in ((BLACK, 5.0), (WHITE, 2.2)):
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


def _draw_channel(axes: Axes, top: float, unit: _UnitView, channel: int) -> list[Box]:
    """Draw the arithmetic of a channel; return the boxes of its grids and its sum."""
    several, side = unit.maps.shape[-1] > 1, unit.weights.shape[0] * CELL
    tail = f" of channel {channel}" if several else ""
    grids = {
        f"patch{tail}": unit.patch,
        "its slice" if several else "kernel": unit.weights,
        "products": unit.products,
    }
    x, start, boxes = 0.2, 0.1, []
    for (name, values), sign in zip(grids.items(), "×=→", strict=True):
        hatched = unit.is_padding if values is unit.patch else None
        _draw_grid(axes, x, top, values[:, :, channel], hatched)
        axes.text(x + side / 2, top - 0.17, name, **centred(11))
        axes.text(x + side + CELL * 0.6, top + side / 2, sign, **centred(14))
        boxes.append(Box(start, top - 0.34, x + side + 0.08 - start, side + 0.42))
        start = x + side + 0.09
        x += side + 1.2 * CELL
    text = f"sum {number(unit.sums[channel])}"
    axes.text(x, top + side / 2, text, va="center", fontsize=12, color=INK)
    middle = top + side / 2 - 0.13  # of the other boxes, too
    return [*boxes, Box(start, middle - 0.35, 1.5, 0.7)]


def _draw_grid(
    axes: Axes,
    left: float,
    top: float,
    values: FloatArray,
    hatched: NDArray[np.bool_] | None,
) -> None:
    # Wider than the values, so that colours stay pale enough to read text on them.
    limit = 2.1 * float(np.abs(values).max()) or 1.0
    for (row, column), value in np.ndenumerate(values):
        x, y = left + column * CELL, top + row * CELL
        colour = signed()(0.5 + value / (2 * limit))
        padding = hatched is not None and bool(hatched[row, column])
        hatch = "////" if padding else None
        box(axes, x, y, CELL, CELL, fc=colour, ec=RULE, lw=0.6, hatch=hatch)
        style = centred(10 if len(number(value)) < 5 else 9)
        axes.text(x + CELL / 2, y + CELL / 2, number(value), **style)
