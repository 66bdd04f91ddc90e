"""Print a class report: a row for each assignment, then what to review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from grader.cli.screens import printing
from grader.cli.screens.grade import course_problems
from grader.records import points_text

if TYPE_CHECKING:
    from grader.reports.class_report import (
        AssignmentSummary,
        ClassReport,
        LateItem,
        ReviewItem,
    )

_BLOCKS = " ▁▂▃▄▅▆▇█"
_MAX_CELLS = 3
_MAX_REVIEWS = 20


def table(report: ClassReport) -> Table:
    """Return a table of the scores of each assignment."""
    rows = printing.new_table("The class")
    rows.add_column("assignment", no_wrap=True, max_width=printing.LONGEST_NAME)
    late = ("late",) if report.late else ()
    for name in ("graded", "absent", *late, "mean", "median", "of"):
        rows.add_column(name, justify="right", no_wrap=True)
    rows.add_column("0 to full", no_wrap=True)
    for summary in report.summaries:
        count = (str(report.late_in(summary.assignment)),) if report.late else ()
        rows.add_row(*_cells(summary, count))
    return rows


def _cells(summary: AssignmentSummary, late: tuple[str, ...]) -> list[str]:
    return [
        printing.marked(summary.assignment),
        str(len(summary.scores)),
        str(len(summary.absent)),
        *late,
        points_text(summary.mean),
        points_text(summary.median),
        points_text(summary.max_score),
        spark(summary.bins),
    ]


def spark(bins: Sequence[int]) -> str:
    """Return counts as a bar chart in one line; any count above 0 is visible.

    Examples
    --------
    >>> spark([0, 1, 100])
    ' ▁█'
    """
    most = max(bins, default=0) or 1
    return "".join(_BLOCKS[-(-8 * count // most)] for count in bins)


def hardest(console: Console, report: ClassReport) -> None:
    """Print for each assignment in which cells most points were lost.

    Parameters
    ----------
    console
        Where to print.
    report
        The report on the class.
    """
    for summary in report.summaries:
        cells = [f"{c.title} {c.share:.0%}" for c in summary.hardest[:_MAX_CELLS]]
        if cells:
            text = f"lowest scores in {summary.assignment}: {', '.join(cells)}"
            printing.say(console, text)


def late(console: Console, report: ClassReport) -> None:
    """Print who was late, by how much and with which penalty: one line per assignment.

    Parameters
    ----------
    console
        Where to print.
    report
        The report on the class.
    """
    for summary in report.summaries:
        items = [i for i in report.late if i.assignment == summary.assignment]
        if items:
            text = f"late in {summary.assignment}: {printing.some(map(_late, items))}"
            printing.say(console, text)


def _late(item: LateItem) -> str:
    penalty = f", -{points_text(item.penalty)}" if item.penalty else ""
    return f"{item.student} ({item.late or 'not late now'}{penalty})"


def looks(console: Console, report: ClassReport) -> None:
    """Print what a person should review, one line each.

    Parameters
    ----------
    console
        Where to print.
    report
        The report on the class.
    """
    for summary in report.summaries:
        if summary.waiting:
            count, name = summary.waiting, summary.assignment
            works = "submission" if count == 1 else "submissions"
            printing.say(console, f"to grade by hand: {count} {works} of {name}")
    course_problems(console, report.course)
    lines = _reviews(report.looks)
    for line in lines[:_MAX_REVIEWS]:
        printing.say(console, line)
    if (more := len(lines) - _MAX_REVIEWS) > 0:
        printing.say(console, f"and {more} more on the page")
    if report.unmatched:
        count = len(report.unmatched)
        printing.say(
            console,
            f"{count} files in unmatched/: their student or assignment is not known",
        )


def _reviews(looks: Sequence[ReviewItem]) -> list[str]:
    """Return a line for all submissions to review for the same reason."""
    students: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for look in looks:
        students.setdefault((look.assignment, look.why), []).append(look.student)
    return [
        f"review {printing.some(names)}, {assignment}: {'; '.join(why)}"
        for (assignment, why), names in students.items()
    ]


__all__ = ["hardest", "late", "looks", "spark", "table"]
