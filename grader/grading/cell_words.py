"""Call cells by what a reader knows, where nbgrader made up their names. Pure.

nbgrader names a cell like ``cell-cd932fd681964aea`` unless its author does. Such a name
stays in results and gradebook; texts for people say "the 3rd graded cell" instead, with
the first line of the student's copy of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from grader.notebooks.cells import grade_id_of, parse_notebook
from grader.notebooks.headline import headline
from grader.records import Assignment

_MADE_UP = re.compile(
    r"cell-[0-9a-f]{12,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
_NAMED = re.compile(
    rf"(?:\b(?:cell|test) )?(?<![\w-])(?P<name>{_MADE_UP.pattern})(?![\w-])"
)
_LINE_CHARS = 40


def in_words(assignment: Assignment, text: str) -> str:
    """Return a text for people with words in place of made-up names.

    Parameters
    ----------
    assignment
        The assignment, whose released copy gives the first lines.
    text
        A flag or a repair, such as ``cell cell-cd932fd681964aea raised ValueError``.
    """
    if _MADE_UP.search(text) is None:
        return text
    words = dict(_words(assignment))
    return _NAMED.sub(lambda match: words.get(match["name"], match[0]), text)


def _words(assignment: Assignment) -> Iterable[tuple[str, str]]:
    cells = parse_notebook(assignment.released).cells
    lines = {grade_id_of(cell): headline(cell.source, _LINE_CHARS) for cell in cells}
    count: Counter[str] = Counter()
    for task in assignment.tasks:
        kind = "answer" if task.kind == "answer" else "graded"
        count[kind] += 1
        if _MADE_UP.fullmatch(task.grade_id):
            line = lines.get(task.grade_id, "")
            shown = f" (“{line}”)" if line else ""
            yield task.grade_id, f"the {ordinal(count[kind])} {kind} cell{shown}"


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


__all__ = ["in_words", "ordinal"]
