"""Find what a student reads above a question: its text, and the section it is in. Pure.

All of it is in the student copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from grader.notebooks.cells import parse_notebook
from grader.notebooks.questions import places, question_titles
from grader.records import Assignment

# The end of a line within a paragraph: no list, table, quotation or blank line follows.
_WRAPPED = re.compile(r"(?<=\S)\n(?=[^\s\-*+|>#\d])")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`([^`\n]+)`")
# The lines of a table: its head, the line below it, and its rows.
_TABLE = re.compile(r"^\|.*\n\|[:| ]*-[-:| ]*(?:\n\|.*)*$", re.MULTILINE)
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


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


def prompts(assignment: Assignment) -> Mapping[str, Prompt]:
    """Return what each question asks, by the title of its tasks.

    Parameters
    ----------
    assignment
        The assignment; of its notebooks, only the student copy is read.
    """
    found = places(parse_notebook(assignment.released))
    known: dict[str, Prompt] = {}
    for place, title in zip(found, question_titles(found), strict=True):
        if place.task.kind not in ("answer", "manual"):
            continue
        headed = _below_heading(place.headed) if title == place.task.title else ""
        text = headed or _below_heading(place.nearest)
        prompt = known.get(title) or Prompt(text, place.section)
        answers = (*prompt.answers, place.task.grade_id)
        known[title] = Prompt(prompt.text, prompt.section, answers)
    return known


def _below_heading(source: str) -> str:
    """Return the text below the last heading of a Markdown cell."""
    lines = source.split("\n")
    heads = [at for at, line in enumerate(lines) if line.startswith("#")]
    return "\n".join(lines[heads[-1] + 1 :] if heads else lines).strip()


def as_html(text: str) -> Markup:
    r"""Return Markdown as HTML: bold words, code, tables, and paragraphs on one line.

    Examples
    --------
    >>> as_html("Which\nnumber?\n- **A** `x < 1`")
    Markup('Which number?\n- <b>A</b> <code>x &lt; 1</code>')
    """
    joined = text if "```" in text else _WRAPPED.sub(" ", text)
    bold = _BOLD.sub(r"<b>\1</b>", str(with_code(joined)))
    tables = bold if "```" in text else _TABLE.sub(_table, bold)
    return Markup(tables)  # noqa: S704 - escaped above


def _table(found: re.Match[str]) -> str:
    """Return the lines of a table as HTML, without line breaks: pages keep these."""
    head, _, *rows = found[0].split("\n")
    tagged = [_row(head, "th"), *(_row(row, "td") for row in rows)]
    return f"<table>{''.join(tagged)}</table>"


def _row(line: str, tag: str) -> str:
    texts = _BETWEEN_CELLS.split(line.strip().removeprefix("|").removesuffix("|"))
    return f"<tr>{''.join(_cell(text.strip(), tag) for text in texts)}</tr>"


def _cell(text: str, tag: str) -> str:
    """Return a cell of a table. An empty cell is never marked as a heading."""
    tag = tag if text else "td"
    return f"<{tag}>{text}</{tag}>"


def with_code(text: str) -> Markup:
    """Return a text as HTML, in which words between backticks are code."""
    escaped = _CODE.sub(r"<code>\1</code>", str(escape(text)))
    return Markup(escaped)  # noqa: S704 - escaped above


__all__ = ["Prompt", "as_html", "prompts", "with_code"]
