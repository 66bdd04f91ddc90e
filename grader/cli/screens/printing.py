"""What all screens share: lines, paths, signs, tables and live views.

Names and messages may come from a student. Characters that could control the
terminal, or be read as Rich's markup, are escaped: see
:func:`grader.records.printable` and :func:`marked`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, Task, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from grader.records import printable

FULL, PARTIAL, NONE = "✓", "◐", "✗"
LONGEST_NAME = 24
_MOST_NAMES = 3
# A submission takes seconds to minutes, so the time left is estimated from many.
PACE_SECONDS = 1800


def marked(text: str) -> str:
    """Return Rich markup that shows `text` literally."""
    return escape(printable(text))


def say(console: Console, text: str) -> None:
    """Print one line literally, without wrapping.

    Parameters
    ----------
    console
        Where to print.
    text
        The line; it may come from a student.
    """
    console.print(printable(text), markup=False, highlight=False, soft_wrap=True)


def some(names: Iterable[str]) -> str:
    """Return the first names, and how many more there are.

    Examples
    --------
    >>> some(["ada", "bo", "cleo", "dan", "eve"])
    'ada, bo, cleo and 2 more'
    """
    named = list(names)
    first = ", ".join(named[:_MOST_NAMES])
    more = len(named) - _MOST_NAMES
    return f"{first} and {more} more" if more > 0 else first


def new_table(title: str) -> Table:
    """Return an empty table in the style of all commands."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )


class TimeLeftColumn(TimeRemainingColumn):
    """The time left; nothing while it is not known, and after the end."""

    def render(self, task: Task) -> Text:
        """Return the time with the word that tells it from the time that has passed."""
        if task.finished or task.time_remaining is None:
            return Text()
        return Text.assemble(super().render(task), " left")


def places(console: Console, where: Mapping[str, Path]) -> None:
    """Print the paths of files, one line each.

    Parameters
    ----------
    console
        Where to print.
    where
        The paths by what they are.
    """
    width = max(map(len, where))
    for name, path in where.items():
        say(console, f"{name:<{width}}  {path}")


class LiveView:
    """Base of all live views: a progress bar while the ``with`` block runs."""

    _progress: Progress

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()
