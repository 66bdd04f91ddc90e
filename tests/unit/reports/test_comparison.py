"""Grades beside those of a gradebook: what is the same, what differs, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.classroom.gradebook.recorded import CellKey, RecordedScore, RecordedScores
from grader.records import Check, Flag, Result
from grader.reports.comparison import Comparison, compare
from grader.reports.nbgrader_errors import errors_in

THEN = datetime(2026, 1, 31, tzinfo=UTC)
ADA = ("ada", "lab")
CHECKS = (
    Check("one", 2.0, 2.0, "passed", "examiner"),
    Check("two", 0.0, 3.0, "failed", "examiner", "AssertionError: no\nmore"),
    Check("essay", 0.0, 4.0, "manual", "none"),
)
RESULT = Result(*ADA, "release", 1, "0.1.0", 2.0, 9.0, CHECKS)
POINTS = {"one": (2.0, 2.0), "two": (0.0, 3.0), "essay": (None, 4.0)}


def recorded(**changes: tuple[float | None, float] | None) -> RecordedScores:
    scores = {**POINTS, **changes}
    cells = {
        CellKey(*ADA, "nb", name): RecordedScore(*score)
        for name, score in scores.items()
        if score
    }
    return RecordedScores(cells, {ADA: THEN})


def compared(
    book: RecordedScores, result: Result = RESULT, *, hours: float = 0, error: str = ""
) -> Comparison:
    times = {ADA: THEN + timedelta(hours=hours)}
    return compare([result], book, {"lab": "nb"}, times, lambda key: error)


def test_the_same_points_and_the_same_waiting_for_a_person_are_the_same() -> None:
    found = compared(recorded())
    assert found.differences == ()
    assert found.to_dict() == {
        "assignments": [
            {"assignment": "lab", "submissions": 1, "same": 3, "different": 0}
        ],
        "differences": [],
        "not_compared": [],
    }


@pytest.mark.parametrize(
    ("book", "result", "told"),
    [
        (recorded(one=(1.5, 2.0)), RESULT, "here: passed (examiner)"),
        (
            recorded(two=(3.0, 3.0)),
            RESULT,
            "here: failed (examiner), AssertionError: no",
        ),
        (recorded(essay=(0.0, 4.0)), RESULT, "here: manual"),
        (
            recorded(one=(None, 2.0)),
            RESULT,
            "here: passed (examiner); in nbgrader it waits for a person",
        ),
        (
            recorded(one=(5.0, 5.0)),
            RESULT,
            "worth 5 points then, 2 now: the course was changed since; here: passed "
            "(examiner)",
        ),
        (recorded(one=None), RESULT, "the gradebook has no score for this cell"),
        (
            recorded(gone=(1.0, 1.0)),
            RESULT,
            "the course has no such graded cell now",
        ),
        (
            recorded(one=(0.0, 2.0)),
            replace(RESULT, repairs=("1 cell was moved",)),
            "here: passed (examiner); repaired here: 1 cell was moved",
        ),
        (
            recorded(one=(0.0, 2.0)),
            replace(RESULT, flags=(Flag.grader_fault("no memory"),)),
            "the grader failed, not the student: no memory; here: passed (examiner)",
        ),
    ],
)
def test_a_difference_is_told_with_its_reason(
    book: RecordedScores, result: Result, told: str
) -> None:
    (difference,) = compared(book, result).differences
    assert difference.reason == told
    assert difference.student == "ada"


def test_the_error_that_nbgrader_saw_is_told() -> None:
    found = compared(recorded(one=(0.0, 2.0)), error="NameError: x")
    assert found.differences[0].reason.endswith("; in nbgrader: NameError: x")


def test_a_submission_that_came_later_is_told() -> None:
    later = compared(recorded(one=(0.0, 2.0)), hours=1)
    assert later.differences[0].reason.startswith("submitted again after nbgrader")
    same = compared(recorded(one=(0.0, 2.0)))
    assert same.differences[0].reason.startswith("here: passed")


def test_what_is_only_on_one_side_is_named_and_not_compared() -> None:
    bob = replace(RESULT, student="bob")
    book = recorded()
    times = {**book.submitted, ("cem", "lab"): None, ("cem", "other"): None}
    book = replace(book, submitted=times)
    found = compare([RESULT, bob], book, {"lab": "nb"}, {}, lambda key: "")
    assert found.submissions == {"lab": 1}
    assert found.not_compared == (
        "bob, lab: not in the gradebook",
        "cem, lab: in the gradebook, but not submitted here",
    )


def notebook(*outputs: object) -> str:
    cell = {"metadata": {"nbgrader": {"grade_id": "one"}}, "outputs": outputs}
    return json.dumps({"cells": [{"metadata": {}}, cell]})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            notebook({"output_type": "error", "ename": "E", "evalue": "a\nb"}),
            {"one": "E: a"},
        ),
        (
            notebook({"output_type": "stream", "name": "stderr", "text": "w"}),
            {"one": "something was printed to stderr, which counts as wrong"},
        ),
        (notebook({"output_type": "stream", "name": "stdout", "text": "w"}), {}),
        (notebook("odd"), {}),
        ("[" * 100_000, {}),
        ("{}", {}),
    ],
)
def test_what_nbgrader_counts_as_an_error(
    tmp_path: Path, text: str, told: dict[str, str]
) -> None:
    (tmp_path / "nb.ipynb").write_text(text, "utf-8")
    assert errors_in(tmp_path / "nb.ipynb") == told


def test_without_the_notebook_there_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "real.ipynb").write_text(
        notebook({"output_type": "error", "ename": "E", "evalue": "a"}), "utf-8"
    )
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    assert errors_in(tmp_path / "link.ipynb") == {}
    assert errors_in(tmp_path / "none.ipynb") == {}
