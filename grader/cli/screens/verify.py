"""What ``grader verify`` shows: a bar with count and time left, a table, the gaps."""

from __future__ import annotations

from collections.abc import Sequence
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
    TimeRemainingColumn,
)
from rich.table import Table

from grader import api
from grader.cli.screens import grade

if TYPE_CHECKING:
    from grader.authoring.verify.checks import Check
    from grader.authoring.verify.proof import Proof


class Live(grade.LiveView):
    """A progress bar over all wrong answers; plain lines without a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._task: TaskID | None = None
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            disable=not console.is_terminal,
            speed_estimate_period=grade.PACE_SECONDS,
        )

    def begin(self, notebooks: Sequence[str], count: int) -> None:
        """Say what there is to do."""
        names = ", ".join(notebooks)
        grade.say(self._console, f"Warming up for {names}: {count} wrong answers.")
        self._task = self._progress.add_task("warming up", total=count)

    def at(self, notebook: str) -> None:
        """Say which notebook is tried."""
        if self._task is not None:
            self._progress.update(self._task, description=grade.marked(notebook))
        if not self._console.is_terminal:
            grade.say(self._console, notebook)

    def tried(self) -> None:
        """Count one more."""
        if self._task is not None:
            self._progress.advance(self._task)


def table(proofs: Sequence[Proof]) -> Table:
    """Return a row for each notebook, with a column for each check."""
    made = grade.new_table("Are the tests any good?")
    # The one column that may be narrowed, on two lines: figures stay whole.
    made.add_column("notebook", overflow="fold")
    columns = _columns()
    for title in (*columns, "s"):
        made.add_column(title, justify="right", no_wrap=True)
    for proof in proofs:
        cells = [_cell(proof, checks) for checks in columns.values()]
        seconds = f"{proof.findings.seconds:.0f}"
        made.add_row(grade.marked(proof.notebook), *cells, seconds)
    return made


def _columns() -> dict[str, list[Check]]:
    """Return the checks by the heading of their column, in order."""
    columns: dict[str, list[Check]] = {}
    for check in api.verify_checks():
        columns.setdefault(check.column, []).append(check)
    return columns


def _cell(proof: Proof, checks: Sequence[Check]) -> str:
    """Return a sign, which is not a colour alone, and the figures of the checks."""
    short = {each.point for each in proof.shortfalls}
    wanting = not short.isdisjoint(check.title for check in checks)
    figures = [check.figure(proof.findings) for check in checks]
    if not wanting and all(figure is None for figure in figures):
        return "–"
    sign = f"[red]{grade.NONE}[/]" if wanting else f"[green]{grade.FULL}[/]"
    return " ".join([sign, *filter(None, figures)])


def gaps(console: Console, proofs: Sequence[Proof]) -> None:
    """Print what is good to know, then all that falls short."""
    for proof in proofs:
        checks = api.verify_checks()
        for note in (n for check in checks for n in check.notes(proof.findings)):
            grade.say(console, f"  {proof.notebook}: {note}")
    for proof in proofs:
        for each in proof.shortfalls:
            first, *rest = each.text.split("\n")
            text = f"{grade.NONE} {proof.notebook}: {each.point}: {first}"
            for line in (text, *rest):
                grade.say(console, line)


__all__ = ["Live", "gaps", "table"]
