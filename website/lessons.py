"""Make the page of a lesson: a notebook for MyST-NB. Pure.

Its text is that of the student copy. Tests are folded up, and so are the outputs of
cells that ask for a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from website import outputs, quiz, words
from website.cells import by_id, grade_id, has_guess, source, without_guess
from website.runs import About, Run

# Cells that are useful only in a notebook.
_FOR_NOTEBOOKS = {"check"}
_FOLDED = {
    "setup": "Show the cell that imports what the lesson needs",
    "parameters": "Show the values that a run can change",
}
_TEST = "Show the test"
_COMPARE = "Show the output"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything that the page of a lesson is made from.

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
        if cell["id"] in _FOR_NOTEBOOKS or _belongs_to_question(cell, lesson.questions):
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


def about(made: About) -> str:
    """Return the box at the end of a page that says which run made its figures."""
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


def _belongs_to_question(
    cell: Mapping[str, Any], questions: Mapping[str, quiz.Quiz]
) -> bool:
    """Check whether a code cell belongs to a question; the page has a form for it."""
    return grade_id(cell).removesuffix("-test") in questions


def _text(cell: Mapping[str, Any], lesson: Lesson) -> dict[str, Any]:
    text = source(cell)
    asked = lesson.questions.get(grade_id(cell).removesuffix("-prompt"))
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
    elif found and has_guess(cell):
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
        "source": without_guess(cell),
        "execution_count": None,
        "outputs": found,
    }


__all__ = ["Lesson", "about", "page"]
