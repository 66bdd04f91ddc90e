"""Show a training run with its learned filters, and compare models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from cnnlab.figures._panels import new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, Words
from cnnlab.figures._theme import INK, LINES, signed
from cnnlab.figures._words import counted, listed, number, short
from cnnlab.figures.images import draw_signs
from cnnlab.figures.plots import draw_curve, finish_curves, spoken
from cnnlab.numerics import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MAX_FILTERS = 16
FILTERS_PER_ROW, FILTERS_PER_PIECE = 8, 4
# In inches: a plot, all above the filters, a filter with its gap, a model's line.
_PLOT_WIDTH, _PLOTS, _FILTER, _FILTER_LEFT = 3.8, 3.05, 0.9, 0.2
_MODEL, _MODELS_WIDTH = 0.78, 4.3

CURVES = ("loss", "val_loss", "accuracy", "val_accuracy")

__all__ = ["model_comparison", "training_monitor"]


def training_monitor(
    history: Mapping[str, Sequence[float]],
    filters: ArrayLike | None = None,
    *,
    title: str = "",
    alt: str = "",
) -> Picture:
    """Show loss and accuracy by epoch, and below them filters, if there are any.

    Parameters
    ----------
    history
        Values by epoch as in the history of Keras' ``fit``: ``loss``, ``accuracy``,
        ``val_loss`` and ``val_accuracy``.
    filters
        A kernel of shape ``(height, width, channels, filters)``; the first channel
        of the first 16 filters is drawn, each with its own colour scale. None: none.
    title
        Text above the plots.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If a curve is missing, or the kernel is not 4-D.
    """
    if missing := [name for name in CURVES if not history.get(name)]:
        raise ValueError(f"history must hold values for {', '.join(missing)}")
    given = np.zeros((1, 1, 1, 0)) if filters is None else filters
    kernel = np.asarray(given, dtype=np.float64)
    if kernel.ndim != 4:
        raise ValueError(f"filters must be 4-D, not shape {kernel.shape}")
    shown = np.moveaxis(kernel[:, :, 0], -1, 0)[:MAX_FILTERS]
    rows = -(-len(shown) // FILTERS_PER_ROW)
    count = f"{kernel.shape[-1]} filters of {kernel.shape[0]} by {kernel.shape[1]}"
    some = f", the first {MAX_FILTERS} shown" if kernel.shape[-1] > MAX_FILTERS else ""
    below = f". Below: {count}{some}" if len(shown) else ""
    words = f"{title or 'Training'}, {_history_words(history)}{below}"

    def draw() -> Sheet:
        height = _PLOTS + 0.4 + _FILTER * rows
        figure = new_figure(2 * _PLOT_WIDTH, height)
        figure.text(0.02, 1 - 0.22 / height, title, color=INK, fontsize=12)
        for column, name in enumerate(("loss", "accuracy")):
            _draw_history(figure, column, name, history)
        _draw_filters(figure, shown, rows)
        pieces = [_plot_boxes(), *_filter_boxes(len(shown), height - _FILTER * rows)]
        start = [[Words(title, is_title=True)]] if title else []
        return Sheet(figure, [*start, *pieces])

    accuracy = number(history["val_accuracy"][-1])
    sentence = (
        f"{title or 'Training'}: loss and accuracy over "
        f"{counted(len(history['loss']), 'epoch')}, validation accuracy {accuracy}"
    )
    sentence += "; below, the first filters" if len(shown) else ""
    return Picture(draw, alt or short(sentence), words)


def model_comparison(
    models: Mapping[str, Mapping[str, float]], *, title: str = "", alt: str = ""
) -> Picture:
    """Show each model's accuracy with its margin, its size and its time.

    Parameters
    ----------
    models
        Name of each model, and its ``accuracy`` (0 to 1), ``margin`` (half the
        width of the 95 % confidence interval), ``parameters`` and ``seconds``.
    title
        Text above the plot.
    alt
        Replaces the sentence made from the numbers.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is no model, or a model lacks a number.
    """
    required = ("accuracy", "margin", "parameters", "seconds")
    if not models or any(
        name not in model for model in models.values() for name in required
    ):
        raise ValueError(f"each model must have {', '.join(required)}")
    words = "; ".join(
        f"{name}: accuracy {_accuracy(model)}, {_cost(model)}"
        for name, model in models.items()
    )

    def draw() -> Sheet:
        height = _MODEL * len(models) + 0.95
        figure = new_figure(_MODELS_WIDTH, height)
        sides = (0.12 / _MODELS_WIDTH, 0.55 / height)
        shares = (1 - 0.3 / _MODELS_WIDTH, _MODEL * len(models) / height)
        axes = figure.add_axes((*sides, *shares))
        _draw_models(axes, models)
        axes.set_title(title, loc="left", fontsize=11.5, color=INK)
        start = [[Words(title, is_title=True)]] if title else []
        box = Box(0, 0.4, _MODELS_WIDTH, height - 0.4)
        return Sheet(figure, [*start, [box]])

    accuracies = (f"{name} {_accuracy(model)}" for name, model in models.items())
    sentence = listed(f"{title or 'Models'}: accuracy of ", accuracies)
    words = f"{title or 'Models compared'}. {words}"
    return Picture(draw, alt or sentence, words)


def _history_words(history: Mapping[str, Sequence[float]]) -> str:
    ends = "; ".join(
        f"{name} from {number(history[name][0])} to {number(history[name][-1])}"
        for name in CURVES
    )
    return f"{counted(len(history['loss']), 'epoch')}: {ends}"


def _draw_models(axes: Axes, models: Mapping[str, Mapping[str, float]]) -> None:
    """Draw each model's interval below its name and its numbers."""
    for index, (name, model) in enumerate(models.items()):
        percent, margin = 100 * model["accuracy"], 100 * model["margin"]
        at = index + 0.27
        axes.errorbar(percent, at, xerr=margin, fmt="o", capsize=5, color=LINES[0])
        text = f"{name}: {_accuracy(model)}\n{_cost(model)}"
        across = axes.get_yaxis_transform()  # x from 0 to 1 across the axes
        style: dict[str, Any] = {"fontsize": 11, "va": "center", "linespacing": 1.25}
        axes.text(0.0, index - 0.12, text, transform=across, **style)
    axes.set_yticks([])
    axes.set_ylim(len(models) - 0.5, -0.5)  # the first model on top
    axes.tick_params(labelsize=11)
    axes.set_xlabel("accuracy in %, with its 95 % interval", fontsize=11)
    axes.grid(True)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _accuracy(model: Mapping[str, float]) -> str:
    return f"{100 * model['accuracy']:.2f} ± {100 * model['margin']:.2f} %"


def _cost(model: Mapping[str, float]) -> str:
    return f"{model['parameters']:,.0f} parameters, {spoken(model['seconds'])} s"


def _draw_history(
    figure: Figure, column: int, name: str, history: Mapping[str, Sequence[float]]
) -> None:
    width, height = figure.get_size_inches()
    left, bottom = column * _PLOT_WIDTH + 0.55, height - _PLOTS + 0.3
    sides = (left / width, bottom / height)
    axes = figure.add_axes((*sides, (_PLOT_WIDTH - 0.7) / width, 2.2 / height))
    draw_curve(axes, 0, "fit", history[name])
    draw_curve(axes, 1, "validation", history[f"val_{name}"])
    axes.set_xlim(0, len(history[name]) + 1)  # so that one epoch has whole ticks, too
    finish_curves(axes, "epoch", name)


def _plot_boxes() -> list[Box]:
    return [
        Box(column * _PLOT_WIDTH, 0.24, _PLOT_WIDTH, _PLOTS - 0.08, column + 1)
        for column in range(2)
    ]


def _filter_boxes(count: int, top: float) -> list[list[Box]]:
    """Return boxes of a few filters each."""
    rows = []
    for start in range(0, count, FILTERS_PER_ROW):
        y, row = top + start // FILTERS_PER_ROW * _FILTER, []
        end = min(count, start + FILTERS_PER_ROW)
        for first in range(start, end, FILTERS_PER_PIECE):
            some = min(FILTERS_PER_PIECE, count - first)
            x = _FILTER_LEFT + (first - start) * _FILTER - 0.05
            row.append(Box(x, y, some * _FILTER, _FILTER))
        rows.append(row)
    return rows


def _draw_filters(figure: Figure, kernels: FloatArray, rows: int) -> None:
    width, height = figure.get_size_inches()
    side = _FILTER - 0.12
    for index, kernel in enumerate(kernels):
        row, column = divmod(index, FILTERS_PER_ROW)
        x, y = _FILTER_LEFT + column * _FILTER, (rows - 1 - row) * _FILTER + 0.06
        box = (x / width, y / height, side / width, side / height)
        axes = figure.add_axes(box)
        limit = float(np.abs(kernel).max()) or 1.0
        axes.imshow(kernel, cmap=signed(), vmin=-limit, vmax=limit)
        axes.set(xticks=[], yticks=[])
        draw_signs(axes, kernel, limit)
