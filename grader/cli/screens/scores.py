"""Show the scores of a class, and what was noticed about each student.

What was noticed stands beside the scores where there is room, else below them. Where
the assignments do not fit side by side, there are several tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from grader.cli.screens.printing import (
    FULL,
    LONGEST_NAME,
    NONE,
    PARTIAL,
    marked,
    new_table,
)
from grader.records import Flag, Result, points_text, printable

MOST_ROWS = 200
"""A class with more students is shown as a summary."""

_MOST_NAMED = 3
_LEAST_ROOM = 36
"""Width, in characters, that remarks need beside the scores."""

_PADDING = 2

Rows = Mapping[str, Mapping[str, Result]]
"""The results of each student, by assignment."""


@dataclass(frozen=True)
class ScoreTable:
    """Tables of scores with a row for each student, and what was noticed.

    Attributes
    ----------
    results : tuple of Result
        The results of a class.
    title : str
        The tables' title.
    """

    results: tuple[Result, ...]
    title: str

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        rows = _rows(self.results)
        groups, room = _groups(rows, options.max_width)
        if len(groups) == 1 and room >= _LEAST_ROOM:
            yield _table(rows, groups[0], self.title, beside=True)
            return
        for number, names in enumerate(groups, 1):
            which = f" ({number} of {len(groups)})" if len(groups) > 1 else ""
            yield _table(rows, names, self.title + which)
            if number < len(groups):
                yield Text()
        if any(noticed(row) for row in rows.values()):
            yield Text()
            yield _notices(rows)


def scores(results: Sequence[Result], title: str) -> ScoreTable | Table:
    """Return a table of all scores, or a summary if there are very many students.

    Parameters
    ----------
    results
        The results of a class.
    title
        The table's title.
    """
    students = {result.student for result in results}
    if len(students) <= MOST_ROWS:
        return ScoreTable(tuple(results), title)
    return summary_table(results, title)


def _rows(results: Iterable[Result]) -> dict[str, dict[str, Result]]:
    rows: dict[str, dict[str, Result]] = {}
    for result in results:
        rows.setdefault(result.student, {})[result.assignment] = result
    return rows


def _groups(rows: Rows, width: int) -> tuple[list[list[str]], int]:
    """Return the assignments in groups whose tables fit into a width.

    Returns
    -------
    tuple of (list of list of str, int)
        The groups, and how many characters are left beside the last one.
    """
    student = max(len("student"), *(cell_len(printable(name)) for name in rows))
    room = width - min(student, LONGEST_NAME) - _PADDING
    groups: list[list[str]] = [[]]
    used = 0
    for name in sorted({name for row in rows.values() for name in row}):
        column = _column_width(rows, name)
        if groups[-1] and used + column > room:
            groups.append([])
            used = 0
        groups[-1].append(name)
        used += column
    return groups, room - used


def _column_width(rows: Rows, name: str) -> int:
    texts = [mark(row[name]) for row in rows.values() if name in row]
    widest = max(Text.from_markup(text).cell_len for text in texts)
    return max(cell_len(printable(name)), widest) + _PADDING


def _table(
    rows: Rows, names: Sequence[str], title: str, *, beside: bool = False
) -> Table:
    table = new_table(title)
    table.add_column("student", no_wrap=True, max_width=LONGEST_NAME)
    for name in names:
        table.add_column(marked(name), justify="right", no_wrap=True)
    if beside:
        table.add_column("noticed", ratio=1, overflow="fold")
    for student, row in rows.items():
        marks = [mark(row[name]) if name in row else "" for name in names]
        texts = "\n".join(map(marked, noticed(row))) if beside else ""
        table.add_row(marked(student), *marks, *([texts] if beside else []))
    return table


def _notices(rows: Rows) -> Table:
    """Return what was noticed, with a row for each student; lines end at words."""
    table = new_table("Noticed")
    table.show_header = False
    table.add_column(no_wrap=True, max_width=LONGEST_NAME)
    table.add_column(ratio=1, overflow="fold")
    for student, row in rows.items():
        if texts := noticed(row, where=True):
            table.add_row(marked(student), "\n".join(map(marked, texts)))
    return table


def summary_table(results: Iterable[Result], title: str) -> Table:
    """Return a summary for a large class, with a row for each assignment.

    Parameters
    ----------
    results
        The results of a class.
    title
        The table's title.
    """
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.assignment, []).append(result)
    table = new_table(title)
    table.add_column("assignment", no_wrap=True)
    for name in ("submissions", "mean", "of", FULL, PARTIAL, NONE, "flagged"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, group in sorted(groups.items()):
        full = sum(result.score >= result.max_score for result in group)
        none = sum(result.score <= 0 for result in group)
        mean = sum(result.score for result in group) / len(group)
        flagged = sum(any(_about_work(result)) for result in group)
        figures = len(group), points_text(mean), points_text(group[0].max_score)
        signs = full, len(group) - full - none, none
        table.add_row(marked(name), *map(str, (*figures, *signs, flagged)))
    return table


def mark(result: Result) -> str:
    """Return a score with a sign for full, some or none: not a colour alone."""
    score = f"{points_text(result.score)}/{points_text(result.max_score)}"
    if result.score >= result.max_score:
        return f"[green]{FULL}[/] {score}"
    sign = f"[yellow]{PARTIAL}[/]" if result.score > 0 else f"[red]{NONE}[/]"
    return f"{sign} {score}"


def noticed(
    row: Mapping[str, Result], most: int = 3, *, where: bool = False
) -> list[str]:
    """Return remarks on a student's work, one line each.

    Parameters
    ----------
    row
        The results of one student, by assignment.
    most
        Number of flags to show; the others are counted.
    where
        Whether to name the assignments that a flag belongs to.
    """
    flags: dict[str, list[str]] = {}
    for name, result in sorted(row.items()):
        for text in dict.fromkeys(f.text.rstrip(".") for f in _about_work(result)):
            flags.setdefault(text, []).append(name)
    shown = [
        (_where(names, row) if where else "") + text
        for text, names in list(flags.items())[:most]
    ]
    if more := len(flags) - len(shown):
        shown.append(f"{more} more")
    if count := sum(result.repair_count for result in row.values()):
        shown.append(f"{count} repair{'s' if count > 1 else ''}, shown to the student")
    if waiting := sum(map(_by_hand, row.values())):
        shown.append(
            f"{points_text(waiting)} point{'s' if waiting > 1 else ''} to grade by hand"
        )
    return shown


def _about_work(result: Result) -> Iterator[Flag]:
    """Yield the flags about a submission, without those about the course."""
    return (flag for flag in result.flags if flag.kind != "course")


def _where(names: Sequence[str], row: Mapping[str, Result]) -> str:
    """Return in which assignments something was noticed, unless there is only one."""
    if len(row) == 1:
        return ""
    if len(names) == len(row):
        return "in all: "
    listed = ", ".join(names[:_MOST_NAMED])
    more = len(names[_MOST_NAMED:])
    return f"{listed} and {more} more: " if more else f"{listed}: "


def _by_hand(result: Result) -> float:
    return sum(cell.max_points for cell in result.cells if cell.status == "manual")


__all__ = ["MOST_ROWS", "ScoreTable", "mark", "noticed", "scores", "summary_table"]
