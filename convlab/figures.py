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

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlab.numerics import FloatArray, corr2d
from convlab.panels import (
    INK,
    PAPER,
    SIGNED_MAP,
    Panel,
    describe,
    draw_labels,
    draw_panels,
    new_figure,
    number,
)
from convlab.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

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
    panel = Panel(_matrix(values, "values"), title, tuple(marked))
    _check_labels(row_labels, panel.shape[0], "row_labels")
    _check_labels(column_labels, panel.shape[1], "column_labels")
    figure, axes = draw_panels([panel], labelled=bool(row_labels or column_labels))
    draw_labels(axes, row_labels, column_labels, row_title, column_title)
    return Picture(figure, alt or describe(panel, row_title, column_title))


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
    panels = [Panel(_matrix(k, name), name) for name, k in named.items()]
    figure, _ = draw_panels(panels, columns=columns)
    return Picture(figure, alt or "; ".join(describe(panel) for panel in panels))


def sliding_window(
    image: ArrayLike,
    kernel: ArrayLike,
    row: int,
    column: int,
    *,
    titles: Sequence[str] = ("input", "kernel", "window × kernel", "output"),
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
    titles
        Names of the four grids; a quiz gives them neutral ones.
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
        Panel(pixels, titles[0], window=(row, column, height, width)),
        Panel(weights, titles[1]),
        Panel(products, titles[2]),
        Panel(np.where(seen, output, np.nan), titles[3], marked=((row, column),)),
    ]
    signs = ("×", "=", f"sum {number(total)} →")
    figure, _ = draw_panels(panels, columns=len(panels), signs=signs)
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
    figure, places = _image_axes(len(maps), columns, 2.3, 0.3, 0.25, right=0.9)
    for place, (name, values) in zip(places, maps.items(), strict=True):
        shown = place.imshow(
            values, cmap=SIGNED_MAP, vmin=-limit, vmax=limit, interpolation="none"
        )
        place.set_title(name, color=INK, fontsize=11)
        place.set_xlabel(_range(values), color=INK, fontsize=9)
        _draw_signs(place, values, limit)
    _draw_scale(figure, shown, places[0], limit)
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
    size = 2.0 if len(images) == 1 else 1.3
    lines = max((str(text).count("\n") + 1 for text in captions), default=0)
    below = 0.1 + 0.16 * lines
    room = 0.1 + 0.11 * len(title)
    right = max(0.1, room - min(columns, len(images)) * (size + 0.12))
    figure, places = _image_axes(len(images), columns, size, 0, below, right)
    for index, (place, image) in enumerate(zip(places, images, strict=True)):
        place.imshow(np.asarray(image), cmap="gray", interpolation="none")
        if captions:
            place.set_xlabel(str(captions[index]), color=INK, fontsize=9)
    if title:
        width, height = figure.get_size_inches()
        figure.text(0.1 / width, 1 - 0.22 / height, title, color=INK, fontsize=12)
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
    figure = new_figure(6.4, 3.4, layout="constrained")
    axes = figure.subplots()
    for index, (name, values) in enumerate(series.items()):
        _draw_curve(axes, index, name, values)
    axes.set(xlabel=x_label, ylabel=y_label, title=title)
    axes.xaxis.set_major_locator(_whole_numbers())
    axes.grid(alpha=0.3)
    axes.legend(handlelength=4)
    ends = "; ".join(
        f"{name} from {number(v[0])} to {number(v[-1])}" for name, v in series.items()
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


def _range(values: FloatArray) -> str:
    return f"{number(float(values.min()))} to {number(float(values.max()))}"


def _describe_step(panels: Sequence[Panel], row: int, column: int, total: float) -> str:
    parts = ". ".join(describe(panel) for panel in panels)
    return (
        f"Window at row {row}, column {column}: its products with the kernel "
        f"sum to {number(total)}. {parts}"
    )


def _image_axes(
    count: int, columns: int, size: float, above: float, below: float, right: float
) -> tuple[Figure, list[Axes]]:
    """Place square axes of `size` inches in rows, with room for texts.

    Counted in inches, because matplotlib's own layout takes longer than drawing.
    """
    if count < 1:
        raise ValueError("there is nothing to show: give at least one array")
    columns = min(columns, count)
    width, pitch = columns * (size + 0.12) + right, above + size + below
    height = -(-count // columns) * pitch + 0.3
    figure = new_figure(width, height)
    places = []
    for index in range(count):
        row, column = divmod(index, columns)
        x, y = 0.1 + column * (size + 0.12), height - 0.3 - row * pitch - above - size
        place = figure.add_axes((x / width, y / height, size / width, size / height))
        place.set(xticks=[], yticks=[])
        places.append(place)
    return figure, places


def _draw_scale(figure: Figure, shown: AxesImage, place: Axes, limit: float) -> None:
    """Draw the colour bar into the room on the right."""
    width, box = figure.get_figwidth(), place.get_position()
    axes = figure.add_axes((1 - 0.75 / width, box.y0, 0.15 / width, box.height))
    bar = figure.colorbar(shown, cax=axes, ticks=(-limit, 0, limit))
    bar.ax.set_yticklabels([number(-limit), "0", number(limit)])


def _draw_signs(axes: Axes, values: FloatArray, limit: float) -> None:
    """Write + and − on strong places, so that the sign is not in the colour alone."""
    strong = _strongest(values, 0.3 * limit)
    for marker, places in (
        ("+", [(x, y) for x, y, value in strong if value > 0]),
        ("_", [(x, y) for x, y, value in strong if value < 0]),
    ):
        xs, ys = [x for x, _ in places], [y for _, y in places]
        axes.plot(xs, ys, linestyle="", marker="o", markersize=7, color=PAPER)
        axes.plot(xs, ys, linestyle="", marker=marker, markersize=5, color=INK)


def _strongest(values: FloatArray, least: float) -> list[tuple[float, float, float]]:
    """Find x, y and value of strong cells, spread out so that marks do not touch."""
    found: list[tuple[float, float, float]] = []
    apart = max(values.shape) / 11
    strong = np.argwhere(np.abs(values) >= least)
    order = np.argsort(-np.abs(values[tuple(strong.T)]), kind="stable")
    for row, column in strong[order].tolist():
        if all(np.hypot(column - x, row - y) >= apart for x, y, _ in found):
            found.append((column, row, float(values[row, column])))
    return found


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
