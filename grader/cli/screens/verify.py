"""Show the progress of ``grader verify``, its table, and what failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

from grader import api
from grader.cli.screens import printing

if TYPE_CHECKING:
    from grader.authoring.verify.checks import Check
    from grader.authoring.verify.proof import Proof


class Live(printing.LiveView):
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
            printing.TimeLeftColumn(),
            console=console,
            disable=not console.is_terminal,
            speed_estimate_period=printing.PACE_SECONDS,
        )

    def begin(self, notebooks: Sequence[str], count: int) -> None:
        """Print which notebooks are verified.

        Parameters
        ----------
        notebooks
            Their names.
        count
            Number of wrong answers to try.
        """
        names = ", ".join(notebooks)
        answers = f"{count} wrong or blank answer{'' if count == 1 else 's'}"
        printing.say(self._console, f"Preparing {names}: {answers}.")
        self._task = self._progress.add_task("preparing", total=count)

    def left_out(self, assignment: str, notebooks: int) -> None:
        """Say that an assignment is left out, because it has several notebooks."""
        text = f"not verified: {assignment}, because it has {notebooks} notebooks"
        printing.say(self._console, text)

    def at(self, notebook: str) -> None:
        """Show which notebook is being verified."""
        if self._task is not None:
            self._progress.update(self._task, description=printing.marked(notebook))
        if not self._console.is_terminal:
            printing.say(self._console, notebook)

    def tried(self) -> None:
        """Count one more wrong answer as tried."""
        if self._task is not None:
            self._progress.advance(self._task)


# Shown for a check that was not asked for.
_NOT_MADE = "–"


def table(proofs: Sequence[Proof]) -> Table:
    """Return a table with a row for each notebook and a column for each check made."""
    rows = printing.new_table("Do the tests catch wrong answers?")
    # Only this column may wrap, so that numbers are never cut.
    rows.add_column("notebook", overflow="fold")
    columns = {
        title: [_cell(proof, checks) for proof in proofs]
        for title, checks in _columns().items()
    }
    made = {
        title: cells for title, cells in columns.items() if set(cells) != {_NOT_MADE}
    }
    for title in (*made, "s"):
        rows.add_column(title, justify="right", no_wrap=True)
    # Below the table, so that nobody has to look the columns up.
    rows.caption = "\n".join(_meanings(made))
    rows.caption_justify = "left"
    rows.caption_style = "dim"
    for number, proof in enumerate(proofs):
        cells = [of_all[number] for of_all in made.values()]
        seconds = f"{proof.findings.seconds:.0f}"
        rows.add_row(printing.marked(proof.notebook), *cells, seconds)
    return rows


def _meanings(titles: Iterable[str]) -> Iterator[str]:
    """Yield a line for each column, in words."""
    columns = _columns()
    for title in titles:
        meaning = next(filter(None, (check.meaning for check in columns[title])), "")
        if meaning:
            yield f"{title}: {meaning}"


def _columns() -> dict[str, list[Check]]:
    """Return the checks under each column's heading, in order."""
    columns: dict[str, list[Check]] = {}
    for check in api.verify_checks():
        columns.setdefault(check.column, []).append(check)
    return columns


def _cell(proof: Proof, checks: Sequence[Check]) -> str:
    """Return a sign that is readable without its colour, and the checks' numbers."""
    short = {shortfall.point for shortfall in proof.shortfalls}
    failed = not short.isdisjoint(check.title for check in checks)
    figures = [check.figure(proof.findings) for check in checks]
    if not failed and None in figures and not any(figures):
        return _NOT_MADE
    sign = f"[red]{printing.NONE}[/]" if failed else f"[green]{printing.FULL}[/]"
    return " ".join([sign, *filter(None, figures)])


def gaps(console: Console, proofs: Sequence[Proof]) -> None:
    """Print useful notes, then everything that failed.

    Parameters
    ----------
    console
        Where to print.
    proofs
        One for each notebook.
    """
    for proof in proofs:
        checks = api.verify_checks()
        for note in (n for check in checks for n in check.notes(proof.findings)):
            printing.say(console, f"  {proof.notebook}: {note}")
    for proof in proofs:
        for shortfall in proof.shortfalls:
            first, *rest = shortfall.text.split("\n")
            text = f"{printing.NONE} {proof.notebook}: {shortfall.point}: {first}"
            for line in (text, *rest):
                printing.say(console, line)


__all__ = ["Live", "gaps", "table"]
