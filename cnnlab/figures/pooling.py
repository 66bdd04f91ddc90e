"""Show what each kind of pooling keeps, and which cells its gradient reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnnlab.figures._grids import (
    DASHED,
    SOLID,
    Grid,
    Outline,
    Pair,
    describe,
    draw_grids,
    in_columns,
    in_rows,
    outline_cells,
)
from cnnlab.figures._panels import matrix
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Sheet
from cnnlab.figures._words import counted
from cnnlab.numerics import FloatArray, output_size

_GRADIENT_NOTES = (
    "Small numbers: windows, in the order of the output.",
    "Thick outline: the cell that a window chose as its largest.",
)

__all__ = ["pool_bench", "pool_gradients"]


def pool_bench(image: ArrayLike, k: int = 2, s: int = 2, *, alt: str = "") -> Picture:
    """Show the results of several kinds of pooling of one grid, side by side.

    The first window and its results have a solid outline, the second window and its
    results a dashed one. *Stride only* keeps the upper left cell of each window.

    Parameters
    ----------
    image
        Shape ``(height, width)``; numbers of both signs show most.
    k, s
        Side of the square window, and cells from one window to the next.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If `image` is not 2-D or the window is larger than the image.
    """
    values = matrix(image, "image")
    windows = pooling_windows(values, k, s)
    outputs = {
        "max": windows.max(axis=(2, 3)),
        "average": windows.mean(axis=(2, 3)),
        "stride only": windows[:, :, 0, 0],
    }
    title = f"input, {k} × {k} window,\nstride {s}"
    grids = [Grid(values, title, outlines=_first_two(windows, k, s))]
    grids += [
        Grid(output, name, outlines=_first_two(windows, 1, 1))
        for name, output in outputs.items()
    ]
    whole = {"global max": values.max(), "global average": values.mean()}
    grids += [Grid(np.array([[v]]), n.replace(" ", "\n")) for n, v in whole.items()]
    notes = ["Solid outline: the first window, and what it gives."]
    if windows.shape[0] * windows.shape[1] > 1:
        notes.append("Dashed outline: the second window, and what it gives.")

    def draw() -> Sheet:
        return draw_grids(
            in_columns([grids[:1], grids[1:3], grids[4:], grids[3:4]]), notes
        )

    sentence = (
        f"A grid of {values.shape[0]} by {values.shape[1]} numbers and its pooling "
        f"with a {k} × {k} window, stride {s}: max, average, stride only, global"
    )
    return Picture(draw, alt or sentence, "; ".join(map(describe, grids)))


def pool_gradients(
    image: ArrayLike, incoming: ArrayLike, k: int = 2, s: int = 2, *, alt: str = ""
) -> Picture:
    """Show which cells get a gradient through max pooling and average pooling.

    Small numbers count the windows in the order of the output. In the input and in
    the gradient of max pooling, a window's number is in the cell with its largest
    value (the first one, row by row, if several are equal).

    Parameters
    ----------
    image
        Shape ``(height, width)``.
    incoming
        The gradient of each output, one number per window.
    k, s
        Side of the square window, and cells from one window to the next.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If an array is not 2-D, the window is larger than the image, or `incoming`
        does not have one number per window.
    """
    values, arriving = matrix(image, "image"), matrix(incoming, "incoming")
    windows = pooling_windows(values, k, s)
    if arriving.shape != windows.shape[:2]:
        raise ValueError(
            f"incoming must have a number for each of the {windows.shape[:2]} "
            f"windows, not shape {arriving.shape}"
        )
    winners = _winners(windows, s)
    passed_on = {
        "passed on by max": _max_gradient(values, arriving, winners),
        "passed on by average": _mean_gradient(values, arriving, k, s),
    }
    title = f"input, {k} × {k} window,\nstride {s}"
    grids = _gradient_grids(Grid(values, title), arriving, passed_on, winners)

    def draw() -> Sheet:
        return draw_grids(in_rows([grids[:2], grids[2:]]), _GRADIENT_NOTES)

    words = "; ".join(map(describe, grids))
    largest = ", ".join(
        f"window {n} at {cell}" for n, cell in enumerate(winners.values(), start=1)
    )
    sentence = (
        f"The gradients of {counted(arriving.size, 'window')} of {k} × {k} cells, "
        "passed on to the input by max and by average pooling"
    )
    description = f"{words}. Largest cell of each window: {largest}"
    return Picture(draw, alt or sentence, description)


# --- arithmetic -------------------------------------------------------------------


def pooling_windows(values: FloatArray, k: int, s: int) -> FloatArray:
    """Return the windows of a pooling layer.

    Parameters
    ----------
    values
        Shape ``(height, width)``.
    k, s
        Side of the square window, and cells from one window to the next.

    Returns
    -------
    ndarray
        A read-only view of shape ``(rows, columns, k, k)``.

    Raises
    ------
    ValueError
        If `k` or `s` is below 1, or the window is larger than the image.
    """
    for n in values.shape:
        output_size(n, k, s)  # raises if the window does not fit
    return sliding_window_view(values, (k, k))[::s, ::s]


def _winners(windows: FloatArray, s: int) -> dict[Pair, Pair]:
    """Return the largest cell of each window, the first one if several are equal."""
    rows, columns, _, k = windows.shape
    winners = {}
    for i, j in np.ndindex(rows, columns):
        a, b = divmod(int(windows[i, j].argmax()), k)
        winners[i, j] = (i * s + a, j * s + b)
    return winners


def _max_gradient(
    values: FloatArray, arriving: FloatArray, winners: Mapping[Pair, Pair]
) -> FloatArray:
    gradient = np.zeros_like(values)
    for window, cell in winners.items():
        gradient[cell] += arriving[window]
    return gradient


def _mean_gradient(
    values: FloatArray, arriving: FloatArray, k: int, s: int
) -> FloatArray:
    gradient = np.zeros_like(values)
    for (i, j), share in np.ndenumerate(arriving / k**2):
        gradient[i * s : i * s + k, j * s : j * s + k] += share
    return gradient


# --- notes and outlines -----------------------------------------------------------


def _first_two(windows: FloatArray, side: int, s: int) -> list[Outline]:
    positions = list(np.ndindex(*windows.shape[:2]))[:2]
    return [
        Outline(i * s, j * s, side, dash)
        for (i, j), dash in zip(positions, (SOLID, DASHED), strict=False)
    ]


def _gradient_grids(
    image: Grid,
    arriving: FloatArray,
    passed_on: Mapping[str, FloatArray],
    winners: Mapping[Pair, Pair],
) -> list[Grid]:
    """Return the four grids, with the numbers of the windows in their cells."""
    notes, outlines = _window_numbers(winners), outline_cells(winners.values())
    numbers = {window: str(n) for n, window in enumerate(winners, start=1)}
    (by_max, most), (by_mean, mean) = passed_on.items()
    return [
        replace(image, notes=notes, outlines=outlines),
        Grid(arriving, "gradient that arrives", numbers),
        Grid(most, by_max, notes),
        Grid(mean, by_mean),
    ]


def _window_numbers(winners: Mapping[Pair, Pair]) -> dict[Pair, str]:
    """Return, for each cell, the numbers of the windows in which it is largest."""
    notes: dict[Pair, str] = {}
    for n, cell in enumerate(winners.values(), start=1):
        notes[cell] = f"{notes[cell]} {n}" if cell in notes else str(n)
    return notes
