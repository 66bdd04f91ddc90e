"""Show progress while notebooks run, and a table at the end."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from grader.cli.screens.printing import LiveView, TimeLeftColumn, places

if TYPE_CHECKING:
    from grader.authoring.run.outcome import Job, Outcome


class Live(LiveView):
    """A progress bar for each running notebook, and one for all.

    Without a terminal, it prints plain lines.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._cells: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._rows: dict[str, TaskID] = {}
        self._finished = 0
        self._begun = self._seconds = 0.0
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[note]}", markup=False),
            TimeElapsedColumn(),
            TimeLeftColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._all = self._progress.add_task("notebooks", total=None, note="")

    def starting(self, jobs: Sequence[Job], workers: int) -> None:
        """Print which notebooks run; see `grader.authoring.run.watcher`."""
        names = ", ".join(job.name for job in jobs)
        self._console.print(f"Running {names}; {workers} at a time.", highlight=False)
        self._cells = {j.name: len(json.loads(j.source)["cells"]) for j in jobs}
        total = sum(self._cells.values())
        self._progress.update(self._all, total=total, note=self._count())

    def _count(self) -> str:
        return f"{self._finished} of {len(self._cells)} done"

    def reached(self, name: str, number: int, cell: str) -> None:
        """Show which cell a notebook has reached."""
        total = self._cells[name]
        if name not in self._rows:
            self._rows[name] = self._progress.add_task(name, total=total, note="")
        note = f"cell {number} of {total}: {cell}" if number else cell
        before = max(number - 1, 0)
        self._progress.update(self._rows[name], completed=before, note=note)
        self._advance(name, before)

    def _advance(self, name: str, cells: int) -> None:
        self._done[name] = cells
        done = sum(self._done.values())
        self._progress.update(self._all, completed=done, note=self._count())

    def finished(self, outcome: Outcome) -> None:
        """Print how a notebook ended, and remove its bar."""
        self._finished += 1
        self._advance(outcome.name, self._cells[outcome.name])
        if outcome.name in self._rows:
            self._progress.remove_task(self._rows.pop(outcome.name))
        print_outcome(self._progress.console, outcome)

    def __enter__(self) -> Self:
        self._begun = time.monotonic()
        return super().__enter__()

    def __exit__(self, *raised: Any) -> None:
        super().__exit__(*raised)
        self._seconds = time.monotonic() - self._begun

    def conclude(self, outcomes: Sequence[Outcome], files: Mapping[str, Path]) -> None:
        """Print the table, and where the files are.

        Parameters
        ----------
        outcomes
            The notebooks that were run.
        files
            The files that were written, by what they are.
        """
        self._console.print(table(outcomes, self._seconds))
        places(self._console, files)


def print_outcome(console: Console, outcome: Outcome) -> None:
    """Print how one notebook ended: a line, and one more for each failure.

    Parameters
    ----------
    console
        Where to print.
    outcome
        How the notebook ended.
    """
    sign = "[red]✗[/]" if outcome.failures else "[green]✓[/]"
    blank = f", {outcome.blank}" if outcome.blank else ""
    line = f"{sign} {escape(outcome.name)}  {outcome.seconds:.1f} s{blank}"
    console.print(line, highlight=False, soft_wrap=True)
    for stop in outcome.failures:
        text = f"  {outcome.path}, {stop.place}: {stop.error}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)


def table(outcomes: Sequence[Outcome], seconds: float) -> Table:
    """Return a table of times and peak memory, with a row for each notebook.

    Parameters
    ----------
    outcomes
        The notebooks that were run.
    seconds
        Wall time of the whole run.
    """
    rows = Table(title="Notebooks", title_justify="left", pad_edge=False)
    rows.add_column("notebook", no_wrap=True)
    for name in ("seconds", "peak MiB", "figures"):
        rows.add_column(name, justify="right", no_wrap=True)
    rows.add_column("result")
    for outcome in outcomes:
        numbers = f"{outcome.seconds:.1f}", f"{outcome.peak_mb:.0f}"
        figures = str(outcome.figures)
        rows.add_row(escape(outcome.name), *numbers, figures, _verdict(outcome))
    added = sum(outcome.seconds for outcome in outcomes)
    rows.caption = f"{seconds:.1f} s in total; the notebooks add up to {added:.1f} s"
    return rows


def _verdict(outcome: Outcome) -> str:
    blank = f", {outcome.blank}" if outcome.blank else ""
    if not outcome.failures:
        return f"[green]✓[/] passed{blank}"
    return f"[red]✗[/] {len(outcome.failures)} failed{blank}"


__all__ = ["Live", "print_outcome", "table"]
