"""An assignment with cells of every kind, its results, and what a gradebook holds."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

from grader.classroom.folder import Classroom
from grader.course import release
from grader.notebooks.cells import parse_notebook, tasks_of
from grader.records import Assignment, Check, Result, Status

SUBMITTED = "2025-02-03T14:05:06+01:00"
ANSWER = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
TEST = "assert f(1)\n### BEGIN HIDDEN TESTS\nassert f(2) == 2\n### END HIDDEN TESTS"


def cell(
    grade_id: str, source: str, cell_type: str = "code", **flags: Any
) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "task": False} | flags
    meta = {"grade_id": grade_id, "schema_version": 3, **flags}
    found = {
        "cell_type": cell_type,
        "id": grade_id,
        "metadata": {"nbgrader": meta},
        "source": source,
    }
    code: dict[str, Any] = {"outputs": [], "execution_count": None}
    return found | (code if cell_type == "code" else {})


def exercise(number: int, points: float = 2) -> list[dict[str, Any]]:
    return [
        cell(f"q{number}", ANSWER, solution=True),
        cell(f"q{number}-test", TEST, grade=True, locked=True, points=points),
    ]


def by_hand(points: float = 3) -> list[dict[str, Any]]:
    return [
        cell("intro", "Read me.", "markdown", locked=True),
        cell("essay", "", "markdown", grade=True, solution=True, points=points),
        cell("plan", "Plan.", "markdown", task=True, locked=True, points=1.0),
    ]


def assignment(*cells: dict[str, Any], name: str = "lab") -> Assignment:
    source = json.dumps(
        {
            "cells": list(cells),
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Py"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    return Assignment(
        name=name,
        notebook="nb",
        source=source,
        released=release.student_copy(source, name),
        release=release.release_hash(source),
        tasks=tasks_of(parse_notebook(source)),
    )


LAB = assignment(*exercise(1), *exercise(2), *by_hand())


def result(
    student: str = "ada", of: Assignment = LAB, share: float = 1.0, **points: float
) -> Result:
    """Grade every cell: ``share`` of its points, or what is named (``_`` for ``-``)."""
    checks = []
    for task in of.tasks:
        if task.kind == "test":
            earned = points.get(task.grade_id.replace("-", "_"), share * task.points)
            status: Status = "passed" if earned == task.points else "failed"
            checks.append(Check(task.grade_id, earned, task.points, status, "examiner"))
        elif task.kind in {"manual", "task"}:
            checks.append(Check(task.grade_id, 0.0, task.points, "manual", "none"))
    score = sum(check.points for check in checks)
    return Result(
        student, of.name, of.release, 7, "0.1.0", score, of.max_score, tuple(checks)
    )


def answered(of: Assignment = LAB, **answers: str) -> str:
    """Return the released notebook with some answers filled in."""
    nb = json.loads(of.source)
    released = {c["id"]: "".join(c["source"]) for c in json.loads(of.released)["cells"]}
    for each in nb["cells"]:
        if each["metadata"]["nbgrader"]["solution"]:
            each["source"] = answers.get(each["id"], released[each["id"]])
    return json.dumps(nb)


def query(room: Classroom, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(room.gradebook)) as connection:
        return connection.execute(sql).fetchall()


def counts(room: Classroom) -> dict[str, int]:
    tables = ("student", "submitted_assignment", "submitted_notebook", "grade")
    return {t: query(room, f"SELECT count(*) FROM {t}")[0][0] for t in tables}


def pages(room: Classroom) -> list[bytes]:
    """Return SQLite's pages, which it reads and writes whole."""
    data = room.gradebook.read_bytes()
    return [data[start : start + 4096] for start in range(0, len(data), 4096)]


def written(room: Classroom) -> list[list[tuple[Any, ...]]]:
    """Return the grades and comments of each submission, without their ids."""
    whose = """
        JOIN submitted_notebook AS s ON s.id = row.notebook_id
        JOIN submitted_assignment AS w ON w.id = s.assignment_id
        JOIN assignment AS a ON a.id = w.assignment_id
        JOIN base_cell AS c ON c.id = row.cell_id ORDER BY 1, 2, 3
    """
    said = {"grade": "auto_score, needs_manual_grade", "comment": "auto_comment"}
    of = "w.student_id, a.name, c.name, w.timestamp"
    return [
        query(room, f"SELECT {of}, {what} FROM {table} AS row {whose}")
        for table, what in said.items()
    ]
