"""Training seen from outside: curves with the filters learned, and models compared."""

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

MOST = 16  # filters shown
ACROSS = 8
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
        As Keras' ``fit`` keeps it: ``loss`` and ``accuracy``, and with ``val_``
        before them those of the validation images.
    filters
        A kernel of shape ``(height, width, channels, filters)``; the first channel
        of at most 16 filters is drawn, each on a scale of its own.
    title
        Text above all.
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
        raise ValueError(f"the history must hold {', '.join(missing)}")
    kernel = np.asarray(filters, dtype=np.float64)
    if kernel.ndim != 4:
        raise ValueError(f"filters must be 4-D, not of shape {kernel.shape}")
    shown = np.moveaxis(kernel[:, :, 0], -1, 0)[:MOST]
    rows = -(-len(shown) // ACROSS)
    count = f"{kernel.shape[-1]} filters of {kernel.shape[0]} by {kernel.shape[1]}"
    made = f"{title or 'Training'}, {_told(history)}. Below, {count}"

    def draw() -> Figure:
        figure = new_figure(7.2, 3.3 + 1.0 * rows)
        top = 1 - 0.22 / figure.get_figheight()
        figure.text(0.02, top, title, color=INK, fontsize=12)
        for place, name in enumerate(("loss", "accuracy")):
            _draw_history(figure, place, name, history)
        _draw_filters(figure, shown, rows)
        return figure

    return Picture(draw, alt or made)


def model_comparison(
    models: Mapping[str, Mapping[str, float]], *, title: str = "", alt: str = ""
) -> Picture:
    """Show each model's accuracy with its margin, its size and its time.

    Parameters
    ----------
    models
        Name of each, and its ``accuracy`` (0 to 1), ``margin`` (half the length of
        the confidence interval), ``parameters`` and ``seconds``.
    title
        Text above all.
    alt
        Replaces the description made from the numbers.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no model, or one lacks a number.
    """
    wanted = ("accuracy", "margin", "parameters", "seconds")
    if not models or any(
        name not in each for each in models.values() for name in wanted
    ):
        raise ValueError(f"there must be models, each with {', '.join(wanted)}")
    told = "; ".join(f"{n}: {_accuracy(m)}, {_cost(m)}" for n, m in models.items())

    def draw() -> Figure:
        figure = new_figure(7.2, 0.42 * len(models) + 1.2)
        height = figure.get_figheight()
        axes = figure.add_axes((0.16, 0.6 / height, 0.48, 1 - 1.05 / height))
        _draw_models(axes, models)
        axes.set_title(title, loc="left", fontsize=11, color=INK)
        return figure

    return Picture(draw, alt or f"{title or 'Models compared'}. {told}")


def _told(history: Mapping[str, Sequence[float]]) -> str:
    ends = "; ".join(
        f"{name} from {number(history[name][0])} to {number(history[name][-1])}"
        for name in CURVES
    )
    return f"{len(history['loss'])} epochs: {ends}"


def _draw_models(axes: Axes, models: Mapping[str, Mapping[str, float]]) -> None:
    for place, each in enumerate(models.values()):
        p, margin = 100 * each["accuracy"], 100 * each["margin"]
        axes.errorbar(p, place, xerr=margin, fmt="o", capsize=5, color=LINES[0])
        text = f"{_accuracy(each)}\n{_cost(each)}"
        beside = axes.get_yaxis_transform()  # x from 0 to 1 across the axes
        axes.text(1.03, place, text, fontsize=9, va="center", transform=beside)
    axes.set_yticks(range(len(models)), list(models))
    axes.set_ylim(len(models) - 0.5, -0.5)  # the first on top
    axes.set_xlabel("accuracy in %, with its 95 % interval")
    axes.grid(alpha=0.3)


def _accuracy(model: Mapping[str, float]) -> str:
    return f"{100 * model['accuracy']:.2f} ± {100 * model['margin']:.2f} %"


def _cost(model: Mapping[str, float]) -> str:
    return f"{model['parameters']:,.0f} parameters, {spoken(model['seconds'])} s"


def _draw_history(
    figure: Figure, place: int, name: str, history: Mapping[str, Sequence[float]]
) -> None:
    height = figure.get_figheight()
    bottom = 1 - 3.0 / height
    axes = figure.add_axes((0.09 + 0.49 * place, bottom, 0.4, 2.5 / height))
    draw_curve(axes, 0, "fit", history[name])
    draw_curve(axes, 1, "validation", history[f"val_{name}"])
    axes.set(xlabel="epoch", title=name)
    axes.xaxis.set_major_locator(whole_numbers())
    axes.set_xlim(0, len(history[name]) + 1)  # whole numbers, even of one epoch
    axes.grid(alpha=0.3)
    axes.legend(handlelength=4, fontsize=8)


def _draw_filters(figure: Figure, kernels: FloatArray, rows: int) -> None:
    height = figure.get_figheight()
    for place, kernel in enumerate(kernels):
        row, column = divmod(place, ACROSS)
        bottom = (rows - 1 - row) * 1.0 + 0.05
        box = (0.02 + 0.122 * column, bottom / height, 0.115, 0.82 / height)
        axes = figure.add_axes(box)
        limit = float(np.abs(kernel).max()) or 1.0
        axes.imshow(kernel, cmap=SIGNED_MAP, vmin=-limit, vmax=limit)
        axes.set(xticks=[], yticks=[])
        draw_signs(axes, kernel, limit)
