"""The table of ``grader check``."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from grader.cli.screens.check import table
from grader.grading.self_check import Question

BLANK = Question("Exercise 3 · Refuse impossible sizes", 2, "blank")
FAILS = Question("Exercise 4 · A stride", 3, "fails", "a row lacks")


def lines(*questions: Question) -> list[str]:
    """Return the table as a terminal of 80 columns shows it."""
    shown = StringIO()
    Console(file=shown, width=80).print(table(questions))
    return shown.getvalue().splitlines()


def test_names_get_the_room_where_no_test_has_a_message() -> None:
    _, heads, _, row = lines(BLANK)
    assert "message" not in heads
    assert BLANK.title in row


def test_a_message_is_shown() -> None:
    text = "\n".join(lines(BLANK, FAILS))
    assert "message" in text
    assert "a row lacks" in text
