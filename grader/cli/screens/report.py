"""What ``grader report`` shows: a row for each assignment, then what needs a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from grader.cli.screens import grade
from grader.records import points_text

if TYPE_CHECKING:
    from grader.reports.class_report import AssignmentSummary, ClassReport, ReviewItem

_BLOCKS = " ▁▂▃▄▅▆▇█"
_SHOWN = 3
_LOOKS = 20


def table(report: ClassReport) -> Table:
    """Return scores and hardest cells of each assignment."""
    made = grade.new_table("The class")
    made.add_column("assignment", no_wrap=True, max_width=grade.LONGEST_NAME)
    for name in ("graded", "absent", "mean", "median", "of"):
        made.add_column(name, justify="right", no_wrap=True)
    made.add_column("0 … full", no_wrap=True)
    made.add_column("hardest", ratio=1, overflow="fold")
    for summary in report.summaries:
        made.add_row(*_cells(summary))
    return made


def _cells(summary: AssignmentSummary) -> list[str]:
    hardest = (
        f"{grade.marked(cell.name)} {cell.share:.0%}"
        for cell in summary.hardest[:_SHOWN]
    )
    return [
        grade.marked(summary.assignment),
        str(len(summary.scores)),
        str(len(summary.absent)),
        points_text(summary.mean),
        points_text(summary.median),
        points_text(summary.max_score),
        spark(summary.bins),
        ", ".join(hardest),
    ]


def spark(bins: Sequence[int]) -> str:
    """Return counts as blocks; any count above 0 is visible.

    Examples
    --------
    >>> spark([0, 1, 100])
    ' ▁█'
    """
    most = max(bins, default=0) or 1
    return "".join(_BLOCKS[-(-8 * count // most)] for count in bins)


def looks(console: Console, report: ClassReport) -> None:
    """Print what a person should look at, one line each."""
    for summary in report.summaries:
        if summary.waiting:
            count, name = summary.waiting, summary.assignment
            works = "submission" if count == 1 else "submissions"
            grade.say(console, f"to grade by hand: {count} {works} of {name}")
    for look in report.looks[:_LOOKS]:
        grade.say(console, _line(look))
    if len(report.looks) > _LOOKS:
        more = len(report.looks) - _LOOKS
        grade.say(console, f"and {more} more, on the page")
    if report.unmatched:
        count = len(report.unmatched)
        grade.say(console, f"{count} files without an owner or a place in unmatched/")


def _line(look: ReviewItem) -> str:
    return f"look at {look.student}, {look.assignment}: {'; '.join(look.why)}"


__all__ = ["looks", "spark", "table"]
