"""Show images: signed feature maps, grey or colour images, kernel responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab.figures._panels import (
    Panel,
    centred,
    check_labels,
    describe,
    matrix,
    new_figure,
)
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, Words
from cnnlab.figures._theme import BLACK, INK, RULE, WHITE, signed
from cnnlab.figures._words import counted, listed, number, span
from cnnlab.numerics import FloatArray, corr2d

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

__all__ = ["draw_signs", "feature_maps", "image_grid", "kernel_responses"]


def feature_maps(
    maps: Mapping[str, ArrayLike], *, columns: int = 4, alt: str = ""
) -> Picture:
    """Show signed maps with one symmetric colour scale.

    Strong responses are marked ``+`` or ``−``; below each map is its range.

    Parameters
    ----------
    maps
        Title and values of each map; the values have shape ``(height, width)``.
    columns
        Maps per row.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is no map, or one is not 2-D.
    """
    arrays = {name: matrix(values, name) for name, values in maps.items()}
    limit = max((float(np.abs(a).max()) for a in arrays.values()), default=0.0) or 1.0
    details = "; ".join(f"{name}, {_map_words(a)}" for name, a in arrays.items())
    scale = f"one colour scale, from {number(-limit)} to {number(limit)}"
    short = listed(f"{counted(len(arrays), 'signed map')}: ", arrays)

    def draw() -> Sheet:
        margins = Margins(above=0.3, below=0.25, last=0.65)
        grid = _image_axes(len(arrays), columns, 2.3, margins)
        for axes, (name, values) in zip(grid.axes, arrays.items(), strict=True):
            image = axes.imshow(
                values, cmap=signed(), vmin=-limit, vmax=limit, interpolation="none"
            )
            axes.set_title(name, color=INK, fontsize=11)
            axes.set_xlabel(_range(values), color=INK, fontsize=10)
            draw_signs(axes, values, limit)
        scale_box = _draw_scale(grid.figure, image, limit)
        return Sheet(grid.figure, [*grid.rows(), [scale_box]])

    description = f"Signed maps on {scale}. {details}"
    return Picture(draw, alt or short, description)


def _map_words(values: FloatArray) -> str:
    """Describe a map: its size, its range, and its strongest cell."""
    rows, columns = values.shape
    place = np.unravel_index(int(np.abs(values).argmax()), values.shape)
    row, column = (int(index) for index in place)
    strongest = f"{number(float(values[place]))} at row {row}, column {column}"
    share = float(np.mean(values != 0))
    return (
        f"{rows} by {columns}: {_range(values)}, strongest {strongest}, "
        f"{share:.0%} of the cells not 0"
    )


def image_grid(
    images: Sequence[ArrayLike] | NDArray[Any],
    captions: Sequence[object] = (),
    *,
    columns: int = 8,
    title: str = "",
    alt: str = "",
) -> Picture:
    """Show images in rows, each with a caption below it.

    Parameters
    ----------
    images
        Images of shape ``(height, width)``, ``(height, width, 1)`` or
        ``(height, width, 3)``. In each grey image, the lowest value is black and
        the highest is white.
    captions
        One caption per image, or none at all.
    columns
        Images per row.
    title
        Text above the images.
    alt
        Replaces the sentence made from the captions.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is no image, or there is another number of captions than of
        images.
    """
    check_labels(captions, len(images), "captions")
    arrays = [np.asarray(image) for image in images]
    size = 2.4 if len(images) == 1 else 1.3
    lines = max((str(text).count("\n") + 1 for text in captions), default=0)
    least_width = 0.1 + 0.11 * len(title)
    margins = Margins(above=0, below=0.1 + 0.17 * lines, least_width=least_width)

    def draw() -> Sheet:
        grid = _image_axes(len(arrays), columns, size, margins)
        for index, (axes, image) in enumerate(zip(grid.axes, arrays, strict=True)):
            axes.imshow(image, cmap="gray", interpolation="none")
            if captions:
                axes.set_xlabel(str(captions[index]), color=INK, fontsize=10)
        if not title:
            return Sheet(grid.figure, grid.rows())
        width, height = grid.figure.get_size_inches()
        grid.figure.text(0.1 / width, 1 - 0.22 / height, title, color=INK, fontsize=12)
        return Sheet(grid.figure, [[Words(title, is_title=True)], *grid.rows()])

    words = [" ".join(str(caption).split()) for caption in captions]
    count = counted(len(arrays), "image")
    start = f"{title}: {count}" if title else count
    sizes = " and ".join(sorted({_size_words(image) for image in arrays}))
    shown = f" Captions, row by row: {'; '.join(words)}." if words else ""
    description = (
        f"{start}, {sizes} pixels, {min(columns, len(arrays))} in a row, "
        f"bright for high values.{shown}"
    )
    sentence = listed(f"{start}, ", words, "; ") if words else start
    return Picture(draw, alt or sentence, description)


def _size_words(image: NDArray[Any]) -> str:
    return f"{image.shape[0]} by {image.shape[1]}"


def kernel_responses(image: ArrayLike, kernel: ArrayLike, *, alt: str = "") -> Picture:
    """Show an image, a kernel, and three views of the kernel's response.

    The views are the signed response, its absolute values, and the response clipped
    at 0 and 1, as a screen would show it.

    Parameters
    ----------
    image
        Shape ``(height, width)``, with values from 0 (black) to 1 (white).
    kernel
        Shape ``(kh, kw)``, no larger than the image on either axis.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If one of them is not 2-D, or the kernel is larger than the image.
    """
    pixels, weights = matrix(image, "image"), matrix(kernel, "kernel")
    response = corr2d(pixels, weights)
    limit = float(np.abs(response).max()) or 1.0
    changed = np.mean((response < 0) | (response > 1))
    words = (
        f"{describe(Panel(weights, 'Kernel'))}. Its response to an image of "
        f"{pixels.shape[0]} by {pixels.shape[1]} ranges from {_range(response)}. "
        "Shown: the signed response, its absolute values, and the response clipped "
        f"at 0 and 1, which changes {changed:.0%} of the values"
    )

    def draw() -> Sheet:
        grid = _image_axes(5, 5, 1.9, Margins(above=0.3, below=0.25))
        all_axes = grid.axes
        _draw_image(all_axes[0], pixels, "image", 0, 1)
        _draw_weights(all_axes[1], weights)
        _draw_image(all_axes[2], response, "signed", -limit, limit, signed())
        draw_signs(all_axes[2], response, limit)
        _draw_image(all_axes[3], np.abs(response), "absolute", 0, limit)
        _draw_image(all_axes[4], np.clip(response, 0, 1), "clipped at 0 and 1", 0, 1)
        return Sheet(grid.figure, grid.rows())

    short = (
        f"An image, a {weights.shape[0]} by {weights.shape[1]} kernel, and its "
        f"response, {_range(response)}: signed, absolute, clipped"
    )
    return Picture(draw, alt or short, words)


def _draw_image(
    axes: Axes,
    values: FloatArray,
    title: str,
    low: float,
    high: float,
    colours: str | Colormap = "gray",
) -> None:
    axes.imshow(values, cmap=colours, vmin=low, vmax=high, interpolation="none")
    axes.set_title(title, color=INK, fontsize=11)
    axes.set_xlabel(_range(values), color=INK, fontsize=10)


def _draw_weights(axes: Axes, weights: FloatArray) -> None:
    """Write the weights into their cells, with a colour scale of their own."""
    wide = 2.1 * float(np.abs(weights).max()) or 1.0
    scale: dict[str, Any] = {"cmap": signed(), "vmin": -wide, "vmax": wide}
    axes.pcolormesh(weights, edgecolors=RULE, linewidth=0.6, **scale)
    axes.set_aspect("equal")
    axes.invert_yaxis()
    axes.set_title("kernel", color=INK, fontsize=11)
    axes.set_xlabel(f"sum {number(float(weights.sum()))}", color=INK, fontsize=10)
    size = min(12.0, 54.0 / max(weights.shape))
    for (row, column), weight in np.ndenumerate(weights):
        axes.text(column + 0.5, row + 0.5, number(weight), **centred(size))


def _range(values: FloatArray) -> str:
    return span(values)


class Margins(NamedTuple):
    """Space for texts, in inches: above and below each image, below the last row."""

    above: float
    below: float
    last: float = 0.0
    least_width: float = 0.0  # of the figure


class ImageGrid(NamedTuple):
    """A figure with square axes in rows, and the box of each with its texts."""

    figure: Figure
    axes: list[Axes]
    boxes: list[Box]
    columns: int

    def rows(self) -> list[list[Box]]:
        """Return the boxes of each row."""
        starts = range(0, len(self.boxes), self.columns)
        return [self.boxes[start : start + self.columns] for start in starts]


def _image_axes(count: int, columns: int, size: float, margins: Margins) -> ImageGrid:
    """Make a figure with square axes of `size` inches in rows.

    Positions are computed here, as matplotlib's layout takes longer than drawing.
    """
    if count < 1:
        raise ValueError("there is nothing to show: give at least one array")
    columns = min(columns, count)
    above, below, last, least_width = margins
    width = max(columns * (size + 0.12) + 0.1, least_width)
    pitch = above + size + below
    height = -(-count // columns) * pitch + 0.3 + last
    figure = new_figure(width, height)
    all_axes, boxes = [], []
    for index in range(count):
        row, column = divmod(index, columns)
        x, top = 0.1 + column * (size + 0.12), 0.3 + row * pitch
        y = height - top - above - size
        axes = figure.add_axes((x / width, y / height, size / width, size / height))
        axes.set(xticks=[], yticks=[])
        all_axes.append(axes)
        boxes.append(Box(x - 0.04, top - 0.04, size + 0.08, pitch + 0.04, index + 1))
    return ImageGrid(figure, all_axes, boxes, columns)


def _draw_scale(figure: Figure, image: AxesImage, limit: float) -> Box:
    """Draw the colour bar below the maps; return its box."""
    width, height = figure.get_size_inches()
    length = 1.9
    box = (0.3 / width, 0.34 / height, length / width, 0.14 / height)
    axes = figure.add_axes(box)
    ticks = (-limit, 0, limit)
    bar = figure.colorbar(image, cax=axes, ticks=ticks, orientation="horizontal")
    bar.outline.set_edgecolor(RULE)
    bar.ax.set_xticklabels([number(-limit), "0", number(limit)], fontsize=10)
    return Box(0.0, height - 0.58, length + 0.6, 0.58)


def draw_signs(axes: Axes, values: FloatArray, limit: float) -> None:
    """Mark strong values with + or −, so that colour is not the only sign.

    Parameters
    ----------
    axes
        The axes that show the values.
    values
        Shape ``(height, width)``.
    limit
        The largest absolute value of the colour scale; values of at least 0.3 times
        `limit` are strong.
    """
    strong = _strongest(values, 0.3 * limit)
    for marker, points in (
        ("+", [(x, y) for x, y, value in strong if value > 0]),
        ("_", [(x, y) for x, y, value in strong if value < 0]),
    ):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        axes.plot(xs, ys, linestyle="", marker="o", markersize=7, color=WHITE)
        axes.plot(xs, ys, linestyle="", marker=marker, markersize=5, color=BLACK)


def _strongest(values: FloatArray, least: float) -> list[tuple[float, float, float]]:
    """Return x, y and value of strong cells; marks on them will not touch."""
    chosen: list[tuple[float, float, float]] = []
    distance = max(values.shape) / 11
    strong = np.argwhere(np.abs(values) >= least)
    order = np.argsort(-np.abs(values[tuple(strong.T)]), kind="stable")
    for row, column in strong[order].tolist():
        if all(np.hypot(column - x, row - y) >= distance for x, y, _ in chosen):
            chosen.append((column, row, float(values[row, column])))
    return chosen
