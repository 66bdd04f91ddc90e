"""Instructors' notebooks are checked in words; cells are told apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import nbformat
import pytest

from grader.errors import CourseError
from grader.notebooks import markers
from grader.notebooks.cells import (
    headings_of,
    is_locked,
    kind_of,
    nbgrader_of,
    new_cell,
    notebook_text,
    tasks_of,
)
from grader.notebooks.source import parse_source
from tests.support.paths import AVERAGES_SOURCE

TEXT = AVERAGES_SOURCE.read_text("utf-8")
Edit = Callable[[dict[str, dict[str, Any]]], object]


def edited(edit: Edit) -> str:
    """The base notebook with its cells, by id, passed to ``edit``."""
    raw = json.loads(TEXT)
    for cell in raw["cells"]:
        cell["source"] = "".join(cell["source"])
    edit({cell["id"]: cell for cell in raw["cells"]})
    return json.dumps(raw)


def label(cell: dict[str, Any], **changes: Any) -> None:
    cell["metadata"]["nbgrader"] |= changes


def no_points(cells: dict[str, dict[str, Any]]) -> None:
    del cells["mean-test"]["metadata"]["nbgrader"]["points"]


def source(name: str, old: str, new: str) -> Edit:
    def edit(cells: dict[str, dict[str, Any]]) -> None:
        assert old in cells[name]["source"]
        cells[name]["source"] = cells[name]["source"].replace(old, new)

    return edit


BEGIN, END = "### BEGIN SOLUTION\n", "### END SOLUTION"
OFFENCES: dict[str, tuple[Edit, str]] = {
    "same label twice": (
        lambda c: label(c["median-test"], grade_id="mean-test"),
        "lab.ipynb: grade_id 'mean-test' is on more than one cell; .*rename",
    ),
    "no label": (
        lambda c: label(c["mean-answer"], grade_id=""),
        r"cell 6 \(mean-answer\): grade_id '' cannot be used; it must be letters",
    ),
    "label with a blank": (
        lambda c: label(c["mean-answer"], grade_id="the mean"),
        "grade_id 'the mean' cannot be used",
    ),
    "never closed": (
        source("mean-answer", END, ""),
        r"cell 6 \(mean\): BEGIN SOLUTION in line 3 is never closed; every BEGIN",
    ),
    "never opened": (
        source("mean-answer", BEGIN, ""),
        "END SOLUTION in line 5 closes nothing",
    ),
    "nested": (
        source("mean-answer", BEGIN, BEGIN + BEGIN),
        "BEGIN SOLUTION in line 4 is inside BEGIN SOLUTION of line 3",
    ),
    "closed by another": (
        source("mean-answer", END, "### END HIDDEN TESTS"),
        "END HIDDEN TESTS in line 6 closes nothing",
    ),
    "solution in a plain cell": (
        source("setup", "import math", f"{BEGIN}import math\n{END}"),
        r"cell 2 \(setup\): BEGIN SOLUTION is in a cell that is not for an answer",
    ),
    "hidden test in a plain cell": (
        source("setup", "import math", "# BEGIN HIDDEN TESTS\n# END HIDDEN TESTS"),
        "BEGIN HIDDEN TESTS is in a cell that is not a test",
    ),
    "no region": (
        source("scale-answer", BEGIN, "###"),
        "END SOLUTION in line 2 closes nothing",
    ),
    "no solution marked": (
        lambda c: c["scale-answer"].update(source="scaled = []"),
        r"\(scaled\): a code cell for an answer marks no solution; put the answer",
    ),
    "no points": (no_points, r"\(mean-test\): a graded cell has points None; it must"),
    "points as text": (
        lambda c: label(c["mean-test"], points="two"),
        "a graded cell has points 'two'; it must be a number of 0 or more",
    ),
    "points below zero": (
        lambda c: label(c["essay-answer"], points=-1),
        "a graded cell has points -1",
    ),
    "a test in Markdown": (
        lambda c: c["mean-task"]["metadata"]["nbgrader"].update(grade=True, points=1),
        "a test in a markdown cell cannot be run",
    ),
    "no source": (lambda c: c["title"].pop("source"), "not a valid notebook"),
}


@pytest.mark.parametrize("name", OFFENCES)
def test_an_unusable_source_is_refused_in_words(name: str) -> None:
    edit, message = OFFENCES[name]
    with pytest.raises(CourseError, match=message):
        parse_source(edited(edit), "lab.ipynb")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "lab.ipynb: not a notebook: the file is not JSON .*save it again"),
        ("[]", "notebook format None cannot be used; it must be 4"),
        ('{"nbformat": 3, "cells": []}', "notebook format 3 cannot be used"),
        ('{"nbformat": 4}', "not a valid notebook"),
        ("[" * 100_000, "the file is not JSON"),
    ],
)
def test_what_is_no_notebook_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        parse_source(text, "lab.ipynb")


def test_a_whole_cell_may_be_the_answer_where_regions_are_not_asked_for() -> None:
    text = edited(lambda c: c["scale-answer"].update(source="scaled = []"))
    assert parse_source(text, "lab.ipynb", regions=False)


def test_tasks_have_kind_points_and_the_title_of_their_exercise() -> None:
    found = tasks_of(parse_source(TEXT, "lab.ipynb"))
    assert [(t.grade_id, t.kind, t.points, t.title) for t in found] == [
        ("mean", "answer", 0, "Exercise 1 · mean_of (2 points)"),
        ("mean-test", "test", 2, "Exercise 1 · mean_of (2 points)"),
        ("median", "answer", 0, "Exercise 2 · median_of (3 points)"),
        ("median-test", "test", 3, "Exercise 2 · median_of (3 points)"),
        ("q1", "answer", 0, "Question 1 · Robust (1 point)"),
        ("q1-test", "test", 1, "Question 1 · Robust (1 point)"),
        ("scaled", "answer", 0, "Exercise 3 · scaled (2 points)"),
        ("scaled-test", "test", 2, "Exercise 3 · scaled (2 points)"),
        ("essay", "manual", 2, "Exercise 4 · In words (2 points)"),
    ]
    assert "st.mean(sample)" in found[1].source


def test_an_ordinary_heading_names_a_task_that_has_none_of_its_own() -> None:
    def edit(cells: dict[str, dict[str, Any]]) -> None:
        del cells["median-task"]["metadata"]["nbgrader"]
        cells["median-task"]["source"] = "### A hint\n\n#### Small print"

    found = {t.grade_id: t.title for t in tasks_of(parse_source(edited(edit), "x"))}
    assert found["median"] == "Small print"
    assert found["mean"] == "Exercise 1 · mean_of (2 points)"


def test_a_smaller_heading_does_not_end_an_exercise() -> None:
    def edit(cells: dict[str, dict[str, Any]]) -> None:
        cells["medians"]["source"] = "#### A hint"
        del cells["median-task"]["metadata"]["nbgrader"]
        cells["median-task"]["source"] = "Now the median."

    found = {t.grade_id: t.title for t in tasks_of(parse_source(edited(edit), "x"))}
    assert found["median"] == "Exercise 1 · mean_of (2 points)"


def test_headings_are_not_looked_for_in_code_blocks() -> None:
    cell = new_cell("markdown", "# A #\n~~~\n# no\n~~~\n#no\n###  B b  ", "x")
    assert list(headings_of(cell)) == [(1, "A"), (3, "B b")]
    assert list(headings_of(new_cell("code", "# no", "x"))) == []


def test_headings_are_not_looked_for_in_a_mark_scheme() -> None:
    scheme = "### BEGIN MARK SCHEME\n# no\n### END MARK SCHEME"
    cell = new_cell("markdown", f"# A\n{scheme}\n## B", "x")
    assert list(headings_of(cell)) == [(1, "A"), (2, "B")]


def test_metadata_of_nbgraders_first_version_is_brought_up() -> None:
    def edit(cells: dict[str, dict[str, Any]]) -> None:
        for cell in cells.values():
            old = cell["metadata"].get("nbgrader")
            if old:
                del old["schema_version"], old["task"], old["locked"]

    found = parse_source(edited(edit), "x")
    assert tasks_of(found) == tasks_of(parse_source(TEXT, "x"))
    labels = [nbgrader_of(cell) for cell in found.cells]
    assert {label["schema_version"] for label in labels if label} == {3}


def test_kinds_and_locks() -> None:
    cells = {cell.id: cell for cell in parse_source(TEXT, "x").cells}
    kinds = {
        name: kind_of(cells[name]) for name in ("setup", "mean-task", "essay-answer")
    }
    assert kinds == {"setup": None, "mean-task": None, "essay-answer": "manual"}
    locked = {name for name, cell in cells.items() if is_locked(cell)}
    assert locked == {n for n in cells if n.endswith(("-task", "-test"))}


def test_ids_of_an_older_format_are_stable() -> None:
    raw = json.loads(TEXT)
    raw["nbformat_minor"] = 2
    for cell in raw["cells"]:
        del cell["id"]
    first, second = (parse_source(json.dumps(raw), "x") for _ in range(2))
    assert first == second
    assert first.cells[0].id == "cell-1"
    nbformat.validate(first)


def test_serialised_notebooks_are_stable_and_readable() -> None:
    text = notebook_text(parse_source(TEXT, "x"))
    assert text == TEXT
    assert text.endswith("}\n")


def test_regions_know_what_tells_an_answer() -> None:
    found = markers.regions("a\n# BEGIN SOLUTION\n  # why\n\n  b = 1\n# END SOLUTION")
    assert [(r.kind, r.telling) for r in found] == [("SOLUTION", ("b = 1",))]
