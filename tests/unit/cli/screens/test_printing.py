"""What all screens share: lines stay lines, and students' text is only text."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.cli.screens import printing
from tests.support.screens import printed


def test_lines_are_not_folded_and_not_marked_up() -> None:
    where = {"gradebook": Path("/class") / ("[bold]deep" * 20), "results": Path("/r")}
    text = printed(40, lambda console: printing.places(console, where))
    assert text.splitlines() == [
        f"gradebook  {where['gradebook']}",
        "results    /r",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Müller 李", "Zoë Müller 李"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\udcff", r"\udcff"),
        ("\x9b31m", r"\x9b31m"),
    ],
)
def test_literal_spells_out_only_what_cannot_be_printed(text: str, shown: str) -> None:
    assert printing.literal(text) == shown
