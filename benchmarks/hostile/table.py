"""Which grader held which class of hostile submissions, as a table. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol


class Finding(Protocol):
    """The outcome of one submission, graded in one way."""

    @property
    def group(self) -> str: ...

    @property
    def way(self) -> str: ...

    @property
    def faults(self) -> tuple[str, ...]: ...

    @property
    def held(self) -> bool: ...


def table(seen: Sequence[Finding]) -> str:
    """Return the table in Markdown, one line per class."""
    ways = list(dict.fromkeys(finding.way for finding in seen))
    titles = ["class", "submissions", *(f"{way} held" for way in ways)]
    titles += [f"what {way} let happen" for way in ways[:1]]
    lines = [_line(titles), _line(["---"] * len(titles))]
    lines += map(_line, _rows(seen, ways))
    return "\n".join(lines)


def _rows(seen: Sequence[Finding], ways: Sequence[str]) -> Iterator[list[str]]:
    groups = [(g, list(found)) for g, found in groupby(seen, key=lambda s: s.group)]
    for group, found in [*groups, ("all", list(seen))]:
        of = {way: [s for s in found if s.way == way] for way in ways}
        held = [f"{sum(s.held for s in of[way])} of {len(of[way])}" for way in ways]
        faults = sorted({_kind(fault) for s in of[ways[0]] for fault in s.faults})
        said = "; ".join(faults) if group != "all" else ""
        yield [group.replace("_", " "), str(len(of[ways[0]])), *held, said]


def _kind(fault: str) -> str:
    return fault.split(":")[0]


def _line(words: Sequence[str]) -> str:
    return f"| {' | '.join(words)} |"
