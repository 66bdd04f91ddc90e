"""Show the progress of ``grader grade``, tables of scores, and paths.

Names and messages may come from a student. Characters that could control the
terminal, or be read as Rich's markup, are escaped: see :func:`literal`.
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

from grader.records import Assignment, Flag, Result, points_text

FULL, PARTIAL, NONE = "✓", "◐", "✗"
LONGEST_NAME = 24
# A submission takes seconds to minutes, so the time left is estimated from many.
PACE_SECONDS = 1800
TROUBLES = {
    "timeout": "ran out of time",
    "crashed": "crashed",
    "missing": "missing",
    "grader fault": "not graded: the grader failed",
}
# A class with more students is shown as a summary.
MOST_ROWS = 200


def literal(text: str) -> str:
    """Return `text` with unprintable characters written as escape sequences.

    Examples
    --------
    >>> literal("[red]" + chr(27) + "[2J") == "[red]" + chr(92) + "x1b[2J"
    True
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )


def marked(text: str) -> str:
    """Return Rich markup that shows `text` literally."""
    return escape(literal(text))


class LiveView:
    """Base of all live views: a progress bar while the ``with`` block runs."""

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
    """A progress bar with one line of text below it."""

    below = ""

    def get_renderables(self) -> Iterator[RenderableType]:
        yield from super().get_renderables()
        if self.below:
            yield Text(self.below, no_wrap=True, overflow="ellipsis", style="dim")


class Live(LiveView):
    """The state of a run: count, time left, slowest cell, failures.

    Without a terminal, it prints a plain line for each submission.

    Attributes
    ----------
    problems : list of (str, str)
        Assignment of each notebook of the course that was left out, and the reason.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._task: TaskID | None = None
        self._done = self._count = self._workers = 0
        self._statuses: Counter[str] = Counter()
        self._slowest = (0.0, "", "")
        self.problems: list[tuple[str, str]] = []
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
        """Show which assignments are prepared."""
        names = ", ".join(assignment.name for assignment in assignments)
        say(self._console, f"Preparing {names}; the solution is graded first.")
        self._task = self._progress.add_task("preparing", total=None, count="", left="")

    def note(self, text: str) -> None:
        """Print a progress note."""
        say(self._console, text)

    def left_out(self, assignment: str, reason: str) -> None:
        """Remember a notebook of the course that is left out, with the reason."""
        text = f"a notebook of this assignment was left out: {reason}"
        self.problems.append((assignment, text))

    def grading(
        self, count: int, unchanged: int, recalled: int, workers: int = 0
    ) -> None:
        """Show how much there is to grade.

        Parameters
        ----------
        count
            Submissions to grade.
        unchanged
            Submissions that have not changed since they were graded.
        recalled
            Submissions whose grade was known from an identical earlier one.
        workers
            Submissions that are graded at the same time.
        """
        if unchanged:
            say(self._console, f"{unchanged} unchanged since they were graded.")
        if recalled:
            say(self._console, f"{recalled} recorded from earlier grades.")
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
        """Show the grade of one more submission."""
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
        texts = [f"{running} running"] if running else []
        failed = self._statuses["failed"] + self._statuses["error"]
        counts = {"cells failed": failed} | {
            words: self._statuses[status] for status, words in TROUBLES.items()
        }
        texts += [f"{count} {words}" for words, count in counts.items() if count]
        seconds, cell, student = self._slowest
        if cell:
            texts.append(f"slowest cell {cell} of {student}, {seconds:.1f} s")
        return "  " + literal(", ".join(texts))


def say(console: Console, text: str) -> None:
    """Print one line literally, without wrapping.

    Parameters
    ----------
    console
        Where to print.
    text
        The line; it may come from a student.
    """
    console.print(literal(text), markup=False, highlight=False, soft_wrap=True)


def new_table(title: str) -> Table:
    """Return an empty table in the style of all commands."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )


def score_table(results: Iterable[Result], title: str) -> Table:
    """Return a table of scores and remarks, with a row for each student.

    Parameters
    ----------
    results
        The results of a class.
    title
        The table's title.
    """
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
    """Return a summary for a large class, with a row for each assignment.

    Parameters
    ----------
    results
        The results of a class.
    title
        The table's title.
    """
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.assignment, []).append(result)
    table = new_table(title)
    table.add_column("assignment", no_wrap=True)
    for name in ("submissions", "mean", "of", FULL, PARTIAL, NONE, "flagged"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, group in sorted(groups.items()):
        full = sum(result.score >= result.max_score for result in group)
        none = sum(result.score <= 0 for result in group)
        mean = sum(result.score for result in group) / len(group)
        flagged = sum(any(_about_work(result)) for result in group)
        figures = len(group), points_text(mean), points_text(group[0].max_score)
        signs = full, len(group) - full - none, none
        table.add_row(marked(name), *map(str, (*figures, *signs, flagged)))
    return table


def scores(results: Sequence[Result], title: str) -> Table:
    """Return a table of all scores, or a summary if there are very many students.

    Parameters
    ----------
    results
        The results of a class.
    title
        The table's title.
    """
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
    """Return remarks on a student's work, one line each.

    Parameters
    ----------
    results
        The results of one student.
    most
        Number of flags to show; the others are counted.
    """
    several = list(results)
    flags = dict.fromkeys(
        flag.text.rstrip(".") for result in several for flag in _about_work(result)
    )
    shown = list(flags)[:most]
    if more := len(flags) - len(shown):
        shown.append(f"{more} more")
    if count := sum(len(result.repairs) for result in several):
        shown.append(f"{count} repair{'s' if count > 1 else ''}, shown to the student")
    if waiting := sum(map(_by_hand, several)):
        shown.append(
            f"{points_text(waiting)} point{'s' if waiting > 1 else ''} to grade by hand"
        )
    return shown


def _about_work(result: Result) -> Iterator[Flag]:
    """Yield the flags about a submission, without those about the course."""
    return (flag for flag in result.flags if flag.kind != "course")


def _by_hand(result: Result) -> float:
    return sum(cell.max_points for cell in result.cells if cell.status == "manual")


def course(console: Console, problems: Sequence[tuple[str, str]]) -> None:
    """Print a table of what is wrong with the course itself, if anything is.

    Parameters
    ----------
    console
        Where to print.
    problems
        The assignment, and what is wrong with it.
    """
    if problems:
        table = new_table("To mend in the course; everything else was graded")
        table.add_column("assignment", no_wrap=True, max_width=LONGEST_NAME)
        table.add_column("what", ratio=1, overflow="fold")
        for assignment, text in problems:
            table.add_row(marked(assignment), marked(text))
        console.print(table)


def places(console: Console, where: Mapping[str, Path]) -> None:
    """Print the paths of files, one line each.

    Parameters
    ----------
    console
        Where to print.
    where
        The paths by what they are.
    """
    width = max(map(len, where))
    for name, path in where.items():
        say(console, f"{name:<{width}}  {path}")


def warn_unprotected(console: Console, sandbox: str) -> None:
    """Print a conspicuous warning if student code runs without a sandbox.

    Parameters
    ----------
    console
        Where to print.
    sandbox
        The sandbox that was chosen.
    """
    if sandbox == "none":
        text = (
            "NO SANDBOX: student code runs with your user account and can reach your "
            "files, your network and the tests. Grade only code that you trust."
        )
        console.print(text, style="bold white on red")


def grader_faults(results: Sequence[Result]) -> str:
    """Return a message about the submissions that the grader failed to grade."""
    names = ", ".join(f"{result.student} ({result.assignment})" for result in results)
    return (
        f"The grader failed on these submissions, through no fault of the students: "
        f"{names}. Run the same command again to grade them."
    )
