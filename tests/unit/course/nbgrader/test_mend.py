"""What nbgrader refuses in one cell is mended or left to a person, and told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from grader.course import release
from grader.course.nbgrader.mend import Mended, mend
from grader.errors import CourseError
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    kind_of,
    nbgrader_of,
    notebook_text,
)
from grader.notebooks.markers import regions
from grader.notebooks.source import parse_source, read_source
from tests.support.small_course import notebook

TEXT = """
# %%
import math
# %% one
### BEGIN SOLUTION
one = 1
### END SOLUTION
# %% one-test
assert one
### BEGIN HIDDEN TESTS
assert one == 1
### END HIDDEN TESTS
# %% two
### BEGIN SOLUTION
two = 2
### END SOLUTION
# %% two-test
assert two == 2
"""
PLAIN, ONE, ONE_TEST, TWO, TWO_TEST = range(5)
Edit = Callable[[list[dict[str, Any]]], object]


def about(at: int, **values: Any) -> Edit:
    """Return what changes nbgrader's metadata of a cell; None removes a key."""

    def edit(cells: list[dict[str, Any]]) -> None:
        metadata = cells[at]["metadata"].setdefault("nbgrader", {})
        metadata.update(values)
        for name in [name for name, value in values.items() if value is None]:
            del metadata[name]

    return edit


def source(at: int, old: str, new: str) -> Edit:
    def edit(cells: list[dict[str, Any]]) -> None:
        assert old in cells[at]["source"]
        cells[at]["source"] = cells[at]["source"].replace(old, new)

    return edit


def markdown(at: int) -> Edit:
    """Return what makes a code cell a Markdown cell, as some editors do."""
    return lambda cells: cells[at].update(cell_type="markdown")


def mended(edit: Edit) -> tuple[Mended, NotebookNode]:
    raw = json.loads(notebook(TEXT))
    edit(raw["cells"])
    made = read_source(json.dumps(raw), "lab.ipynb", tidy=True)
    found = mend(made)
    # It can be used now, as a source and by nbgrader's own release.
    text = notebook_text(made)
    parse_source(text, "lab.ipynb", regions=False)
    copy = release.student_copy(text, "lab", regions=False, checked=False)
    assert "assert one == 1" not in copy
    return found, made


SCHEME = "### BEGIN MARK SCHEME\n"
SOLUTION, HIDDEN = "### BEGIN SOLUTION\n", "### BEGIN HIDDEN TESTS\n"
NAMED: dict[str, tuple[Edit, str, list[str | None]]] = {
    "blank": (
        about(TWO_TEST, grade_id=""),
        "cell 5 (unnamed-5): it has no grade_id, and it was called unnamed-5",
        ["one", "one-test", "two", "unnamed-5"],
    ),
    "missing": (
        about(TWO, grade_id=None),
        "cell 4 (unnamed-4): it has no grade_id",
        ["one", "one-test", "unnamed-4", "two-test"],
    ),
    "with blanks": (
        about(TWO_TEST, grade_id="two: a test"),
        "its grade_id 'two: a test' is not letters, digits, '-' and '_', and it was "
        "called two-a-test",
        ["one", "one-test", "two", "two-a-test"],
    ),
    "a number": (about(TWO, grade_id=7), "7", ["one", "one-test", "7", "two-test"]),
    "twice": (
        about(TWO_TEST, grade_id="one-test"),
        "cell 5 (one-test-5): its grade_id 'one-test' is on an earlier cell, too",
        ["one", "one-test", "two", "one-test-5"],
    ),
    "twice, and taken": (
        lambda c: [
            about(ONE, grade_id="a-5")(c),
            about(ONE_TEST, grade_id="a")(c),
            about(TWO_TEST, grade_id="a")(c),
        ],
        "it was called a-5x",
        ["a-5", "a", "two", "a-5x"],
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_cell_gets_a_name_of_its_own(case: str) -> None:
    edit, told, names = NAMED[case]
    found, made = mended(edit)
    assert [grade_id_of(cell) for cell in made.cells[1:]] == names
    (fault,) = found.faults
    assert told in fault
    assert found.by_hand == {}


BY_HAND: dict[str, tuple[Edit, str, str]] = {
    "no points": (about(TWO_TEST, points=None), "two-test", "its points are None"),
    "points as text": (about(TWO_TEST, points="2"), "two-test", "its points are '2'"),
    "points below 0": (about(TWO_TEST, points=-1), "two-test", "its points are -1"),
    "true": (about(TWO_TEST, points=True), "two-test", "its points are True"),
    "test in Markdown": (markdown(TWO_TEST), "two-test", "a test in a markdown cell"),
    "solution in a test": (
        source(TWO_TEST, "assert two == 2", f"{SOLUTION}x = 1\n### END SOLUTION"),
        "two-test",
        "BEGIN SOLUTION is in it",
    ),
    "blank name, no points": (
        about(TWO_TEST, grade_id="", points=None),
        "unnamed-5",
        "its points are None",
    ),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_what_cannot_be_graded_is_left_to_a_person(case: str) -> None:
    edit, name, told = BY_HAND[case]
    found, _ = mended(edit)
    assert found.by_hand.keys() == {name}
    assert told in found.by_hand[name]


READ_AS: dict[str, tuple[Edit, str, list[str | None]]] = {
    "too new": (
        about(TWO, schema_version=10),
        "the version 10, and was read as version 3",
        ["answer", "test", "answer", "test"],
    ),
    "no boolean": (
        about(TWO_TEST, solution="no"),
        "metadata.nbgrader.solution is 'no', and was read as false",
        ["answer", "test", "answer", "test"],
    ),
    "no marks": (
        lambda c: [c[TWO]["metadata"].pop("nbgrader")],
        "cell 4 (unnamed-4): BEGIN SOLUTION is in a cell that is not for an answer",
        ["answer", "test", "answer", "test"],
    ),
    "written answer": (markdown(TWO), "", ["answer", "test", "answer", "test"]),
    "no metadata": (
        lambda c: c[TWO_TEST]["metadata"].update(nbgrader="x"),
        "",
        ["answer", "test", "answer", None],
    ),
}


@pytest.mark.parametrize("case", READ_AS)
def test_what_a_cell_is_read_as(case: str) -> None:
    edit, told, kinds = READ_AS[case]
    found, made = mended(edit)
    assert list(map(kind_of, made.cells[1:])) == kinds
    assert told in "".join(found.faults)
    assert bool(found.faults) is bool(told)


MARKED: dict[str, tuple[Edit, int, str, list[str]]] = {
    "never closed": (
        source(ONE_TEST, "\n### END HIDDEN TESTS", ""),
        ONE_TEST,
        "BEGIN HIDDEN TESTS in line 2 is never closed",
        ["HIDDEN TESTS"],
    ),
    "never opened": (
        source(ONE, SOLUTION, ""),
        ONE,
        "END SOLUTION in line 2 closes nothing",
        [],
    ),
    "nested": (source(ONE, SOLUTION, SOLUTION * 2), ONE, "is inside", ["SOLUTION"]),
    "closed by another": (
        source(ONE_TEST, "END HIDDEN TESTS", "END SOLUTION"),
        ONE_TEST,
        "END SOLUTION in line 4 closes nothing",
        ["HIDDEN TESTS"],
    ),
    "hidden test in a plain cell": (
        source(PLAIN, "import math", f"import math\n{HIDDEN}x\n### END HIDDEN TESTS"),
        PLAIN,
        "cell 1 (c0): BEGIN HIDDEN TESTS is in a cell that is not a test",
        [],
    ),
    "mark scheme in a plain cell": (
        source(PLAIN, "import math", f"import math\n{SCHEME}x\n### END MARK SCHEME"),
        PLAIN,
        "cell 1 (c0): BEGIN MARK SCHEME is in a cell that is not a task",
        [],
    ),
    "hidden test in an answer": (
        source(ONE, "one = 1", f"one = 1\n### END SOLUTION\n{HIDDEN}x"),
        ONE,
        "",
        ["SOLUTION"],
    ),
}


@pytest.mark.parametrize("case", MARKED)
def test_markers_are_paired_and_hide_no_less(case: str) -> None:
    edit, at, told, kinds = MARKED[case]
    found, made = mended(edit)
    assert told in "".join(found.faults)
    assert found.faults
    assert [region.kind for region in regions(made.cells[at].source)] == kinds
    assert found.by_hand == {}


@pytest.mark.parametrize("what", ["hidden test", "mark scheme"])
def test_what_is_hidden_in_a_plain_cell_is_taken_out(what: str) -> None:
    edit, *_ = MARKED[f"{what} in a plain cell"]
    _, made = mended(edit)
    assert made.cells[PLAIN].source == "import math"


def test_a_right_notebook_stays_as_it_is() -> None:
    found, made = mended(lambda cells: None)
    assert not found
    assert made == read_source(notebook(TEXT), "lab.ipynb", tidy=True)
    assert nbgrader_of(made.cells[PLAIN]) == {}


def test_a_notebook_of_an_older_format_is_read() -> None:
    nbgrader = {"grade_id": "a", "grade": True, "locked": True, "points": 2}
    cells = [
        {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Part 1"]},
        {
            "cell_type": "code",
            "input": ["a = 1\n", "assert a == 1"],
            "language": "python",
            "metadata": {"nbgrader": nbgrader},
            "outputs": [],
        },
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    text = json.dumps({**old, "worksheets": [{"cells": cells, "metadata": {}}]})
    made = read_source(text, "lab.ipynb", tidy=True)
    assert [cell.source for cell in made.cells] == ["## Part 1", "a = 1\nassert a == 1"]
    assert kind_of(made.cells[1]) == "test"
    assert not mend(made)


def test_a_notebook_of_an_older_format_that_is_broken_is_refused() -> None:
    text = json.dumps({"nbformat": 3, "worksheets": 5})
    with pytest.raises(CourseError, match="old format that cannot be brought to"):
        read_source(text, "lab.ipynb", tidy=True)
