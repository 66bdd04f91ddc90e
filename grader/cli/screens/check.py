"""Print the result of ``grader check``: a table of questions, then a summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from grader.cli.screens.printing import FULL, NONE, marked, new_table, say
from grader.records import points_text

if TYPE_CHECKING:
    from grader.grading.self_check import Question, Report, State

#: The words for each state. Each has a sign, so that no colour is needed to read it.
WORDS: dict[State, str] = {
    "passes": f"[green]{FULL}[/] visible tests pass",
    "fails": f"[red]{NONE}[/] a visible test fails",
    "blank": "[yellow]–[/] not answered yet",
    "missing": f"[red]{NONE}[/] no answer found",
    "answered": f"[green]{FULL}[/] answered; marked after you submit",
    "by hand": f"[green]{FULL}[/] answered; a person grades it",
}
ALL_DONE = (
    "Every visible test passes. They compare a few worked values; hidden tests use "
    "other inputs. Questions are marked after you submit."
)
# Columns of a terminal in which messages have room beside the other columns.
_WIDE = 110
UNPROTECTED = (
    "NO SANDBOX: this notebook runs with your user account, your files and your "
    "network. Use it only for your own notebook."
)


def show(console: Console, report: Report) -> None:
    """Print the whole result of checking a notebook.

    Parameters
    ----------
    console
        Where to print.
    report
        The result.
    """
    show_questions(console, report.questions)
    for cell in report.stopped:
        say(console, f"a cell below {cell.below} stopped with an error: {cell.error}")
    for repair in report.repairs:
        say(console, f"grading would repair: {repair}")
    for event in report.noticed:
        say(console, f"noticed: {event}")
    if not report.reference.untouched:
        say(
            console,
            "There is no original copy of this notebook to compare it with. Deleted "
            "cells cannot be detected, and the tests are those in your notebook.",
        )
    say(console, summary(report))


def show_questions(console: Console, questions: Sequence[Question]) -> None:
    """Print a table with a row for each question, and the messages of tests.

    The messages are a column of the table if the terminal is wide, else they follow it.
    Where no test has one, the names of the questions get the room.

    Parameters
    ----------
    console
        Where to print.
    questions
        The questions.
    """
    said = [question for question in questions if question.message]
    beside = bool(said) and console.width >= _WIDE
    console.print(_table(questions, messages=beside))
    for question in [] if beside else said:
        text = marked(f"{question.title}: {question.message}")
        console.print(text, highlight=False)


def _table(questions: Sequence[Question], *, messages: bool) -> Table:
    rows = new_table("Questions")
    rows.add_column("question", overflow="fold")
    rows.add_column("points", justify="right", no_wrap=True)
    rows.add_column("state", no_wrap=True)
    if messages:
        rows.add_column("message of the test", ratio=1, overflow="fold")
    for question in questions:
        message = [marked(question.message)] if messages else []
        rows.add_row(
            marked(question.title),
            points_text(question.points),
            WORDS[question.state],
            *message,
        )
    return rows


def summary(report: Report) -> str:
    """Return one line on how many questions are answered and pass."""
    count = len(report.questions)
    states = [question.state for question in report.questions]
    answered = count - states.count("blank") - states.count("missing")
    failing = states.count("fails")
    text = f"It can be graded. {answered} of {count} answered"
    text += f", {failing} with a failing visible test." if failing else "."
    if stopped := len(report.stopped):
        cells = "1 cell" if stopped == 1 else f"{stopped} cells"
        text += f" {cells} around the answers stopped with an error."
    return f"{text} {ALL_DONE}" if report.complete else text


def content(report: Report) -> dict[str, Any]:
    """Return the result as ``--json`` writes it."""
    return {
        "assignment": report.reference.assignment.label,
        "compared_with": report.reference.where,
        "untouched": report.reference.untouched,
        "complete": report.complete,
        "questions": [asdict(question) for question in report.questions],
        "stopped": [asdict(cell) for cell in report.stopped],
        "repairs": list(report.repairs),
        "noticed": list(report.noticed),
    }


__all__ = ["UNPROTECTED", "content", "say", "show", "show_questions", "summary"]
