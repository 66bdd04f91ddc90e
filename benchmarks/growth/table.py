"""Make the table and the plot of the growth benchmark, and check its bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Bounds: deviation from the line, growth of the main process in MiB, share of time.
MOST_DEVIATION = 0.05
MOST_GROWTH = 60.0
MOST_BOOK = 0.05
# In smaller classes the first write to the gradebook, of the assignment, dominates.
MIN_COUNT_FOR_BOOK = 10
# A line always fits two points.
LEAST_SIZES = 3


@dataclass(frozen=True)
class Size:
    """Measurements of grading a class of one size.

    Attributes
    ----------
    count, workers : int
        Number of submissions, and number of processes that graded them.
    whole_wall, whole_processor : float
        Seconds of the whole run, including its start and the calibration.
    each_wall, each_processor : float
        Seconds per submission, without these; NaN if it could not be measured.
    book_wall, book_processor : float
        Seconds for writing the gradebook.
    grading_wall : float
        Seconds from the first submission to the last.
    parent_processor : float
        Processor seconds of the main process, which hands out work and records
        results.
    parent_before, parent_after, parent_most : float
        Memory of the main process before and after grading and its peak, in MiB.
    marks : list of list of float
        Submissions done, seconds since grading began, and memory in MiB.
    conditions : str
        Date and machine.
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
        """Growth of the main process' memory while grading, in MiB."""
        return max(self.parent_after, *(mark[2] for mark in self.marks)) - (
            self.parent_before
        )

    @property
    def book_share(self) -> float:
        """Share of the grading time that was spent on writing the gradebook."""
        return self.book_wall / self.grading_wall


def table(sizes: Sequence[Size]) -> str:
    """Return a Markdown table, followed by the conditions of each size."""
    lines = [
        "| submissions | whole run, s | CPU s | one submission, s | CPU s "
        "| off the line | gradebook | parent's memory, MiB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    relative = deviations(sizes)
    for size in sizes:
        cells = [
            f"{size.count:,}",
            f"{size.whole_wall:,.1f}",
            f"{size.whole_processor:,.1f}",
            _seconds(size.each_wall),
            _seconds(size.each_processor),
            f"{relative[size.count]:+.1%}" if size.count in relative else "",
            f"{size.book_share:.1%}",
            f"{size.parent_before:.0f} + {size.growth:.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    conditions = dict.fromkeys(f"- {s.count:,}: {s.conditions}" for s in sizes)
    return "\n".join([*lines, "", *conditions])


def _seconds(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"


def fit_line(sizes: Sequence[Size]) -> tuple[float, float]:
    """Fit a line to the wall times of whole runs.

    Minimizes the squares of the relative errors, so that a small class counts as much
    as a large one.

    Returns
    -------
    float, float
        Seconds at 0 submissions, and seconds per submission.
    """
    counts = np.array([size.count for size in sizes])
    walls = np.array([size.whole_wall for size in sizes])
    terms = np.stack([1 / walls, counts / walls], axis=1)
    (start, slope), *_ = np.linalg.lstsq(terms, np.ones(len(sizes)), rcond=None)
    return float(start), float(slope)


def deviations(sizes: Sequence[Size]) -> dict[int, float]:
    """Return the relative distance of each size's time from the line; empty if few."""
    if len(sizes) < LEAST_SIZES:
        return {}
    start, slope = fit_line(sizes)
    return {s.count: s.whole_wall / (start + slope * s.count) - 1 for s in sizes}


def exceeded_bounds(sizes: Sequence[Size]) -> list[str]:
    """Return one sentence for each bound that is exceeded."""
    problems = [
        f"{count:,} submissions: time is {off:+.1%} off the line; the bound is "
        f"{MOST_DEVIATION:.0%}"
        for count, off in deviations(sizes).items()
        if abs(off) > MOST_DEVIATION
    ]
    problems += [
        f"{s.count:,} submissions: the main process grew by {s.growth:.0f} MiB; the "
        f"bound is {MOST_GROWTH:.0f} MiB"
        for s in sizes
        if s.growth > MOST_GROWTH
    ]
    problems += [
        f"{s.count:,} submissions: the gradebook took {s.book_share:.1%} of the time; "
        f"the bound is {MOST_BOOK:.0%}"
        for s in sizes
        if s.book_share > MOST_BOOK and s.count >= MIN_COUNT_FOR_BOOK
    ]
    return problems


def plot(sizes: Sequence[Size], path: Path) -> None:
    """Plot time and memory against the number of submissions, as an SVG file.

    Parameters
    ----------
    sizes : sequence of Size
        The measurements.
    path : Path
        The file to write.
    """
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
        start, slope = fit_line(sizes)
        label = f"{start:.0f} s + {slope:.3f} s per submission"
        x = np.geomspace(counts[0], counts[-1], 100)
        axes.loglog(x, start + slope * x, ":", color="gray", label=label)
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
