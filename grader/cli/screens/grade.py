"""Show the progress of ``grader grade``, and what is wrong with the course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from grader import api
from grader.cli.screens.printing import (
    LONGEST_NAME,
    PACE_SECONDS,
    LiveView,
    TimeLeftColumn,
    marked,
    new_table,
    say,
)
from grader.records import Assignment, Check, Result, points_text, printable

TROUBLES = {
    "timeout": "ran out of time",
    "crashed": "crashed",
    "missing": "not answered",
    "grader fault": "not graded: the grader failed",
}


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
        self._slowest = (0.0, "")
        self._notebooks: dict[tuple[str, str], Assignment] = {}
        self.problems: list[tuple[str, str]] = []
        self._progress: _Progress = _Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            TimeLeftColumn(),
            console=console,
            disable=not console.is_terminal,
            speed_estimate_period=PACE_SECONDS,
        )

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        """Show which assignments are prepared."""
        for each in assignments:
            self._notebooks[each.name, each.notebook] = each
            self._notebooks[each.name, ""] = each
        names = ", ".join(dict.fromkeys(each.name for each in assignments))
        say(self._console, f"Preparing {names}; the solution is graded first.")
        self._task = self._progress.add_task("preparing", total=None, count="")

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
            )

    def graded(self, result: Result) -> None:
        """Show the grade of one more submission."""
        self._done += 1
        self._statuses.update(check.status for check in result.cells)
        self._statuses["grader fault"] += result.grader_failed
        slow = max(result.cells, key=lambda check: check.seconds, default=None)
        if slow is not None and slow.seconds > self._slowest[0]:
            self._slowest = slow.seconds, self._cell_in_words(slow, result)
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
        seconds, cell = self._slowest
        if cell:
            texts.append(f"slowest: {cell}, {seconds:.1f} s")
        return "  " + printable(", ".join(texts))

    def _cell_in_words(self, check: Check, result: Result) -> str:
        """Return in words which cell of which student this is."""
        notebook = self._notebooks.get((result.assignment, check.notebook))
        cell = f"cell {check.grade_id}"
        if notebook is not None:
            cell = api.cell_in_words(check.grade_id, notebook)
        return f"{cell} of {result.student}"


def course_problems(console: Console, problems: Sequence[tuple[str, str]]) -> None:
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
