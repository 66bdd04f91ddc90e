"""The text of a lesson on its page: labels, buttons, boxes. Pure.

What a notebook says about running cells is left out where the page itself does it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from html import escape

from website.quiz import Quiz, hidden, without_where

_BADGE = re.compile(r"^\[!\[Open in Colab\].*\n(?:.+\n)*", re.MULTILINE)
# It may begin in the middle of a paragraph.
_PREDICT = re.compile(
    r"(?:(?<=\n)|\A|[ \n])\*\*Predict, then run\.?\*\*\s*((?:.+\n?)+)"
)
_NOTEBOOK = re.compile(r"\[([^\[\]]+)\]\([./\w]*?(\w+)\.ipynb\)")
_HEADING = re.compile(r"^(#+ .*)\n+", re.MULTILINE)
_NO_SCRIPT = (
    '<p class="quiz-still">This question answers on the page where JavaScript runs; '
    "otherwise answer it in the notebook.</p>"
)


def label(cell: str) -> str:
    """Return the id, on its page, of the place where a cell's text begins.

    Examples
    --------
    >>> label("together")
    'cell-together'
    """
    return f"cell-{cell}"


def labelled(cell: str, text: str) -> str:
    """Return a cell's text with its place before it, for other pages to link to."""
    return f'<div class="course-place" id="{label(cell)}"></div>\n\n{text}'


def with_links(text: str, lessons: Collection[str]) -> str:
    """Return a text in which links to notebooks that are not on the site are words.

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
    """Return a text with HTML below its first heading."""
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
    """Return a text whose questions to the reader stand in boxes."""

    def box(found: re.Match[str]) -> str:
        asked = found[1].rstrip().replace("(about a minute on a laptop). ", "")
        return f"\n\n:::{{admonition}} Predict\n:class: predict\n\n{asked}\n:::\n"

    return _PREDICT.sub(box, text)


def question(text: str, quiz: Quiz, lesson: str) -> str:
    """Return a question whose list of options becomes a form on the page."""
    heading, _, body = without_where(text).partition("\n")
    told = {"name": quiz.name, "lesson": lesson, "replies": hidden(quiz, lesson)}
    data = json.dumps(told)
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
