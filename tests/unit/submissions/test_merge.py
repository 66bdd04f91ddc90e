"""Submissions to small assignments in which several answers bind the same name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from grader.course import release
from grader.notebooks.cells import nbgrader_of, parse_notebook, tasks_of
from grader.notebooks.source import parse_source
from grader.records import Assignment, Flag
from grader.submissions.merge import Merged, merge

REGION = "best = None\n### BEGIN SOLUTION\nbest = {}\n### END SOLUTION"
STUB = "best = None\n# TODO: your answer here"


def cell(source: str, name: str = "", *, test: bool = False) -> dict[str, Any]:
    label = {
        "grade_id": name,
        "grade": test,
        "solution": not test,
        "locked": test,
        "schema_version": 3,
        "points": 1,
    }
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"nbgrader": label} if name else {},
        "outputs": [],
        "source": source,
    }


def text(*cells: dict[str, Any]) -> str:
    kept = [{**c, "id": f"c{number}"} for number, c in enumerate(cells)]
    raw = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": kept}
    return json.dumps(raw)


@pytest.fixture
def assignment() -> Assignment:
    return assignment_of(
        cell(REGION.format(1), "first"),
        cell("assert best == 1", "first-test", test=True),
        cell(REGION.format(2), "second"),
        cell("assert best == 2", "second-test", test=True),
    )


def assignment_of(*cells: dict[str, Any]) -> Assignment:
    source = text(*cells)
    return Assignment(
        name="best",
        notebook="best",
        source=source,
        released=release.student_copy(source, "best"),
        release=release.release_hash(source),
        tasks=tasks_of(parse_source(source, "best")),
    )


def merged_copy(assignment: Assignment, **new: dict[int, Any]) -> Merged:
    """Merge the released copy, with the sources of cells set and cells put in."""
    cells = json.loads(json.dumps(parse_notebook(assignment.released)))["cells"]
    for at, source in new.get("sources", {}).items():
        cells[at]["source"] = source
    for at, source in sorted(new.get("inserted", {}).items(), reverse=True):
        cells.insert(at, cell(source))
    return merge(assignment, text(*cells).encode())


def answers(merged: Merged) -> dict[str, tuple[str, str]]:
    return {a.grade_id: (a.source, a.found) for a in merged.answers}


def test_a_blank_answer_is_not_made_of_another_of_the_same_name(
    assignment: Assignment,
) -> None:
    merged = merged_copy(assignment, sources={0: "best = 1"})
    assert answers(merged) == {
        "first": ("best = 1", "grade_id"),
        "second": (STUB, "grade_id"),
    }
    assert merged.blank == {"second"}


def test_a_new_cell_counts_for_the_answer_it_stands_below(
    assignment: Assignment,
) -> None:
    merged = merged_copy(assignment, inserted={3: "best = 2"})
    assert answers(merged) == {
        "first": (STUB, "grade_id"),
        "second": ("best = 2", "new cell"),
    }


@pytest.mark.parametrize(
    "source",
    ["best = None\n...  # TODO: your answer here", "best = None\n...", "# later", ""],
)
def test_the_stub_of_another_release_is_no_answer(
    assignment: Assignment, source: str
) -> None:
    assert merged_copy(assignment, sources={0: source}).blank == {"first", "second"}


def test_a_new_cell_elsewhere_stays_an_extra_cell(assignment: Assignment) -> None:
    merged = merged_copy(assignment, inserted={4: "best = 2"})
    assert answers(merged)["second"] == (STUB, "grade_id")
    assert merged.blank == {"first", "second"}
    assert merged.notebook.cells[-1].metadata.grader == {
        "role": "extra",
        "extra": True,
    }


def test_parameters_stand_first_where_no_cell_is_tagged(
    assignment: Assignment,
) -> None:
    merged = merge(assignment, assignment.released.encode(), {"size": 3})
    assert merged.notebook.cells[0].source == "size = 3"


def test_an_answer_that_was_never_released_becomes_a_stub(
    assignment: Assignment,
) -> None:
    raw = json.loads(assignment.released)
    del raw["cells"][2]
    changed = Assignment(
        **{
            name: getattr(assignment, name)
            for name in ("name", "notebook", "source", "release", "tasks")
        },
        released=json.dumps(raw),
    )
    merged = merge(changed, json.dumps(raw).encode())
    assert answers(merged)["second"] == ("# TODO: your answer here", "missing")
    assert merged.missing == {"second"}


def earlier(assignment: Assignment, **label: Any) -> Assignment:
    """Say that students received an earlier release, whose second cell differs."""
    raw = json.loads(assignment.released)
    raw["metadata"]["grader"]["release"] = "0" * 64
    raw["cells"][2]["metadata"]["nbgrader"] |= label
    return replace(assignment, earlier=(json.dumps(raw),))


def test_a_cell_that_was_no_answer_once_shows_no_solution(
    assignment: Assignment,
) -> None:
    changed = earlier(assignment, solution=False, locked=True)
    submitted = json.loads(changed.earlier[0])
    submitted["cells"][2]["source"] = "locked = True"
    merged = merge(changed, json.dumps(submitted).encode())
    assert "best = 2" not in [cell.source for cell in merged.notebook.cells]
    assert answers(merged)["second"][0] != REGION.format(2)
    assert "SOLUTION" not in json.dumps(merged.notebook)


def test_an_earlier_release_is_known_by_what_it_says_where_its_cells_are_the_same(
    assignment: Assignment,
) -> None:
    changed = earlier(assignment)
    merged = merge(changed, changed.earlier[0].encode())
    assert merged.flags == (Flag("release", "from earlier release 000000000000"),)
    assert merge(changed, changed.released.encode()).flags == ()


def test_labels_and_points_are_those_of_the_current_release(
    assignment: Assignment,
) -> None:
    changed = earlier(assignment, grade_id="old-second")
    submitted = json.loads(changed.earlier[0])
    submitted["cells"][2]["source"] = "best = 2"
    merged = merge(changed, json.dumps(submitted).encode())
    assert answers(merged)["second"] == ("best = 2", "grade_id")
    labels = [nbgrader_of(cell).get("grade_id") for cell in merged.notebook.cells]
    assert labels == ["first", "first-test", "second", "second-test"]


def test_a_cell_that_may_be_the_answer_is_for_a_person(assignment: Assignment) -> None:
    submitted = json.loads(assignment.released)
    submitted["cells"][2] = cell("the_best = 2")
    merged = merge(assignment, json.dumps(submitted).encode())
    assert merged.unsure == merged.missing == {"second"}
    assert merged.flags == (
        Flag("repair", "second: cell 3 may be the answer; look by hand"),
    )
    assert answers(merged)["second"] == (STUB, "missing")


# --- an open cell that asks for a guess -----------------------------------------------

GUESS = 'guess = ""  # your guess, such as "12"\nprint(3 * 5)'


@pytest.mark.parametrize(
    ("written", "mentioned"),
    [
        (GUESS, False),
        (GUESS.replace('""', '"15"'), False),
        (GUESS.replace('""', "15"), False),
        (GUESS.replace('""', "-15"), False),
        (GUESS.replace('""', "(1, [2.5])"), False),
        (GUESS.replace('""', "open('x')"), True),
        (GUESS.replace("guess", "other"), True),
        (GUESS.replace("3 * 5", "3 * 6"), True),
        (GUESS + "\nprint(1)", True),
        ("guess = '15", True),
    ],
)
def test_a_guess_is_neither_run_nor_mentioned(written: str, mentioned: bool) -> None:
    asked = assignment_of(cell(GUESS), cell(REGION.format(1), "first"))
    merged = merged_copy(asked, sources={0: written})
    assert any("You changed one of the" in text for text in merged.repairs) == mentioned
    sources = [each.source for each in merged.cells]
    assert sources.count(GUESS) == 1
    assert (written in sources) == (mentioned or written == GUESS)


def test_a_guess_in_a_cell_of_its_own_is_run_and_not_mentioned() -> None:
    asked = assignment_of(cell('guess = ""'), cell(REGION.format(1), "first"))
    merged = merged_copy(asked, sources={0: 'guess = "15"'})
    assert merged.repairs == ()
    assert 'guess = "15"' in [each.source for each in merged.cells]
