"""nbgrader's own courses: graded here as ``nbgrader autograde`` grades them.

Real nbgrader makes the course and the release and grades the same submissions. Their
code is honest, but nbgrader runs it unjailed: only in tests/contained.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbgrader
import pytest

from grader.batch import run
from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.course.course import Course

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
Row = tuple[float | None, float, bool]
SQUARES = (
    "def squares(n):\n    if n < 1:\n        raise ValueError(n)\n"
    "    return [i * i for i in range(1, n + 1)]\n"
)
#: Answers to both notebooks of ps1, by grade_id; the rest is left blank.
FULL = {
    "squares": SQUARES,
    "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))\n",
    "sum_of_squares_equation": r"$\sum_{i=1}^n i^2$",
    "sum_of_squares_application": "def pyramid(n):\n    return sum_of_squares(n)\n",
    "cell-d3df8cd59fd0eb74": "my_dictionary = {'one': 1, 'two': 2, 'three': 3}",
    "part-a": "Fibonacci's numbers, by recursion.",
    "part-b": "Below zero it never ends.",
}
HALF = {
    # Right but for bad arguments, and without the other function.
    "squares": "def squares(n):\n    return [i * i for i in range(1, n + 1)]\n",
    "sum_of_squares": "sum_of_squares = lambda n: n * (n + 1) * (2 * n + 1) // 6",
    "part-a": "It adds numbers.",
}


# Assignments and their submissions: of `half`, only the first notebook.
SUBMISSIONS = {
    "ps1": {"full": FULL, "half": HALF, "blank": {}},
    "auto": {"full": FULL, "half": HALF},
}
API = """
import sys
from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader
config = PyFileConfigLoader("nbgrader_config.py", path=".").load_config()
api, (step, *assignments) = NbGraderAPI(config=config), sys.argv[1:]
for name in assignments:
    for student in sorted(api.get_submitted_students(name)) or [None]:
        words = [name] if student is None else [name, student]
        done = getattr(api, step)(*words)
        assert done["success"], done["log"]
"""


def python(root: Path, *words: str) -> None:
    """Run Python as nbgrader's own commands are, in the course's folder."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # it calls alembic
    done = subprocess.run(
        [sys.executable, *words],
        cwd=root,
        env=os.environ | {"HOME": str(root), "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def theirs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return nbgrader's quickstart, released, submitted, and graded by nbgrader.

    Its parameter names the assignments: ``auto`` is made by ``quickstart --autotest``.
    """
    chosen = {name: SUBMISSIONS[name] for name in request.param}
    place = tmp_path_factory.mktemp("theirs")
    python(place, "-m", "nbgrader", "quickstart", "course101")
    root = place / "course101"
    guide = Path(nbgrader.__file__).parent / "docs/source/user_guide"
    shutil.copy(guide / "autotests.yml", root)
    shutil.copytree(guide / "source/ps1_autotest", root / "source/auto")
    (root / "source/auto/problem2.ipynb").unlink()
    python(root, "-c", API, "generate_assignment", *chosen)
    for assignment, submissions in chosen.items():
        for student, answers in submissions.items():
            submit(root, student, assignment, answers)
    (root / "submitted/half/ps1/problem2.ipynb").unlink()
    python(root, "-c", API, "autograde", *chosen)
    return root


def submit(root: Path, student: str, assignment: str, answers: dict[str, str]) -> None:
    place = root / "submitted" / student / assignment
    shutil.copytree(root / "release" / assignment, place)
    for path in place.glob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
            if "".join(cell["source"]).startswith('NAME = ""'):
                cell["source"] = f'NAME = "{student}"\nCOLLABORATORS = ""'
        path.write_text(json.dumps(notebook), "utf-8")


def scores(path: Path) -> dict[tuple[str, ...], Row]:
    """Return what a gradebook holds of each graded cell, by student and notebook."""
    query = """
        SELECT work.student_id, assignment.name, notebook.name, cell.name,
               grade.auto_score, points.max_score, grade.needs_manual_grade
        FROM grade
        JOIN submitted_notebook AS sheet ON sheet.id = grade.notebook_id
        JOIN submitted_assignment AS work ON work.id = sheet.assignment_id
        JOIN notebook ON notebook.id = sheet.notebook_id
        JOIN assignment ON assignment.id = notebook.assignment_id
        JOIN base_cell AS cell ON cell.id = grade.cell_id
        JOIN (SELECT id, max_score FROM grade_cells
              UNION SELECT id, max_score FROM task_cells) AS points
          ON points.id = cell.id
    """
    with sqlite3.connect(path) as book:
        return {tuple(row[:4]): tuple(row[4:]) for row in book.execute(query)}


@pytest.mark.nightly
@pytest.mark.hostile
@pytest.mark.parametrize("theirs", [("ps1",), ("auto",)], ids="-".join, indirect=True)
def test_same_scores_as_nbgraders(theirs: Path, tmp_path: Path) -> None:
    shutil.copytree(theirs / "submitted", tmp_path / "submitted")
    room = Classroom.open(tmp_path)
    planned = plan(Course.open(theirs), room)
    results = run.run(room, planned, run.GradingSettings())
    ours, nbgraders = scores(room.gradebook), scores(theirs / "gradebook.db")
    assert ours == nbgraders
    # A name that was filled in, as the header asks, is no repair.
    assert [r.repairs for (student, _), r in results.items() if student == "full"] == [
        ()
    ]


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.nightly
@pytest.mark.hostile
@pytest.mark.parametrize("theirs", [("ps1", "auto")], ids="-".join, indirect=True)
def test_a_class_of_nbgraders_is_compared(theirs: Path, tmp_path: Path) -> None:
    room = tmp_path / "class"
    for name in ("submitted", "autograded"):
        shutil.copytree(theirs / name, room / name)
    shutil.copy(theirs / "gradebook.db", room)
    before = contents(room)
    same = compare(theirs, room, tmp_path)
    assert same["differences"] == same["not_compared"] == []
    counts = {each["assignment"]: each["submissions"] for each in same["assignments"]}
    assert counts == {"ps1": 3, "auto": 2}
    assert contents(room) == before

    with sqlite3.connect(room / "gradebook.db") as book:
        book.execute("UPDATE grade SET auto_score = 9 WHERE auto_score = 1")
    found = compare(theirs, room, tmp_path, "auto", status=1)["differences"]
    assert found
    assert {(each["assignment"], each["recorded"]) for each in found} == {("auto", 9)}


def compare(
    course: Path, room: Path, folder: Path, *words: str, status: int = 0
) -> dict[str, Any]:
    told = folder / "told.json"
    command = [sys.executable, "-m", "grader", "compare", *words, "--json", str(told)]
    command += ["--course", str(course), "--class", str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    report: dict[str, Any] = json.loads(told.read_text("utf-8"))
    return report
