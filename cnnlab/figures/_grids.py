"""Draw grids of numbers with titles, notes and outlines, in rows or columns.

``Grid``            one grid of numbers with its notes and outlines
``in_rows``         arrange grids in rows with aligned columns
``in_columns``      arrange grids in columns, each centred in height
``draw_grids``      draw arranged grids with one colour scale, notes below
``describe``        describe a grid in words

The unit of all positions and sizes is one cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cnnlab.figures._panels import CELL, centred, new_figure
from cnnlab.figures._sheet import Box, Sheet, Words
from cnnlab.figures._theme import INK, RULE, amounts, signed
from cnnlab.figures._words import number
from cnnlab.numerics import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Pair = tuple[int, int]

SOLID = "solid"
DASHED = (0, (3, 2))
_GAP = 1.5  # cells between neighbouring grids
_TITLE = 0.75  # height of a line of a title, in cells

__all__ = [
    "DASHED",
    "SOLID",
    "Grid",
    "Layout",
    "Outline",
    "Pair",
    "describe",
    "draw_grids",
    "in_columns",
    "in_rows",
    "outline_cells",
]


@dataclass(frozen=True)
class Outline:
    """A square frame around cells; `row` and `column` are its upper left corner."""

    row: int
    column: int
    side: int = 1
    dash: Any = SOLID


@dataclass(frozen=True)
class Grid:
    """One grid of numbers.

    Attributes
    ----------
    values : ndarray of float64
        Shape ``(rows, columns)``.
    title : str
        Text above the grid, of one or more lines.
    notes : mapping of (int, int) to str
        Small texts in the cells at these rows and columns.
    outlines : sequence of Outline
        Frames around cells.
    """

    values: FloatArray
    title: str
    notes: Mapping[Pair, str] = field(default_factory=dict)
    outlines: Sequence[Outline] = ()

    @property
    def height(self) -> float:
        """Height in cells, from the top of the title to the bottom of the grid."""
        return self.head + len(self.values)

    @property
    def head(self) -> float:
        return _TITLE * (1 + self.title.count("\n"))

    @property
    def width(self) -> float:
        longest = max(map(len, self.title.split("\n")))
        return float(max(self.values.shape[1], 0.25 * longest))


def outline_cells(cells: Iterable[Pair]) -> list[Outline]:
    """Return one outline for each different ``(row, column)``."""
    return [Outline(row, column) for row, column in sorted(set(cells))]


def describe(grid: Grid) -> str:
    """Describe a grid in words: its title, then the numbers row by row."""
    title = grid.title.replace("\n", " ")
    numbers = " / ".join(" ".join(map(number, row)) for row in grid.values)
    return f"{title}: {numbers}"


# --- layout -----------------------------------------------------------------------

# Grids, each with x and y of its upper left corner.
Placed = list[tuple[Grid, float, float]]
# Rows of pieces; the grids of a piece stay together.
Layout = list[list[Placed]]


def _stack(grids: Sequence[Grid], x: float, height: float) -> Placed:
    """Arrange grids in one column, centred in `height` cells."""
    used = sum(grid.height for grid in grids) + _GAP * (len(grids) - 1)
    y, placed = (height - used) / 2, []
    for grid in grids:
        placed.append((grid, x, y))
        y += grid.height + _GAP
    return placed


def in_columns(stacks: Sequence[Sequence[Grid]]) -> Layout:
    """Arrange grids in columns, each centred in the height of the tallest.

    Parameters
    ----------
    stacks
        The grids of each column, from top to bottom.

    Returns
    -------
    Layout
        One row, with each column as a piece.
    """
    height = max(sum(g.height for g in s) + _GAP * (len(s) - 1) for s in stacks)
    x, row = 0.0, []
    for stack in stacks:
        row.append(_stack(stack, x, height))
        x += max(grid.width for grid in stack) + _GAP
    return [row]


def in_rows(rows: Sequence[Sequence[Grid]]) -> Layout:
    """Arrange grids in rows with aligned columns, each centred in its row's height.

    Parameters
    ----------
    rows
        The grids of each row, from left to right.

    Returns
    -------
    Layout
        The rows, with each grid as a piece.
    """
    columns = max(len(row) for row in rows)
    widths = [max(r[c].width for r in rows if c < len(r)) for c in range(columns)]
    y, layout = 0.0, []
    for row in rows:
        height, pieces = max(grid.height for grid in row), []
        for c, grid in enumerate(row):
            x = sum(widths[:c]) + _GAP * c + (widths[c] - grid.width) / 2
            pieces.append([(grid, x, y + (height - grid.height) / 2)])
        layout.append(pieces)
        y += height + 0.7
    return layout


# --- drawing ----------------------------------------------------------------------


def draw_grids(layout: Layout, notes: Sequence[str]) -> Sheet:
    """Draw grids at their positions, and notes below them.

    Parameters
    ----------
    layout
        Grids and their positions, from `in_rows` or `in_columns`.
    notes
        Lines of text below the grids; at least one.

    Returns
    -------
    Sheet
        A figure of the right size; all grids have one colour scale.
    """
    placed = [grid for row in layout for piece in row for grid in piece]
    longest = max(0.19 * len(note) for note in notes)
    width = max(longest, *(x + grid.width for grid, x, _ in placed))
    bottom = max(y + grid.height for grid, _, y in placed)
    height = bottom + 0.6 + 0.62 * len(notes)
    figure = new_figure((width + 0.8) * CELL, (height + 0.6) * CELL)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-0.4, width + 0.4), ylim=(height + 0.3, -0.3))
    axes.set_axis_off()
    colours = _colours([grid.values for grid, _, _ in placed])
    for grid, x, y in placed:
        _draw_grid(axes, grid, x, y, colours)
    for line, note in enumerate(notes):
        y = bottom + 0.75 + 0.62 * line
        axes.text(0, y, note, va="center", fontsize=10, color=INK)
    pieces = [[_around(piece) for piece in row] for row in layout]
    return Sheet(figure, [*pieces, [Words("\n".join(notes))]])


def _around(piece: Placed) -> Box:
    """Return the box around grids, with some air, in inches."""
    left, top = min(x for _, x, _ in piece), min(y for _, _, y in piece)
    right = max(x + grid.width for grid, x, _ in piece)
    bottom = max(y + grid.height for grid, _, y in piece)
    width, height = right - left + 0.3, bottom - top + 0.3
    corner = (left + 0.25) * CELL, (top + 0.15) * CELL
    return Box(*corner, width * CELL, height * CELL)


def _colours(values: Sequence[FloatArray]) -> dict[str, Any]:
    """Choose one scale, wider than the data, so that no cell is too strong to read."""
    limit = max(float(np.abs(v).max()) for v in values) or 1.0
    if any((v < 0).any() for v in values):
        return {"cmap": signed(), "vmin": -2.1 * limit, "vmax": 2.1 * limit}
    return {"cmap": amounts(), "vmin": 0, "vmax": 2.1 * limit}


def _draw_grid(
    axes: Axes, grid: Grid, x: float, y: float, colours: dict[str, Any]
) -> None:
    rows, columns = grid.values.shape
    x, top = x + (grid.width - columns) / 2, y + grid.head
    axes.pcolormesh(
        x + np.arange(columns + 1),
        top + np.arange(rows + 1),
        grid.values,
        edgecolors=RULE,
        linewidth=0.6,
        **colours,
    )
    middle = y + grid.head / 2 - 0.1
    axes.text(x + columns / 2, middle, grid.title, **centred(10.5))
    _draw_numbers(axes, grid, x, top)
    for outline in grid.outlines:
        _draw_outline(axes, outline, x, top)


def _draw_numbers(axes: Axes, grid: Grid, x: float, top: float) -> None:
    size = _font_size(grid.values)
    for (row, column), value in np.ndenumerate(grid.values):
        drop = 0.64 if (row, column) in grid.notes else 0.52
        axes.text(x + column + 0.5, top + row + drop, number(value), **centred(size))
    for (row, column), note in grid.notes.items():
        corner = (x + column + 0.1, top + row + 0.08)
        axes.text(*corner, note, va="top", fontsize=8, color=INK)


def _font_size(values: NDArray[Any]) -> float:
    longest = max(len(number(value)) for value in values.flat)
    return min(11.5, 46.0 / longest)


def _draw_outline(axes: Axes, outline: Outline, x: float, top: float) -> None:
    from matplotlib.patches import Rectangle

    inset = 0.0 if outline.dash == SOLID else 0.09
    side = outline.side - 2 * inset
    corner = (x + outline.column + inset, top + outline.row + inset)
    style = {"fill": False, "ec": INK, "lw": 2.4, "ls": outline.dash, "zorder": 3}
    axes.add_patch(Rectangle(corner, side, side, **style))
