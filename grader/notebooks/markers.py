"""Find the regions between BEGIN and END markers in a cell of a source notebook. Pure.

The rule is nbgrader's: a line that contains ``BEGIN SOLUTION`` opens a region, one that
contains ``END SOLUTION`` closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from grader.notebooks import syntax

Kind = Literal["SOLUTION", "HIDDEN TESTS", "MARK SCHEME"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_MARKER = re.compile(r"\b(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")


class MarkerError(ValueError):
    """Markers do not pair up. The message names the line."""


@dataclass(frozen=True, slots=True)
class Region:
    """One marked region; ``lines`` are those between the two marker lines."""

    kind: Kind
    lines: tuple[str, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        """The stripped lines of code: no blank ones, no comments."""
        stripped = (line.strip() for line in self.lines)
        return tuple(s for s in stripped if s and not s.startswith("#"))


def outside(lines: Iterable[str]) -> Iterator[str]:
    r"""Yield the lines that are neither a marker nor in a marked region.

    Examples
    --------
    >>> list(outside(["a", "### BEGIN MARK SCHEME", "# b", "### END MARK SCHEME"]))
    ['a']
    """
    inside = False
    for line in lines:
        if marker := _MARKER.search(line):
            inside = marker[1] == "BEGIN"
        elif not inside:
            yield line


def regions(source: str) -> tuple[Region, ...]:
    r"""Find the marked regions of one cell.

    Raises
    ------
    MarkerError
        A region is nested, closed without being open, or never closed.

    Examples
    --------
    >>> regions("### BEGIN SOLUTION\nx = 1\n### END SOLUTION")[0].lines
    ('x = 1',)
    """
    closed: list[Region] = []
    opened: tuple[Kind, int] | None = None
    body: list[str] = []
    for number, line in enumerate(source.split("\n"), start=1):
        marker = _MARKER.search(line)
        if marker is None:
            body.append(line)
            continue
        kind = KINDS[KINDS.index(marker[2])]
        _check_turn(marker[1], kind, opened, number)
        if opened is not None:
            closed.append(Region(kind, tuple(body)))
        opened = (kind, number) if marker[1] == "BEGIN" else None
        body = []
    if opened is not None:
        raise MarkerError(f"BEGIN {opened[0]} in line {opened[1]} is never closed")
    return tuple(closed)


def _check_turn(
    word: str, kind: Kind, opened: tuple[Kind, int] | None, number: int
) -> None:
    """Refuse a marker that is not allowed at this place."""
    if word == "BEGIN" and opened is not None:
        raise MarkerError(
            f"BEGIN {kind} in line {number} is inside "
            f"BEGIN {opened[0]} of line {opened[1]}"
        )
    if word == "END" and (opened is None or opened[0] != kind):
        raise MarkerError(f"END {kind} in line {number} closes nothing")


def balanced(source: str) -> str:
    r"""Return the source of a cell, changed so that every BEGIN has its own END.

    A region that is not closed ends with the cell; a marker that opens or closes
    nothing is removed.

    Examples
    --------
    >>> balanced("### END SOLUTION\n### BEGIN HIDDEN TESTS\nassert x")
    '### BEGIN HIDDEN TESTS\nassert x\n### END HIDDEN TESTS'
    """
    kept: list[str] = []
    opened = ""
    for line in source.split("\n"):
        marker = _MARKER.search(line)
        if marker is not None:
            if marker[1] == "BEGIN" if opened else marker[1] == "END":
                continue
            if opened and marker[2] != opened:
                continue
            opened = "" if opened else marker[2]
        kept.append(line)
    return "\n".join([*kept, *([f"### END {opened}"] if opened else [])])


def without(source: str, kind: Kind) -> str:
    r"""Return the source of a cell without its regions of one kind.

    Its markers must pair up; see :func:`balanced`.

    Examples
    --------
    >>> without("x = 1\n### BEGIN SOLUTION\ny = 2\n### END SOLUTION", "SOLUTION")
    'x = 1'
    """
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        marker = _MARKER.search(line)
        here = marker is not None and marker[2] == kind
        if not inside and not here:
            kept.append(line)
        inside = marker[1] == "BEGIN" if marker is not None and here else inside
    return "\n".join(kept)


def marked_lines(source: str, kind: Kind) -> set[int]:
    """Return the numbers of the lines in regions of one kind, with their markers."""
    marked: set[int] = set()
    inside = False
    for number, line in enumerate(syntax.lines(source), start=1):
        inside = inside or f"BEGIN {kind}" in line
        if inside:
            marked.add(number)
        inside = inside and f"END {kind}" not in line
    return marked


def hidden_lines(source: str) -> set[int]:
    """Return the numbers of the lines that the student's copy does not have."""
    return marked_lines(source, "HIDDEN TESTS")


def mentions(text: str) -> bool:
    """Say whether there is any marker in a text."""
    return _MARKER.search(text) is not None


__all__ = [
    "KINDS",
    "Kind",
    "MarkerError",
    "Region",
    "balanced",
    "hidden_lines",
    "marked_lines",
    "mentions",
    "outside",
    "regions",
    "without",
]
