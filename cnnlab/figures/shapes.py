"""Show the positions of a window on an image, and how often it reads each pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cnnlab.figures._panels import CELL, centred, new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, Words
from cnnlab.figures._theme import BLUE, FAINT, INK, RULE
from cnnlab.figures._words import short
from cnnlab.numerics import output_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Padding", "pixel_usage", "window_places"]

Pair = tuple[int, int]
Padding = str | int | tuple[Pair, Pair]

_IMAGE = f"{BLUE}38"
_TINTS = tuple(f"{BLUE}{strength}" for strength in ("12", "34", "5a", "78"))
_HATCH = "////"
_LINE = 0.62  # height of a line of notes, in cells


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
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If `padding` is none of these, or the window is larger than the padded
        image.
    """
    rows, columns = _axes_of(size, kernel, stride, padding)
    notes = _size_notes(rows, columns)
    title = _title(size, kernel, stride)

    key = _key(rows, columns)

    def draw() -> Sheet:
        size = rows.length, columns.length
        axes, sheet = _new_axes(size, title, [*notes, *key])
        _draw_cells(axes, rows, columns)
        _draw_indices(axes, rows, columns)
        _draw_places(axes, rows, columns)
        return sheet

    counts = " × ".join(str(len(axis.starts)) for axis in (rows, columns))
    sentence = short(f"{title}, {_pads(rows, columns)}: {counts} positions")
    words = ". ".join([title, *notes, *key])
    return Picture(draw, alt or sentence, words)


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
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

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

    def draw() -> Sheet:
        axes, sheet = _new_axes(size, title, notes)
        _draw_counts(axes, counts)
        for row, count in enumerate(rows.usage):
            axes.text(-0.5, row + 0.5, str(count), **centred(10.5, FAINT))
        for column, count in enumerate(columns.usage):
            axes.text(column + 0.5, -0.5, str(count), **centred(10.5, FAINT))
        axes.text(-0.5, -0.5, "×", **centred(11, FAINT))
        return sheet

    least, most = int(counts.min()), int(counts.max())
    sentence = short(f"{title}: windows that read each pixel, {least} to {most}")
    words = f"{title}. Number of windows that read each pixel: {grid}"
    return Picture(draw, alt or sentence, words)


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


def _key(rows: _Axis, columns: _Axis) -> list[str]:
    """Explain the marks."""
    key = ["disc 1: upper left cell of position 1", "solid frame: window at position 1"]
    if len(rows.starts) * len(columns.starts) > 1:
        key.append("dashed frame: window at position 2")
    if _unread(rows, columns):
        key.append("hatched: no window covers these cells")
    return key


# --- drawing ----------------------------------------------------------------------


def _new_axes(size: Pair, title: str, notes: Sequence[str]) -> tuple[Axes, Sheet]:
    """Make a figure with space for a grid and its indices, and with its texts."""
    rows, columns = size
    left, widest = columns + 0.8, 0.225 * max(map(len, notes))
    width = max(columns + 2.2 + widest, 1.4 + 0.22 * len(title))
    height = max(rows + 0.3, _LINE * len(notes)) + 1.9
    figure = new_figure(width * CELL, height * CELL)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-1.2, width - 1.2), ylim=(height - 1.9, -1.9))
    axes.set_axis_off()
    axes.text(-0.8, -1.4, title, fontsize=11, color=INK)
    for line, note in enumerate(notes):
        y = 0.3 + _LINE * line
        axes.text(left, y, note, va="center", fontsize=10.5, color=INK)
    corner = 0.2 * CELL, 0.9 * CELL
    grid = Box(*corner, (columns + 1.1) * CELL, (rows + 1.1) * CELL)
    texts = Words("\n".join(notes))
    return axes, Sheet(figure, [[Words(title)], [grid, texts]])


def _draw_cells(axes: Axes, rows: _Axis, columns: _Axis) -> None:
    read = np.outer(rows.reads, columns.reads) > 0
    for (row, column), is_read in np.ndenumerate(read):
        image = 0 <= row - rows.before < rows.n
        image = image and 0 <= column - columns.before < columns.n
        _draw_cell(axes, row, column, _IMAGE if image else "none", hatched=not is_read)
        if not image:
            axes.text(column + 0.77, row + 0.76, "0", **centred(9.5))
    _outline(axes, rows.before, columns.before, rows.n, columns.n, lw=1.6, ec=FAINT)


def _draw_counts(axes: Axes, counts: NDArray[np.int_]) -> None:
    for (row, column), count in np.ndenumerate(counts):
        shade = _TINTS[int(3 * count / max(1, counts.max()))]
        _draw_cell(axes, row, column, shade, hatched=count == 0)
        axes.text(column + 0.5, row + 0.5, str(count), **centred(11))


def _draw_cell(axes: Axes, row: int, column: int, colour: str, hatched: bool) -> None:
    _box(axes, row, column, 1, 1, fc=colour, ec=RULE, lw=0.6)
    if hatched:
        _box(axes, row, column, 1, 1, fc="none", ec=RULE, lw=0, hatch=_HATCH)


def _draw_indices(axes: Axes, rows: _Axis, columns: _Axis) -> None:
    for row in range(rows.n):
        axes.text(-0.5, rows.before + row + 0.5, str(row), **centred(9.5, FAINT))
    for column in range(columns.n):
        x = columns.before + column + 0.5
        axes.text(x, -0.4, str(column), **centred(9.5, FAINT))


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
    """Draw a number in a circle, which is tinted: ink on ink could not be read."""
    style: dict[str, Any] = {
        "color": f"{BLUE}70",
        "markeredgecolor": INK,
        "markeredgewidth": 1,
    }
    size = 15 if len(text) < 3 else 19
    axes.plot([x], [y], marker="o", markersize=size, zorder=4, **style)
    axes.text(x, y + 0.02, text, zorder=5, **centred(9.5))


def _outline(
    axes: Axes, row: float, column: float, height: float, width: float, **style: Any
) -> None:
    _box(axes, row, column, height, width, fc="none", zorder=3, **style)


def _box(
    axes: Axes, row: float, column: float, height: float, width: float, **style: Any
) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((column, row), width, height, **style))
