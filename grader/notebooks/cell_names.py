"""Tell the names that nbgrader makes up for cells, and count cells in words. Pure."""

from __future__ import annotations

import re

MADE_UP = re.compile(
    r"cell-[0-9a-f]{12,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
"""Matches names such as ``cell-cd932fd681964aea``, which say nothing to a reader."""


def ordinal(number: int) -> str:
    """Return a number as an ordinal.

    Examples
    --------
    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


__all__ = ["MADE_UP", "ordinal"]
