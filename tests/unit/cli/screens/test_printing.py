"""What all screens share: lines stay lines, and students' text is only text."""

from __future__ import annotations

from pathlib import Path

from grader.cli.screens import printing
from tests.support.screens import printed


def test_lines_are_not_folded_and_not_marked_up() -> None:
    where = {"gradebook": Path("/class") / ("[bold]deep" * 20), "results": Path("/r")}
    text = printed(40, lambda console: printing.places(console, where))
    assert text.splitlines() == [
        f"gradebook  {where['gradebook']}",
        "results    /r",
    ]
