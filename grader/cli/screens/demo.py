"""Print the sample class of ``grader demo``, and whether each score is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from grader.cli.screens.printing import FULL, NONE, new_table, say

if TYPE_CHECKING:
    from grader.authoring.sample_class import SampleSubmission

_WORDS = {"full": "all points", "some": "some points", "none": "no points"}
_KEPT = (
    "All scores are as expected: full marks for right answers, no points for hostile "
    "code, a result for every submission, and the same scores in nbgrader's gradebook."
)


def introduction(submissions: Sequence[SampleSubmission]) -> Table:
    """Return a table of the sample submissions and what each must earn."""
    table = new_table("Sample submissions")
    for column in ("student", "what it is", "must earn"):
        table.add_column(column)
    for submission in submissions:
        words = _WORDS[submission.promise]
        table.add_row(submission.student, submission.about, words)
    return table


def verdict(console: Console, broken: Sequence[str]) -> None:
    """Print the wrong scores, or that all scores are as expected.

    Parameters
    ----------
    console
        Where to print.
    broken
        A sentence for each wrong score.
    """
    for promise in broken:
        say(console, f"{NONE} {promise}")
    if not broken:
        console.print(f"{FULL} {_KEPT}")


__all__ = ["introduction", "verdict"]
