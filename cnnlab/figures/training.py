"""Show a training run with its learned filters, and compare models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from cnnlab.figures._panels import INK, SIGNED_MAP, new_figure, number
from cnnlab.figures._picture import Picture
from cnnlab.figures.images import draw_signs
from cnnlab.figures.plots import LINES, draw_curve, spoken, whole_numbers
from cnnlab.numerics import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MAX_FILTERS = 16
FILTERS_PER_ROW = 8
CURVES = ("loss", "val_loss", "accuracy", "val_accuracy")

__all__ = ["model_comparison", "training_monitor"]


def training_monitor(
    history: Mapping[str, Sequence[float]],
    filters: ArrayLike,
    *,
    title: str = "",
    alt: str = "",
) -> Picture:
    """Show loss and accuracy by epoch, and below them the first layer's filters.

    Parameters
    ----------
    history
        Values by epoch as in the history of Keras' ``fit``: ``loss``, ``accuracy``,
        ``val_loss`` and ``val_accuracy``.
    filters
        A kernel of shape ``(height, width, channels, filters)``; the first channel
        of the first 16 filters is drawn, each with its own colour scale.
    title
        Text above the plots.
    alt
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If a curve is missing, or the kernel is not 4-D.
    """
    if missing := [name for name in CURVES if not history.get(name)]:
        raise ValueError(f"history must hold values for {', '.join(missing)}")
    kernel = np.asarray(filters, dtype=np.float64)
    if kernel.ndim != 4:
        raise ValueError(f"filters must be 4-D, not shape {kernel.shape}")
    shown = np.moveaxis(kernel[:, :, 0], -1, 0)[:MAX_FILTERS]
    rows = -(-len(shown) // FILTERS_PER_ROW)
    count = f"{kernel.shape[-1]} filters of {kernel.shape[0]} by {kernel.shape[1]}"
    some = f", the first {MAX_FILTERS} shown" if kernel.shape[-1] > MAX_FILTERS else ""
    words = f"{title or 'Training'}, {_history_words(history)}. Below: {count}{some}"

    def draw() -> Figure:
        figure = new_figure(7.2, 3.3 + 1.0 * rows)
        top = 1 - 0.22 / figure.get_figheight()
        figure.text(0.02, top, title, color=INK, fontsize=12)
        for column, name in enumerate(("loss", "accuracy")):
            _draw_history(figure, column, name, history)
        _draw_filters(figure, shown, rows)
        return figure

    return Picture(draw, alt or words)


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
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

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

    def draw() -> Figure:
        figure = new_figure(7.2, 0.42 * len(models) + 1.2)
        height = figure.get_figheight()
        axes = figure.add_axes((0.16, 0.6 / height, 0.48, 1 - 1.05 / height))
        _draw_models(axes, models)
        axes.set_title(title, loc="left", fontsize=11, color=INK)
        return figure

    return Picture(draw, alt or f"{title or 'Models compared'}. {words}")


def _history_words(history: Mapping[str, Sequence[float]]) -> str:
    ends = "; ".join(
        f"{name} from {number(history[name][0])} to {number(history[name][-1])}"
        for name in CURVES
    )
    return f"{len(history['loss'])} epochs: {ends}"


def _draw_models(axes: Axes, models: Mapping[str, Mapping[str, float]]) -> None:
    for index, model in enumerate(models.values()):
        percent, margin = 100 * model["accuracy"], 100 * model["margin"]
        axes.errorbar(percent, index, xerr=margin, fmt="o", capsize=5, color=LINES[0])
        text = f"{_accuracy(model)}\n{_cost(model)}"
        beside = axes.get_yaxis_transform()  # x from 0 to 1 across the axes
        axes.text(1.03, index, text, fontsize=9, va="center", transform=beside)
    axes.set_yticks(range(len(models)), list(models))
    axes.set_ylim(len(models) - 0.5, -0.5)  # the first model on top
    axes.set_xlabel("accuracy in %, with its 95 % interval")
    axes.grid(alpha=0.3)


def _accuracy(model: Mapping[str, float]) -> str:
    return f"{100 * model['accuracy']:.2f} ± {100 * model['margin']:.2f} %"


def _cost(model: Mapping[str, float]) -> str:
    return f"{model['parameters']:,.0f} parameters, {spoken(model['seconds'])} s"


def _draw_history(
    figure: Figure, column: int, name: str, history: Mapping[str, Sequence[float]]
) -> None:
    height = figure.get_figheight()
    bottom = 1 - 3.0 / height
    axes = figure.add_axes((0.09 + 0.49 * column, bottom, 0.4, 2.5 / height))
    draw_curve(axes, 0, "fit", history[name])
    draw_curve(axes, 1, "validation", history[f"val_{name}"])
    axes.set(xlabel="epoch", title=name)
    axes.xaxis.set_major_locator(whole_numbers())
    axes.set_xlim(0, len(history[name]) + 1)  # so that one epoch has whole ticks, too
    axes.grid(alpha=0.3)
    axes.legend(handlelength=4, fontsize=8)


def _draw_filters(figure: Figure, kernels: FloatArray, rows: int) -> None:
    height = figure.get_figheight()
    for index, kernel in enumerate(kernels):
        row, column = divmod(index, FILTERS_PER_ROW)
        bottom = (rows - 1 - row) * 1.0 + 0.05
        box = (0.02 + 0.122 * column, bottom / height, 0.115, 0.82 / height)
        axes = figure.add_axes(box)
        limit = float(np.abs(kernel).max()) or 1.0
        axes.imshow(kernel, cmap=SIGNED_MAP, vmin=-limit, vmax=limit)
        axes.set(xticks=[], yticks=[])
        draw_signs(axes, kernel, limit)
