"""Pooling: what each kind keeps, whom its gradient reaches, what a shift changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnnlab.figures._panels import (
    CELL,
    INK,
    POSITIVE_MAP,
    RULE,
    SIGNED_MAP,
    centred,
    matrix,
    new_figure,
    number,
)
from cnnlab.figures._picture import Picture
from cnnlab.numerics import FloatArray, output_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["pool_bench", "pool_gradients", "shift_microscope"]

Pair = tuple[int, int]

_SOLID = "solid"
_DASHED = (0, (3, 2))
_GAP = 1.5  # cells between neighbouring grids
_TITLE = 0.75  # cells that a line of a title takes


def pool_bench(image: ArrayLike, k: int = 2, s: int = 2, *, alt: str = "") -> Picture:
    """Show what each kind of pooling makes of one grid, side by side.

    The first window and what it gives have a solid outline, the second a dashed
    one. *Stride only* keeps the upper left cell of each window.

    Parameters
    ----------
    image
        Shape ``(height, width)``; signed numbers show most.
    k, s
        Side of the square window and cells from one place to the next.
    alt
        Replaces the description made from the numbers.

    Raises
    ------
    ValueError
        If `image` is not 2-D or the window does not fit once.
    """
    values = matrix(image, "image")
    windows = _windows(values, k, s)
    outputs = {
        "max": windows.max(axis=(2, 3)),
        "average": windows.mean(axis=(2, 3)),
        "stride only": windows[:, :, 0, 0],
    }
    title = f"input, {k} × {k} window, stride {s}"
    grids = [_Grid(values, title, outlines=_first_two(windows, k, s))]
    grids += [
        _Grid(output, name, outlines=_first_two(windows, 1, 1))
        for name, output in outputs.items()
    ]
    whole = {"global max": values.max(), "global average": values.mean()}
    grids += [_Grid(np.array([[v]]), n.replace(" ", "\n")) for n, v in whole.items()]
    notes = ["Solid outline: the first window, and what it gives."]
    if windows.shape[0] * windows.shape[1] > 1:
        notes.append("Dashed outline: the second window, and what it gives.")

    def draw() -> Figure:
        return _draw(_in_columns([grids[:1], grids[1:3], grids[4:], grids[3:4]]), notes)

    return Picture(draw, alt or "; ".join(map(_describe, grids)))


def pool_gradients(
    image: ArrayLike, incoming: ArrayLike, k: int = 2, s: int = 2, *, alt: str = ""
) -> Picture:
    """Show which cells get the gradient of max pooling, and of average pooling.

    Small numbers name the windows, in the order of the output: in the input and
    in the gradient of max pooling they stand in the cell that the window chose
    (the first of equals, row by row).

    Parameters
    ----------
    image
        Shape ``(height, width)``.
    incoming
        The gradient for each output, one number a window.
    k, s
        Side of the square window and cells from one place to the next.
    alt
        Replaces the description made from the numbers.

    Raises
    ------
    ValueError
        If an array is not 2-D, the window does not fit once, or `incoming` has
        not one number a window.
    """
    values, arriving = matrix(image, "image"), matrix(incoming, "incoming")
    windows = _windows(values, k, s)
    if arriving.shape != windows.shape[:2]:
        raise ValueError(
            f"incoming must have a number for each of the {windows.shape[:2]} "
            f"windows, not shape {arriving.shape}"
        )
    winners = _winners(windows, s)
    notes, chosen = _names(winners), _cells(winners.values())
    names = {place: str(n) for n, place in enumerate(winners, start=1)}
    grids = [
        _Grid(values, f"input, {k} × {k} window, stride {s}", notes, chosen),
        _Grid(arriving, "gradient that arrives", names),
        _Grid(_max_gradient(values, arriving, winners), "passed on by max", notes),
        _Grid(_mean_gradient(values, arriving, k, s), "passed on by average"),
    ]
    words = [
        "Small numbers: windows, in the order of the output.",
        "Thick outline: the cell that a window chose as its largest.",
    ]
    told = "; ".join(map(_describe, grids))
    largest = ", ".join(f"{names[at]} at {cell}" for at, cell in winners.items())

    def draw() -> Figure:
        return _draw(_in_rows([grids[:2], grids[2:]]), words)

    return Picture(draw, alt or f"{told}; windows and their largest cell: {largest}")


def shift_microscope(
    pattern: ArrayLike,
    k: int = 2,
    s: int = 2,
    *,
    shifts: Sequence[int] = (0, 1, 2),
    alt: str = "",
) -> Picture:
    """Show a pattern under several shifts, max pooled, and what the shift changes.

    All views are cut from `pattern`, as wide as the largest shift allows: shift
    ``d`` starts at column ``d``, so that real pixels come in on the right and
    nothing wraps. Cells that differ from those of the first shift are outlined.

    Parameters
    ----------
    pattern
        Shape ``(height, width)``, wider than the largest shift.
    k, s
        Side of the square window and cells from one place to the next.
    shifts
        Columns to shift by; the first is what the others are compared to.
    alt
        Replaces the description made from the numbers.

    Raises
    ------
    ValueError
        If `pattern` is not 2-D, there is no shift or a negative one, or the
        window does not fit into a view.
    """
    values = matrix(pattern, "pattern")
    if not shifts or min(shifts) < 0:
        raise ValueError(f"shifts must be 0 or more, and at least one: {shifts}")
    width = values.shape[1] - max(shifts)
    views = [values[:, d : d + width] for d in shifts]
    pooled = [_windows(view, k, s).max(axis=(2, 3)) for view in views]
    rows = [
        [_Grid(view, f"shift {d}"), _Grid(out, "max pooled")]
        for d, view, out in zip(shifts, views, pooled, strict=True)
    ]
    for row, out in zip(rows[1:], pooled[1:], strict=True):
        row.append(_changes(out, pooled[0], shifts[0]))
    note = f"Max pooling, {k} × {k} window, stride {s}."
    words = [
        f"{note} Thick outline: differs from the map of shift {shifts[0]}.",
        f"Fraction: sizes of all changes / sizes in the map of shift {shifts[0]}.",
    ]
    told = "; ".join(_describe(grid) for row in rows for grid in row)

    def draw() -> Figure:
        return _draw(_in_rows(rows), words)

    return Picture(draw, alt or f"{note} {told}")


# --- arithmetic -------------------------------------------------------------------


def _windows(values: FloatArray, k: int, s: int) -> FloatArray:
    """Collect all windows, shape ``(rows, columns, k, k)``."""
    for n in values.shape:
        output_size(n, k, s)  # its errors say what does not fit
    return sliding_window_view(values, (k, k))[::s, ::s]


def _winners(windows: FloatArray, s: int) -> dict[Pair, Pair]:
    """Find the cell of the image that each window chooses, the first of equals."""
    rows, columns, _, k = windows.shape
    found = {}
    for i, j in np.ndindex(rows, columns):
        a, b = divmod(int(windows[i, j].argmax()), k)
        found[i, j] = (i * s + a, j * s + b)
    return found


def _max_gradient(
    values: FloatArray, arriving: FloatArray, winners: Mapping[Pair, Pair]
) -> FloatArray:
    gradient = np.zeros_like(values)
    for place, cell in winners.items():
        gradient[cell] += arriving[place]
    return gradient


def _mean_gradient(
    values: FloatArray, arriving: FloatArray, k: int, s: int
) -> FloatArray:
    gradient = np.zeros_like(values)
    for (i, j), share in np.ndenumerate(arriving / k**2):
        gradient[i * s : i * s + k, j * s : j * s + k] += share
    return gradient


# --- grids and words --------------------------------------------------------------


@dataclass(frozen=True)
class _Outline:
    row: int
    column: int
    side: int = 1
    dash: Any = _SOLID


@dataclass(frozen=True)
class _Grid:
    """Numbers in cells, a title of one or more lines, small notes, outlines."""

    values: FloatArray
    title: str
    notes: Mapping[Pair, str] = field(default_factory=dict)
    outlines: Sequence[_Outline] = ()

    @property
    def height(self) -> float:
        """Cells from the top of the title to the bottom of the grid."""
        return self.head + len(self.values)

    @property
    def head(self) -> float:
        return _TITLE * (1 + self.title.count("\n"))

    @property
    def width(self) -> float:
        longest = max(map(len, self.title.split("\n")))
        return float(max(self.values.shape[1], 0.25 * longest))


def _first_two(windows: FloatArray, side: int, s: int) -> list[_Outline]:
    places = list(np.ndindex(*windows.shape[:2]))[:2]
    return [
        _Outline(i * s, j * s, side, dash)
        for (i, j), dash in zip(places, (_SOLID, _DASHED), strict=False)
    ]


def _names(winners: Mapping[Pair, Pair]) -> dict[Pair, str]:
    """Write into each cell the numbers of the windows that chose it."""
    notes: dict[Pair, str] = {}
    for name, cell in enumerate(winners.values(), start=1):
        notes[cell] = f"{notes[cell]} {name}" if cell in notes else str(name)
    return notes


def _cells(cells: Iterable[Pair]) -> list[_Outline]:
    return [_Outline(row, column) for row, column in sorted(set(cells))]


def _changes(out: FloatArray, first: FloatArray, shift: int) -> _Grid:
    change = out - first
    changed = [(int(row), int(column)) for row, column in np.argwhere(change)]
    above, below = (float(np.abs(values).sum()) for values in (change, first))
    share = number(above / below if below else np.nan)
    title = f"change from shift {shift}, in {len(changed)} of {change.size} cells"
    ratio = f"{number(above)} / {number(below)} = {share}"
    return _Grid(change, f"{title}:\n{ratio}", outlines=_cells(changed))


def _describe(grid: _Grid) -> str:
    title = grid.title.replace("\n", " ")
    numbers = " / ".join(" ".join(map(number, row)) for row in grid.values)
    return f"{title}: {numbers}"


# --- places -----------------------------------------------------------------------

Placed = list[tuple[_Grid, float, float]]


def _stack(grids: Sequence[_Grid], x: float, height: float) -> Placed:
    """Put grids below each other, centred in a column `height` cells high."""
    used = sum(grid.height for grid in grids) + _GAP * (len(grids) - 1)
    y, placed = (height - used) / 2, []
    for grid in grids:
        placed.append((grid, x, y))
        y += grid.height + _GAP
    return placed


def _in_columns(stacks: Sequence[Sequence[_Grid]]) -> Placed:
    height = max(sum(g.height for g in s) + _GAP * (len(s) - 1) for s in stacks)
    x, placed = 0.0, []
    for stack in stacks:
        placed += _stack(stack, x, height)
        x += max(grid.width for grid in stack) + _GAP
    return placed


def _in_rows(rows: Sequence[Sequence[_Grid]]) -> Placed:
    """Put grids into rows, columns aligned, each centred in the height of its row."""
    columns = max(len(row) for row in rows)
    widths = [max(r[c].width for r in rows if c < len(r)) for c in range(columns)]
    y, placed = 0.0, []
    for row in rows:
        height = max(grid.height for grid in row)
        for c, grid in enumerate(row):
            x = sum(widths[:c]) + _GAP * c + (widths[c] - grid.width) / 2
            placed.append((grid, x, y + (height - grid.height) / 2))
        y += height + 0.7
    return placed


# --- drawing ----------------------------------------------------------------------


def _draw(placed: Placed, notes: Sequence[str]) -> Figure:
    """Draw grids at their places, and notes below them, on paper that fits."""
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
    return figure


def _colours(values: Sequence[FloatArray]) -> dict[str, Any]:
    """Choose one scale, wider than the data: no cell gets too dark to read."""
    limit = max(float(np.abs(v).max()) for v in values) or 1.0
    if any((v < 0).any() for v in values):
        return {"cmap": SIGNED_MAP, "vmin": -2.2 * limit, "vmax": 2.2 * limit}
    return {"cmap": POSITIVE_MAP, "vmin": 0, "vmax": 2.2 * limit}


def _draw_grid(
    axes: Axes, grid: _Grid, x: float, y: float, colours: dict[str, Any]
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


def _draw_numbers(axes: Axes, grid: _Grid, x: float, top: float) -> None:
    size = _font_size(grid.values)
    for (row, column), value in np.ndenumerate(grid.values):
        drop = 0.6 if (row, column) in grid.notes else 0.52
        axes.text(x + column + 0.5, top + row + drop, number(value), **centred(size))
    for (row, column), note in grid.notes.items():
        place = (x + column + 0.1, top + row + 0.08)
        axes.text(*place, note, va="top", fontsize=6.5, color=INK)


def _font_size(values: NDArray[Any]) -> float:
    longest = max(len(number(value)) for value in values.flat)
    return min(11.5, 36.0 / longest)


def _draw_outline(axes: Axes, outline: _Outline, x: float, top: float) -> None:
    from matplotlib.patches import Rectangle

    inset = 0.0 if outline.dash == _SOLID else 0.09
    side = outline.side - 2 * inset
    corner = (x + outline.column + inset, top + outline.row + inset)
    style = {"fill": False, "ec": INK, "lw": 2.4, "ls": outline.dash, "zorder": 3}
    axes.add_patch(Rectangle(corner, side, side, **style))
