"""Plots: lines over steps or epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from convlab.figures.panels import new_figure, number
from convlab.figures.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DASHES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#444444", "#9a7d0a")

__all__ = ["curves"]


def curves(
    series: Mapping[str, Sequence[float]],
    *,
    x_label: str = "epoch",
    y_label: str = "",
    title: str = "",
    alt: str = "",
) -> Picture:
    """Draw one line a series over steps 1, 2, 3 …, each with its dash and marker.

    Parameters
    ----------
    series
        Name and values of each line, for example loss by epoch.
    x_label, y_label, title
        Texts of the axes and above the plot.
    alt
        Replaces the description made from first and last values.

    Raises
    ------
    ValueError
        If there is no series or one is empty.
    """
    if not series or not all(len(values) for values in series.values()):
        raise ValueError("curves needs at least one series, and values in each")
    figure = new_figure(6.4, 3.4, layout="constrained")
    axes = figure.subplots()
    for index, (name, values) in enumerate(series.items()):
        _draw_curve(axes, index, name, values)
    axes.set(xlabel=x_label, ylabel=y_label, title=title)
    axes.xaxis.set_major_locator(_whole_numbers())
    axes.grid(alpha=0.3)
    axes.legend(handlelength=4)
    ends = "; ".join(
        f"{name} from {number(v[0])} to {number(v[-1])}" for name, v in series.items()
    )
    made = f"{title or y_label or 'Curves'} by {x_label}: {ends}"
    return Picture(figure, alt or made)


def _whole_numbers() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True)


def _draw_curve(axes: Axes, index: int, name: str, values: Sequence[float]) -> None:
    axes.plot(
        range(1, len(values) + 1),
        values,
        label=name,
        color=LINES[index % len(LINES)],
        linestyle=DASHES[index % len(DASHES)],
        marker=MARKERS[index % len(MARKERS)],
        markevery=max(1, len(values) // 12),
    )
