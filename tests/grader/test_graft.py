"""Grafts of small assignments in which several answers bind the same name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader import release
from grader.graft import Grafted, graft
from grader.notebook import parse, parse_source, tasks
from grader.records import Assignment

REGION = "best = None\n### BEGIN SOLUTION\nbest = {}\n### END SOLUTION"
STUB = "best = None\n...  # TODO: your answer here"


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
    source = text(
        cell(REGION.format(1), "first"),
        cell("assert best == 1", "first-test", test=True),
        cell(REGION.format(2), "second"),
        cell("assert best == 2", "second-test", test=True),
    )
    return Assignment(
        name="best",
        notebook="best",
        source=source,
        released=release.student_copy(source, "best"),
        release=release.release_hash(source),
        tasks=tasks(parse_source(source, "best")),
    )


def handed_in(assignment: Assignment, **new: dict[int, Any]) -> Grafted:
    """Graft the released copy with sources set, cells deleted or put in."""
    cells = json.loads(json.dumps(parse(assignment.released)))["cells"]
    for at, source in new.get("sources", {}).items():
        cells[at]["source"] = source
    for at, source in sorted(new.get("inserted", {}).items(), reverse=True):
        cells.insert(at, cell(source))
    return graft(assignment, text(*cells).encode())


def answers(grafted: Grafted) -> dict[str, tuple[str, str]]:
    return {a.grade_id: (a.source, a.found) for a in grafted.answers}


def test_a_blank_answer_is_not_made_of_another_of_the_same_name(
    assignment: Assignment,
) -> None:
    grafted = handed_in(assignment, sources={0: "best = 1"})
    assert answers(grafted) == {
        "first": ("best = 1", "grade_id"),
        "second": (STUB, "grade_id"),
    }
    assert grafted.blank == {"second"}


def test_a_new_cell_counts_for_the_answer_it_stands_below(
    assignment: Assignment,
) -> None:
    grafted = handed_in(assignment, inserted={3: "best = 2"})
    assert answers(grafted) == {
        "first": (STUB, "grade_id"),
        "second": ("best = 2", "new cell"),
    }


def test_a_new_cell_elsewhere_stays_an_extra_cell(assignment: Assignment) -> None:
    grafted = handed_in(assignment, inserted={4: "best = 2"})
    assert answers(grafted)["second"] == (STUB, "grade_id")
    assert grafted.blank == {"first", "second"}
    assert grafted.notebook.cells[-1].metadata.grader == {
        "role": "extra",
        "extra": True,
    }


def test_parameters_stand_first_where_no_cell_is_tagged(
    assignment: Assignment,
) -> None:
    grafted = graft(assignment, assignment.released.encode(), {"size": 3})
    assert grafted.notebook.cells[0].source == "size = 3"


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
    grafted = graft(changed, json.dumps(raw).encode())
    assert answers(grafted)["second"] == ("...  # TODO: your answer here", "missing")
    assert grafted.missing == {"second"}
