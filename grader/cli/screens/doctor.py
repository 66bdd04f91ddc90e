"""What ``grader doctor`` shows: a row for each thing that was examined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from grader.cli.screens.grade import new_table

if TYPE_CHECKING:
    from grader.execution.doctor import Finding

SIGNS = {"ok": "[green]✓[/]", "missing": "[red]✗[/]", "optional": "[yellow]–[/]"}


def table(findings: Sequence[Finding]) -> Table:
    """Return the findings as a table."""
    made = new_table("This machine")
    made.add_column("")
    made.add_column("what", no_wrap=True)
    made.add_column("found", overflow="fold")
    has_remedies = any(each.remedy for each in findings)
    if has_remedies:
        made.add_column("to mend it", overflow="fold")
    for each in findings:
        texts = (each.name, each.found, each.remedy)[: 2 + has_remedies]
        made.add_row(SIGNS[each.state], *map(escape, texts))
    return made


__all__ = ["table"]
