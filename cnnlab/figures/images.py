"""Maps and images: signed feature maps, grey or colour images, responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

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

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no map, or one is not 2-D.
    """
    maps = {name: matrix(values, name) for name, values in named.items()}
    limit = max((float(np.abs(m).max()) for m in maps.values()), default=0.0) or 1.0
    words = "; ".join(f"{name}, {_range(values)}" for name, values in maps.items())

    def draw() -> Figure:
        figure, places = _image_axes(len(maps), columns, 2.3, 0.3, 0.25, right=0.9)
        for place, (name, values) in zip(places, maps.items(), strict=True):
            shown = place.imshow(
                values, cmap=SIGNED_MAP, vmin=-limit, vmax=limit, interpolation="none"
            )
            place.set_title(name, color=INK, fontsize=11)
            place.set_xlabel(_range(values), color=INK, fontsize=9)
            draw_signs(place, values, limit)
        _draw_scale(figure, shown, places[0], limit)
        return figure

    return Picture(draw, alt or f"{len(maps)} signed maps: {words}")


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
        One per image, or none at all.
    columns
        Images in a row before the next row starts.
    title
        Text above all.
    alt
        Replaces the description made from the captions.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no image or the captions do not match the images.
    """
    check_labels(captions, len(images), "captions")
    size = 2.0 if len(images) == 1 else 1.3
    lines = max((str(text).count("\n") + 1 for text in captions), default=0)
    below = 0.1 + 0.16 * lines
    room = 0.1 + 0.11 * len(title)
    right = max(0.1, room - min(columns, len(images)) * (size + 0.12))

    def draw() -> Figure:
        figure, places = _image_axes(len(images), columns, size, 0, below, right)
        for index, (place, image) in enumerate(zip(places, images, strict=True)):
            place.imshow(np.asarray(image), cmap="gray", interpolation="none")
            if captions:
                place.set_xlabel(str(captions[index]), color=INK, fontsize=9)
        if title:
            width, height = figure.get_size_inches()
            figure.text(0.1 / width, 1 - 0.22 / height, title, color=INK, fontsize=12)
        return figure

    words = "; ".join(str(caption) for caption in captions)
    made = f"{title or 'Images'}: {len(images)} shown"
    return Picture(draw, alt or (f"{made} ({words})" if words else made))


def kernel_responses(image: ArrayLike, kernel: ArrayLike, *, alt: str = "") -> Picture:
    """Show an image, a kernel, and three ways to look at what it answers.

    The response itself, with signs; its absolute values; and the response
    clipped at 0 and 1, as a screen shows it.

    Parameters
    ----------
    image
        Shape ``(height, width)``, from 0 (black) to 1 (white).
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
        If either is not 2-D, or the kernel does not fit.
    """
    pixels, weights = matrix(image, "image"), matrix(kernel, "kernel")
    signed = corr2d(pixels, weights)
    limit = float(np.abs(signed).max()) or 1.0
    made = (
        f"{describe(Panel(weights, 'Kernel'))}. Its response to an image of "
        f"{pixels.shape[0]} by {pixels.shape[1]}, {_range(signed)}, is shown with "
        f"signs, as absolute values, and clipped at 0 and 1, which cuts off "
        f"{np.mean((signed < 0) | (signed > 1)):.0%} of it"
    )

    def draw() -> Figure:
        figure, places = _image_axes(5, 5, 1.9, 0.3, 0.25, right=0.1)
        _draw_image(places[0], pixels, "image", 0, 1)
        _draw_weights(places[1], weights)
        _draw_image(places[2], signed, "signed", -limit, limit, SIGNED_MAP)
        draw_signs(places[2], signed, limit)
        _draw_image(places[3], np.abs(signed), "absolute", 0, limit)
        _draw_image(places[4], np.clip(signed, 0, 1), "clipped at 0 and 1", 0, 1)
        return figure

    return Picture(draw, alt or made)


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
    """Write the weights into their cells, coloured on a scale of their own."""
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


def draw_signs(axes: Axes, values: FloatArray, limit: float) -> None:
    """Write + and − on strong places, so that the sign is not in the colour alone.

    Parameters
    ----------
    axes
        Those that show the values.
    values
        Shape ``(height, width)``.
    limit
        The largest absolute value on the scale; places from 0.3 of it are strong.
    """
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
