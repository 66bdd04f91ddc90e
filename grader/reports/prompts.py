"""Find what a student reads above a question: its text, and the section it is in. Pure.

All of it is in the student copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from markupsafe import Markup, escape

from grader.notebooks.cells import (
    Cell,
    cells_of,
    headings_of,
    parse_notebook,
    tasks_of,
)
from grader.records import Assignment

_NUMBERED = re.compile(r"\d+[.)]?\s")
# The end of a line within a paragraph: no list, table, quotation or blank line follows.
_WRAPPED = re.compile(r"(?<=\S)\n(?=[^\s\-*+|>#\d])")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"\*+|<[^>]*>|^[-+>]\s+|`")
_LONGEST = 70
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked in one question.

    Attributes
    ----------
    text : str
        The Markdown below the heading of the question, or above its answer.
    section : str
        The nearest numbered heading above, such as ``2 A whole image``; often empty.
    answers : tuple of str
        The grade_ids of the answer cells.
    """

    text: str = ""
    section: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a graded cell or an answer stands in the student copy.

    Attributes
    ----------
    cell : Cell
        The cell.
    heading : str
        The heading that it is under.
    headed : str
        The text cell with the nearest heading above.
    nearest : str
        The text cell above the answer that it belongs to; empty if it is above a test.
    section : str
        See :class:`Prompt`.
    """

    cell: Cell
    heading: str
    headed: str
    nearest: str
    section: str


def prompts(assignment: Assignment) -> Mapping[str, Prompt]:
    """Return what each question asks, by its title in :func:`question_titles`.

    Parameters
    ----------
    assignment
        The assignment; of its notebooks, only the student copy is read.
    """
    places = tuple(_places(assignment))
    titles = _titles(places)
    found: dict[str, Prompt] = {}
    for place in places:
        if place.cell.is_answer:
            title = titles[place.cell.grade_id]
            text = _below_heading(place.headed) if title == place.heading else ""
            known = found.get(title) or Prompt(
                text or _below_heading(place.nearest), place.section
            )
            answers = (*known.answers, place.cell.grade_id)
            found[title] = Prompt(known.text, known.section, answers)
    return found


def question_titles(assignment: Assignment) -> Mapping[str, str]:
    """Return the title of the question that each task belongs to, by its grade_id.

    It is the heading. Where several questions with texts of their own are under one
    heading, such as the notebook's, it is the first line of the text.

    Parameters
    ----------
    assignment
        The assignment; of its notebooks, only the student copy is read.
    """
    ours = {task.grade_id: task.title for task in assignment.tasks}
    return ours | _titles(tuple(_places(assignment)))


def _titles(places: Sequence[_Place]) -> dict[str, str]:
    texts: dict[str, set[str]] = {}
    for place in places:
        texts.setdefault(place.heading, set())
        if place.cell.kind != "test" and place.nearest:
            texts[place.heading].add(place.nearest)
    return {
        place.cell.grade_id: (
            _first_line(place.nearest) if len(texts[place.heading]) > 1 else ""
        )
        or place.heading
        for place in places
    }


def _places(assignment: Assignment) -> Iterator[_Place]:
    notebook = parse_notebook(assignment.released)
    headings = {task.grade_id: task.title for task in tasks_of(notebook)}
    section = headed = above = nearest = ""
    for node, cell in zip(notebook.cells, cells_of(notebook), strict=True):
        if cell.cell_type == "markdown" and not cell.is_answer:
            titles = [text for _, text in headings_of(node)]
            section = next(filter(_NUMBERED.match, titles[::-1]), section)
            headed = cell.source if titles else headed
            above = cell.source
        if cell.kind in ("answer", "manual", "task"):
            nearest = above
        if cell.kind is not None:
            heading = headings[cell.grade_id]
            yield _Place(cell, heading, headed, nearest, section)
        # What stands above a test says how to check an answer, not what the next asks.
        above = "" if cell.is_test else above


def _first_line(text: str) -> str:
    """Return the first line of a question as plain text; empty if it has a heading."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines or any(line.startswith("#") for line in lines):
        return ""
    plain = _MARKUP.sub("", _LINK.sub(r"\1", lines[0]))
    return shorten(plain, _LONGEST, placeholder=" …")


def _below_heading(source: str) -> str:
    """Return the text below the last heading of a Markdown cell."""
    lines = source.split("\n")
    heads = [at for at, line in enumerate(lines) if line.startswith("#")]
    return "\n".join(lines[heads[-1] + 1 :] if heads else lines).strip()


def as_html(text: str) -> Markup:
    r"""Return Markdown as HTML: bold words and code, and paragraphs on one line.

    Examples
    --------
    >>> as_html("Which\nnumber?\n- **A** `x < 1`")
    Markup('Which number?\n- <b>A</b> <code>x &lt; 1</code>')
    """
    joined = text if "```" in text else _WRAPPED.sub(" ", text)
    bold = _BOLD.sub(r"<b>\1</b>", str(with_code(joined)))
    return Markup(bold)  # noqa: S704 - escaped above


def with_code(text: str) -> Markup:
    """Return a text as HTML, in which words between backticks are code."""
    escaped = _CODE.sub(r"<code>\1</code>", str(escape(text)))
    return Markup(escaped)  # noqa: S704 - escaped above


__all__ = ["Prompt", "as_html", "prompts", "question_titles", "with_code"]
