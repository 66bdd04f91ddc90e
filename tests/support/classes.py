"""Grade a class in a test, watch it, and read what its folder then holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.batch import run as batch
from grader.batch.plan import plan
from grader.batch.run import GradingSettings
from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.records import Assignment, Result

Submit = Callable[..., Path]
SCORES = {"ada": 8.0, "bob": 6.0, "cyn": 0.0}


class Notes:
    """A watcher that remembers, and may do something after each result."""

    def __init__(self, then: Callable[[Notes], object] = lambda notes: None) -> None:
        self.prepared: list[str] = []
        self.count = self.unchanged = self.recalled = -1
        self.done: list[str] = []
        self._then = then

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        self.prepared = [each.name for each in assignments]

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        self.count, self.unchanged, self.recalled = count, unchanged, recalled
        self._then(self)

    def note(self, text: str) -> None:
        if "in a sandbox of the level" not in text:
            raise AssertionError(text)

    def left_out(self, assignment: str, reason: str) -> None:
        raise AssertionError(assignment, reason)

    def graded(self, result: Result) -> None:
        self.done.append(result.student)
        self._then(self)


def texts(result: Result) -> list[str]:
    return [flag.text for flag in result.flags]


def run(
    room: Classroom, course: Course, notes: Notes | None = None, **options: object
) -> tuple[Notes, dict[str, Result]]:
    """Grade what is due; return what the watcher saw, and each student's result."""
    notes = notes or Notes()
    settings = GradingSettings(**({"workers": 2} | options))  # type: ignore[arg-type]
    results = batch.run(room, plan(course, room), settings, notes)
    return notes, {student: result for (student, _), result in results.items()}


def lines(room: Classroom) -> list[str]:
    return room.results.read_text("utf-8").splitlines()


def scores_in_database(path: Path) -> dict[str, float]:
    query = """
        SELECT student_id, SUM(grade.auto_score) FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment
          ON submitted_assignment.id = submitted_notebook.assignment_id
        GROUP BY student_id
    """
    with sqlite3.connect(path) as book:
        return dict(book.execute(query))


def agree(graded: Classroom) -> None:
    """Check that results, gradebook and graded notebooks say the same."""
    results = graded.read_results()
    assert {student: r.score for (student, _), r in results.items()} == SCORES
    assert scores_in_database(graded.gradebook) == SCORES
    for (student, name), result in results.items():
        path = graded.folder("autograded", student, name) / "averages.ipynb"
        notebook = json.loads(path.read_text("utf-8"))
        shown = [
            text
            for cell in notebook["cells"]
            for output in cell.get("outputs", ())
            for text in ["".join(output.get("text", ""))]
        ]
        passed = sum(check.status == "passed" for check in result.cells)
        assert sum("[passed: " in text for text in shown) == passed
