"""What ``growth.py`` measured, as a table and a plot, and what is out of bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

# Bounds of the issue.
MOST_DEVIATION = 0.05
MOST_GROWTH = 60.0
MOST_BOOK = 0.05
# Below, the gradebook's first write, of the assignment itself, outweighs the others.
LEAST_JUDGED = 10
# Through two points there is always a line.
LEAST_SIZES = 3


@dataclass(frozen=True)
class Size:
    """What a class of one size took.

    Seconds of ``whole_…`` have the start and the solution's rehearsal, those of
    ``each_…`` are of one hand-in without them. ``book_…`` is the gradebook's part,
    ``grading_wall`` the time from first to last hand-in. ``parent_…`` is the process
    that hands out and records, its memory in MiB. ``marks`` are pairs of how many
    were done, after how many seconds, and that process' memory then.
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
        """By how much the parent's memory grew from the first hand-in to its most."""
        return max(self.parent_after, *(mark[2] for mark in self.marks)) - (
            self.parent_before
        )

    @property
    def book_share(self) -> float:
        """The gradebook's part of the time that grading took."""
        return self.book_wall / self.grading_wall


def table(sizes: Sequence[Size]) -> str:
    """Return a table in Markdown, and under what conditions it was measured."""
    lines = [
        "| hand-ins | whole run, s | CPU s | one hand-in, s | CPU s | off the line "
        "| gradebook | parent's memory, MiB |",
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
    """Return start and slope, in seconds, of the line that fits whole runs best.

    Least squares of the relative error, so that a small class counts like a large one.
    """
    counts = np.array([size.count for size in sizes])
    walls = np.array([size.whole_wall for size in sizes])
    terms = np.stack([1 / walls, counts / walls], axis=1)
    (start, slope), *_ = np.linalg.lstsq(terms, np.ones(len(sizes)), rcond=None)
    return float(start), float(slope)


def deviations(sizes: Sequence[Size]) -> dict[int, float]:
    """Return by which part the time of each size is off the line, if that can be."""
    if len(sizes) < LEAST_SIZES:
        return {}
    start, slope = line(sizes)
    return {s.count: s.whole_wall / (start + slope * s.count) - 1 for s in sizes}


def broken(sizes: Sequence[Size]) -> list[str]:
    """Return one sentence for each bound that is not kept."""
    found = [
        f"{count:,} hand-ins: time is {off:+.1%} off the line, which may be "
        f"{MOST_DEVIATION:.0%}"
        for count, off in deviations(sizes).items()
        if abs(off) > MOST_DEVIATION
    ]
    found += [
        f"{s.count:,} hand-ins: the parent grew by {s.growth:.0f} MiB, which may be "
        f"{MOST_GROWTH:.0f}"
        for s in sizes
        if s.growth > MOST_GROWTH
    ]
    found += [
        f"{s.count:,} hand-ins: the gradebook took {s.book_share:.1%} of the time, "
        f"which may be {MOST_BOOK:.0%}"
        for s in sizes
        if s.book_share > MOST_BOOK and s.count >= LEAST_JUDGED
    ]
    return found


def plot(sizes: Sequence[Size], path: Path) -> None:
    """Draw time and memory against the number of hand-ins."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "growth"
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    counts = np.array([size.count for size in sizes])
    left.loglog(counts, [s.whole_wall for s in sizes], "o-", label="wall time")
    left.loglog(counts, [s.whole_processor for s in sizes], "s--", label="CPU time")
    if len(sizes) >= LEAST_SIZES:
        start, slope = line(sizes)
        told = f"{start:.0f} s + {slope:.3f} s a hand-in"
        each = np.geomspace(counts[0], counts[-1], 100)
        left.loglog(each, start + slope * each, ":", color="gray", label=told)
    left.set(xlabel="hand-ins", ylabel="seconds", title="Time of a whole run")
    left.legend()
    for size in sizes:
        done, _, memory = zip(*size.marks, strict=True)
        grown = np.array(memory) - size.parent_before
        right.plot(done, grown, label=f"{size.count:,}")
    right.axhline(MOST_GROWTH, linestyle=":", color="gray")
    right.set_xscale("symlog")
    right.set_xlim(left=0)
    right.set(xlabel="hand-ins done", ylabel="MiB", title="Growth of the parent")
    right.legend(title="hand-ins")
    figure.savefig(path, metadata={"Date": None})
