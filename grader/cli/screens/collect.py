"""Print what ``grader collect`` does: a progress bar, a table and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from grader.cli.screens import printing

if TYPE_CHECKING:
    from grader.collect.filing import CollectRow, CollectStatus

MOST_ROWS = 60
"""With more rows than this, the table leaves out those without any remark."""

MAX_REMARKED_ROWS = 600
"""With more remarked rows than this, the table shows only the first ones."""

WORDS: dict[CollectStatus, str] = {
    "new": "collected",
    "updated": "collected, replaces an earlier one",
    "unchanged": "unchanged",
    "older": "not the newest, kept in earlier/",
    "refused": "refused",
    "unmatched": "unmatched, kept in unmatched/",
    "left out": "not handed in, left out",
}
_SIGNS: dict[CollectStatus, str] = {
    "new": f"[green]{printing.FULL}[/]",
    "updated": f"[green]{printing.FULL}[/]",
    "unchanged": f"[green]{printing.FULL}[/]",
    "older": f"[yellow]{printing.PARTIAL}[/]",
    "refused": f"[red]{printing.NONE}[/]",
    "unmatched": f"[red]{printing.NONE}[/]",
    "left out": f"[dim]{printing.NONE}[/]",
}


class Live(printing.LiveView):
    """A progress bar over files; shows nothing without a terminal."""

    def __init__(self, console: Console) -> None:
        self._task: TaskID | None = None
        #: The due dates before, by the assignments whose due date has changed.
        self.due_dates: dict[str, datetime | None] = {}
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )

    def reading(self) -> None:
        """Count one more file."""
        if self._task is None:
            self._task = self._progress.add_task("reading", total=None)
        self._progress.advance(self._task)

    def sorting(self, count: int) -> None:
        """Show that all files were read.

        Parameters
        ----------
        count
            Number of files to sort.
        """
        if self._task is not None:
            self._progress.update(self._task, description="sorting", total=count)

    def due(self, assignment: str, before: datetime | None) -> None:
        """Remember that the gradebook has a new due date of an assignment.

        Parameters
        ----------
        assignment
            Its name.
        before
            The due date that it had; None if it had none.
        """
        self.due_dates[assignment] = before

    def filed(self, row: CollectRow) -> None:
        """Show which submission was filed."""
        if self._task is not None:
            name = printing.marked(row.student or row.source)[: printing.LONGEST_NAME]
            self._progress.update(self._task, description=f"filing {name}")


def table(rows: Sequence[CollectRow], *, dry_run: bool = False) -> Table:
    """Return a table with a row for each submission and each unmatched file.

    Parameters
    ----------
    rows
        What was done with each file.
    dry_run
        Whether nothing was written, which the title says.
    """
    result = printing.new_table("What would be collected" if dry_run else "Collected")
    result.add_column("student", no_wrap=True, max_width=printing.LONGEST_NAME)
    result.add_column("assignment", no_wrap=True, max_width=printing.LONGEST_NAME)
    result.add_column("submitted", no_wrap=True)
    result.add_column("late", no_wrap=True)
    result.add_column("what", ratio=1, overflow="fold")
    for row in _shown(rows):
        result.add_row(
            f"{_SIGNS[row.status]} {printing.marked(row.student or '?')}",
            printing.marked(row.assignment),
            row.submitted[:16].replace("T", " "),
            printing.marked(row.late),
            "\n".join(map(printing.marked, _what(row))),
        )
    return result


def _shown(rows: Sequence[CollectRow]) -> list[CollectRow]:
    rows = [row for row in rows if row.status != "left out"]
    if len(rows) <= MOST_ROWS:
        return list(rows)
    remarked = [row for row in rows if row.falls_short or row.late or _remarks(row)]
    return remarked[:MAX_REMARKED_ROWS]


def _what(row: CollectRow) -> list[str]:
    source = row.source if row.falls_short and not row.student else ""
    first = f"{source} {WORDS[row.status]}".strip()
    return [first, *_remarks(row)]


def _remarks(row: CollectRow) -> list[str]:
    return [*row.repairs, *row.notes]


def due_dates(console: Console, before: Mapping[str, datetime | None]) -> None:
    """Print which due dates the gradebook has now.

    Parameters
    ----------
    console
        Where to print.
    before
        The due dates before, by the assignments whose due date has changed.
    """
    if before:
        printing.say(console, f"due date kept in the gradebook: {', '.join(before)}")
    for assignment, old in before.items():
        if old is not None:
            was = f"{old.astimezone():%Y-%m-%d %H:%M %Z}"
            printing.say(console, f"  {assignment}: it was {was}")


def totals(rows: Sequence[CollectRow]) -> dict[str, int]:
    """Count the submissions by what was done with them."""
    count = Counter(row.status for row in rows)
    matched = [row for row in rows if row.student and row.assignment]
    return {
        "matched": len(matched),
        "new": count["new"],
        "updated": count["updated"],
        "unchanged": count["unchanged"],
        "older": count["older"],
        "repaired": sum(bool(row.repairs) for row in rows),
        "late": sum(bool(row.late) for row in rows),
        "unmatched": count["unmatched"],
        "refused": count["refused"],
        "left_out": count["left out"],
    }


def summary(rows: Sequence[CollectRow]) -> str:
    """Return the totals as one line, without those that are 0."""
    counts = totals(rows)
    hidden = len(rows) - counts["left_out"] - len(_shown(rows))
    more = f" ({hidden} rows not shown; --json writes all)" if hidden else ""
    words = {"left_out": "left out because not handed in"}
    texts = (
        f"{n} {words.get(name, name)}"
        for name, n in counts.items()
        if n or name == "matched"
    )
    return ", ".join(texts) + more


__all__ = ["WORDS", "Live", "due_dates", "summary", "table", "totals"]
