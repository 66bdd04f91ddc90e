"""What is blank is blank for ``check()``, ``grader check`` and grading alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cnnlab import selfcheck
from cnnlab.selfcheck._front_end import silent_runner
from grader.course.course import Course
from grader.execution.jail.jail import Jailer
from grader.grading import scoring, self_check
from grader.grading.grade import grade
from grader.records import Assignment, Submission

FUNCTION = (
    'def twice(x):\n    """Double it."""\n    ### BEGIN SOLUTION\n    return 2 * x\n'
    "    ### END SOLUTION",
    "expect(twice, 4, gives=8)",
    "twice",
)
LETTER = (
    'answer = ""  # "A" or "B"\n### BEGIN SOLUTION\nanswer = "A"\n### END SOLUTION',
    'expect_letter("answer", answer, "AB")',
    "answer",
)
PAIR = (
    "low = None\nhigh = None\n### BEGIN SOLUTION\nlow, high = 1, 2\n### END SOLUTION",
    'expect_value("low", low, gives=1)\n    expect_value("high", high, gives=2)',
    "low, high",
)
BARE = (
    "### BEGIN SOLUTION\nbare = 3\n### END SOLUTION",
    'expect_value("bare", bare, gives=3)',
    "bare",
)
TODO = "# TODO: your answer here"
DOCUMENTED = 'def twice(x):\n    """Double it."""\n'


class Variant(NamedTuple):
    """An answer cell: what was asked, what a student left there, and the verdict."""

    asked: tuple[str, str, str]
    typed: str | None
    blank: bool


VARIANTS = {
    "untouched": Variant(FUNCTION, None, True),
    "untouched letter": Variant(LETTER, None, True),
    "TODO left below the answer": Variant(
        FUNCTION, f"{DOCUMENTED}    return 2 * x\n    ...  {TODO}", False
    ),
    "TODO left below the letter": Variant(LETTER, f'answer = "A"\n{TODO}', False),
    "a comment added": Variant(FUNCTION, f"{DOCUMENTED}    ...  {TODO}\n# hm", True),
    "only a comment": Variant(BARE, "# I do not know", True),
    "only whitespace": Variant(FUNCTION, "\n   \n", True),
    "only the docstring": Variant(FUNCTION, DOCUMENTED, True),
    "pass": Variant(FUNCTION, f"{DOCUMENTED}    pass", True),
    "return None": Variant(FUNCTION, f"{DOCUMENTED}    return None  # ?", True),
    "emptied": Variant(FUNCTION, "", True),
    "the value None": Variant(BARE, "bare = None", True),
    "no letter": Variant(LETTER, "answer = ''", True),
    "a wrong letter": Variant(LETTER, 'answer = "B"', False),
    "no letter of these": Variant(LETTER, 'answer = "a"', False),
    "wrong": Variant(FUNCTION, f"{DOCUMENTED}    return 3 * x", False),
    "print only": Variant(FUNCTION, f"{DOCUMENTED}    print(2 * x)", False),
    "one of two values": Variant(PAIR, "low = 1\nhigh = None", False),
    "neither of two values": Variant(PAIR, "low = None\nhigh = None", True),
    "stops with an error": Variant(BARE, "bare = None\n1 / 0", False),
}


def cell(kind: str, name: str, source: str, **label: Any) -> dict[str, Any]:
    code: dict[str, Any] = {"execution_count": None, "outputs": []}
    all_labels = {"grade": False, "solution": False, "locked": False} | label
    nbgrader = {"grade_id": name, "schema_version": 3, **all_labels}
    return {
        "cell_type": kind,
        "id": name,
        "metadata": {"nbgrader": nbgrader},
        "source": source,
        **(code if kind == "code" else {}),
    }


def exercise(number: int, asked: tuple[str, str, str]) -> list[dict[str, Any]]:
    solution, test, names = asked
    title = f"Exercise {number}"
    asks = f'if attempted("{title}", {names}):\n    {test}'
    return [
        cell("markdown", f"p{number}", f"### {title} (1 point)", locked=True),
        cell("code", f"a{number}", solution, solution=True),
        cell("code", f"t{number}", asks, grade=True, locked=True, points=1),
    ]


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    root = tmp_path_factory.mktemp("course")
    imports = (
        "from cnnlab.exercises import attempted\n"
        "from cnnlab.expect import expect, expect_letter, expect_value"
    )
    cells = [cell("code", "setup", imports, locked=True)]
    for number, variant in enumerate(VARIANTS.values(), start=1):
        cells += exercise(number, variant.asked)
    (root / "solutions").mkdir()
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "solutions/variants.ipynb").write_text(json.dumps(notebook))
    return Course.open(root).assignment("variants")


@pytest.fixture(scope="module")
def submitted(assignment: Assignment) -> Any:
    """Return the released notebook, with what a student typed."""
    notebook = json.loads(assignment.released)
    typed = {
        f"a{number}": variant.typed
        for number, variant in enumerate(VARIANTS.values(), start=1)
        if variant.typed is not None
    }
    for item in notebook["cells"]:
        item["source"] = typed.get(item["id"], item["source"])
    return notebook


EXPECTED = {name: variant.blank for name, variant in VARIANTS.items()}


class Shell:
    """A kernel in which the cells of a notebook were run one by one, as on screen."""

    def __init__(self, cells: list[dict[str, Any]]) -> None:
        self.user_ns: dict[str, Any] = {"__name__": "__main__"}
        for item in cells:
            label = item["metadata"].get("nbgrader", {})
            if item["cell_type"] == "code" and not label["grade"]:
                self._run(item)

    def _run(self, item: dict[str, Any]) -> None:
        # An answer that is not there leaves the names of another exercise: none here.
        for name in ("twice", "answer", "low", "high", "bare"):
            self.user_ns.pop(name, None)
        try:
            exec("".join(item["source"]), self.user_ns)
        except ZeroDivisionError as error:
            saved = {"ename": "ZeroDivisionError", "evalue": str(error)}
            item["outputs"] = [{"output_type": "error", **saved}]

    def transform_cell(self, source: str) -> str:
        return source


def test_by_check_in_the_notebook(submitted: Any) -> None:
    found = {}
    for number, name in enumerate(VARIANTS, start=1):
        mine = {f"p{number}", f"a{number}", f"t{number}", "setup"}
        cells = [item for item in submitted["cells"] if item["id"] in mine]
        run_test = silent_runner(Shell(cells))
        sources = ["".join(item["source"]) for item in cells]
        (state,) = selfcheck.check_answers(cells, sources, run_test)
        found[name] = state.state == "blank"
    assert found == EXPECTED


@pytest.mark.parametrize("copies", [True, False], ids=["copy at hand", "no copy"])
def test_by_the_command(
    assignment: Assignment, submitted: Any, tmp_path: Path, copies: bool
) -> None:
    path = tmp_path / "variants.ipynb"
    path.write_text(json.dumps(submitted))
    if copies:
        (tmp_path / "course/lessons").mkdir(parents=True)
        released = tmp_path / "course/lessons/variants.ipynb"
        released.write_text(assignment.released)
    root = tmp_path / "course" if copies else tmp_path / "none"
    report = self_check.check(*self_check.read(path, root), "bwrap")
    states = [question.state for question in report.questions]
    found = {name: s == "blank" for name, s in zip(VARIANTS, states, strict=True)}
    assert found == EXPECTED


def test_by_grading(assignment: Assignment, submitted: Any, jailer: Jailer) -> None:
    content = json.dumps(submitted).encode()
    submission = Submission("ada", "variants", content)
    checks = grade(assignment, submission, jailer, 1).result.cells
    found = {
        name: (check.status, check.message) == ("missing", scoring.UNANSWERED)
        for name, check in zip(VARIANTS, checks, strict=True)
    }
    assert found == EXPECTED
