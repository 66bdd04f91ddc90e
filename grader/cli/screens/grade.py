"""What a person sees at the terminal: progress, tables, where things lie.

Names and messages may stem from a student. Whatever could act on a terminal, or
be taken for our own markup, is shown as what it is: see :func:`literal`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich import box
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from grader.records import Assignment, Result, points_text

FULL, PARTIAL, NONE = "✓", "◐", "✗"
LONGEST_NAME = 24
# A submission takes seconds to minutes: time left is estimated from many of them.
PACE_SECONDS = 1800
TROUBLES = {
    "timeout": "ran out of time",
    "crashed": "crashed",
    "missing": "missing",
    "grader fault": "not graded: the grader failed",
}
# A larger class is summed up: nobody reads a thousand rows.
MOST_ROWS = 200


def literal(text: str) -> str:
    """Return `text` with what cannot be printed spelt out.

    Examples
    --------
    >>> literal("[red]" + chr(27) + "[2J") == "[red]" + chr(92) + "x1b[2J"
    True
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )


def marked(text: str) -> str:
    """Return `text` as markup that shows it as it is."""
    return escape(literal(text))


class LiveView:
    """What all live views are: a progress bar while the ``with`` block runs."""

    _progress: Progress

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


class _Progress(Progress):
    """Progress with one line of text below its bar."""

    below = ""

    def get_renderables(self) -> Iterator[RenderableType]:
        yield from super().get_renderables()
        if self.below:
            yield Text(self.below, no_wrap=True, overflow="ellipsis", style="dim")


class Live(LiveView):
    """Where a run stands: done, running, time left, slowest cell, failures.

    Without a terminal, a plain line for each submission.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._task: TaskID | None = None
        self._done = self._count = self._workers = 0
        self._statuses: Counter[str] = Counter()
        self._slowest = (0.0, "", "")
        self._progress: _Progress = _Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[left]}"),
            console=console,
            disable=not console.is_terminal,
            speed_estimate_period=PACE_SECONDS,
        )

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        """Say what is warmed up."""
        names = ", ".join(a.name for a in assignments)
        say(self._console, f"Warming up for {names}; the solution is graded first.")
        self._task = self._progress.add_task(
            "warming up", total=None, count="", left=""
        )

    def note(self, text: str) -> None:
        """Print a progress note."""
        say(self._console, text)

    def grading(
        self, count: int, unchanged: int, recalled: int, workers: int = 0
    ) -> None:
        """Say how many there are to grade, how many at the same time."""
        if unchanged:
            say(self._console, f"{unchanged} unchanged since graded: nothing to do.")
        if recalled:
            say(self._console, f"{recalled} recorded from grades that were kept.")
        self._count, self._workers = count, workers
        if self._task is not None:
            self._progress.reset(
                self._task,
                description="grading",
                total=count,
                count=f"0/{count}",
                left="left",
            )

    def graded(self, result: Result) -> None:
        """Count one more."""
        self._done += 1
        self._statuses.update(check.status for check in result.cells)
        self._statuses["grader fault"] += result.grader_failed
        slow = max(result.cells, key=lambda check: check.seconds, default=None)
        if slow is not None and slow.seconds > self._slowest[0]:
            self._slowest = slow.seconds, slow.grade_id, result.student
        if self._task is not None:
            count = f"{self._done}/{self._count}"
            self._progress.below = self._below()
            self._progress.update(self._task, advance=1, count=count)
        if not self._console.is_terminal:
            say(
                self._console,
                f"{self._done}/{self._count}  {result.student}  {result.assignment}  "
                f"{points_text(result.score)} of {points_text(result.max_score)}  "
                f"{result.seconds:.1f} s",
            )

    def _below(self) -> str:
        running = min(self._workers, self._count - self._done)
        found = [f"{running} running"] if running else []
        failed = self._statuses["failed"] + self._statuses["error"]
        counts = {"cells failed": failed} | {
            words: self._statuses[status] for status, words in TROUBLES.items()
        }
        found += [f"{count} {words}" for words, count in counts.items() if count]
        seconds, cell, student = self._slowest
        if cell:
            found.append(f"slowest cell {cell} of {student}, {seconds:.1f} s")
        return "  " + literal(", ".join(found))


def say(console: Console, text: str) -> None:
    """Print one line as it is, not folded at the terminal's edge."""
    console.print(literal(text), markup=False, highlight=False, soft_wrap=True)


def new_table(title: str) -> Table:
    """Return an empty table as all of ours look."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )


def score_table(results: Iterable[Result], title: str) -> Table:
    """Return scores, a row for each student, and what was noticed in their work."""
    rows: dict[str, dict[str, Result]] = {}
    for result in results:
        rows.setdefault(result.student, {})[result.assignment] = result
    names = sorted({name for row in rows.values() for name in row})
    table = new_table(title)
    table.add_column("student", no_wrap=True, max_width=LONGEST_NAME)
    for name in names:
        table.add_column(marked(name), justify="right", no_wrap=True)
    table.add_column("noticed", ratio=1, overflow="fold")
    for student, row in rows.items():
        scores = [mark(row[name]) if name in row else "" for name in names]
        table.add_row(
            marked(student), *scores, "\n".join(map(marked, noticed(row.values())))
        )
    return table


def summary_table(results: Iterable[Result], title: str) -> Table:
    """Return a row for each assignment: for a class that is too large for all."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.assignment, []).append(result)
    table = new_table(title)
    table.add_column("assignment", no_wrap=True)
    for name in ("submissions", "mean", "of", FULL, PARTIAL, NONE, "flagged"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, group in sorted(groups.items()):
        full = sum(each.score >= each.max_score for each in group)
        none = sum(each.score <= 0 for each in group)
        mean = sum(each.score for each in group) / len(group)
        flagged = sum(bool(each.flags) for each in group)
        figures = len(group), points_text(mean), points_text(group[0].max_score)
        signs = full, len(group) - full - none, none
        table.add_row(marked(name), *map(str, (*figures, *signs, flagged)))
    return table


def scores(results: Sequence[Result], title: str) -> Table:
    """Return what is said of a class: all scores, or a summary of very many."""
    students = {result.student for result in results}
    make = score_table if len(students) <= MOST_ROWS else summary_table
    return make(results, title)


def mark(result: Result) -> str:
    """Return a score with a sign for full, some or none: not a colour alone."""
    score = f"{points_text(result.score)}/{points_text(result.max_score)}"
    if result.score >= result.max_score:
        return f"[green]{FULL}[/] {score}"
    sign = f"[yellow]{PARTIAL}[/]" if result.score > 0 else f"[red]{NONE}[/]"
    return f"{sign} {score}"


def noticed(results: Iterable[Result], most: int = 3) -> list[str]:
    """Return the first flags, and how much else there is, a line each."""
    several = list(results)
    flags = dict.fromkeys(
        flag.text.rstrip(".") for each in several for flag in each.flags
    )
    shown = list(flags)[:most]
    if more := len(flags) - len(shown):
        shown.append(f"{more} more")
    if count := sum(len(each.repairs) for each in several):
        shown.append(f"{count} repair{'s' if count > 1 else ''}, told to the student")
    if waiting := sum(map(_by_hand, several)):
        shown.append(
            f"{points_text(waiting)} point{'s' if waiting > 1 else ''} to grade by hand"
        )
    return shown


def _by_hand(result: Result) -> float:
    return sum(cell.max_points for cell in result.cells if cell.status == "manual")


def places(console: Console, where: Mapping[str, Path]) -> None:
    """Print where things lie, one line each."""
    width = max(map(len, where))
    for name, path in where.items():
        say(console, f"{name:<{width}}  {path}")


def passed_over(console: Console, ignored: Sequence[str]) -> None:
    """Print what lay in the class folder and was not graded."""
    for each in ignored:
        say(console, f"passed over: {each}")


def warn_unprotected(console: Console, sandbox: str) -> None:
    """Say loudly that there is no jail, if there is none."""
    if sandbox == "none":
        text = (
            "NO SANDBOX: student code runs as you, with your files, your network "
            "and the tests in reach. Grade only code that you would run yourself."
        )
        console.print(text, style="bold white on red")


def grader_faults(results: Sequence[Result]) -> str:
    """Return what to say of submissions that the grader failed to grade."""
    names = ", ".join(f"{each.student} ({each.assignment})" for each in results)
    return (
        f"The grader failed on these, and the students are not to blame: {names}. "
        "Run the same command again: it grades them once more."
    )
