"""Every submission of ``cases/`` is graded as ``expected/`` says.

``pytest tests/mangled/test_mangled.py --regenerate`` writes what is expected anew, with
``-k NAME`` of one case only: read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.errors import SubmissionError
from grader.grading import scoring
from grader.notebooks.cells import (
    NotebookNode,
    nbgrader_of,
    notebook_text,
    parse_notebook,
)
from grader.records import Assignment, Flag
from grader.submissions import merge as merge_module
from grader.submissions.compare import Comparison
from grader.submissions.merge import Merged, merge
from grader.submissions.recover import Recovered, recover
from tests.support.averages import WORKED, averages
from tests.support.corpus import (
    CASES,
    expected,
    graded,
    outcome,
    submission,
    worked,
)

SECRETS = ("total_of_all", "in_order", "value / 6", "handful of fortunes")
WRITE = "pytest tests/mangled/test_mangled.py --regenerate"
FULL = 8  # points, but for the essay, which a person grades


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return averages()


@pytest.fixture(autouse=True)
def _no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a failing merge raise here, although it never stops a batch."""

    def fail(*args: Any) -> Merged:
        raise args[-1]

    monkeypatch.setattr(merge_module, "_merge_failed", fail)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mangled_submission(
    path: Path, assignment: Assignment, request: pytest.FixtureRequest
) -> None:
    found = outcome(assignment, submission(path, assignment))
    if request.config.getoption("--regenerate"):
        text = json.dumps(found, indent=1, ensure_ascii=False)
        expected(path).write_text(f"{text}\n", "utf-8")
    assert expected(path).is_file(), f"new? write it: {WRITE} -k {path.stem}"
    assert found == json.loads(expected(path).read_text("utf-8"))


def test_every_expected_result_is_of_a_case(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        pytest.skip("some may be about to be written")
    folder = expected(CASES[0]).parent
    assert {path.stem for path in folder.iterdir()} == {path.stem for path in CASES}
    assert len(CASES) >= 60


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_holds_for_every_submission(path: Path, assignment: Assignment) -> None:
    content = submission(path, assignment)
    try:
        merged = merge(assignment, content, assignment.parameters)
    except SubmissionError:
        return
    nbformat.validate(merged.notebook)
    text = notebook_text(merged.notebook)
    text.encode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Nomen" not in text
    assert locked(merged.notebook) == locked(parse_notebook(assignment.source))
    assert [answer.grade_id for answer in merged.answers] == [*WORKED]
    code = [cell for cell in merged.notebook.cells if cell.cell_type == "code"]
    roles = {cell.metadata.grader.role for cell in code}
    assert roles <= {"setup", "answer", "test", "extra"}
    assert not any(cell.outputs for cell in code)
    assert merge(assignment, content, assignment.parameters) == merged


def locked(notebook: NotebookNode) -> list[tuple[str, str, dict[str, Any]]]:
    """What no student may change: sources and labels in order."""
    return [
        (cell.id, cell.source, nbgrader_of(cell))
        for cell in notebook.cells
        if nbgrader_of(cell).get("locked")
    ]


def score(assignment: Assignment, merged: Merged) -> float:
    return scoring.total(graded(assignment, merged))


def test_a_worked_submission_needs_no_repair(assignment: Assignment) -> None:
    merged = merge(assignment, json.dumps(worked(assignment)).encode())
    assert score(assignment, merged) == FULL
    assert (merged.repairs, merged.flags) == ((), ())
    assert {answer.found for answer in merged.answers} == {"grade_id"}
    assert {a.grade_id: a.source for a in merged.answers} == WORKED


def test_a_blank_submission_passes_nothing(assignment: Assignment) -> None:
    merged = merge(assignment, assignment.released.encode())
    assert score(assignment, merged) == 0
    assert merged.blank == {*WORKED}
    assert (merged.repairs, merged.missing) == ((), frozenset())


def test_the_solution_itself_needs_no_repair(assignment: Assignment) -> None:
    merged = merge(assignment, assignment.source.encode())
    assert score(assignment, merged) == FULL
    assert (merged.repairs, merged.flags) == ((), ())


def test_parameters_stand_after_their_cell(assignment: Assignment) -> None:
    merged = merge(assignment, assignment.released.encode(), {"size": 3, "who": "a'b"})
    ids = [cell.id for cell in merged.notebook.cells]
    at = ids.index("injected-parameters")
    assert ids[at - 1] == "parameters"
    assert merged.notebook.cells[at].source == 'size = 3\nwho = "a\'b"'
    assert merged.notebook.cells[at].metadata.tags == ["injected-parameters"]
    assert "injected-parameters" not in json.dumps(
        merge(assignment, assignment.released.encode()).notebook
    )


def test_a_blank_answer_keeps_the_checksum_of_its_release(
    assignment: Assignment,
) -> None:
    merged = merge(assignment, assignment.released.encode())
    released = {c.id: nbgrader_of(c) for c in parse_notebook(assignment.released).cells}
    essay = next(c for c in merged.notebook.cells if c.id == "essay-answer")
    assert nbgrader_of(essay)["checksum"] == released["essay-answer"]["checksum"]


def test_a_merge_that_fails_still_gives_a_notebook(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # what a batch does is tested here
    content = json.dumps(worked(assignment)).encode()

    def broken(comparison: Comparison) -> Recovered:
        if comparison.submitted:
            raise ZeroDivisionError("odd")
        return recover(comparison)

    monkeypatch.setattr(merge_module, "recover", broken)
    merged = merge(assignment, content)
    assert merged.missing == {*WORKED}
    assert merged.flags == (
        Flag("repair", "look by hand: merging failed (ZeroDivisionError: odd)"),
    )
    assert score(assignment, merged) == 0
