"""Which errors in a student copy are excused, and which are the notebook's fault."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from grader.authoring.run import errors
from grader.authoring.run.outcome import Stop
from grader.notebooks.cells import NotebookNode, cells_of

ANSWER = {"solution": True, "grade": False, "grade_id": "a"}
TEST = {"solution": False, "grade": True, "grade_id": "t", "points": 1}


def notebook(*sources: str) -> NotebookNode:
    """A copy whose cells are named c1, c2, …; 'A:' and 'T:' mark answer and test."""
    made: NotebookNode = nbformat.v4.new_notebook()
    for number, source in enumerate(sources, start=1):
        mark, _, rest = source.partition(":")
        kind = {"A": ANSWER, "T": TEST}.get(mark)
        cell = nbformat.v4.new_code_cell(rest if kind else source, id=f"c{number}")
        cell.metadata = nbformat.from_dict({"nbgrader": kind} if kind else {})
        made.cells.append(cell)
    return made


def excuses(copy: NotebookNode, number: int, error: str) -> str:
    """Judge an error that a cell raised."""
    (stop,) = errors.judged(cells_of(copy), [Stop(number, f"c{number}", error)])
    return stop.excuse


NO_ANSWER = "NotAnswered: Exercise 1: not answered yet"
COPY = notebook("A:def f(): ...", "T:attempted('Exercise 1', f)", "f() + 1")


def test_a_test_that_finds_no_answer_is_excused() -> None:
    assert excuses(COPY, 2, NO_ANSWER) == "not answered yet"


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (1, "ZeroDivisionError: division by zero"),
        (2, "AssertionError: f returns nothing yet"),
        (2, "TypeError: NotAnswered: 3"),
        (3, NO_ANSWER),
        (3, "TypeError: unsupported operand"),
    ],
    ids=["an answer", "another error", "its words", "no test", "what uses an answer"],
)
def test_what_is_the_notebooks_fault(number: int, error: str) -> None:
    assert excuses(COPY, number, error) == ""


def test_errors_are_read_from_outputs() -> None:
    raised = {
        "output_type": "error",
        "ename": "ZeroDivisionError",
        "evalue": "division by zero",
        "traceback": [
            "\x1b[36mCell\x1b[39m \x1b[32mIn[7]\x1b[39m\x1b[32m, line 4\x1b[39m"
        ],
    }
    tagged = {"tags": [errors.INJECTED]}
    cells: list[dict[str, Any]] = [
        {"id": "one", "metadata": {}, "outputs": []},
        {"id": "added", "metadata": tagged, "outputs": [raised]},
        {"id": "words", "metadata": {}},
        {"id": "two", "metadata": {}, "outputs": [raised]},
    ]
    added, last = errors.errors(cells)
    assert (added.number, last.number) == (1, 3)
    assert last.place == "cell 3 (two)"
    assert last.error == "ZeroDivisionError: division by zero"
    assert (last.line, last.traceback) == (4, "Cell In[7], line 4")
