"""Plot lines over epochs, and bars on a linear or a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import TYPE_CHECKING, Any

from cnnlab.figures._panels import new_figure
from cnnlab.figures._picture import Picture
from cnnlab.figures._sheet import Box, Sheet, Words, uncut
from cnnlab.figures._theme import FAINT, FILLS, INK, LINES
from cnnlab.figures._words import counted, listed, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DASHES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P")
HATCHES = ("", "///", "...", "xx")

# In inches: the width of bars with their numbers, the height of a bar with its name,
# and the room above and below the bars of a group.
_BARS_WIDTH, _BAR, _ABOVE, _BELOW = 4.3, 0.5, 0.3, 0.32

Groups = Mapping[str, Mapping[str, float]]

__all__ = [
    "Groups",
    "bars",
    "curves",
    "draw_curve",
    "finish_curves",
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
        Replaces the sentence made from the first and last values.

    Returns
    -------
    Picture
        The figure and its words.

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
    start = f"{title or y_label or 'Curves'} by {x_label}"
    longest = max(len(values) for values in series.values())
    lows = "; ".join(_extremes(name, values) for name, values in series.items())

    def draw() -> Sheet:
        figure = new_figure(4.4, 3.0)
        axes = figure.add_axes((0.155, 0.165, 0.825, 0.715))
        for index, (name, values) in enumerate(series.items()):
            draw_curve(axes, index, name, values)
        axes.set(ylabel=y_label)
        finish_curves(axes, x_label, title)
        return uncut(figure)

    description = f"{start}, {counted(longest, 'value')} a line. {ends}. {lows}"
    return Picture(
        draw, alt or listed(f"{start}: ", ends.split("; "), "; "), description
    )


def _extremes(name: str, values: Sequence[float]) -> str:
    least, most = min(values), max(values)
    low, high = (list(values).index(value) + 1 for value in (least, most))
    return f"{name}: least {number(least)} at {low}, greatest {number(most)} at {high}"


def finish_curves(axes: Axes, x_label: str, title: str) -> None:
    """Add labels, grid and legend to curves.

    Parameters
    ----------
    axes
        The axes with the curves.
    x_label, title
        Label below, and text above.
    """
    axes.set_xlabel(x_label, fontsize=11)
    axes.yaxis.label.set_fontsize(11)
    axes.set_title(title, fontsize=11.5)
    axes.tick_params(labelsize=11)
    axes.xaxis.set_major_locator(whole_numbers())
    axes.grid(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(handlelength=3.4, fontsize=11)


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
        Replaces the sentence made from the values.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is no group, one is empty, or a value is negative or not finite.
    """
    _check_bars(groups, allow_zero=True)

    def draw() -> Sheet:
        sheet, panels = _bar_panels(groups, title)
        longest = max(max(values.values()) for values in groups.values()) or 1.0
        for axes, (name, values) in zip(panels, groups.items(), strict=True):
            axes.set_xlim(0, 1.2 * longest)
            _draw_bars(axes, name, values)
        return sheet

    sentence = listed(f"{title or 'Bars'}: ", _groups_in_words(groups), "; ")
    return Picture(draw, alt or sentence, _bars_in_words(title, groups))


def log_bars(groups: Groups, *, title: str = "", alt: str = "") -> Picture:
    """Draw one panel of horizontal bars per group, each on its own logarithmic scale.

    Parameters
    ----------
    groups
        Title of each panel, and the name and value (above 0) of each bar in it.
    title
        Text above the panels.
    alt
        Replaces the sentence made from the values.

    Returns
    -------
    Picture
        The figure and its words.

    Raises
    ------
    ValueError
        If there is no group, one is empty, or a value is not above 0 and finite.
    """
    _check_bars(groups, allow_zero=False)

    def draw() -> Sheet:
        sheet, panels = _bar_panels(groups, title)
        for axes, (name, values) in zip(panels, groups.items(), strict=True):
            low, high = _decades(list(values.values()))
            axes.set_xscale("log")
            axes.set_xlim(
                10**low, 10 ** (high + 0.3 * (high - low))
            )  # space for the numbers
            ticks = [10.0**power for power in _ticks(low, high)]
            axes.set_xticks(ticks, [spoken(tick) for tick in ticks])
            # There is no room on its left.
            axes.get_xticklabels()[0].set_horizontalalignment("left")
            axes.minorticks_off()
            _draw_bars(axes, name, values)
        return sheet

    sentence = listed(f"{title or 'Bars'}: ", _groups_in_words(groups), "; ")
    return Picture(draw, alt or sentence, _bars_in_words(title, groups))


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


def _bar_panels(groups: Groups, title: str) -> tuple[Sheet, list[Axes]]:
    """Make axes for each group, one below the other, with room for their titles."""
    heights = [_BAR * len(values) for values in groups.values()]
    head = 0.36 if title else 0.05
    height = head + sum(heights) + (_ABOVE + _BELOW) * len(heights)
    figure = new_figure(_BARS_WIDTH, height)
    if title:
        x, y = 0.1 / _BARS_WIDTH, 1 - 0.22 / height
        figure.text(x, y, title, color=INK, fontsize=12)
    panels, boxes, top = [], [], head
    for size in heights:
        bottom = height - top - _ABOVE - size
        sides = (0.3 / _BARS_WIDTH, bottom / height)
        shares = (1 - 0.45 / _BARS_WIDTH, size / height)
        panels.append(figure.add_axes((*sides, *shares)))
        boxes.append(Box(0, top, _BARS_WIDTH, _ABOVE + size + _BELOW))
        top += _ABOVE + size + _BELOW
    rows = [[Words(title, is_title=True)]] if title else []
    return Sheet(figure, [*rows, *([box] for box in boxes)]), panels


def _draw_bars(axes: Axes, name: str, values: Mapping[str, float]) -> None:
    """Draw each bar below its name, so that long names need no room at the side."""
    for index, ((label, value), fill, hatch) in enumerate(
        zip(values.items(), cycle(FILLS), cycle(HATCHES), strict=False)
    ):
        axes.barh(index, value, 0.44, color=fill, hatch=hatch, edgecolor=INK)
        axes.annotate(
            f" {spoken(value)}", (value, index), va="center", color=INK, fontsize=11
        )
        left = axes.get_xlim()[0]
        axes.text(left, index - 0.28, label, va="bottom", color=INK, fontsize=11)
    axes.set_yticks([])
    axes.set_ylim(len(values) - 0.65, -0.85)  # the first bar on top
    axes.tick_params(labelsize=10.5)
    axes.set_title(name, loc="left", fontsize=11, color=FAINT)
    axes.grid(True, axis="x")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Choose powers of ten as ends of the scale: 1, or one below the least value."""
    least, most = min(values), max(values)
    low = 0 if least >= 1 else math.floor(math.log10(least)) - 1
    return low, max(math.ceil(math.log10(most)), low + 1)


def _ticks(low: int, high: int) -> range:
    """Choose few powers of ten, as their names are long."""
    return range(low, high + 1, max(1, math.ceil((high - low) / 3)))


def _groups_in_words(groups: Groups) -> list[str]:
    return [
        f"{name}: " + ", ".join(f"{label} {spoken(v)}" for label, v in values.items())
        for name, values in groups.items()
    ]


def _bars_in_words(title: str, groups: Groups) -> str:
    return f"{title or 'Bars'}. {'; '.join(_groups_in_words(groups))}"
