"""Write the feedback on a notebook as a notebook, for systems that show only those.

Pure. It has one Markdown cell and no code. What students wrote, and messages, which may
repeat it, are in fenced blocks, so that nothing in them is read as Markdown or HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.records import points_text
from grader.reports import html
from grader.reports.feedback import questions, title_of
from grader.reports.status_words import STATUS_WORDS

if TYPE_CHECKING:
    from grader.reports.class_feedback import StudentFeedback
    from grader.reports.feedback import GradedQuestion

_FENCES = re.compile(r"`{3,}")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")


def as_notebook(told: StudentFeedback) -> str:
    """Return the feedback as the text of a notebook.

    Parameters
    ----------
    told
        What the student is told.
    """
    text = "\n\n".join(_paragraphs(told))
    cell = {"cell_type": "markdown", "id": "feedback", "metadata": {}, "source": text}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1) + "\n"


def _paragraphs(told: StudentFeedback) -> Iterator[str]:
    result, timing = told.result, told.timing
    yield f"# Feedback: {_plain(title_of(told.assignment))}"
    yield "This is what the grader says about the notebook that you submitted."
    share = f"{points_text(result.score)} of {points_text(result.max_score)} points"
    yield f"For {_plain(result.student)}: **{share}**"
    waiting = sum(c.max_points for c in result.cells if c.status == "manual")
    if waiting:
        yield (
            f"{points_text(waiting)} of these points are given by a person and are not "
            "counted yet."
        )
    if timing.late:
        yield f"Late: {timing.told_late}"
    if penalty := timing.penalties.get(told.assignment.notebook, 0.0):
        yield f"Points taken off because it was late: {points_text(penalty)}"
    yield "## Question by question"
    for question in questions(told.assignment, result, comments=told.comments):
        yield from _about(question)
    if result.repairs:
        yield "## What we repaired in your notebook"
        yield from map(_fenced, result.repairs)


def _about(question: GradedQuestion) -> Iterator[str]:
    most = points_text(question.max_points)
    earned = "–" if question.status == "manual" else points_text(question.points)
    yield f"### {_plain(question.title)}: {earned} of {most}"
    yield f"{STATUS_WORDS[question.status].name}."
    messages = dict.fromkeys(part.message for part in question.parts if part.message)
    yield from map(_fenced, messages)
    for comment in question.comments:
        yield "Your instructor writes:"
        yield _fenced(comment)


def _plain(text: str) -> str:
    """Return Markdown that shows `text` in one line, as it is."""
    return _MARKS.sub(r"\\\1", " ".join(html.printable(text).split()))


def _fenced(text: str) -> str:
    """Return a block that shows `text` as it is, and that `text` cannot end."""
    shown = html.printable(text)
    longest = max((len(found) for found in _FENCES.findall(shown)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{shown}\n{fence}"


__all__ = ["as_notebook"]
