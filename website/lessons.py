"""Make the page of a lesson: a notebook for MyST-NB. Pure.

The text is the student copy's. Tests are folded up, and so is what comes out where the
reader is to guess first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from website import outputs, quiz, words
from website.runs import About, Run

# Cells that are of use in a notebook only.
_FOR_NOTEBOOKS = {"check"}
_FOLDED = {
    "setup": "Show the cell that imports what the lesson needs",
    "parameters": "Show the values that a run can change",
}
_TEST = "Show the test"
_COMPARE = "Show what comes out"
_GUESS = "guess = "


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the page of a lesson is made of.

    Attributes
    ----------
    name : str
        The notebook, such as ``"02_convolutions"``.
    copy : sequence of dict
        The cells of the student copy, as in its file.
    run : Run
        The student copy, executed.
    solved : Run or None
        The solution, executed; None where no figure comes from it.
    lessons : collection of str
        The notebooks that are on the site.
    questions : mapping of str to Quiz
        The questions by grade_id.
    download : str
        Address of the student copy, from the page.
    colab : str
        Address that opens it in Colab; empty while the course is not published.
    """

    name: str
    copy: list[dict[str, Any]]
    run: Run
    solved: Run | None
    lessons: Collection[str]
    questions: Mapping[str, quiz.Quiz]
    download: str
    colab: str


def page(lesson: Lesson) -> dict[str, Any]:
    """Return the notebook of a lesson's page, for MyST-NB."""
    ran = by_id(lesson.run.cells)
    solved = by_id(lesson.solved.cells if lesson.solved else ())
    cells: list[dict[str, Any]] = []
    for cell in lesson.copy:
        if cell["id"] in _FOR_NOTEBOOKS or _is_of_question(cell, lesson.questions):
            continue
        if cell["cell_type"] == "markdown":
            cells.append(_text(cell, lesson))
        else:
            cells.append(_code(ran[cell["id"]], cell, lesson.name, solved))
    cells.append(_markdown("made", about(lesson.run.about)))
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def by_id(cells: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return cells by their id."""
    return {cell["id"]: cell for cell in cells}


def about(made: About) -> str:
    """Return the sentence at a page's end about the run that made its figures."""
    packages = {"tensorflow": "TensorFlow", "keras": "Keras", "numpy": "NumPy"}
    versions = ", ".join(
        f"{packages.get(name, name)} {number}" for name, number in made.packages.items()
    )
    how = f" with the short profile `{made.profile}`" if made.profile else ""
    return (
        "```{admonition} About this page\n:class: course-made\n\n"
        f"The numbers and figures come from a run of the student's notebook{how}, "
        f"before anything was answered, on {made.date}: Python {made.python}, "
        f"{versions}.\n```"
    )


def _is_of_question(
    cell: Mapping[str, Any], questions: Mapping[str, quiz.Quiz]
) -> bool:
    """Say whether a code cell is a question's: the page has a form in its place."""
    grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
    return grade_id.removesuffix("-test") in questions


def _text(cell: Mapping[str, Any], lesson: Lesson) -> dict[str, Any]:
    text = quiz.source(cell)
    grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
    asked = lesson.questions.get(grade_id.removesuffix("-prompt"))
    if asked:
        text = words.question(text, asked, lesson.name)
    if cell["id"] == "title":
        top = words.buttons(lesson.download, lesson.colab)
        text = words.below_heading(words.without_badge(text), top)
    text = words.labelled(
        cell["id"], words.with_links(words.with_boxes(text), lesson.lessons)
    )
    return _markdown(cell["id"], text)


def _markdown(name: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def _code(
    ran: Mapping[str, Any],
    cell: Mapping[str, Any],
    name: str,
    solved: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    found = outputs.shown(ran, name, solved.get(ran["id"]))
    tags, prompt = [], ""
    if cell["metadata"].get("nbgrader", {}).get("grade"):
        tags, prompt = ["hide-input"], _TEST
    elif cell["id"] in _FOLDED:
        tags, prompt = ["hide-input"], _FOLDED[cell["id"]]
    elif found and outputs.has_guess(cell):
        tags, prompt = ["hide-output"], _COMPARE
    metadata: dict[str, Any] = {"tags": tags}
    if prompt:
        metadata["mystnb"] = {
            "code_prompt_show": prompt,
            "code_prompt_hide": prompt.replace("Show", "Hide", 1),
        }
    return {
        "cell_type": "code",
        "id": cell["id"],
        "metadata": metadata,
        "source": _without_guess(quiz.source(cell)),
        "execution_count": None,
        "outputs": found,
    }


def _without_guess(source: str) -> str:
    """Return a cell's code without the line for a guess: the page has a field."""
    lines = source.split("\n")
    return "\n".join(line for line in lines if not line.startswith(_GUESS))


__all__ = ["Lesson", "about", "by_id", "page"]
