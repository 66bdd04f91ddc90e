"""Plot lines over epochs, and bars on a linear or a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import TYPE_CHECKING, Any

from cnnlab.figures._panels import INK, new_figure, number
from cnnlab.figures._picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DASHES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#444444", "#9a7d0a")
FILLS = (
    "#9fc5e8",
    "#f9cb9c",
    "#b6d7a8",
    "#d5a6bd",
)  # light, so that hatches are visible
HATCHES = ("", "///", "...", "xx")

Groups = Mapping[str, Mapping[str, float]]

__all__ = [
    "Groups",
    "bars",
    "curves",
    "draw_curve",
    "log_bars",
    "spoken",
    "whole_numbers",
]


def curves(
    series: Mapping[str, Sequence[float]],
    *,
    x_label: str = "epoch",
    y_label: str = "",
    title: str = "",
    alt: str = "",
) -> Picture:
    """Draw one line per series over epochs 1, 2, 3 …, each with its dash and marker.

    Parameters
    ----------
    series
        Name and values of each line, for example loss by epoch.
    x_label, y_label, title
        Labels of the axes, and text above the plot.
    alt
        Replaces the description made from the first and last values.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no series or one is empty.
    """
    if not series or not all(len(values) for values in series.values()):
        raise ValueError("curves needs at least one series, and values in each")
    ends = "; ".join(
        f"{name} from {number(v[0])} to {number(v[-1])}" for name, v in series.items()
    )
    words = f"{title or y_label or 'Curves'} by {x_label}: {ends}"

    def draw() -> Figure:
        figure = new_figure(6.4, 3.4, layout="constrained")
        axes = figure.subplots()
        for index, (name, values) in enumerate(series.items()):
            draw_curve(axes, index, name, values)
        axes.set(xlabel=x_label, ylabel=y_label, title=title)
        axes.xaxis.set_major_locator(whole_numbers())
        axes.grid(alpha=0.3)
        axes.legend(handlelength=4)
        return figure

    return Picture(draw, alt or words)


def whole_numbers() -> Any:
    """Return a locator that puts ticks at whole numbers only."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True)


def draw_curve(axes: Axes, index: int, name: str, values: Sequence[float]) -> None:
    """Draw one line over the epochs, which are counted from 1.

    Parameters
    ----------
    axes
        Axes to draw on.
    index
        Number of the line. It decides colour, dash and marker.
    name
        Name of the line in the legend.
    values
        One value per epoch.
    """
    axes.plot(
        range(1, len(values) + 1),
        values,
        label=name,
        color=LINES[index % len(LINES)],
        linestyle=DASHES[index % len(DASHES)],
        marker=MARKERS[index % len(MARKERS)],
        markevery=max(1, len(values) // 12),
    )


def bars(groups: Groups, *, title: str = "", alt: str = "") -> Picture:
    """Draw one panel of horizontal bars per group, all on one scale from 0.

    Parameters
    ----------
    groups
        Title of each panel, and the name and value (at least 0) of each bar in it.
    title
        Text above the panels.
    alt
        Replaces the description made from the values.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no group, one is empty, or a value is negative or not finite.
    """
    _check_bars(groups, allow_zero=True)

    def draw() -> Figure:
        figure, panels = _bar_panels(groups, title)
        longest = max(max(values.values()) for values in groups.values()) or 1.0
        for axes, (name, values) in zip(panels, groups.items(), strict=True):
            axes.set_xlim(0, 1.2 * longest)
            _draw_bars(axes, name, values)
        return figure

    return Picture(draw, alt or _bars_in_words(title, groups))


def log_bars(groups: Groups, *, title: str = "", alt: str = "") -> Picture:
    """Draw one panel of horizontal bars per group, each on its own logarithmic scale.

    Parameters
    ----------
    groups
        Title of each panel, and the name and value (above 0) of each bar in it.
    title
        Text above the panels.
    alt
        Replaces the description made from the values.

    Returns
    -------
    Picture
        The figure and its alt text.

    Raises
    ------
    ValueError
        If there is no group, one is empty, or a value is not above 0 and finite.
    """
    _check_bars(groups, allow_zero=False)

    def draw() -> Figure:
        figure, panels = _bar_panels(groups, title)
        for axes, (name, values) in zip(panels, groups.items(), strict=True):
            low, high = _decades(list(values.values()))
            axes.set_xscale("log")
            axes.set_xlim(
                10**low, 10 ** (high + 0.3 * (high - low))
            )  # space for the numbers
            axes.set_xticks([10.0**power for power in _ticks(low, high)])
            axes.minorticks_off()
            _draw_bars(axes, name, values)
        return figure

    return Picture(draw, alt or _bars_in_words(title, groups))


def spoken(value: float) -> str:
    """Format a number of any size in few characters.

    Parameters
    ----------
    value
        A number of at least 0.

    Returns
    -------
    str
        With three digits from a million on, and with two below 0.1.

    Examples
    --------
    >>> spoken(2_397_081_700), spoken(896), spoken(0.0000112)
    ('2.4 billion', '896', '0.000011')
    """
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{number(float(f'{value / size:.3g}'))} {name}"
    if value >= 1000:
        return f"{value:,.0f}"
    if value >= 0.1 or not value:
        return number(value)
    return f"{value:.{1 - math.floor(math.log10(value))}f}".rstrip("0")


def _check_bars(groups: Groups, *, allow_zero: bool) -> None:
    if not groups or not all(groups.values()):
        raise ValueError("bars need at least one group, and values in each")
    for name, values in groups.items():
        for label, value in values.items():
            if not (value > 0 or (allow_zero and value == 0)) or math.isinf(value):
                least = "at least" if allow_zero else "above"
                raise ValueError(
                    f"{name}, {label}: must be {least} 0 and finite, not {value}"
                )


def _bar_panels(groups: Groups, title: str) -> tuple[Figure, list[Axes]]:
    counts = [len(values) for values in groups.values()]
    height = sum(0.34 * count + 0.72 for count in counts) + (0.3 if title else 0)
    figure = new_figure(6.8, height, layout="constrained")
    if title:
        figure.suptitle(title, color=INK, fontsize=12)
    ratios = [0.34 * count + 0.2 for count in counts]
    panels = figure.subplots(len(counts), squeeze=False, height_ratios=ratios)
    return figure, list(panels[:, 0])


def _draw_bars(axes: Axes, name: str, values: Mapping[str, float]) -> None:
    for index, (value, fill, hatch) in enumerate(
        zip(values.values(), cycle(FILLS), cycle(HATCHES), strict=False)
    ):
        axes.barh(index, value, 0.7, color=fill, hatch=hatch, edgecolor=INK)
        axes.annotate(
            f" {spoken(value)}", (value, index), va="center", color=INK, fontsize=10
        )
    axes.set_yticks(range(len(values)), list(values), fontsize=10)
    axes.set_ylim(len(values) - 0.4, -0.6)  # the first bar on top
    axes.set_title(name, loc="left", fontsize=11, color=INK)
    axes.grid(axis="x", alpha=0.4)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Choose powers of ten as ends of the scale: 1, or one below the least value."""
    least, most = min(values), max(values)
    low = 0 if least >= 1 else math.floor(math.log10(least)) - 1
    return low, max(math.ceil(math.log10(most)), low + 1)


def _ticks(low: int, high: int) -> range:
    return range(low, high + 1, max(1, (high - low) // 5))


def _bars_in_words(title: str, groups: Groups) -> str:
    words = "; ".join(
        f"{name}: " + ", ".join(f"{label} {spoken(v)}" for label, v in values.items())
        for name, values in groups.items()
    )
    return f"{title or 'Bars'}. {words}"
