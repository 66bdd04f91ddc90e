"""Show images: signed feature maps, grey or colour images, kernel responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab.figures._panels import (
    INK,
    PAPER,
    RULE,
    SIGNED_MAP,
    Panel,
    centred,
    check_labels,
    describe,
    matrix,
    new_figure,
    number,
)
from cnnlab.figures._picture import Picture
from cnnlab.numerics import FloatArray, corr2d

if TYPE_CHECKING:
    from matplotlib.axes import Axes
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
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no map, or one is not 2-D.
    """
    arrays = {name: matrix(values, name) for name, values in maps.items()}
    limit = max((float(np.abs(a).max()) for a in arrays.values()), default=0.0) or 1.0
    words = "; ".join(f"{name}, {_range(values)}" for name, values in arrays.items())

    def draw() -> Figure:
        margins = Margins(above=0.3, below=0.25, right=0.9)
        figure, all_axes = _image_axes(len(arrays), columns, 2.3, margins)
        for axes, (name, values) in zip(all_axes, arrays.items(), strict=True):
            image = axes.imshow(
                values, cmap=SIGNED_MAP, vmin=-limit, vmax=limit, interpolation="none"
            )
            axes.set_title(name, color=INK, fontsize=11)
            axes.set_xlabel(_range(values), color=INK, fontsize=9)
            draw_signs(axes, values, limit)
        _draw_scale(figure, image, all_axes[0], limit)
        return figure

    return Picture(draw, alt or f"Signed maps and their ranges: {words}")


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
        Replaces the description made from the captions.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no image, or there is another number of captions than of
        images.
    """
    check_labels(captions, len(images), "captions")
    size = 2.0 if len(images) == 1 else 1.3
    lines = max((str(text).count("\n") + 1 for text in captions), default=0)
    title_width = 0.1 + 0.11 * len(title)
    right = max(0.1, title_width - min(columns, len(images)) * (size + 0.12))
    margins = Margins(above=0, below=0.1 + 0.16 * lines, right=right)

    def draw() -> Figure:
        figure, all_axes = _image_axes(len(images), columns, size, margins)
        for index, (axes, image) in enumerate(zip(all_axes, images, strict=True)):
            axes.imshow(np.asarray(image), cmap="gray", interpolation="none")
            if captions:
                axes.set_xlabel(str(captions[index]), color=INK, fontsize=9)
        if title:
            width, height = figure.get_size_inches()
            figure.text(0.1 / width, 1 - 0.22 / height, title, color=INK, fontsize=12)
        return figure

    words = "; ".join(str(caption) for caption in captions)
    count = "1 image" if len(images) == 1 else f"{len(images)} images"
    start = f"{title}: {count}" if title else count
    return Picture(draw, alt or (f"{start} ({words})" if words else start))


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
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If one of them is not 2-D, or the kernel is larger than the image.
    """
    pixels, weights = matrix(image, "image"), matrix(kernel, "kernel")
    signed = corr2d(pixels, weights)
    limit = float(np.abs(signed).max()) or 1.0
    changed = np.mean((signed < 0) | (signed > 1))
    words = (
        f"{describe(Panel(weights, 'Kernel'))}. Its response to an image of "
        f"{pixels.shape[0]} by {pixels.shape[1]} ranges from {_range(signed)}. Shown: "
        "the signed response, its absolute values, and the response clipped at 0 and "
        f"1, which changes {changed:.0%} of the values"
    )

    def draw() -> Figure:
        margins = Margins(above=0.3, below=0.25, right=0.1)
        figure, all_axes = _image_axes(5, 5, 1.9, margins)
        _draw_image(all_axes[0], pixels, "image", 0, 1)
        _draw_weights(all_axes[1], weights)
        _draw_image(all_axes[2], signed, "signed", -limit, limit, SIGNED_MAP)
        draw_signs(all_axes[2], signed, limit)
        _draw_image(all_axes[3], np.abs(signed), "absolute", 0, limit)
        _draw_image(all_axes[4], np.clip(signed, 0, 1), "clipped at 0 and 1", 0, 1)
        return figure

    return Picture(draw, alt or words)


def _draw_image(
    axes: Axes,
    values: FloatArray,
    title: str,
    low: float,
    high: float,
    colours: str = "gray",
) -> None:
    axes.imshow(values, cmap=colours, vmin=low, vmax=high, interpolation="none")
    axes.set_title(title, color=INK, fontsize=11)
    axes.set_xlabel(_range(values), color=INK, fontsize=9)


def _draw_weights(axes: Axes, weights: FloatArray) -> None:
    """Write the weights into their cells, with a colour scale of their own."""
    wide = 1.6 * float(np.abs(weights).max()) or 1.0
    scale: dict[str, Any] = {"cmap": SIGNED_MAP, "vmin": -wide, "vmax": wide}
    axes.pcolormesh(weights, edgecolors=RULE, linewidth=0.6, **scale)
    axes.set_aspect("equal")
    axes.invert_yaxis()
    axes.set_title("kernel", color=INK, fontsize=11)
    axes.set_xlabel(f"sum {number(float(weights.sum()))}", color=INK, fontsize=9)
    size = min(12.0, 54.0 / max(weights.shape))
    for (row, column), weight in np.ndenumerate(weights):
        axes.text(column + 0.5, row + 0.5, number(weight), **centred(size))


def _range(values: FloatArray) -> str:
    return f"{number(float(values.min()))} to {number(float(values.max()))}"


class Margins(NamedTuple):
    """Space for texts, in inches: above and below each image, right of all."""

    above: float
    below: float
    right: float


def _image_axes(
    count: int, columns: int, size: float, margins: Margins
) -> tuple[Figure, list[Axes]]:
    """Make a figure with square axes of `size` inches in rows.

    Positions are computed here, as matplotlib's layout takes longer than drawing.
    """
    if count < 1:
        raise ValueError("there is nothing to show: give at least one array")
    columns = min(columns, count)
    above, below, right = margins
    width, pitch = columns * (size + 0.12) + right, above + size + below
    height = -(-count // columns) * pitch + 0.3
    figure = new_figure(width, height)
    all_axes = []
    for index in range(count):
        row, column = divmod(index, columns)
        x, y = 0.1 + column * (size + 0.12), height - 0.3 - row * pitch - above - size
        axes = figure.add_axes((x / width, y / height, size / width, size / height))
        axes.set(xticks=[], yticks=[])
        all_axes.append(axes)
    return figure, all_axes


def _draw_scale(figure: Figure, image: AxesImage, beside: Axes, limit: float) -> None:
    """Draw the colour bar in the right margin, as high as the axes `beside`."""
    width, box = figure.get_figwidth(), beside.get_position()
    axes = figure.add_axes((1 - 0.75 / width, box.y0, 0.15 / width, box.height))
    bar = figure.colorbar(image, cax=axes, ticks=(-limit, 0, limit))
    bar.ax.set_yticklabels([number(-limit), "0", number(limit)])


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
        axes.plot(xs, ys, linestyle="", marker="o", markersize=7, color=PAPER)
        axes.plot(xs, ys, linestyle="", marker=marker, markersize=5, color=INK)


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
