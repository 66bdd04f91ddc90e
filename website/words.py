"""The text of a lesson on its page: labels, buttons, boxes. Pure.

Instructions that make sense only in a notebook are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from html import escape

from website.quiz import Quiz, hidden, without_where

_BADGE = re.compile(r"^\[!\[Open in Colab\].*\n(?:.+\n)*", re.MULTILINE)
# Such a request may begin in the middle of a paragraph.
_PREDICT = re.compile(
    r"(?:(?<=\n)|\A|[ \n])\*\*Predict, then run\.?\*\*\s*((?:.+\n?)+)"
)
_NOTEBOOK = re.compile(r"\[([^\[\]]+)\]\([./\w]*?(\w+)\.ipynb\)")
_HEADING = re.compile(r"^(#+ .*)\n+", re.MULTILINE)
_NO_SCRIPT = (
    '<p class="quiz-still">With JavaScript you can answer this question on the page. '
    "Without it, answer the question in the notebook.</p>"
)


def label(cell: str) -> str:
    """Return the HTML id that marks where a cell's text begins on its page.

    Examples
    --------
    >>> label("together")
    'cell-together'
    """
    return f"cell-{cell}"


def labelled(cell: str, text: str) -> str:
    """Return a cell's text with an anchor before it, so that pages can link to it."""
    return f'<div class="course-place" id="{label(cell)}"></div>\n\n{text}'


def with_links(text: str, lessons: Collection[str]) -> str:
    """Replace links to notebooks that are not on the site by their words.

    Parameters
    ----------
    text
        Markdown.
    lessons
        The names of the notebooks that are on the site.
    """
    return _NOTEBOOK.sub(lambda link: link[0] if link[2] in lessons else link[1], text)


def without_badge(text: str) -> str:
    """Return a lesson's title without the notebook's Colab button."""
    return _BADGE.sub("", text)


def below_heading(text: str, html: str) -> str:
    """Insert HTML below the first heading of a text."""
    return _HEADING.sub(lambda found: f"{found[1]}\n\n{html}\n\n", text, count=1)


def buttons(notebook: str, colab: str) -> str:
    """Return the buttons at the top of a lesson.

    Parameters
    ----------
    notebook
        Address of the notebook to download, from the page.
    colab
        Address that opens it in Colab; empty while the course is not published.
    """
    links = [
        f'<a class="course-button" href="{escape(notebook)}" download>'
        "Download the notebook</a>"
    ]
    if colab:
        links.insert(
            0, f'<a class="course-button" href="{escape(colab)}">Open in Colab</a>'
        )
    return f'<div class="course-buttons">{"".join(links)}</div>'


def with_boxes(text: str) -> str:
    """Put each *Predict, then run* request of a text into a box."""

    def box(found: re.Match[str]) -> str:
        asked = found[1].rstrip().replace("(about a minute on a laptop). ", "")
        return f"\n\n:::{{admonition}} Predict\n:class: predict\n\n{asked}\n:::\n"

    return _PREDICT.sub(box, text)


def question(text: str, quiz: Quiz, lesson: str) -> str:
    """Return a question whose list of options the page turns into a form."""
    heading, _, body = without_where(text).partition("\n")
    replies = hidden(quiz, lesson)
    data = json.dumps({"name": quiz.name, "lesson": lesson, "replies": replies})
    return "\n".join(
        [
            heading,
            "",
            "::::{container} quiz",
            body.strip(),
            "",
            f'<script type="application/json">{data}</script>{_NO_SCRIPT}',
            "::::",
        ]
    )


__all__ = [
    "below_heading",
    "buttons",
    "label",
    "labelled",
    "question",
    "with_boxes",
    "with_links",
    "without_badge",
]
