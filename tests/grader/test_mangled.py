"""Every hand-in of tests/mangled is grafted as its file says, or refused in words.

A case is a file with ``mangle(notebook)``, which spoils a worked hand-in, and
``EXPECT``: ``unreadable``, or what ``passed`` (all), is ``missing`` or ``blank``
(nothing), and patterns for each of ``repairs``, ``flags`` and ``extras`` (none).
"""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader import graft as graft_module
from grader import magics
from grader.course import Course
from grader.errors import SubmissionError
from grader.graft import Grafted, graft
from grader.notebook import NotebookNode, nbgrader_of, parse, serialise
from grader.records import Assignment

MANGLED = Path(__file__).parents[1] / "mangled"
WORKED: dict[str, str] = json.loads((MANGLED / "worked.json").read_text("utf-8"))
CASES = sorted((MANGLED / "cases").glob("*.py"))
REFUSED = [path for path in CASES if '"unreadable"' in path.read_text("utf-8")]
READ = [path for path in CASES if path not in REFUSED]
ALL = {"mean", "median", "q1", "scaled"}
SECRETS = ("total_of_all", "in_order", "value / 6", "handful of fortunes")


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return Course.open(MANGLED / "course").assignment("averages")


@pytest.fixture(autouse=True)
def _no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing graft must be seen here, not caught by the net for a batch."""

    def fail(*args: Any) -> Grafted:
        raise args[-1]

    monkeypatch.setattr(graft_module, "_nothing_found", fail)


def worked(assignment: Assignment) -> dict[str, Any]:
    """The released notebook with right answers, as JSON."""
    notebook = parse(assignment.released)
    for cell in notebook.cells:
        name = nbgrader_of(cell).get("grade_id")
        cell.source = WORKED.get(name, cell.source)
    return json.loads(json.dumps(notebook))


def load(path: Path, assignment: Assignment) -> dict[str, Any]:
    """Names of a case file, which may use ``find`` and ``BLANK``."""

    def find(notebook: dict[str, Any], name: str) -> int:
        labels = [nbgrader_of(NotebookNode(c)) for c in notebook["cells"]]
        return [label.get("grade_id") for label in labels].index(name)

    blank = {
        nbgrader_of(cell).get("grade_id"): cell.source
        for cell in parse(assignment.released).cells
    }
    return runpy.run_path(str(path), {"find": find, "BLANK": blank})


def handed_in(path: Path, assignment: Assignment) -> tuple[bytes, dict[str, Any]]:
    case = load(path, assignment)
    made = case["mangle"](worked(assignment))
    content = made if isinstance(made, bytes) else json.dumps(made).encode()
    return content, case["EXPECT"]


def passed(notebook: NotebookNode) -> set[str]:
    """Run a grafted notebook in this process; labels of the tests that pass."""
    names: dict[str, Any] = {}
    done = set()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            exec(magics.without(cell.source), names)
        except Exception:
            continue
        if cell.metadata.grader.role == "test":
            done.add(nbgrader_of(cell)["grade_id"].removesuffix("-test"))
    return done


def matches(patterns: list[str], texts: list[str]) -> None:
    """Each text fits the pattern at its place, and there are no more of either."""
    assert len(texts) == len(patterns), texts
    for pattern, text in zip(patterns, texts, strict=True):
        assert re.search(pattern, text), (pattern, text)


def own_cells(grafted: Grafted) -> list[str]:
    cells = grafted.notebook.cells
    return [c.source for c in cells if c.metadata.get("grader", {}).get("extra")]


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_hand_in_that_cannot_be_read(path: Path, assignment: Assignment) -> None:
    content, expect = handed_in(path, assignment)
    with pytest.raises(SubmissionError, match=expect["unreadable"]):
        graft(assignment, content, assignment.parameters)


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_a_mangled_hand_in(path: Path, assignment: Assignment) -> None:
    content, expect = handed_in(path, assignment)
    grafted = graft(assignment, content, assignment.parameters)
    assert passed(grafted.notebook) == expect.get("passed", ALL)
    assert grafted.missing == expect.get("missing", set())
    assert grafted.blank == expect.get("blank", set())
    matches(expect.get("repairs", []), list(grafted.repairs))
    matches(expect.get("flags", []), list(grafted.flags))
    if isinstance(expect.get("extras"), int):
        assert len(own_cells(grafted)) == expect["extras"]
    else:
        matches(expect.get("extras", []), own_cells(grafted))
    answers = {answer.grade_id: answer.source for answer in grafted.answers}
    for name, pattern in expect.get("answers", {}).items():
        assert re.search(pattern, answers[name])
    if "essay" not in grafted.missing:
        assert answers["essay"] == WORKED["essay"]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_what_holds_for_every_hand_in(path: Path, assignment: Assignment) -> None:
    content, _ = handed_in(path, assignment)
    grafted = graft(assignment, content, assignment.parameters)
    nbformat.validate(grafted.notebook)
    text = serialise(grafted.notebook)
    text.encode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Nomen" not in text
    assert locked(grafted.notebook) == locked(parse(assignment.source))
    assert [answer.grade_id for answer in grafted.answers] == [*WORKED]
    code = [cell for cell in grafted.notebook.cells if cell.cell_type == "code"]
    roles = {cell.metadata.grader.role for cell in code}
    assert roles <= {"setup", "answer", "test", "extra"}
    assert not any(cell.outputs for cell in code)
    assert graft(assignment, content, assignment.parameters) == grafted


def locked(notebook: NotebookNode) -> list[tuple[str, str, dict[str, Any]]]:
    """What no student may change: sources and labels in order."""
    return [
        (cell.id, cell.source, nbgrader_of(cell))
        for cell in notebook.cells
        if nbgrader_of(cell).get("locked")
    ]


def test_a_worked_hand_in_needs_no_repair(assignment: Assignment) -> None:
    grafted = graft(assignment, json.dumps(worked(assignment)).encode())
    assert passed(grafted.notebook) == ALL
    assert (grafted.repairs, grafted.flags) == ((), ())
    assert {answer.found for answer in grafted.answers} == {"grade_id"}
    assert {a.grade_id: a.source for a in grafted.answers} == WORKED


def test_a_blank_hand_in_passes_nothing(assignment: Assignment) -> None:
    grafted = graft(assignment, assignment.released.encode())
    assert passed(grafted.notebook) == set()
    assert grafted.blank == {*WORKED}
    assert (grafted.repairs, grafted.missing) == ((), frozenset())


def test_the_solution_itself_needs_no_repair(assignment: Assignment) -> None:
    grafted = graft(assignment, assignment.source.encode())
    assert passed(grafted.notebook) == ALL
    assert (grafted.repairs, grafted.flags) == ((), ())


def test_parameters_stand_after_their_cell(assignment: Assignment) -> None:
    grafted = graft(assignment, assignment.released.encode(), {"size": 3, "who": "a'b"})
    ids = [cell.id for cell in grafted.notebook.cells]
    at = ids.index("injected-parameters")
    assert ids[at - 1] == "parameters"
    assert grafted.notebook.cells[at].source == 'size = 3\nwho = "a\'b"'
    assert grafted.notebook.cells[at].metadata.tags == ["injected-parameters"]
    assert "injected-parameters" not in json.dumps(
        graft(assignment, assignment.released.encode()).notebook
    )


def test_a_blank_answer_keeps_the_checksum_of_its_release(
    assignment: Assignment,
) -> None:
    grafted = graft(assignment, assignment.released.encode())
    released = {c.id: nbgrader_of(c) for c in parse(assignment.released).cells}
    essay = next(c for c in grafted.notebook.cells if c.id == "essay-answer")
    assert nbgrader_of(essay)["checksum"] == released["essay-answer"]["checksum"]


def test_a_graft_that_fails_still_gives_a_notebook(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the net is what is tried here
    content = json.dumps(worked(assignment)).encode()
    real = graft_module.recover

    def broken(reference: Any, handed: Any, *rest: Any) -> Any:
        if handed:
            raise ZeroDivisionError("odd")
        return real(reference, handed, *rest)

    monkeypatch.setattr(graft_module, "recover", broken)
    grafted = graft(assignment, content)
    assert grafted.missing == {*WORKED}
    assert grafted.flags == ("look by hand: grafting failed (ZeroDivisionError: odd)",)
    assert passed(grafted.notebook) == set()
