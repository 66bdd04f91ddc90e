"""The table of ``grader check``."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from grader.cli.screens.check import show_questions
from grader.grading.self_check import Question

BLANK = Question("Exercise 3 · Refuse impossible sizes", 2, "blank")
FAILS = Question("Exercise 4 · A stride", 3, "fails", "a row lacks")


LONG = replace(FAILS, message="for (3×5 array) the answer must be [[2], [-5]]: turned?")


def lines(*questions: Question, width: int = 80) -> list[str]:
    """Return what a terminal shows."""
    shown = StringIO()
    show_questions(Console(file=shown, width=width), questions)
    return shown.getvalue().splitlines()


def test_names_get_the_room_where_no_test_has_a_message() -> None:
    _, heads, _, row = lines(BLANK, width=120)
    assert "message" not in heads
    assert BLANK.title in row


def test_a_message_is_shown() -> None:
    _, heads, _, _, row = lines(BLANK, FAILS, width=120)
    assert "message" in heads
    assert "a row lacks" in row


def test_in_a_narrow_terminal_messages_follow_the_table() -> None:
    _, heads, _, _, row, *message = lines(BLANK, LONG)
    assert "message" not in heads
    assert row.startswith(LONG.title)
    assert " ".join(map(str.strip, message)) == f"{LONG.title}: {LONG.message}"
