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


def excuses(copy: NotebookNode, *raised: tuple[int, int | None]) -> dict[int, str]:
    """Judge stops given as (cell, line); c1 should have defined f."""
    stops = [Stop(n, f"c{n}", "TypeError: no", line=line) for n, line in raised]
    names = {"c1": frozenset({"f", "x"})}
    judged = errors.judged(cells_of(copy), names, stops)
    return {stop.number: stop.excuse for stop in judged}


BLANK = "A:def f(): ..."

EXCUSED = {
    "the answer itself": ("A:1 / 0", 1),
    "a test": ("T:assert f()", 2),
    "a call of it": ("f() + 1", 2),
    "a name that only the answer would bind": ("x + 1", 2),
    "deep inside": ("for i in range(3):\n    if i:\n        print(f)", 2),
    "in a magic cell": ("%%time\nf() + 1", 2),
}


@pytest.mark.parametrize(("source", "number"), EXCUSED.values(), ids=EXCUSED)
def test_what_an_unanswered_cell_explains(source: str, number: int) -> None:
    copy = notebook(BLANK, source) if number == 2 else notebook(source)
    assert excuses(copy, (number, None))[number]


FAULTS = {
    "it uses nothing of the answers": ("import nowhere", None),
    "another line raised": ("1 / 0\nf()", 1),
    "another name": ("g()", None),
    "an attribute of that name": ("y.f()", None),
    "it gave the name a value itself": ("f = 3\nf.append(1)", 2),
}


@pytest.mark.parametrize(("source", "line"), FAULTS.values(), ids=FAULTS)
def test_what_is_the_notebooks_fault(source: str, line: int | None) -> None:
    assert excuses(notebook(BLANK, source), (2, line)) == {2: ""}


def test_a_test_or_answer_is_named_in_the_excuse() -> None:
    copy = notebook(BLANK, "T:assert f()", "f() + x")
    found = excuses(copy, (1, None), (2, None), (3, None))
    assert found == {
        1: "not answered yet",
        2: "tests an answer",
        3: "uses f, x, not answered yet",
    }


# A wrong value goes on from name to name.
CARRIED = {
    "a value": "y = f()",
    "several": "a, y = 1, f()",
    "an element": "y = {}\ny['k'] = f()",
    "an attribute": "y = object()\ny.k = f()",
    "an element added": "y = []\ny.append(f())",
    "a sum": "y = 1\ny += f()",
    "a function": "def y():\n    return f()",
    "a loop": "for y in f() or ():\n    pass",
    "a block": "with f() as y:\n    pass",
}


@pytest.mark.parametrize("source", CARRIED.values(), ids=CARRIED)
def test_a_wrong_value_is_followed(source: str) -> None:
    copy = notebook(BLANK, source, "y.shape")
    assert excuses(copy, (3, 1)) == {3: "uses y, not answered yet"}
    clean = notebook(BLANK, source.replace("f()", "g()"), "y.shape")
    assert excuses(clean, (3, 1)) == {3: ""}


def test_a_wrong_value_is_followed_within_a_cell() -> None:
    copy = notebook(BLANK, "y = f()\nprint(1)\ny.shape")
    assert excuses(copy, (2, 3)) == {2: "uses y, not answered yet"}
    assert excuses(copy, (2, 2)) == {2: ""}


def test_a_sum_on_a_wrong_value_is_excused() -> None:
    assert excuses(notebook(BLANK, "x += 1"), (2, 1))[2]


def test_what_was_not_reached_is_missing_later() -> None:
    copy = notebook(BLANK, "f() + 1\nlater = 2", "print(later)")
    assert excuses(copy, (2, 1), (3, 1))[3] == "uses later, not answered yet"
    ran = notebook(BLANK, "later = 2\nf() + 1", "print(later)")
    assert excuses(ran, (2, 2), (3, 1))[3] == ""


def test_a_fault_excuses_nothing_after_it() -> None:
    copy = notebook(BLANK, "1 / 0\nlater = 2", "print(later)")
    assert excuses(copy, (2, 1), (3, 1)) == {2: "", 3: ""}


def test_a_module_is_never_a_wrong_value() -> None:
    copy = notebook(BLANK, "import numpy as np\nnp.put(f())", "np.nothing")
    assert excuses(copy, (3, 1)) == {3: ""}


def test_a_new_value_is_right_again() -> None:
    copy = notebook(BLANK, "x = 3", "x.shape")
    assert excuses(copy, (3, 1)) == {3: ""}


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
