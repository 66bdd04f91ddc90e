"""Show numbers in grids: matrices, kernels, and one step of a convolution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from cnnlab.figures._panels import (
    Panel,
    check_labels,
    describe,
    draw_labels,
    draw_panels,
    matrix,
)
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Sheet, uncut
from cnnlab.figures._words import listed, number, short, span
from cnnlab.numerics import FloatArray, corr2d

__all__ = ["kernels", "number_grid", "sliding_window"]


def number_grid(
    values: ArrayLike,
    *,
    title: str = "",
    rows: tuple[str, Sequence[object]] = ("", ()),
    columns: tuple[str, Sequence[object]] = ("", ()),
    marked: Sequence[tuple[int, int]] = (),
    alt: str = "",
) -> Picture:
    """Show a matrix with each number in its cell.

    Parameters
    ----------
    values
        Shape ``(rows, columns)``. NaN cells are drawn as ``?``.
    title
        Text above the grid.
    rows, columns
        ``(title, labels)``: a title beside the rows or below the columns, and one
        label per row or column, or no labels.
    marked
        ``(row, column)`` of cells to outline.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If `values` is not 2-D or the labels do not match its shape.
    """
    panel = Panel(matrix(values, "values"), title, tuple(marked))
    (row_title, row_labels), (column_title, column_labels) = rows, columns
    check_labels(row_labels, panel.shape[0], "rows")
    check_labels(column_labels, panel.shape[1], "columns")

    labelled = bool(row_labels or column_labels or row_title or column_title)

    def draw() -> Sheet:
        sheet, axes = draw_panels([panel], labelled=labelled)
        draw_labels(axes, row_labels, column_labels, row_title, column_title)
        return uncut(sheet.figure) if labelled else sheet

    size = f"{panel.shape[0]} by {panel.shape[1]} numbers, {span(panel.values)}"
    labels = f", by {row_title} and {column_title}" if row_title else ""
    sentence = short(f"{title or 'Grid'}: {size}{labels}")
    words = describe(panel, row_title, column_title) + _outlined(panel.marked)
    return Picture(draw, alt or sentence, words)


def _outlined(cells: Sequence[tuple[int, int]]) -> str:
    places = ", ".join(f"({row}, {column})" for row, column in cells)
    return f". Outlined, as (row, column): {places}" if places else ""


def kernels(
    weights: Mapping[str, ArrayLike], *, columns: int = 5, alt: str = ""
) -> Picture:
    """Show kernels side by side with one colour scale, weights in the cells.

    Parameters
    ----------
    weights
        Title and weights of each kernel; the weights have shape ``(kh, kw)``.
    columns
        Kernels per row.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is no kernel, or one is not 2-D.
    """
    panels = [Panel(matrix(k, name), name) for name, k in weights.items()]

    def draw() -> Sheet:
        sheet, _ = draw_panels(panels, columns=columns)
        return sheet

    sentence = listed("Grids of numbers: ", weights)
    words = "; ".join(describe(panel) for panel in panels)
    return Picture(draw, alt or sentence, words)


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

    The output shows the sums so far, row by row; later cells show ``?``.

    Parameters
    ----------
    image, kernel
        Shapes ``(height, width)`` and ``(kh, kw)``.
    row, column
        Upper left corner of the window, from 0.
    titles
        Titles of the four grids; a quiz can pass titles that give nothing away.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If an array is not 2-D.
    IndexError
        If the window would not lie inside the image.
    """
    pixels, weights = matrix(image, "image"), matrix(kernel, "kernel")
    output = corr2d(pixels, weights)
    if not (0 <= row < output.shape[0] and 0 <= column < output.shape[1]):
        raise IndexError(
            f"the window's corner must be within (0..{output.shape[0] - 1}, "
            f"0..{output.shape[1] - 1}), not ({row}, {column})"
        )
    total = output[row, column]
    grids = _step(pixels, weights, output, (row, column))
    panels = [
        Panel(values, title) for values, title in zip(grids, titles, strict=False)
    ]
    panels[0] = replace(panels[0], window=(row, column, *panels[1].shape))
    panels[3] = replace(panels[3], marked=((row, column),))
    signs = ("×", "=", f"sum {number(total)} →")

    def draw() -> Sheet:
        sheet, _ = draw_panels(panels, columns=len(panels), signs=signs)
        return sheet

    sentence = (
        f"Window at row {row}, column {column}: its products with the kernel "
        f"sum to {number(total)}"
    )
    grids_in_words = ". ".join(describe(panel) for panel in panels)
    return Picture(draw, alt or sentence, f"{sentence}. {grids_in_words}")


def _step(
    pixels: FloatArray, weights: FloatArray, output: FloatArray, place: tuple[int, int]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return image, kernel, products at `place`, and the output up to `place`."""
    row, column = place
    height, width = weights.shape
    products = pixels[row : row + height, column : column + width] * weights
    steps = np.arange(output.size).reshape(output.shape)
    done = steps <= row * output.shape[1] + column
    return pixels, weights, products, np.where(done, output, np.nan)
