"""The figures of the growth benchmark as a table and a plot, and broken bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The bounds.
MOST_DEVIATION = 0.05
MOST_GROWTH = 60.0
MOST_BOOK = 0.05
# In smaller classes the gradebook's first write, of the assignment, outweighs the rest.
LEAST_JUDGED = 10
# Through two points there is always a line.
LEAST_SIZES = 3


@dataclass(frozen=True)
class Size:
    """What grading a class of one size took.

    Attributes
    ----------
    count, workers : int
        How many submissions, and how many processes that graded them.
    whole_wall, whole_processor : float
        Seconds of the whole run, with its start and the calibration.
    each_wall, each_processor : float
        Seconds per submission, without them; NaN if it cannot be told.
    book_wall, book_processor : float
        Seconds for writing the gradebook.
    grading_wall : float
        Seconds from the first submission to the last.
    parent_processor : float
        Processor seconds of the process that hands out work and records results.
    parent_before, parent_after, parent_most : float
        That process' memory, in MiB.
    marks : list of list of float
        How many submissions were done, after how many seconds, and the memory then.
    conditions : str
        When and on which machine.
    """

    count: int
    workers: int
    whole_wall: float
    whole_processor: float
    each_wall: float
    each_processor: float
    book_wall: float
    book_processor: float
    grading_wall: float
    parent_processor: float
    parent_before: float
    parent_after: float
    parent_most: float
    marks: list[list[float]]
    conditions: str

    @property
    def growth(self) -> float:
        """By how many MiB the parent's memory grew while it graded."""
        return max(self.parent_after, *(mark[2] for mark in self.marks)) - (
            self.parent_before
        )

    @property
    def book_share(self) -> float:
        """The gradebook's share of the time that grading took."""
        return self.book_wall / self.grading_wall


def table(sizes: Sequence[Size]) -> str:
    """Return a table in Markdown, and below it the conditions of each size."""
    lines = [
        "| submissions | whole run, s | CPU s | one submission, s | CPU s "
        "| off the line | gradebook | parent's memory, MiB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    off = deviations(sizes)
    for size in sizes:
        cells = [
            f"{size.count:,}",
            f"{size.whole_wall:,.1f}",
            f"{size.whole_processor:,.1f}",
            _seconds(size.each_wall),
            _seconds(size.each_processor),
            f"{off[size.count]:+.1%}" if size.count in off else "",
            f"{size.book_share:.1%}",
            f"{size.parent_before:.0f} + {size.growth:.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    seen = dict.fromkeys(f"- {s.count:,}: {s.conditions}" for s in sizes)
    return "\n".join([*lines, "", *seen])


def _seconds(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"


def line(sizes: Sequence[Size]) -> tuple[float, float]:
    """Return start and slope, in seconds, of the line that best fits whole runs.

    Least squares of the relative error, so that a small class counts like a large one.
    """
    counts = np.array([size.count for size in sizes])
    walls = np.array([size.whole_wall for size in sizes])
    terms = np.stack([1 / walls, counts / walls], axis=1)
    (start, slope), *_ = np.linalg.lstsq(terms, np.ones(len(sizes)), rcond=None)
    return float(start), float(slope)


def deviations(sizes: Sequence[Size]) -> dict[int, float]:
    """Return how far the time of each size is off the line; nothing for few sizes."""
    if len(sizes) < LEAST_SIZES:
        return {}
    start, slope = line(sizes)
    return {s.count: s.whole_wall / (start + slope * s.count) - 1 for s in sizes}


def broken(sizes: Sequence[Size]) -> list[str]:
    """Return one sentence for each bound that is exceeded."""
    found = [
        f"{count:,} submissions: time is {off:+.1%} off the line, which may be "
        f"{MOST_DEVIATION:.0%}"
        for count, off in deviations(sizes).items()
        if abs(off) > MOST_DEVIATION
    ]
    found += [
        f"{s.count:,} submissions: the parent grew by {s.growth:.0f} MiB, which may be "
        f"{MOST_GROWTH:.0f}"
        for s in sizes
        if s.growth > MOST_GROWTH
    ]
    found += [
        f"{s.count:,} submissions: the gradebook took {s.book_share:.1%} of the time, "
        f"which may be {MOST_BOOK:.0%}"
        for s in sizes
        if s.book_share > MOST_BOOK and s.count >= LEAST_JUDGED
    ]
    return found


def plot(sizes: Sequence[Size], path: Path) -> None:
    """Draw time and memory against the number of submissions, as SVG."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "growth"
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    _plot_times(left, sizes)
    _plot_memory(right, sizes)
    figure.savefig(path, metadata={"Date": None})


def _plot_times(axes: Axes, sizes: Sequence[Size]) -> None:
    counts = np.array([size.count for size in sizes])
    axes.loglog(counts, [s.whole_wall for s in sizes], "o-", label="wall time")
    axes.loglog(counts, [s.whole_processor for s in sizes], "s--", label="CPU time")
    if len(sizes) >= LEAST_SIZES:
        start, slope = line(sizes)
        label = f"{start:.0f} s + {slope:.3f} s per submission"
        each = np.geomspace(counts[0], counts[-1], 100)
        axes.loglog(each, start + slope * each, ":", color="gray", label=label)
    axes.set(xlabel="submissions", ylabel="seconds", title="Time of a whole run")
    axes.legend()


def _plot_memory(axes: Axes, sizes: Sequence[Size]) -> None:
    for size in sizes:
        done, _, memory = zip(*size.marks, strict=True)
        grown = np.array(memory) - size.parent_before
        axes.plot(done, grown, label=f"{size.count:,}")
    axes.axhline(MOST_GROWTH, linestyle=":", color="gray")
    axes.set_xscale("symlog")
    axes.set_xlim(left=0)
    axes.set(xlabel="submissions done", ylabel="MiB", title="Growth of the parent")
    axes.legend(title="submissions")
