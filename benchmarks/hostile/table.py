"""Make a table of the hostile submissions that each grader held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol


class HeldOrNot(Protocol):
    """The part of an outcome that the table needs."""

    @property
    def group(self) -> str: ...

    @property
    def way(self) -> str: ...

    @property
    def faults(self) -> tuple[str, ...]: ...

    @property
    def held(self) -> bool: ...


def table(outcomes: Sequence[HeldOrNot]) -> str:
    """Return a Markdown table, one line per class of submissions."""
    ways = list(dict.fromkeys(outcome.way for outcome in outcomes))
    titles = ["class", "submissions", *(f"{way} held" for way in ways)]
    titles += [f"what {way} let happen" for way in ways[:1]]
    lines = [_line(titles), _line(["---"] * len(titles))]
    lines += map(_line, _rows(outcomes, ways))
    return "\n".join(lines)


def _rows(outcomes: Sequence[HeldOrNot], ways: Sequence[str]) -> Iterator[list[str]]:
    by_group = groupby(outcomes, key=lambda outcome: outcome.group)
    groups = [(group, list(members)) for group, members in by_group]
    for group, members in [*groups, ("all", list(outcomes))]:
        by_way = {way: [o for o in members if o.way == way] for way in ways}
        held = [f"{sum(o.held for o in by_way[w])} of {len(by_way[w])}" for w in ways]
        first = by_way[ways[0]]
        kinds = sorted({_kind(fault) for outcome in first for fault in outcome.faults})
        faults = "; ".join(kinds) if group != "all" else ""
        yield [group.replace("_", " "), str(len(first)), *held, faults]


def _kind(fault: str) -> str:
    return fault.split(":")[0]


def _line(words: Sequence[str]) -> str:
    return f"| {' | '.join(words)} |"
