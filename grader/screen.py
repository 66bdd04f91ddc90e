"""What a person sees at the terminal: progress, tables, where things lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
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

from grader.batch import Watcher
from grader.records import Assignment, Result

FULL, PARTIAL, NONE = "✓", "◐", "✗"


class Live(Watcher):
    """A progress bar with count and time left; plain lines without a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._task: TaskID | None = None
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=console,
            disable=not console.is_terminal,
        )

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        names = ", ".join(a.name for a in assignments)
        self._console.print(f"Warming up for {names}; the solution is graded first.")
        self._task = self._progress.add_task("warming up", total=None)

    def grading(self, count: int, unchanged: int) -> None:
        if unchanged:
            self._console.print(f"{unchanged} unchanged since they were graded.")
        if self._task is not None:
            self._progress.update(self._task, description="grading", total=count)

    def graded(self, result: Result) -> None:
        if self._task is not None:
            self._progress.advance(self._task)
        if not self._console.is_terminal:
            self._console.print(
                f"{result.student}  {result.assignment}  "
                f"{result.score:g} of {result.max_score:g}  {result.seconds:.1f} s",
                highlight=False,
                soft_wrap=True,
            )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()


def score_table(results: Iterable[Result], title: str) -> Table:
    """Return scores, a row for each student, and what was noticed in their work."""
    rows: dict[str, dict[str, Result]] = {}
    for result in results:
        rows.setdefault(result.student, {})[result.assignment] = result
    names = sorted({name for row in rows.values() for name in row})
    table = Table(title=title, title_justify="left", pad_edge=False, show_lines=False)
    table.add_column("student", no_wrap=True)
    for name in names:
        table.add_column(escape(name), justify="right", no_wrap=True)
    table.add_column("noticed", ratio=1)
    for student, row in rows.items():
        scores = [mark(row[name]) if name in row else "" for name in names]
        table.add_row(escape(student), *scores, escape(noticed(row.values())))
    return table


def mark(result: Result) -> str:
    """Return a score with a sign for full, some or none: not a colour alone."""
    score = f"{result.score:g}/{result.max_score:g}"
    if result.score >= result.max_score:
        return f"[green]{FULL}[/] {score}"
    sign = f"[yellow]{PARTIAL}[/]" if result.score > 0 else f"[red]{NONE}[/]"
    return f"{sign} {score}"


def noticed(results: Iterable[Result], most: int = 4) -> str:
    """Return the first flags, and how much else there is, in one line."""
    several = list(results)
    flags = dict.fromkeys(flag.rstrip(".") for each in several for flag in each.flags)
    shown = list(flags)[:most]
    if more := len(flags) - len(shown):
        shown.append(f"{more} more")
    if count := sum(len(each.repairs) for each in several):
        shown.append(f"{count} repair{'s' if count > 1 else ''}, told to the student")
    return "; ".join(shown)


def places(console: Console, where: Mapping[str, Path]) -> None:
    """Print where things lie, one line each."""
    width = max(map(len, where))
    for name, path in where.items():
        console.print(f"{name:<{width}}  {path}", highlight=False, soft_wrap=True)


def passed_over(console: Console, ignored: Sequence[str]) -> None:
    """Print what lay in the class folder and was not graded."""
    for each in ignored:
        console.print(f"passed over: {each}", highlight=False, soft_wrap=True)


def warn_unprotected(console: Console, sandbox: str) -> None:
    """Say loudly that there is no jail, if there is none."""
    if sandbox == "none":
        text = (
            "NO SANDBOX: student code runs as you, with your files, your network "
            "and the tests in reach. Grade only code that you would run yourself."
        )
        console.print(f"[bold white on red] {text} [/]")
