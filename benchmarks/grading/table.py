"""Make the tables of the grading benchmark, and judge its targets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.grading.sample_class import Row

NBGRADER = "nbgrader autograde"
FLOOR = "the bare cells"
# Grading in a weaker level of jails may take so many times as long: no longer, but for
# the noise of two measurements.
SLOWER = 1.05
HEAD = (
    "way",
    "seconds per submission",
    "CPU s per submission",
    "whole command / n",
    "whole CPU s / n",
    "peak memory, MiB",
    "scores equal",
    "times nbgrader",
    "whole, times",
)


@dataclass(frozen=True)
class Way:
    """Measurements of one way of grading one row.

    Attributes
    ----------
    name : str
        Name in the table.
    workers : int
        Number of processes that grade; 0 for a way without workers.
    each_wall, each_processor : float
        Seconds per submission, without the start.
    whole_wall, whole_processor : float
        Seconds of the whole command, start and end included.
    memory : float
        Peak memory in MiB.
    scores : tuple of float
        One score per student.
    left_out : float
        Mean number of cells per submission that were not run, because no test needs
        them.
    sandbox : str
        The level of its jails; empty for a way without.
    """

    name: str
    workers: int
    each_wall: float
    each_processor: float
    whole_wall: float
    whole_processor: float
    memory: float
    scores: tuple[float, ...]
    left_out: float = 0.0
    sandbox: str = ""


@dataclass(frozen=True)
class Target:
    """A number to reach, and the number that was measured."""

    what: str
    wanted: float
    measured: float
    at_least: bool

    @property
    def reached(self) -> bool:
        """Whether the target is reached; False if it could not be measured."""
        if self.at_least:
            return self.measured >= self.wanted
        return self.measured <= self.wanted

    def __str__(self) -> str:
        mark = "reached" if self.reached else "NOT reached"
        sign = "≥" if self.at_least else "≤"
        return (
            f"{mark}: {self.what} {self.measured:.3g} (wanted {sign} {self.wanted:g})"
        )


def equal(ways: Sequence[Way]) -> bool:
    """Return whether all ways gave each student the same score."""
    return len({way.scores for way in ways}) == 1


def table(ways: Sequence[Way]) -> str:
    """Return a Markdown table, one line per way."""
    lines = [HEAD, ["---"] * len(HEAD), *(_line(way, ways) for way in ways)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def not_run(ways: Sequence[Way]) -> str:
    """Return a sentence on the ways that skip cells; empty if none does."""
    some = [f"{way.name} {way.left_out:g}" for way in ways if way.left_out]
    if not some:
        return ""
    names = ", ".join(some)
    return f"Cells per submission that were not run, as no test needs them: {names}."


def _line(way: Way, ways: Sequence[Way]) -> tuple[str, ...]:
    count = len(way.scores)
    theirs = _named(ways, NBGRADER)
    return (
        way.name,
        number(way.each_wall),
        number(way.each_processor),
        number(way.whole_wall / count),
        number(way.whole_processor / count),
        number(way.memory),
        "yes" if way.scores == theirs.scores else "NO",
        number(theirs.each_wall / way.each_wall),
        number(theirs.whole_wall / way.whole_wall),
    )


def number(value: float) -> str:
    """Format a number with three significant digits; a dash if it is unknown."""
    if math.isnan(value) or value == 0:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def targets(row: Row, ways: Sequence[Way]) -> Iterator[Target]:
    """Yield the targets of a row.

    Parameters
    ----------
    row : Row
        The row, with the numbers to reach.
    ways : sequence of Way
        Its measurements.

    Yields
    ------
    Target
        Speed with all workers. Then speed with one worker, and processor time beyond
        the bare cells, if the row has such targets. All of these in the first level of
        jails that was measured. Then the time in each other level, compared with it.
    """
    theirs, floor = _named(ways, NBGRADER), _named(ways, FLOOR)
    first, *weaker = _by_sandbox(ways)
    one, every = first[0], first[-1]
    times = theirs.each_wall / every.each_wall
    name = f"{row.title}, {every.workers} workers: times as fast as nbgrader"
    yield Target(name, row.times_all, times, True)
    if row.times_one is not None:
        times = theirs.each_wall / one.each_wall
        name = f"{row.title}, one worker: times as fast as nbgrader"
        yield Target(name, row.times_one, times, True)
    if row.over_floor is not None:
        over, unit = one.each_processor - floor.each_processor, "s"
        if row.share:
            over, unit = over / floor.each_processor, "as a share"
        name = f"{row.title}, one worker: CPU over the bare cells, {unit}:"
        yield Target(name, row.over_floor, over, False)
    for there in weaker:
        yield from _beside(row, first, there)


def _by_sandbox(ways: Sequence[Way]) -> list[list[Way]]:
    """Return the ways of each level of jails, those with fewer workers first."""
    levels: dict[str, list[Way]] = {}
    for way in sorted(ways, key=lambda way: way.workers):
        if way.workers:
            levels.setdefault(way.sandbox, []).append(way)
    order = list(dict.fromkeys(way.sandbox for way in ways if way.workers))
    return [levels[name] for name in order]


def _beside(row: Row, first: Sequence[Way], there: Sequence[Way]) -> Iterator[Target]:
    """Yield how long a level takes, as a multiple of the time that another takes."""
    for here, way in zip(first, there, strict=True):
        workers = "one worker" if way.workers == 1 else f"{way.workers} workers"
        name = f"{row.title}, {workers}: {way.sandbox}, times as long as {here.sandbox}"
        yield Target(name, SLOWER, way.each_wall / here.each_wall, False)


def _named(ways: Sequence[Way], name: str) -> Way:
    return next(way for way in ways if way.name == name)
