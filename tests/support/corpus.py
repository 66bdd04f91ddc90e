"""The damaged submissions of tests/mangled, and what the grader makes of each, as JSON.

A case is a file with a function ``mangle(notebook)``, which damages a right submission.
``expected/`` holds, under the same name, what the grader must make of it. The answers
run in this process, without a jail: we wrote them. IPython prepares them as in a
kernel, but magics do nothing.
"""

from __future__ import annotations

import contextlib
import io
import json
import runpy
from pathlib import Path
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from grader.errors import SubmissionError
from grader.grading import scoring
from grader.notebooks import magics
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    kind_of,
    nbgrader_of,
    parse_notebook,
)
from grader.records import Assignment, Check, Ended, Outcome, Task
from grader.submissions.merge import Merged, merge
from tests.support.averages import WORKED
from tests.support.paths import MANGLED

CASES = sorted((MANGLED / "cases").glob("*.py"))
_MOST_SHOWN = 6
# IPython removes prompts, and the indentation of a whole cell.
_IPYTHON: Any = TransformerManager()


def worked(assignment: Assignment) -> dict[str, Any]:
    """Return the released notebook with right answers, as JSON."""
    notebook = parse_notebook(assignment.released)
    for cell in notebook.cells:
        cell.source = WORKED.get(grade_id_of(cell) or "", cell.source)
    found: dict[str, Any] = json.loads(json.dumps(notebook))
    return found


def submission(path: Path, assignment: Assignment) -> bytes:
    """Return a case's file; its code may use ``find``, ``BLANK`` and ``EARLIER``."""

    def find(notebook: dict[str, Any], name: str) -> int:
        labels = [nbgrader_of(NotebookNode(c)) for c in notebook["cells"]]
        return [label.get("grade_id") for label in labels].index(name)

    blank = {
        grade_id_of(cell): cell.source
        for cell in parse_notebook(assignment.released).cells
    }
    names = {"find": find, "BLANK": blank, "EARLIER": assignment.earlier[0]}
    made = runpy.run_path(str(path), names)["mangle"](worked(assignment))
    return made if isinstance(made, bytes) else json.dumps(made).encode()


def expected(path: Path) -> Path:
    """Return the path of the expected result of a case."""
    return MANGLED / "expected" / f"{path.stem}.json"


def outcome(assignment: Assignment, content: bytes) -> dict[str, Any]:
    """Return how a submission is read, repaired and graded."""
    try:
        merged = merge(assignment, content, assignment.parameters)
    except SubmissionError as error:
        return {"unreadable": str(error)}
    checks = graded(assignment, merged)
    extra = own_cells(merged)
    answers = {a.grade_id: a for a in merged.answers}
    return {
        "score": scoring.total(checks),
        "cells": {check.grade_id: check.status for check in checks},
        "answers": {name: answer.found for name, answer in answers.items()},
        "not as worked": {
            name: answer.source.split("\n")
            for name, answer in answers.items()
            if answer.source != WORKED[name]
        },
        "repairs": list(merged.repairs),
        "flags": [flag.text for flag in merged.flags],
        "own cells": extra if len(extra) <= _MOST_SHOWN else len(extra),
    }


def own_cells(merged: Merged) -> list[str]:
    cells = merged.notebook.cells
    return [c.source for c in cells if c.metadata.get("grader", {}).get("extra")]


def graded(assignment: Assignment, merged: Merged) -> tuple[Check, ...]:
    """Run a merged notebook here; return a check of each graded cell."""
    tasks = {task.grade_id: task for task in assignment.tasks}
    names: dict[str, Any] = {}
    answers: list[str] = []
    raised = ""
    checks = []
    for cell in merged.notebook.cells:
        task = tasks.get(grade_id_of(cell) or "")
        if kind_of(cell) == "test" and task is not None:
            state = _state(merged, answers, raised)
            checks.append(_check(task, cell.source, names, state))
            answers, raised = [], ""
        elif kind_of(cell) == "manual" and task is not None:
            checks.append(scoring.manual(task))
        elif cell.cell_type == "code":
            raised = _run(cell.source, names) or raised
            answers += [task.grade_id] if task else []
    return tuple(checks)


def _state(merged: Merged, answers: list[str], raised: str) -> scoring.AnswerState:
    return scoring.AnswerState(
        unsure=bool(merged.unsure.intersection(answers)),
        missing=bool(answers) and {*answers} <= merged.missing,
        blank=bool(answers) and {*answers} <= merged.blank,
        error=raised,
    )


def _check(
    task: Task, source: str, names: dict[str, Any], state: scoring.AnswerState
) -> Check:
    message = _run(source, names)
    ended: Ended = "failed" if message.startswith("AssertionError") else "error"
    outcome = Outcome(ended if message else "passed", message=message)
    return scoring.check(task, outcome, state, "examiner", 0.0)


def _run(source: str, names: dict[str, Any]) -> str:
    """Run a cell; return what it raised, or nothing."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(magics.without(_prepared(source)), names)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _prepared(source: str) -> str:
    """Return the source of a cell as IPython changes it before it looks for magics."""
    lines = source.splitlines(keepends=True)
    for step in _IPYTHON.cleanup_transforms:
        lines = step(lines)
    return "".join(lines)
