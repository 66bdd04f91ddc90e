"""One bad cell stops nothing: the rest of a course made for nbgrader is graded."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from grader import cli
from tests.support.command_line import Run

pytestmark = pytest.mark.slow
PYTHON = {"name": "python3", "language": "python", "display_name": "Python 3"}
R = {"name": "ir", "language": "R", "display_name": "R"}
ANSWER, TEST = (True, False), (False, True)


def notebook(
    kernel: dict[str, str] | None, **cells: tuple[tuple[bool, bool], str]
) -> str:
    metadata = {"kernelspec": kernel}
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": metadata,
            "cells": [cell(name, *each) for name, each in cells.items()],
        }
    )


def cell(name: str, kind: tuple[bool, bool], source: str) -> dict[str, Any]:
    solution, grade = kind
    about = {"grade_id": name, "schema_version": 3, "task": False, "locked": grade}
    about |= {"solution": solution, "grade": grade} | ({"points": 1} if grade else {})
    made = {"cell_type": "code", "id": name, "metadata": {"nbgrader": about}}
    return made | {"source": source, "outputs": [], "execution_count": None}


def labelled(text: str, **changes: dict[str, Any]) -> str:
    """Return a notebook with other metadata of nbgrader's in the named cells."""
    made = json.loads(text)
    for each in made["cells"]:
        each["metadata"]["nbgrader"] |= changes.get(each["id"], {})
    return json.dumps(made)


LOST = "assert open('lost.txt').read(), number"
NOTEBOOKS = {
    "broken": notebook(
        PYTHON,
        one=(ANSWER, "number = 1"),
        sure=(TEST, "assert number == 1"),
        lost=(TEST, LOST),
        part=(TEST, "0.5"),
    ),
    "null": notebook(None, one=(ANSWER, "one = 1"), sure=(TEST, "assert one == 1")),
    "in-r": notebook(R, one=(ANSWER, "one <- 1"), sure=(TEST, "stopifnot(one == 1)")),
    "refused": labelled(
        notebook(
            PYTHON,
            one=(ANSWER, "one = 1"),
            sure=(TEST, "assert one == 1"),
            blank=(TEST, "assert one == 1"),
            again=(TEST, "assert one == 2"),
            worth=(TEST, "assert one == 1"),
        ),
        # For each of these nbgrader refuses the whole notebook.
        blank={"grade_id": ""},
        again={"grade_id": "sure"},
        worth={"points": "much"},
    ),
    "page": "<html>",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name, text in NOTEBOOKS.items():
        for place in (f"course/source/{name}", f"class/submitted/ada/{name}"):
            (tmp_path / place).mkdir(parents=True)
            (tmp_path / place / f"{name}.ipynb").write_text(text)
    return tmp_path / "course"


def test_what_can_be_graded_is_and_the_rest_is_named(run: Run, course: Path) -> None:
    room, report = course.parent / "class", course.parent / "report.json"
    words = ("grade", "--class", room, "--course", course, "--workers", 2)
    status, out, _ = run(*words, "--json", report)
    assert status == cli.SHORT
    told = json.loads(report.read_text("utf-8"))
    assert {
        (result["assignment"], check["grade_id"]): (
            *(check["points"], check["trust"], check["status"]),
        )
        for result in told["results"]
        for check in result["cells"]
    } == {
        ("broken", "sure"): (1, "examiner", "passed"),
        ("broken", "lost"): (0, "in-kernel", "failed"),
        ("broken", "part"): (0.5, "both", "partial"),
        ("null", "sure"): (1, "examiner", "passed"),
        ("in-r", "sure"): (0, "none", "manual"),
        ("refused", "sure"): (1, "examiner", "passed"),
        ("refused", "unnamed-3"): (1, "examiner", "passed"),
        ("refused", "sure-4"): (0, "in-kernel", "failed"),
        ("refused", "worth"): (0, "none", "manual"),
    }
    problems = {(p["assignment"], p["text"].split(":")[0]) for p in told["course"]}
    assert problems == {
        ("broken", "cell lost"),
        ("broken", "cell part"),
        ("in-r", "cell sure"),
        ("refused", "cell 3 (unnamed-3)"),
        ("refused", "cell 4 (sure-4)"),
        ("refused", "cell sure-4"),
        ("refused", "cell worth"),
        ("page", "a notebook of this assignment was left out"),
    }
    (text,) = (p["text"] for p in told["course"] if p["text"].startswith("cell lost"))
    assert "FileNotFoundError: [Errno 2] No such file or directory: 'lost.txt'" in text
    assert "To mend in the course" in out
    assert needs_a_person(room / "gradebook.db") == {
        ("in-r", "sure"),
        ("refused", "worth"),
    }
    # Nothing is graded again, and all of it is said again.
    assert run(*words)[0] == cli.SHORT
    _, out, _ = run("report", "--class", room)
    assert "cell lost" in out
    page = (room / "report.html").read_text("utf-8")
    assert "To mend in the course" in page
    assert run("feedback", "--class", room, "--course", course)[0] == cli.DONE
    pages = [path.read_text("utf-8") for path in room.glob("feedback/**/*.html")]
    assert len(pages) == 4
    # Students read nothing of it.
    assert not any("lost.txt" in text or "A second look" in text for text in pages)


def needs_a_person(path: Path) -> set[tuple[str, str]]:
    query = """
        SELECT assignment.name, base_cell.name FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook AS sheet ON sheet.id = grade.notebook_id
        JOIN submitted_assignment AS work ON work.id = sheet.assignment_id
        JOIN assignment ON assignment.id = work.assignment_id
        WHERE grade.needs_manual_grade
    """
    with sqlite3.connect(path) as book:
        return set(book.execute(query))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("broken", "lost: failed: FileNotFoundError"),
        ("in-r", "only Python can be graded"),
        ("refused", "refused, cell worth: its points are 'much'"),
        ("page", "page.ipynb: not a notebook"),
    ],
)
def test_strict_grades_nothing_of_a_faulty_course(
    run: Run, course: Path, name: str, message: str
) -> None:
    room = course.parent / "class"
    status, _, err = run("grade", name, "--class", room, "--course", course, "--strict")
    assert (status, (room / "results.jsonl").exists()) == (cli.UNUSABLE, False)
    assert message in err
