"""Print a comparison with nbgrader: a row for each assignment, then the differences."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from grader.cli.screens import printing
from grader.records import points_text

if TYPE_CHECKING:
    from grader.reports.comparison import Comparison, Difference

_MAX_SKIPPED = 10
_INDENT = "    "


def table(comparison: Comparison) -> Table:
    """Return a table with the number of equal and different cells per assignment."""
    rows = printing.new_table("The grader beside nbgrader")
    rows.add_column("assignment", overflow="fold")
    for name in ("submissions", "cells", "same", "different"):
        rows.add_column(name, justify="right", no_wrap=True)
    for about in comparison.to_dict()["assignments"]:
        same, different = about["same"], about["different"]
        counts = (about["submissions"], same + different, same, different)
        rows.add_row(printing.marked(about["assignment"]), *map(str, counts))
    return rows


def differences(console: Console, comparison: Comparison) -> None:
    """Print each difference, once for all students who share it.

    Parameters
    ----------
    console
        Where to print.
    comparison
        What was found.
    """
    found = sorted(comparison.differences, key=_shared)
    for shared, group in groupby(found, _shared):
        assignment, notebook, grade_id, recorded, points, reason = shared
        where = (
            assignment if notebook in ("", assignment) else f"{assignment}/{notebook}"
        )
        who = printing.some(each.student for each in group)
        printing.say(
            console,
            f"{where}, {grade_id}: {recorded} in nbgrader, {points} here ({who})",
        )
        for line in textwrap.wrap(reason, console.width - len(_INDENT)):
            printing.say(console, _INDENT + line)
    for line in comparison.not_compared[:_MAX_SKIPPED]:
        printing.say(console, f"not compared: {line}")
    if (more := len(comparison.not_compared) - _MAX_SKIPPED) > 0:
        printing.say(console, f"not compared: {more} more, see --json")


def _shared(found: Difference) -> tuple[str, ...]:
    return (
        found.assignment,
        found.notebook,
        found.grade_id,
        _points(found.recorded),
        _points(found.points),
        found.reason,
    )


def _points(points: float | None) -> str:
    return "none" if points is None else points_text(points)


__all__ = ["differences", "table"]
