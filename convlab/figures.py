"""Pictures for lessons and labs, each with its alt text.

``number_grid``     a matrix with its numbers in the cells (also a confusion matrix)
``sliding_window``  one step of a convolution: window, kernel, products, sum
``kernels``         named kernels side by side, weights in the cells
``feature_maps``    named signed maps on one scale, signs marked
``image_grid``      grey or colour images with captions
``curves``          lines over steps or epochs: loss, accuracy

Each returns a ``Picture``: the last line of a cell shows it, ``display(picture)``
shows it from anywhere, and a screen reader speaks ``picture.alt``. Pass ``alt``
to replace the description that is made from the data.

Panels are light on purpose and opaque, so that they read the same in a light
and a dark theme. No fact is in the colour alone: numbers, signs, outlines,
dashes and captions carry it too.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlab.numerics import corr2d

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FloatArray = NDArray[np.float64]

PAPER = "#ffffff"
INK = "#1b1b1b"
MARK = "#000000"
SIGNED_MAP = "PuOr_r"  # purple to orange: told apart with any colour vision
POSITIVE_MAP = "Blues"
CELL = 0.45  # inches
DASHES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#444444", "#9a7d0a")

__all__ = [
    "Picture",
    "curves",
    "feature_maps",
    "image_grid",
    "kernels",
    "number_grid",
    "sliding_window",
]


@dataclass(frozen=True, eq=False)
class Picture:
    """A matplotlib figure and the words that stand in for it.

    Jupyter calls ``_repr_mimebundle_``; `svg` and `png` are for files.
    """

    figure: Figure
    alt: str

    def svg(self) -> str:
        """Draw as SVG text, without a date, so that equal data gives equal text."""
        import matplotlib as mpl

        out = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": "convlab"}):
            self.figure.savefig(out, format="svg", metadata={"Date": None})
        return out.getvalue()

    def png(self, dpi: float = 144) -> bytes:
        """Draw as PNG bytes at `dpi` dots an inch."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=dpi)
        return out.getvalue()

    def html(self) -> str:
        """Write one ``<img>`` that holds the SVG and the alt text."""
        data = base64.b64encode(self.svg().encode()).decode()
        width = round(self.figure.get_figwidth() * 96)
        return (
            f'<img alt="{html.escape(self.alt)}" width="{width}" '
            f'style="max-width:100%;height:auto;background:{PAPER}" '
            f'src="data:image/svg+xml;base64,{data}">'
        )

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {
            "text/html": self.html(),
            "image/png": self.png(),
            "text/plain": f"[picture: {self.alt}]",
        }
        return data, {"image/png": {"alt": self.alt}}


@dataclass(frozen=True)
class _Panel:
    """One grid of numbers: what to write, colour and mark in each cell."""

    values: FloatArray
    title: str = ""
    marked: tuple[tuple[int, int], ...] = ()
    window: tuple[int, int, int, int] | None = None  # row, column, height, width

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = self.values.shape
        return rows, columns


def number_grid(
    values: ArrayLike,
    *,
    title: str = "",
    row_labels: Sequence[object] = (),
    column_labels: Sequence[object] = (),
    row_title: str = "",
    column_title: str = "",
    marked: Sequence[tuple[int, int]] = (),
    alt: str = "",
) -> Picture:
    """Show a matrix with each number in its cell.

    Parameters
    ----------
    values
        Shape ``(rows, columns)``. NaN cells are drawn as ``?``.
    title, row_title, column_title
        Texts above the grid, beside its rows and below its columns.
    row_labels, column_labels
        One label a row and a column; indices help in a confusion matrix.
    marked
        ``(row, column)`` of cells to outline.
    alt
        Replaces the description made from the numbers.

    Raises
    ------
    ValueError
        If `values` is not 2-D or the labels do not match its shape.
    """
    panel = _Panel(_matrix(values, "values"), title, tuple(marked))
    _check_labels(row_labels, panel.shape[0], "row_labels")
    _check_labels(column_labels, panel.shape[1], "column_labels")
    figure, axes = _panel_axes([panel], labelled=bool(row_labels or column_labels))
    _draw_labels(axes, row_labels, column_labels, row_title, column_title)
    return Picture(figure, alt or _describe(panel, row_title, column_title))


def kernels(
    named: Mapping[str, ArrayLike], *, columns: int = 5, alt: str = ""
) -> Picture:
    """Show kernels side by side on one colour scale, weights in the cells.

    Parameters
    ----------
    named
        Title and weights of each; weights of shape ``(kh, kw)``.
    columns
        Kernels in a row before the next row starts.
    alt
        Replaces the description made from the numbers.

    Raises
    ------
    ValueError
        If there is no kernel, or one is not 2-D.
    """
    panels = [_Panel(_matrix(k, name), name) for name, k in named.items()]
    figure, _ = _panel_axes(panels, columns=columns)
    return Picture(figure, alt or "; ".join(_describe(panel) for panel in panels))


def sliding_window(
    image: ArrayLike,
    kernel: ArrayLike,
    row: int,
    column: int,
    *,
    alt: str = "",
) -> Picture:
    """Show one step of ``corr2d``: window, kernel, products and their sum.

    The output holds what was computed so far, row by row; later cells show ``?``.

    Parameters
    ----------
    image, kernel
        Shapes ``(height, width)`` and ``(kh, kw)``.
    row, column
        Place of the window's upper left corner, from 0.
    alt
        Replaces the description made from the numbers.

    Raises
    ------
    ValueError
        If an array is not 2-D.
    IndexError
        If the window does not lie inside the image.
    """
    pixels, weights = _matrix(image, "image"), _matrix(kernel, "kernel")
    height, width = weights.shape
    output = corr2d(pixels, weights)
    if not (0 <= row < output.shape[0] and 0 <= column < output.shape[1]):
        raise IndexError(
            f"the window has places (0..{output.shape[0] - 1}, "
            f"0..{output.shape[1] - 1}), not ({row}, {column})"
        )
    total = output[row, column]
    products = pixels[row : row + height, column : column + width] * weights
    seen = np.arange(output.size).reshape(output.shape) <= row * len(output[0]) + column
    panels = [
        _Panel(pixels, "input", window=(row, column, height, width)),
        _Panel(weights, "kernel"),
        _Panel(products, "window × kernel"),
        _Panel(np.where(seen, output, np.nan), "output", marked=((row, column),)),
    ]
    signs = ("×", "=", f"sum {_number(total)} →")
    figure, _ = _panel_axes(panels, columns=len(panels), signs=signs)
    return Picture(figure, alt or _describe_step(panels, row, column, total))


def feature_maps(
    named: Mapping[str, ArrayLike], *, columns: int = 4, alt: str = ""
) -> Picture:
    """Show signed maps on one symmetric scale.

    Strong responses carry ``+`` or ``−``; the range stands below each map.

    Parameters
    ----------
    named
        Title and values of each; values of shape ``(height, width)``.
    columns
        Maps in a row before the next row starts.
    alt
        Replaces the description made from the numbers.

    Raises
    ------
    ValueError
        If there is no map, or one is not 2-D.
    """
    maps = {name: _matrix(values, name) for name, values in named.items()}
    limit = max((float(np.abs(m).max()) for m in maps.values()), default=0.0) or 1.0
    figure, places = _image_axes(len(maps), columns, size=2.2)
    for place, (name, values) in zip(places, maps.items(), strict=True):
        shown = place.imshow(
            values, cmap=SIGNED_MAP, vmin=-limit, vmax=limit, interpolation="none"
        )
        place.set_title(name, color=INK, fontsize=11)
        place.set_xlabel(_range(values), color=INK, fontsize=9)
        _draw_signs(place, values, limit)
    bar = figure.colorbar(shown, ax=places, shrink=0.8, ticks=(-limit, 0, limit))
    bar.ax.set_yticklabels([_number(-limit), "0", _number(limit)])
    words = "; ".join(f"{name}, {_range(values)}" for name, values in maps.items())
    return Picture(figure, alt or f"{len(maps)} signed maps: {words}")


def image_grid(
    images: Sequence[ArrayLike] | NDArray[Any],
    captions: Sequence[object] = (),
    *,
    columns: int = 8,
    title: str = "",
    alt: str = "",
) -> Picture:
    """Show images in rows, a caption below each.

    Parameters
    ----------
    images
        Each of shape ``(height, width)``, ``(height, width, 1)`` or
        ``(height, width, 3)``. Grey images run from their own darkest value
        (black) to their own brightest (white).
    captions
        One an image, or none at all.
    columns
        Images in a row before the next row starts.
    title
        Text above all.
    alt
        Replaces the description made from the captions.

    Raises
    ------
    ValueError
        If there is no image or the captions do not match the images.
    """
    _check_labels(captions, len(images), "captions")
    figure, places = _image_axes(len(images), columns, size=1.15 + 0.85 / len(images))
    for index, (place, image) in enumerate(zip(places, images, strict=True)):
        place.imshow(np.squeeze(image), cmap="gray", interpolation="none")
        if captions:
            place.set_xlabel(str(captions[index]), color=INK, fontsize=9)
    if title:
        figure.suptitle(title, color=INK, fontsize=12)
    words = "; ".join(str(caption) for caption in captions)
    made = f"{title or 'Images'}: {len(images)} shown" + (
        f" ({words})" if words else ""
    )
    return Picture(figure, alt or made)


def curves(
    series: Mapping[str, Sequence[float]],
    *,
    x_label: str = "epoch",
    y_label: str = "",
    title: str = "",
    alt: str = "",
) -> Picture:
    """Draw one line a series over steps 1, 2, 3 …, each with its dash and marker.

    Parameters
    ----------
    series
        Name and values of each line, for example loss by epoch.
    x_label, y_label, title
        Texts of the axes and above the plot.
    alt
        Replaces the description made from first and last values.

    Raises
    ------
    ValueError
        If there is no series or one is empty.
    """
    if not series or not all(len(values) for values in series.values()):
        raise ValueError("curves needs at least one series, and values in each")
    figure = _figure(6.4, 3.4, layout="constrained")
    axes = figure.subplots()
    for index, (name, values) in enumerate(series.items()):
        _draw_curve(axes, index, name, values)
    axes.set(xlabel=x_label, ylabel=y_label, title=title)
    axes.xaxis.set_major_locator(_whole_numbers())
    axes.grid(alpha=0.3)
    axes.legend(handlelength=4)
    ends = "; ".join(
        f"{name} from {_number(v[0])} to {_number(v[-1])}" for name, v in series.items()
    )
    made = f"{title or y_label or 'Curves'} by {x_label}: {ends}"
    return Picture(figure, alt or made)


def _matrix(values: ArrayLike, name: str) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2 or not array.size:
        raise ValueError(f"{name} must be 2-D and not empty, not shape {array.shape}")
    return array


def _check_labels(labels: Sequence[object], count: int, name: str) -> None:
    if len(labels) not in (0, count):
        raise ValueError(f"{name} must hold {count} labels or none, not {len(labels)}")


def _number(value: float) -> str:
    """Write a number as a lesson would: no needless zeros, a true minus sign."""
    if np.isnan(value):
        return "?"
    text = f"{value:.0f}" if abs(value) >= 1000 else f"{value:.2f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short.replace("-", "−")


def _range(values: FloatArray) -> str:
    return f"{_number(float(values.min()))} to {_number(float(values.max()))}"


def _describe(panel: _Panel, row_title: str = "", column_title: str = "") -> str:
    rows, columns = panel.shape
    axes = f", rows {row_title}, columns {column_title}" if row_title else ""
    numbers = " / ".join(" ".join(map(_number, row)) for row in panel.values)
    return f"{panel.title or 'Grid'}, {rows} by {columns}{axes}: {numbers}"


def _describe_step(
    panels: Sequence[_Panel], row: int, column: int, total: float
) -> str:
    parts = ". ".join(_describe(panel) for panel in panels)
    return (
        f"Window at row {row}, column {column}: its products with the kernel "
        f"sum to {_number(total)}. {parts}"
    )


def _figure(width: float, height: float, layout: Any = None) -> Figure:
    # Figure itself, not pyplot: no global state, no backend, a third of the import.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), facecolor=PAPER, layout=layout)


def _image_axes(count: int, columns: int, size: float) -> tuple[Figure, list[Axes]]:
    if count < 1:
        raise ValueError("there is nothing to show: give at least one array")
    columns = min(columns, count)
    rows = -(-count // columns)
    figure = _figure(size * columns + 0.8, (size + 0.35) * rows + 0.3, "constrained")
    grid = figure.subplots(rows, columns, squeeze=False)
    places: list[Axes] = list(grid.flat)
    for place in places:
        place.set(xticks=[], yticks=[])
    for place in places[count:]:
        place.set_visible(False)
    return figure, places[:count]


def _panel_axes(
    panels: Sequence[_Panel],
    *,
    columns: int = 1,
    signs: Sequence[str] = (),
    labelled: bool = False,
) -> tuple[Figure, Axes]:
    """Lay panels out in rows on one axes whose unit is a cell."""
    if not panels:
        raise ValueError("there is nothing to show: give at least one array")
    gaps = [0.8 + 0.3 * len(sign) for sign in signs] or [1.0] * (columns - 1)
    rows = [panels[i : i + columns] for i in range(0, len(panels), columns)]
    heights = [max(panel.shape[0] for panel in row) + 1.4 for row in rows]
    width = max(_row_width(row, gaps) for row in rows)
    margin = 1.6 if labelled else 0.3
    figure = _figure((width + margin + 0.3) * CELL, (sum(heights) + margin) * CELL)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-margin, width + 0.3), ylim=(sum(heights) - 1.2 + margin, -1.2))
    axes.set_axis_off()
    axes.set_aspect("equal")
    limit = max(float(np.nanmax(np.abs(p.values))) for p in panels) or 1.0
    top = 0.0
    for row, height in zip(rows, heights, strict=True):
        _draw_row(axes, row, top, height - 1.4, limit, gaps, signs)
        top += height
    return figure, axes


def _panel_width(panel: _Panel) -> float:
    return max(panel.shape[1], 0.28 * len(panel.title))


def _row_width(panels: Sequence[_Panel], gaps: Sequence[float]) -> float:
    return sum(map(_panel_width, panels)) + sum(gaps[: len(panels) - 1])


def _draw_row(
    axes: Axes,
    panels: Sequence[_Panel],
    top: float,
    height: float,
    limit: float,
    gaps: Sequence[float],
    signs: Sequence[str],
) -> None:
    left, middle = 0.0, top + height / 2
    for panel, gap, sign in zip_longest(panels, gaps[: len(panels) - 1], signs):
        width = _panel_width(panel)
        x, y = left + (width - panel.shape[1]) / 2, middle - panel.shape[0] / 2
        _draw_panel(axes, panel, x, y, limit)
        left += width
        if sign:
            axes.text(left + gap / 2, middle, sign, **_centred(13))
        left += gap or 0.0


def _draw_panel(
    axes: Axes, panel: _Panel, left: float, top: float, limit: float
) -> None:
    rows, columns = panel.shape
    signed = bool(np.nanmin(panel.values) < 0)
    mesh = axes.pcolormesh(
        left + np.arange(columns + 1),
        top + np.arange(rows + 1),
        np.ma.masked_invalid(panel.values),
        cmap=SIGNED_MAP if signed else POSITIVE_MAP,
        vmin=-limit if signed else 0,
        # Half the range of the map: numbers stay readable on every cell.
        vmax=limit if signed else 2 * limit,
        edgecolors="#8a8a8a",
        linewidth=0.6,
    )
    size = _font_size(panel.values)
    for (row, column), value in np.ndenumerate(panel.values):
        colour = INK if np.isnan(value) else _ink_on(mesh.to_rgba(np.asarray(value)))
        x, y = left + column + 0.5, top + row + 0.5
        axes.text(x, y, _number(value), **_centred(size, colour))
    axes.text(left + columns / 2, top - 0.45, panel.title, **_centred(11))
    for row, column in panel.marked:
        _outline(axes, left + column, top + row, 1, 1)
    if panel.window:
        row, column, height, width = panel.window
        _outline(axes, left + column, top + row, width, height)


def _centred(size: float, colour: str = INK) -> dict[str, Any]:
    return {"ha": "center", "va": "center", "fontsize": size, "color": colour}


def _font_size(values: FloatArray) -> float:
    longest = max(len(_number(value)) for value in values.flat)
    return min(12.0, 36.0 / max(longest, 1))


def _ink_on(rgba: Any) -> str:
    """Pick black or white text: relative luminance after WCAG 2, rounded weights."""
    red, green, blue = (float(part) ** 2.2 for part in rgba[:3])
    return INK if 0.21 * red + 0.72 * green + 0.07 * blue > 0.25 else PAPER


def _outline(axes: Axes, x: float, y: float, width: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    box = Rectangle((x, y), width, height, fill=False, ec=MARK, lw=3.0, zorder=3)
    axes.add_patch(box)


def _draw_labels(
    axes: Axes,
    row_labels: Sequence[object],
    column_labels: Sequence[object],
    row_title: str,
    column_title: str,
) -> None:
    for row, label in enumerate(row_labels):
        axes.text(-0.35, row + 0.5, str(label), **_centred(10))
    bottom = axes.get_ylim()[0]
    for column, label in enumerate(column_labels):
        axes.text(column + 0.5, bottom - 1.25, str(label), **_centred(10))
    middle = (axes.get_xlim()[1] - 0.3) / 2
    axes.text(middle, bottom - 0.5, column_title, **_centred(10))
    rows = (bottom - 1.6) / 2
    axes.text(-1.1, rows, row_title, rotation=90, **_centred(10))


def _draw_signs(axes: Axes, values: FloatArray, limit: float, blocks: int = 14) -> None:
    """Write + and − on strong places, so that the sign is not in the colour alone."""
    step = max(1, -(-max(values.shape) // blocks))
    for row in range(0, values.shape[0], step):
        for column in range(0, values.shape[1], step):
            block = values[row : row + step, column : column + step]
            y, x = np.unravel_index(np.abs(block).argmax(), block.shape)
            value = block[y, x]
            if abs(value) >= 0.3 * limit:
                colour = PAPER if abs(value) >= 0.7 * limit else INK
                sign = "+" if value > 0 else "−"
                axes.text(
                    column + float(x), row + float(y), sign, **_centred(8, colour)
                )


def _whole_numbers() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True)


def _draw_curve(axes: Axes, index: int, name: str, values: Sequence[float]) -> None:
    axes.plot(
        range(1, len(values) + 1),
        values,
        label=name,
        color=LINES[index % len(LINES)],
        linestyle=DASHES[index % len(DASHES)],
        marker=MARKERS[index % len(MARKERS)],
        markevery=max(1, len(values) // 12),
    )
