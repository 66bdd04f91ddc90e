"""Show how filters combine several channels into maps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnlab.figures._panels import (
    Panel,
    check_labels,
    describe,
    draw_panels,
)
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Sheet
from cnnlab.figures._words import counted, number, short
from cnnlab.numerics import FloatArray, corr2d

__all__ = ["channel_sums"]


def channel_sums(
    image: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike,
    place: tuple[int, int] = (0, 0),
    *,
    names: Sequence[str] = ("red", "green", "blue"),
    alt: str = "",
) -> Picture:
    """Show how filters add up the results of their slices over the channels.

    Each row shows one channel and, for each filter, its slice of the kernel and the
    sum so far, which starts with the bias. The last sums are the filters' maps.

    Parameters
    ----------
    image
        Shape ``(height, width, channels)``.
    kernel
        Shape ``(kh, kw, channels, filters)``.
    bias
        Shape ``(filters,)``.
    place
        Row and column of the upper left corner of the window to outline, from 0.
    names
        Names of the channels, one per channel.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If the shapes do not match each other, or there is another number of names
        than of channels.
    IndexError
        If the window would not lie inside the image.
    """
    pixels, weights = _array(image, 3, "image"), _array(kernel, 4, "kernel")
    biases = _array(bias, 1, "bias")
    shapes = f"image {pixels.shape}, kernel {weights.shape}, bias {biases.shape}"
    if (pixels.shape[2], len(biases)) != weights.shape[2:]:
        raise ValueError(f"channels and filters must match: {shapes}")
    check_labels(names, pixels.shape[2], "names")
    sums = _sums_so_far(pixels, weights, biases)
    row, column = place
    if not (0 <= row < sums.shape[2] and 0 <= column < sums.shape[3]):
        raise IndexError(f"no window at ({row}, {column}): {shapes}")
    window = (row, column, weights.shape[0], weights.shape[1])
    panels = []
    for channel, name in enumerate(names):
        panels.append(Panel(pixels[:, :, channel], name, window=window))
        slices = np.moveaxis(weights[:, :, channel], -1, 0)
        titles = [column[channel] for column in _titles(names, biases)]
        panels += _filter_panels(slices, sums[:, channel], titles, place)
    signs = ("∗", "→", *(("", "→") * (len(biases) - 1)))

    def draw() -> Sheet:
        sheet, _ = draw_panels(panels, columns=1 + 2 * len(biases), signs=signs)
        return sheet

    sentence = short(
        f"{counted(len(biases), 'filter')} applied to {counted(len(names), 'channel')} "
        f"({', '.join(names)}): their slices, and the sums so far"
    )
    words = ". ".join(describe(panel) for panel in panels)
    return Picture(draw, alt or sentence, words)


def _filter_panels(
    slices: FloatArray, sums: FloatArray, titles: Sequence[str], place: tuple[int, int]
) -> list[Panel]:
    """Return two panels per filter: its slice for one channel, and the sum so far."""
    panels = []
    for f, (weights, values, title) in enumerate(
        zip(slices, sums, titles, strict=True)
    ):
        panels.append(Panel(weights, f"filter {f + 1}"))
        panels.append(Panel(values, title, marked=(place,)))
    return panels


def _array(values: ArrayLike, axes: int, name: str) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != axes or not array.size:
        raise ValueError(
            f"{name} must be {axes}-D and not empty, not shape {array.shape}"
        )
    return array


def _sums_so_far(
    pixels: FloatArray, weights: FloatArray, biases: FloatArray
) -> FloatArray:
    """Return running sums, shape ``(filters, channels, rows, columns)``."""
    filters, channels = len(biases), pixels.shape[2]
    parts = [
        [corr2d(pixels[:, :, c], weights[:, :, c, f]) for c in range(channels)]
        for f in range(filters)
    ]
    sums: FloatArray = np.cumsum(parts, axis=1) + biases[:, None, None, None]
    return sums


def _titles(names: Sequence[str], biases: FloatArray) -> list[list[str]]:
    """Title each filter's sums; all equally long, so that the columns line up."""
    titles = [
        [f"bias {number(bias)} + {names[0]}", *(f"… + {name}" for name in names[1:])]
        for bias in biases.tolist()
    ]
    for f, column in enumerate(titles):
        column[-1] += f" = map {f + 1}"
    longest = max(len(title) for column in titles for title in column)
    return [[title.center(longest) for title in column] for column in titles]
