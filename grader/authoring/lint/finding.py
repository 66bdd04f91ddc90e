"""What a lint rule looks at, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.authoring.lint.address import Address
from grader.notebooks.cells import NotebookNode, tags_of

Remark = tuple[int | None, str, str]
"""Number of the cell (None: the whole notebook), what is wrong, how to mend it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    Attributes
    ----------
    notebook, cell : str
        Path of the notebook; number and id of the cell, or empty.
    rule : str
        Name of the rule that is broken.
    what, mend : str
        What is wrong, and what to do.
    """

    notebook: str
    cell: str
    rule: str
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.notebook}, {self.cell}" if self.cell else self.notebook
        return f"{place}: {self.what}; {self.mend} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Page:
    """One source notebook, seen from all sides.

    Attributes
    ----------
    path : str
        Where the source lies in the course, for messages.
    raw : dict
        The file's JSON as it stands.
    source, copy : NotebookNode
        The instructor's notebook and the student's.
    target : str
        Where the student copy lies in the course, such as ``lessons/01.ipynb``.
    targets : frozenset of str
        Where all student copies lie.
    address : Address
        Where the course is published.
    """

    path: str
    raw: dict[str, Any]
    source: NotebookNode
    copy: NotebookNode
    target: str
    targets: frozenset[str]
    address: Address

    def cells(self, *kinds: str) -> Iterator[tuple[int, NotebookNode]]:
        """Yield number and cell of the source's cells of some types."""
        for number, cell in enumerate(self.source.cells, start=1):
            if cell.cell_type in kinds:
                yield number, cell

    def place(self, number: int | None) -> str:
        """Name a cell by number and id; empty for the whole notebook."""
        if number is None or number > len(self.source.cells):
            return ""
        return f"cell {number} ({self.source.cells[number - 1].id})"

    @property
    def opening(self) -> str:
        """The first cell's Markdown; empty if it is none."""
        first = next(iter(self.source.cells), None)
        markdown = first is not None and first.cell_type == "markdown"
        return str(first.source) if first and markdown else ""


Rule = Callable[[Page], Iterable[Remark]]


def is_parameters(cell: NotebookNode) -> bool:
    """Tell whether papermill puts its parameters after this cell."""
    return "parameters" in tags_of(cell)


__all__ = ["Finding", "Page", "Remark", "Rule", "is_parameters"]
