"""Say which question of a notebook each task belongs to, in the notebook's words. Pure.

A question has the title of its heading. If several questions with texts of their own
are under the same heading, each is named by the first line of its own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from grader.notebooks import markers
from grader.notebooks.cells import (
    Cell,
    NotebookNode,
    cells_of,
    headings_of,
    tasks_of,
)
from grader.records import Task

_LONGEST = 70
_NUMBERED = re.compile(r"\d+[.)]?\s")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"\*+|<[^>]*>|^[-+>]\s+|`")


@dataclass(frozen=True, slots=True)
class Place:
    """A task, and what stands above it.

    Attributes
    ----------
    task : Task
        Its title is the heading that it is under.
    headed : str
        The text of the nearest cell above it that has a heading.
    nearest : str
        The text of the cell right above the answer; empty if that is a test.
    section : str
        The nearest numbered heading, such as ``2 A whole image``; often empty.
    """

    task: Task
    headed: str
    nearest: str
    section: str


def titled_tasks_of(notebook: NotebookNode) -> tuple[Task, ...]:
    """Return the graded and answer cells in order, each titled by its question.

    Parameters
    ----------
    notebook
        The instructor's notebook, or a student copy.
    """
    found = places(notebook)
    titles = question_titles(found)
    return tuple(
        replace(place.task, title=title)
        for place, title in zip(found, titles, strict=True)
    )


def question_titles(found: Sequence[Place]) -> tuple[str, ...]:
    """Return the title of each task's question.

    Parameters
    ----------
    found
        What :func:`places` returned.
    """
    texts: dict[str, set[str]] = {}
    for place in found:
        own = {place.nearest} if place.task.kind != "test" else set()
        texts.setdefault(place.task.title, set()).update(own - {""})
    return tuple(
        (_first_line(place.nearest) if len(texts[place.task.title]) > 1 else "")
        or place.task.title
        for place in found
    )


def places(notebook: NotebookNode) -> tuple[Place, ...]:
    """Return where each task stands, in the notebook's order.

    Parameters
    ----------
    notebook
        The instructor's notebook, or a student copy.
    """
    return tuple(_places(notebook, iter(tasks_of(notebook))))


def _places(notebook: NotebookNode, tasks: Iterator[Task]) -> Iterator[Place]:
    section = headed = above = nearest = ""
    for node, cell in zip(notebook.cells, cells_of(notebook), strict=True):
        if cell.cell_type == "markdown" and not cell.is_answer:
            titles = [text for _, text in headings_of(node)]
            section = next(filter(_NUMBERED.match, titles[::-1]), section)
            headed = cell.source if titles else headed
            above = cell.source
        if cell.is_answer or cell.kind == "task":
            nearest = above
        if cell.kind is not None:
            yield Place(next(tasks), headed, nearest, section)
        above = _above_next(cell, above)


def _above_next(cell: Cell, above: str) -> str:
    """Return the text for the next answer: what is above a test is not about it."""
    return "" if cell.is_test else above


def _first_line(text: str) -> str:
    """Return the first line of a question as plain text; empty if it has a heading."""
    stripped = (line.strip() for line in markers.outside(text.split("\n")))
    lines = [line for line in stripped if line]
    if not lines or any(line.startswith("#") for line in lines):
        return ""
    plain = _MARKUP.sub("", _LINK.sub(r"\1", lines[0]))
    return shorten(plain, _LONGEST, placeholder=" …")


__all__ = ["Place", "places", "question_titles", "titled_tasks_of"]
