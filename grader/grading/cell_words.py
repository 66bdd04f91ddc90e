"""Describe cells whose names nbgrader made up in words that a reader knows. Pure.

nbgrader names a cell like ``cell-cd932fd681964aea`` unless its author does. Such a name
stays in results and gradebook; texts for people say "the 3rd graded cell" instead, with
the first line of the student's copy of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.notebooks.cell_names import MADE_UP, ordinal
from grader.notebooks.cells import grade_id_of, parse_notebook
from grader.notebooks.headline import headline
from grader.records import Assignment

_NAMED = re.compile(
    rf"(?:\b(?:cell|test) )?(?<![\w-])(?P<name>{MADE_UP.pattern})(?![\w-])"
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
    if MADE_UP.search(text) is None:
        return text
    words = dict(_words(assignment))
    return _NAMED.sub(lambda match: words.get(match["name"], match[0]), text)


def _words(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Yield each made-up name, and the words for that cell.

    An answer is called by its own line, or else by the graded cell below it.
    """
    cells = parse_notebook(assignment.released).cells
    lines = {grade_id_of(cell): headline(cell.source, _LINE_CHARS) for cell in cells}
    graded = answers = 0
    waiting: list[str] = []
    for task in assignment.tasks:
        line = lines.get(task.grade_id, "")
        if task.kind == "answer":
            answers += 1
            if not line:
                waiting.append(task.grade_id)
            words = f"the {ordinal(answers)} answer cell{_quoted(line)}"
        else:
            graded += 1
            words = f"the {ordinal(graded)} graded cell{_quoted(line)}"
            yield from ((name, f"the answer to {words}") for name in waiting)
            waiting.clear()
        if MADE_UP.fullmatch(task.grade_id):
            yield task.grade_id, words


def _quoted(line: str) -> str:
    return f" (“{line}”)" if line else ""


__all__ = ["in_words"]
