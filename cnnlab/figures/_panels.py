"""Draw grids of numbers on one matplotlib axes.

``Panel``        one grid: values, title, outlined cells
``draw_panels``  draw panels in rows with one colour scale
``describe``     describe a panel in words
``new_figure``   make an empty figure

The unit of the axes is one cell, so all grids of a figure share a scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from cnnlab.figures._sheet import Box, Sheet
from cnnlab.figures._theme import INK, RULE, amounts, signed
from cnnlab.figures._words import number
from cnnlab.numerics import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CELL = 0.45  # inches
_HEAD = 0.9  # height of a title, in cells

__all__ = [
    "CELL",
    "Panel",
    "centred",
    "check_labels",
    "describe",
    "draw_labels",
    "draw_panels",
    "matrix",
    "new_figure",
]


@dataclass(frozen=True)
class Panel:
    """One grid of numbers.

    Attributes
    ----------
    values : ndarray of float64
        Shape ``(rows, columns)``; NaN is shown as ``?``.
    title : str
        Text above the grid.
    marked : tuple of (int, int)
        Row and column of each cell that gets an outline.
    window : tuple of int or None
        ``(row, column, height, width)`` of one larger outline.
    """

    values: FloatArray
    title: str = ""
    marked: tuple[tuple[int, int], ...] = ()
    window: tuple[int, int, int, int] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        rows, columns = self.values.shape
        return rows, columns

    @property
    def width(self) -> float:
        """Width in cells: of the grid, or of its title if that is longer."""
        return max(self.shape[1], 0.28 * len(self.title))

    def outlines(self) -> list[tuple[int, int, int, int]]:
        """Return all outlines as ``(row, column, height, width)``."""
        cells = [(row, column, 1, 1) for row, column in self.marked]
        return cells + ([self.window] if self.window else [])


def describe(panel: Panel, row_title: str = "", column_title: str = "") -> str:
    """Describe a panel in words, with all its numbers.

    Parameters
    ----------
    panel
        The grid.
    row_title, column_title
        Titles of its axes, if it has any.

    Returns
    -------
    str
        Its title and size, then the numbers row by row.
    """
    rows, columns = panel.shape
    axes = f", rows {row_title}, columns {column_title}" if row_title else ""
    numbers = " / ".join(" ".join(map(number, row)) for row in panel.values)
    title = " ".join(panel.title.split()) or "Grid"
    return f"{title}, {rows} by {columns}{axes}: {numbers}"


def matrix(values: ArrayLike, name: str) -> FloatArray:
    """Return `values` as a 2-D array of floats.

    Parameters
    ----------
    values
        Shape ``(rows, columns)``.
    name
        Name of the values in an error message.

    Returns
    -------
    ndarray
        float64, shape ``(rows, columns)``.

    Raises
    ------
    ValueError
        If the values are not 2-D, or empty.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2 or not array.size:
        raise ValueError(f"{name} must be 2-D and not empty, not shape {array.shape}")
    return array


def check_labels(labels: Sequence[object], count: int, name: str) -> None:
    """Check that there is one label per item, or none at all.

    Parameters
    ----------
    labels
        The labels.
    count
        The number of items.
    name
        Name of the labels in an error message.

    Raises
    ------
    ValueError
        If the number of labels is neither 0 nor `count`.
    """
    if len(labels) not in (0, count):
        raise ValueError(f"{name} must hold {count} labels or none, not {len(labels)}")


def new_figure(width: float, height: float) -> Figure:
    """Make an empty figure.

    Parameters
    ----------
    width, height
        Size in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, without axes.
    """
    # Not pyplot, which has global state and a backend and imports three times as much.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height))


def centred(size: float, colour: str = INK) -> dict[str, Any]:
    """Return matplotlib's arguments for a text that is centred on its position.

    Parameters
    ----------
    size
        Font size in points.
    colour
        Colour of the text.

    Returns
    -------
    dict
        Keyword arguments for ``Axes.text``.
    """
    return {"ha": "center", "va": "center", "fontsize": size, "color": colour}


def draw_panels(
    panels: Sequence[Panel],
    *,
    columns: int = 1,
    signs: Sequence[str] = (),
    labelled: bool = False,
) -> tuple[Sheet, Axes]:
    """Draw panels in rows, all with one colour scale.

    Parameters
    ----------
    panels
        In the order of reading. If any number is negative, the colour scale is
        symmetric around 0.
    columns
        Panels per row.
    signs
        Texts between neighbouring panels of a row.
    labelled
        Whether to leave room for labels on the left and below.

    Returns
    -------
    Sheet, matplotlib.axes.Axes
        The figure with a piece per panel, and its axes. The unit of the axes is one
        cell. A sign belongs to the piece of the panel on its right.

    Raises
    ------
    ValueError
        If there is no panel.
    """
    if not panels:
        raise ValueError("there is nothing to show: give at least one array")
    gaps = [0.8 + 0.3 * len(sign) for sign in signs] or [1.0] * (columns - 1)
    rows = [panels[i : i + columns] for i in range(0, len(panels), columns)]
    heights = [max(panel.shape[0] for panel in row) for row in rows]
    width = max(_row_width(row, gaps) for row in rows)
    figure, axes = _new_axes(width, sum(heights) + 1.4 * len(rows), labelled)
    colours = _colours(panels)
    top, pieces = 0.0, []
    for row, height in zip(rows, heights, strict=True):
        boxes = _draw_row(axes, row, top + height / 2, colours, gaps, signs)
        pieces.append([_in_inches(axes, *box) for box in boxes])
        top += height + 1.4
    return Sheet(figure, pieces), axes


def _in_inches(axes: Axes, left: float, top: float, width: float, height: float) -> Box:
    """Return a box, given in cells, with some air on its left and right."""
    x, y = left - axes.get_xlim()[0], top - axes.get_ylim()[1]
    corner = (x - 0.15) * CELL, y * CELL
    return Box(*corner, (width + 0.3) * CELL, (height + 0.15) * CELL)


def draw_labels(
    axes: Axes,
    row_labels: Sequence[object],
    column_labels: Sequence[object],
    row_title: str,
    column_title: str,
) -> None:
    """Write labels beside and below a panel drawn with ``labelled=True``.

    Parameters
    ----------
    axes
        The axes from `draw_panels`.
    row_labels, column_labels
        One label per row and per column, or none.
    row_title, column_title
        Titles on the left and below.
    """
    bottom, right = axes.get_ylim()[0] - 1.8, axes.get_xlim()[1] - 0.3
    for row, label in enumerate(row_labels):
        axes.text(-0.15, row + 0.5, str(label), **centred(10) | {"ha": "right"})
    for column, label in enumerate(column_labels):
        axes.text(column + 0.5, bottom + 0.45, str(label), **centred(10))
    axes.text(right / 2, bottom + 1.2, column_title, **centred(10))
    axes.text(-1.1, bottom / 2, row_title, rotation=90, **centred(10))


def _new_axes(width: float, height: float, labelled: bool) -> tuple[Figure, Axes]:
    margin = 1.6 if labelled else 0.3
    figure = new_figure((width + margin + 0.3) * CELL, (height + margin) * CELL)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-margin, width + 0.3), ylim=(height - 1.2 + margin, -1.2))
    axes.set_axis_off()
    axes.set_aspect("equal")
    return figure, axes


def _row_width(panels: Sequence[Panel], gaps: Sequence[float]) -> float:
    return sum(panel.width for panel in panels) + sum(gaps[: len(panels) - 1])


def _colours(panels: Sequence[Panel]) -> dict[str, Any]:
    """Choose one scale, wider than the data, so that no cell is too strong to read."""
    values = np.concatenate([np.ravel(panel.values) for panel in panels])
    values = values[np.isfinite(values)]
    limit = float(np.abs(values).max(initial=0)) or 1.0
    if (values < 0).any():
        return {"cmap": signed(), "vmin": -2.1 * limit, "vmax": 2.1 * limit}
    return {"cmap": amounts(), "vmin": 0, "vmax": 2.1 * limit}


def _draw_row(
    axes: Axes,
    panels: Sequence[Panel],
    middle: float,
    colours: dict[str, Any],
    gaps: Sequence[float],
    signs: Sequence[str],
) -> list[tuple[float, float, float, float]]:
    """Draw the panels of a row; return their boxes in cells."""
    left, boxes = 0.0, []
    for panel, gap, sign in zip_longest(panels, (0, *gaps), ("", *signs)):
        if panel is None:
            break
        start, left = left + (0.3 if sign else gap), left + gap
        if sign:
            axes.text(left - gap / 2, middle, sign, **centred(13))
        x, y = left + (panel.width - panel.shape[1]) / 2, middle - panel.shape[0] / 2
        _draw_panel(axes, panel, x, y, colours)
        left += panel.width
        boxes.append((start, y - _HEAD, left - start, panel.shape[0] + _HEAD))
    return boxes


def _draw_panel(
    axes: Axes, panel: Panel, left: float, top: float, colours: dict[str, Any]
) -> None:
    rows, columns = panel.shape
    axes.pcolormesh(
        left + np.arange(columns + 1),
        top + np.arange(rows + 1),
        np.ma.masked_invalid(panel.values),
        edgecolors=RULE,
        linewidth=0.6,
        **colours,
    )
    size = _font_size(panel.values)
    for (row, column), value in np.ndenumerate(panel.values):
        x, y = left + column + 0.5, top + row + 0.5
        axes.text(x, y, number(value), **centred(size))
    axes.text(left + columns / 2, top - 0.45, panel.title, **centred(11))
    for row, column, height, width in panel.outlines():
        _outline(axes, left + column, top + row, width, height)


def _font_size(values: FloatArray) -> float:
    """Choose the size at which the longest number just fits into its cell."""
    longest = max(len(number(value)) for value in values.flat)
    return min(12.0, 46.0 / longest)


def _outline(axes: Axes, x: float, y: float, width: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    box = Rectangle((x, y), width, height, fill=False, ec=INK, lw=3.0, zorder=3)
    axes.add_patch(box)
