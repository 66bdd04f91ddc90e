"""What ``grader demo`` shows beside the grades: who submits what, and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from grader.cli.screens.grade import FULL, NONE, new_table, say

if TYPE_CHECKING:
    from grader.authoring.sample_class import SampleSubmission

_WORDS = {"full": "all points", "some": "some points", "none": "no points"}
_KEPT = (
    "What was promised holds: full marks where the answers are right, none of the "
    "points for hostile code, a result for every submission, and the same scores in "
    "nbgrader's gradebook."
)


def introduction(submissions: Sequence[SampleSubmission]) -> Table:
    """Return a table of who submits what."""
    table = new_table("Who submits what")
    for column in ("student", "what it is", "must earn"):
        table.add_column(column)
    for each in submissions:
        table.add_row(each.student, each.about, _WORDS[each.promise])
    return table


def verdict(console: Console, broken: Sequence[str]) -> None:
    """Print each promise that was not kept, or that all were."""
    for promise in broken:
        say(console, f"{NONE} {promise}")
    if not broken:
        console.print(f"{FULL} {_KEPT}")


__all__ = ["introduction", "verdict"]
