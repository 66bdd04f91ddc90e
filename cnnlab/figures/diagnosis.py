"""Show a classifier's answers: its probabilities, its confusions, its heat maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab.figures._panels import centred, matrix, new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, Words
from cnnlab.figures._theme import FILLS, INK, RULE, WHITE, amounts
from cnnlab.figures._words import counted, number, short
from cnnlab.numerics import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEAT_MAP = "Oranges"
LINE = WHITE  # visible on dark pixels and on heat
COLUMNS, ROWS = 3, 2  # of images beside a confusion matrix
# In inches: an image, the bar of a class, a cell with a count, an image with its heat.
_IMAGE, _CLASS, _COUNT, _HEAT = 2.0, 0.38, 0.4, 1.3

__all__ = ["digit_diagnosis", "error_browser"]


def digit_diagnosis(
    image: ArrayLike,
    probabilities: ArrayLike,
    label: int | None = None,
    *,
    alt: str = "",
) -> Picture:
    """Show an image and the model's probability of each class.

    The bar of the most probable class is hatched. Above each bar is its probability
    in percent.

    Parameters
    ----------
    image
        Shape ``(height, width)`` or ``(height, width, 1)``.
    probabilities
        Shape ``(classes,)``; numbers from 0 to 1.
    label
        The true class, if it is known.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If the image is not 2-D, or a probability lies outside 0 to 1.
    """
    pixels = _grey(image)
    shares = np.asarray(probabilities, dtype=np.float64)
    if shares.ndim != 1 or not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError(
            f"probabilities must be a row of numbers from 0 to 1, not {shares}"
        )
    answer = int(shares.argmax())
    order = np.argsort(-shares, kind="stable")
    percentages = ", ".join(f"{k} {_percent(shares[k])}" for k in order.tolist())
    words = f"An image, {_truth(label) or 'class unknown'}. "
    words += f"Probability of each class: {percentages}"

    def draw() -> Sheet:
        bars = max(_CLASS * len(shares), 3.2) + 0.2
        width, height = _IMAGE + bars, 2.45
        figure = new_figure(width, height)
        sides = (0.1 / width, 0.4 / height)
        shape = ((_IMAGE - 0.3) / width, (_IMAGE - 0.3) / height)
        _draw_grey(figure.add_axes((*sides, *shape)), pixels, _truth(label))
        sides = ((_IMAGE + 0.1) / width, 0.32 / height)
        shape = ((bars - 0.2) / width, 1.7 / height)
        _draw_shares(figure.add_axes((*sides, *shape)), shares, answer)
        boxes = [Box(0, 0.2, _IMAGE, 2.25, 1), Box(_IMAGE, 0, bars, height, 2)]
        return Sheet(figure, [boxes])

    sentence = f"{_truth(label) or 'An image'}: the model answers {answer}, with "
    sentence = f"{sentence}{_percent(shares[answer])}".capitalize()
    return Picture(draw, alt or sentence, words)


def error_browser(
    counts: ArrayLike,
    cell: tuple[int, int],
    images: Sequence[ArrayLike] | NDArray[Any],
    heat: Sequence[ArrayLike] | NDArray[Any] | None = None,
    *,
    alt: str = "",
) -> Picture:
    """Show a confusion matrix with one cell outlined, and images of that cell.

    If there are heat maps, each image is covered by its own, stretched to the image's
    size. A line surrounds the pixels with more than half of the highest heat.

    Parameters
    ----------
    counts
        Shape ``(classes, classes)``: rows are true classes, columns are answers.
    cell
        True class and answer of the cell to outline.
    images
        Images of shape ``(height, width)`` or ``(height, width, 1)``; the first
        six are shown.
    heat
        One heat map per image, of any size, with values from 0 to 1, or None.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is another number of heat maps than of images, or an array is
        not 2-D.
    """
    table, (true, answer) = matrix(counts, "counts"), (int(k) for k in cell)
    if heat is not None and len(images) != len(heat):
        raise ValueError(f"there must be {len(images)} heat maps, not {len(heat)}")
    heats = [None] * len(images) if heat is None else heat
    pairs = list(zip(images, heats, strict=True))[: COLUMNS * ROWS]
    title = f"true {true}, taken for {answer}: {number(table[true, answer])}"
    words = (
        f"{_spoken_counts(table)}. Outlined cell: {title}. {len(pairs)} of these "
        "images are shown"
    )
    if heat is not None:
        words += " with heat maps; a line surrounds the hottest part"

    def draw() -> Sheet:
        side = _COUNT * len(table)
        width = side + 0.75 + COLUMNS * _HEAT
        height = max(side + 0.85, 0.4 + ROWS * _HEAT)
        figure = new_figure(width, height)
        box = (0.55 / width, 1 - (0.3 + side) / height, side / width, side / height)
        _draw_counts(figure.add_axes(box), table, (true, answer))
        left = side + 0.75
        figure.text(left / width, 1 - 0.25 / height, title, color=INK, fontsize=11)
        boxes = []
        for index, (image, heat_map) in enumerate(pairs):
            row, column = divmod(index, COLUMNS)
            x, y = left + column * _HEAT, 0.4 + row * _HEAT
            across, up = (_HEAT - 0.1) / width, (_HEAT - 0.1) / height
            axes = figure.add_axes((x / width, 1 - y / height - up, across, up))
            _draw_grey(axes, _grey(image), "")
            if heat_map is not None:
                _draw_heat(axes, np.shape(image)[:2], matrix(heat_map, "heat"))
            boxes.append(Box(x - 0.03, y - 0.03, _HEAT, _HEAT, index + 2))
        counts_box = Box(0.06, 0.2, side + 0.55, side + 0.65, 1)
        return Sheet(figure, [[Words(title)], [counts_box], boxes])

    sentence = f"{_spoken_counts(table)}. Outlined: {title}"
    return Picture(draw, alt or short(sentence), words)


def _grey(image: ArrayLike) -> FloatArray:
    array = np.asarray(image)
    return matrix(array[..., 0] if array.ndim == 3 else array, "image")


def _truth(label: int | None) -> str:
    return "" if label is None else f"true class {label}"


def _percent(share: float) -> str:
    """Format a share in whole percent, but not a small one as 0 %."""
    return "under 1 %" if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")


def _draw_grey(axes: Axes, pixels: FloatArray, text: str) -> None:
    axes.imshow(pixels, cmap="gray", interpolation="none")
    axes.set(xticks=[], yticks=[])
    axes.set_xlabel(text, color=INK, fontsize=10)


def _draw_shares(axes: Axes, shares: FloatArray, answer: int) -> None:
    for k, share in enumerate(shares.tolist()):
        hatch = "///" if k == answer else ""
        axes.bar(k, share, 0.75, color=FILLS[0], edgecolor=INK, hatch=hatch)
        text = "<1" if 0 < share < 0.01 else f"{100 * share:.0f}"
        axes.annotate(text, (k, share + 0.03), fontsize=10.5, ha="center")
    axes.set_xticks(range(len(shares)))
    axes.set(xlim=(-0.6, len(shares) - 0.4), ylim=(0, 1.15), yticks=[])
    axes.tick_params(labelsize=10.5)
    title = f"probability in %: answer {answer} (hatched)"
    axes.set_title(title, color=INK, fontsize=11)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _draw_counts(axes: Axes, table: FloatArray, cell: tuple[int, int]) -> None:
    """Draw the matrix, coloured by its errors: the diagonal is far larger."""
    from matplotlib.patches import Rectangle

    errors = table * (1 - np.eye(*table.shape))
    most = 2.1 * max(1.0, float(errors.max()))
    scale: dict[str, Any] = {"cmap": amounts(), "vmin": 0, "vmax": most}
    axes.pcolormesh(errors, edgecolors=RULE, linewidth=0.5, **scale)
    axes.invert_yaxis()
    longest = max(len(number(count)) for count in table.flat)
    size = min(11.0, 42.0 / longest)
    for (row, column), count in np.ndenumerate(table):
        axes.text(column + 0.5, row + 0.5, number(count), **centred(size))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks(np.arange(len(table)) + 0.5, [*map(str, range(len(table)))])
    axes.tick_params(length=0, labelsize=10.5)
    axes.set_xlabel("answer", fontsize=10.5)
    axes.set_ylabel("true class", fontsize=10.5)
    row, column = cell
    box = Rectangle((column, row), 1, 1, fill=False, ec=INK, lw=2.5, zorder=3)
    axes.add_patch(box)


def _draw_heat(axes: Axes, shape: tuple[int, ...], heat: FloatArray) -> None:
    height, width = shape
    frame = (-0.5, width - 0.5, height - 0.5, -0.5)
    style: dict[str, Any] = {"cmap": HEAT_MAP, "vmin": 0, "vmax": 1, "alpha": 0.5}
    axes.imshow(heat, extent=frame, interpolation="bilinear", **style)
    if heat.max() > 0 and min(heat.shape) > 1:
        rows, columns = (
            (np.arange(count) + 0.5) * size / count - 0.5
            for count, size in zip(heat.shape, shape, strict=True)
        )
        half = [0.5 * float(heat.max())]
        axes.contour(columns, rows, heat, levels=half, colors=LINE, linewidths=1.6)
    axes.set(xlim=frame[:2], ylim=frame[2:])


def _spoken_counts(table: FloatArray) -> str:
    right = float(np.trace(table))
    return (
        f"Confusion matrix of {counted(int(table.sum()), 'image')}, "
        f"{right:,.0f} of them answered correctly"
    )
