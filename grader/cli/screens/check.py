"""What a student sees of ``grader check``: a table of questions, then what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from grader.cli.screens.grade import FULL, NONE, marked, new_table, say
from grader.records import points_text

if TYPE_CHECKING:
    from grader.grading.self_check import Question, Report, State

#: What each state is called, with a sign: nothing is told by colour alone.
WORDS: dict[State, str] = {
    "passes": f"[green]{FULL}[/] visible tests pass",
    "fails": f"[red]{NONE}[/] a visible test fails",
    "blank": "[yellow]–[/] still blank",
    "missing": f"[red]{NONE}[/] no answer found",
    "by hand": f"[green]{FULL}[/] answered; a person grades it",
}
UNPROTECTED = (
    "NO SANDBOX: this notebook runs as you, with your files and your network. "
    "Do that with your own notebook only."
)


def show(console: Console, report: Report) -> None:
    """Print all that was found."""
    console.print(table(report.questions))
    for each in report.repairs:
        say(console, f"would be mended: {each}")
    for each in report.noticed:
        say(console, f"noticed: {each}")
    if not report.reference.untouched:
        say(
            console,
            "There is no untouched copy of this notebook to compare it with: what was "
            "deleted cannot be seen, and the tests are those in it.",
        )
    say(console, summary(report))


def table(questions: Sequence[Question]) -> Table:
    """Return a row for each question."""
    made = new_table("Questions")
    made.add_column("question", overflow="fold")
    made.add_column("points", justify="right", no_wrap=True)
    made.add_column("state", no_wrap=True)
    made.add_column("what the test says", ratio=1, overflow="fold")
    for each in questions:
        made.add_row(
            marked(each.title),
            points_text(each.points),
            WORDS[each.state],
            marked(each.message),
        )
    return made


def summary(report: Report) -> str:
    """Return how many questions stand how, in one line."""
    count = len(report.questions)
    states = [each.state for each in report.questions]
    answered = count - states.count("blank") - states.count("missing")
    failing = states.count("fails")
    said = f"It can be graded. {answered} of {count} questions answered"
    said += f", {failing} with a visible test that fails. " if failing else ". "
    if report.complete:
        said += "All visible tests pass; hidden ones look at more."
    return said.strip()


def content(report: Report) -> dict[str, Any]:
    """Return what ``--json`` writes."""
    return {
        "assignment": report.reference.assignment.label,
        "compared_with": report.reference.where,
        "untouched": report.reference.untouched,
        "complete": report.complete,
        "questions": [asdict(each) for each in report.questions],
        "repairs": list(report.repairs),
        "noticed": list(report.noticed),
    }


__all__ = ["UNPROTECTED", "content", "say", "show", "summary", "table"]
