"""Define what a lint rule looks at, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from grader.authoring.lint import prose
from grader.authoring.lint.address import Address
from grader.notebooks.cells import Cell


class Remark(NamedTuple):
    """What a rule says of one cell, or of the whole notebook.

    Attributes
    ----------
    number : int or None
        Number of the cell, from 1; None for the whole notebook.
    what : str
        What is wrong.
    mend : str
        What to do about it.
    """

    number: int | None
    what: str
    mend: str


class Heading(NamedTuple):
    """A heading in Markdown, and the number of its cell in the notebook."""

    number: int
    level: int
    text: str


class NumberedCell(NamedTuple):
    """A cell and its number in the notebook, from 1."""

    number: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks a rule.

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
    """One source notebook and what rules ask about it.

    Attributes
    ----------
    path : str
        Path of the source in the course, for messages.
    raw : dict
        The file's JSON, unchanged.
    settings : mapping
        The notebook's ``metadata.grader``.
    cells, copy : tuple of Cell
        The cells of the instructor's notebook, and those of the student copy.
    target : str
        Path of the student copy in the course, such as ``lessons/01.ipynb``.
    targets : frozenset of str
        Paths of all student copies.
    address : Address
        Where the course is published.
    """

    path: str
    raw: dict[str, Any]
    settings: Mapping[str, Any]
    cells: tuple[Cell, ...]
    copy: tuple[Cell, ...]
    target: str
    targets: frozenset[str]
    address: Address

    def of_type(self, *cell_types: str) -> Iterator[NumberedCell]:
        """Yield the source's cells of these types, such as ``code``."""
        for number, cell in enumerate(self.cells, start=1):
            if cell.cell_type in cell_types:
                yield NumberedCell(number, cell)

    def headings(self) -> Iterator[Heading]:
        """Yield all headings of the source's Markdown cells."""
        for number, cell in self.of_type("markdown"):
            for level, text in prose.headings(cell.source):
                yield Heading(number, level, text)

    def place(self, number: int | None) -> str:
        """Name a cell by number and id; empty for the whole notebook."""
        if number is None or number > len(self.cells):
            return ""
        return f"cell {number} ({self.cells[number - 1].identifier})"

    @property
    def opening(self) -> str:
        """The Markdown of the first cell; empty if it is a code cell."""
        texts = [cell.source for cell in self.cells[:1] if cell.cell_type == "markdown"]
        return "".join(texts)


Rule = Callable[[Page], Iterable[Remark]]

__all__ = ["Finding", "Heading", "NumberedCell", "Page", "Remark", "Rule"]
