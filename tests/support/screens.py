"""Results to show in a terminal, and what a terminal of some width then holds."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from rich.console import Console

from grader.records import Check, Flag, Result

HOSTILE = "\x1b[2J\x1b]0;owned\x07[red]bob[/red] \u202eeht"
SPELT = r"\x1b[2J\x1b]0;owned\x07[red]bob[/red] \u202eeht"


def result(
    student: str,
    score: float,
    assignment: str = "02_convolutions",
    flags: tuple[str, ...] = (),
    repairs: tuple[str, ...] = (),
    by_hand: float = 0,
) -> Result:
    checks = [Check("a-test", score, 25 - by_hand, "partial", "examiner", "", 0.5)]
    if by_hand:
        checks.append(Check("essay", 0, by_hand, "manual", "none"))
    facts = (student, assignment, "0" * 64, 1, "0.1.0", score, 25.0, tuple(checks))
    noticed = tuple(Flag("code", text) for text in flags)
    return Result(*facts, repairs, noticed, 1.25)


def printed(width: int, show: Callable[[Console], None], terminal: bool = False) -> str:
    into = StringIO()
    show(Console(file=into, width=width, force_terminal=terminal, color_system=None))
    return into.getvalue()


__all__ = ["HOSTILE", "SPELT", "printed", "result"]
