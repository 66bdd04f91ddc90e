"""Points, names and text as the tables of exports show them. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from grader.classroom.grades import Grade


# Text that a spreadsheet would run as a formula.
_FORMULA = re.compile(r"^([=+@\t\r]|-.)")


def safe(text: str) -> str:
    """Return `text` changed so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> safe("=HYPERLINK(...)")
    "'=HYPERLINK(...)"
    """
    return f"'{text}" if _FORMULA.match(text) else text


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as the text of a CSV file without formulas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


class NameParts(NamedTuple):
    """A name in two parts; the last name is empty if there is only one."""

    first: str
    last: str


def name_parts(grade: Grade) -> NameParts:
    """Split a student's name; if it has a comma, the last name comes first."""
    last, comma, first = grade.person.name.partition(",")
    if comma:
        return NameParts(first.strip(), last.strip())
    first, _, last = grade.person.name.rpartition(" ")
    return NameParts(first, last) if first else NameParts(last, "")


def number(points: float) -> str:
    """Return points as people write them."""
    from grader.records import points_text  # loads more than --help needs

    return points_text(points)


def score(grade: Grade) -> str:
    """Return the score of a grade; empty if there is none."""
    return "" if grade.score is None else number(grade.score)


__all__ = ["NameParts", "csv_text", "name_parts", "number", "safe", "score"]
