"""Print the findings of ``grader doctor``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from grader.cli.screens.printing import new_table
from grader.records import TRUST_LEVELS

if TYPE_CHECKING:
    from grader.classroom.trusts import CellTrust
    from grader.execution.doctor import Finding

SIGNS = {"ok": "[green]✓[/]", "missing": "[red]✗[/]", "optional": "[yellow]–[/]"}


def table(findings: Sequence[Finding]) -> Table:
    """Return a table with a row for each finding."""
    rows = new_table("This machine")
    rows.add_column("")
    rows.add_column("what", no_wrap=True)
    rows.add_column("found", overflow="fold")
    has_remedies = any(finding.remedy for finding in findings)
    if has_remedies:
        rows.add_column("how to fix it", overflow="fold")
    for finding in findings:
        texts = (finding.name, finding.found, finding.remedy)[: 2 + has_remedies]
        rows.add_row(SIGNS[finding.state], *map(escape, texts))
    return rows


def trusts(found: Sequence[CellTrust]) -> Table:
    """Return a table with a row for each test, those with the least trust first."""
    rows = new_table("How far each test can be trusted")
    for heading in ("assignment", "test", "trust", "why"):
        rows.add_column(heading, overflow="fold")
    for each in sorted(found, key=lambda each: TRUST_LEVELS.index(each.trust)):
        texts = (each.assignment, each.grade_id, each.trust, each.reason)
        rows.add_row(*map(escape, texts))
    return rows


__all__ = ["table", "trusts"]
