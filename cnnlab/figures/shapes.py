"""Show the positions of a window on an image, and how often it reads each pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cnnlab.figures._panels import CELL, INK, PAPER, RULE, centred, new_figure
from cnnlab.figures._picture import Picture
from cnnlab.numerics import output_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Padding", "pixel_usage", "window_places"]

Pair = tuple[int, int]
Padding = str | int | tuple[Pair, Pair]

_IMAGE = "#dfe9f5"
_TINTS = ("#f3f7fc", "#dfe9f5", "#c3d7ec", "#a5c3e2")
_FAINT = "#5f5f5f"
_HATCH = "////"
_NOTES = 10.5  # width of the notes on the right, in cells


def window_places(
    size: Pair,
    kernel: Pair,
    stride: int = 1,
    padding: Padding = "valid",
    *,
    alt: str = "",
) -> Picture:
    """Show all positions of a window on an image, and the size of the output.

    A numbered disc marks the upper left cell of each position, in the order of the
    output. Cells added as padding show 0, and cells that no window covers are
    hatched. Beside the grid is the formula of the output size with its numbers.

    Parameters
    ----------
    size, kernel
        ``(height, width)`` of the image and of the window, in cells.
    stride
        Cells from one position to the next, on both axes.
    padding
        ``"valid"`` adds nothing, ``"same"`` adds what Keras adds (an odd cell at
        the bottom or right), a number adds that many cells on every side, and
        ``((top, bottom), (left, right))`` gives the number for each side.
    alt
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If `padding` is none of these, or the window is larger than the padded
        image.
    """
    rows, columns = _axes_of(size, kernel, stride, padding)
    notes = _size_notes(rows, columns)
    title = _title(size, kernel, stride)

    def draw() -> Figure:
        axes, figure = _new_axes(rows.length, columns.length, len(notes) + 4)
        _draw_cells(axes, rows, columns)
        _draw_indices(axes, rows, columns)
        _draw_places(axes, rows, columns)
        _draw_notes(axes, columns.length + 1.0, notes)
        _draw_key(axes, columns.length + 1.0, len(notes) + 0.4, _unread(rows, columns))
        axes.text(0, -1.25, title, fontsize=11, color=INK)
        return figure

    return Picture(draw, alt or f"{title}. {'. '.join(notes)}")


def pixel_usage(
    size: Pair,
    kernel: Pair,
    stride: int = 1,
    padding: Padding = "valid",
    *,
    alt: str = "",
) -> Picture:
    """Show how many windows read each pixel of an image, without its padding.

    A pixel's number is the product of the numbers on the left of its row and above
    its column. Pixels that no window reads are hatched.

    Parameters
    ----------
    size, kernel, stride, padding
        As in `window_places`.
    alt
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        As in `window_places`.
    """
    rows, columns = _axes_of(size, kernel, stride, padding)
    counts = np.outer(rows.usage, columns.usage)
    title = f"{_title(size, kernel, stride)}, {_pads(rows, columns)}"
    notes = _usage_notes(counts)
    grid = " / ".join(" ".join(map(str, line)) for line in counts.tolist())

    def draw() -> Figure:
        axes, figure = _new_axes(*size, len(notes))
        _draw_counts(axes, counts)
        for row, count in enumerate(rows.usage):
            axes.text(-0.5, row + 0.5, str(count), **centred(10, _FAINT))
        for column, count in enumerate(columns.usage):
            axes.text(column + 0.5, -0.5, str(count), **centred(10, _FAINT))
        axes.text(-0.5, -0.5, "×", **centred(11, _FAINT))
        axes.text(0, -1.25, title, fontsize=11, color=INK)
        _draw_notes(axes, size[1] + 0.7, notes)
        return figure

    return Picture(
        draw, alt or f"{title}. Number of windows that read each pixel: {grid}"
    )


# --- arithmetic -------------------------------------------------------------------


@dataclass(frozen=True)
class _Axis:
    """A window of `k` cells on an axis of `n` cells, padded on both ends."""

    n: int
    k: int
    stride: int
    before: int
    after: int

    @property
    def length(self) -> int:
        return self.before + self.n + self.after

    @property
    def starts(self) -> range:
        """First cell of each position; cell 0 is the first cell of the padding."""
        count = output_size(self.n, self.k, self.stride, self.before + self.after)
        return range(0, count * self.stride, self.stride)

    @property
    def reads(self) -> NDArray[np.int_]:
        """How many windows cover each cell, including the padding."""
        counts = np.zeros(self.length, dtype=int)
        for start in self.starts:
            counts[start : start + self.k] += 1
        return counts

    @property
    def usage(self) -> NDArray[np.int_]:
        """How many windows cover each cell of the image."""
        return self.reads[self.before : self.before + self.n]

    def formula(self) -> str:
        inside = f"{self.n} + {self.before} + {self.after} − {self.k}"
        steps = inside if self.stride == 1 else f"⌊({inside}) / {self.stride}⌋"
        return f"{steps} + 1 = {len(self.starts)}"


def _axes_of(
    size: Pair, kernel: Pair, stride: int, padding: Padding
) -> tuple[_Axis, _Axis]:
    rows, columns = (
        _Axis(n, k, stride, *pads)
        for n, k, pads in zip(
            size, kernel, _cells_added(size, kernel, stride, padding), strict=True
        )
    )
    return rows, columns


def _cells_added(
    size: Pair, kernel: Pair, stride: int, padding: Padding
) -> Sequence[Pair]:
    """Return how many cells are added before and after the rows and the columns."""
    if padding == "valid":
        return ((0, 0), (0, 0))
    if padding == "same":
        return [_same(n, k, stride) for n, k in zip(size, kernel, strict=True)]
    if isinstance(padding, int):
        return ((padding, padding), (padding, padding))
    if isinstance(padding, str):
        raise ValueError(
            f'padding must be "valid", "same", a number or '
            f"((top, bottom), (left, right)), not {padding!r}"
        )
    return padding


def _same(n: int, k: int, stride: int) -> Pair:
    total = max((-(-n // stride) - 1) * stride + k - n, 0)
    return total // 2, total - total // 2


def _unread(rows: _Axis, columns: _Axis) -> bool:
    return not (rows.reads.all() and columns.reads.all())


# --- words ------------------------------------------------------------------------


def _title(size: Pair, kernel: Pair, stride: int) -> str:
    return f"{_size_text(size)} image, {_size_text(kernel)} window, stride {stride}"


def _size_text(pair: Pair) -> str:
    return f"{pair[0]} × {pair[1]}"


def _pads(rows: _Axis, columns: _Axis) -> str:
    sides = {
        "top": rows.before,
        "bottom": rows.after,
        "left": columns.before,
        "right": columns.after,
    }
    if len(set(sides.values())) == 1:
        return f"padding {rows.before} on every side" if rows.before else "no padding"
    return "padding " + ", ".join(f"{name} {cells}" for name, cells in sides.items())


def _size_notes(rows: _Axis, columns: _Axis) -> list[str]:
    notes = [
        _pads(rows, columns),
        f"rows: {rows.formula()}",
        f"columns: {columns.formula()}",
        f"output: {len(rows.starts)} × {len(columns.starts)}",
    ]
    for name, axis in (("rows", rows), ("columns", columns)):
        unread = np.flatnonzero(axis.usage == 0).tolist()
        if unread:
            notes.append(f"ignored {name}: {', '.join(map(str, unread))}")
    return notes


def _usage_notes(counts: NDArray[np.int_]) -> list[str]:
    notes = [
        "each number: windows that read this pixel",
        "= number of its row × number of its column",
        f"most: {counts.max()}, least: {counts.min()}",
    ]
    never = int((counts == 0).sum())
    return [*notes, f"hatched: {never} of {counts.size} never read"] if never else notes


# --- drawing ----------------------------------------------------------------------


def _new_axes(rows: int, columns: int, lines: int) -> tuple[Axes, Figure]:
    """Make a figure with space for the grid, its indices, title and notes."""
    width, height = columns + _NOTES + 2.0, max(rows, lines * 0.72) + 2.2
    figure = new_figure(width * CELL, height * CELL)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-1.2, width - 1.2), ylim=(height - 1.9, -1.9))
    axes.set_axis_off()
    return axes, figure


def _draw_cells(axes: Axes, rows: _Axis, columns: _Axis) -> None:
    read = np.outer(rows.reads, columns.reads) > 0
    for (row, column), is_read in np.ndenumerate(read):
        image = 0 <= row - rows.before < rows.n
        image = image and 0 <= column - columns.before < columns.n
        _draw_cell(axes, row, column, _IMAGE if image else PAPER, hatched=not is_read)
        if not image:
            axes.text(column + 0.78, row + 0.76, "0", **_readable_text(not is_read, 8))
    _outline(axes, rows.before, columns.before, rows.n, columns.n, lw=1.6, ec=_FAINT)


def _draw_counts(axes: Axes, counts: NDArray[np.int_]) -> None:
    for (row, column), count in np.ndenumerate(counts):
        shade = _TINTS[int(3 * count / max(1, counts.max()))]
        _draw_cell(axes, row, column, shade, hatched=count == 0)
        axes.text(column + 0.5, row + 0.5, str(count), **_readable_text(count == 0))


def _draw_cell(axes: Axes, row: int, column: int, colour: str, hatched: bool) -> None:
    _box(axes, row, column, 1, 1, fc=colour, ec=RULE, lw=0.6)
    if hatched:
        _box(axes, row, column, 1, 1, fc="none", ec=_FAINT, lw=0, hatch=_HATCH)


def _draw_indices(axes: Axes, rows: _Axis, columns: _Axis) -> None:
    for row in range(rows.n):
        axes.text(-0.5, rows.before + row + 0.5, str(row), **centred(9, _FAINT))
    for column in range(columns.n):
        x = columns.before + column + 0.5
        axes.text(x, -0.4, str(column), **centred(9, _FAINT))


def _draw_places(axes: Axes, rows: _Axis, columns: _Axis) -> None:
    corners = [(row, column) for row in rows.starts for column in columns.starts]
    for n, (row, column) in enumerate(corners, start=1):
        _draw_disc(axes, column + 0.38, row + 0.4, str(n))
    for (row, column), dash in zip(corners[:2], ("solid", (0, (3, 2))), strict=False):
        inset = 0.0 if dash == "solid" else 0.1
        _outline(
            axes,
            row + inset,
            column + inset,
            rows.k - 2 * inset,
            columns.k - 2 * inset,
            lw=2.6,
            ec=INK,
            ls=dash,
        )


def _draw_disc(axes: Axes, x: float, y: float, text: str) -> None:
    axes.plot([x], [y], marker="o", markersize=13, color=INK, zorder=4)
    size = 8.5 if len(text) < 3 else 7
    axes.text(x, y + 0.02, text, zorder=5, **centred(size, PAPER))


def _draw_notes(axes: Axes, x: float, notes: Sequence[str]) -> None:
    for line, note in enumerate(notes):
        axes.text(x, 0.4 + 0.72 * line, note, va="center", fontsize=10.5, color=INK)


def _draw_key(axes: Axes, x: float, line: float, unread: bool) -> None:
    """Explain the marks below the notes."""
    y = 0.4 + 0.72 * line
    _draw_disc(axes, x + 0.3, y, "1")
    _key_text(axes, x, y, "upper left cell of place 1")
    _outline(axes, y + 0.5, x, 0.45, 0.6, lw=2.2, ec=INK)
    _key_text(axes, x, y + 0.72, "the window at place 1")
    _outline(axes, y + 1.22, x, 0.45, 0.6, lw=2.2, ec=INK, ls=(0, (2, 1)))
    _key_text(axes, x, y + 1.44, "the window at place 2")
    if unread:
        _box(axes, y + 1.94, x, 0.45, 0.6, fc="none", ec=_FAINT, lw=0.6, hatch=_HATCH)
        _key_text(axes, x, y + 2.16, "cells that no window covers")


def _key_text(axes: Axes, x: float, y: float, text: str) -> None:
    axes.text(x + 0.95, y, text, va="center", fontsize=10, color=INK)


def _readable_text(hatched: bool, size: float = 11) -> dict[str, Any]:
    """Return arguments for a centred text, with a background on a hatched cell."""
    style = centred(size)
    if hatched:
        style["bbox"] = {"fc": PAPER, "ec": "none", "pad": 1}
    return style


def _outline(
    axes: Axes, row: float, column: float, height: float, width: float, **style: Any
) -> None:
    _box(axes, row, column, height, width, fc="none", zorder=3, **style)


def _box(
    axes: Axes, row: float, column: float, height: float, width: float, **style: Any
) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((column, row), width, height, **style))
