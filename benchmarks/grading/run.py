"""Grade the submissions of one row in each way, and measure what each takes."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import machine
from benchmarks.grading.meter import Appeared, Use, measure
from benchmarks.grading.sample_class import (
    Row,
    copy_class,
    make_course,
    write_submissions,
)
from benchmarks.grading.table import FLOOR, NBGRADER, Way
from benchmarks.machine import BIN
from grader.course import skipping

SCORES = """
    SELECT submitted_assignment.student_id, SUM(grade.auto_score)
    FROM grade
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment
      ON submitted_assignment.id = submitted_notebook.assignment_id
    GROUP BY submitted_assignment.student_id
    ORDER BY submitted_assignment.student_id
"""


def run_row(row: Row) -> list[Way]:
    """Grade the submissions of a row in each way, one after the other."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench = Bench(row, Path(name))
        ways = [bench.nbgrader()]
        ways += [bench.grader(workers) for workers in sorted({1, machine.cores()})]
        return [*ways, bench.floor()]


class Bench:
    """The course and the submissions of one row, and each way to grade them.

    Parameters
    ----------
    row
        What is graded.
    folder
        An empty folder for everything that is written.
    """

    def __init__(self, row: Row, folder: Path) -> None:
        self._row = row
        self._folder = folder
        self._course = folder / "course"
        home = folder / "home"
        home.mkdir()
        self._environment = machine.command_environment(home)
        variables = make_course(row, self._course)
        self._kernels = self._environment | variables
        notebook = Path(row.assignment) / f"{row.assignment}.ipynb"
        self._source = self._course / "source" / notebook
        command = [BIN / "nbgrader", "generate_assignment", row.assignment]
        measure(command, self._course, self._environment)
        released = self._course / "release" / notebook
        self._submitted = self._course / "submitted"
        self._students = write_submissions(row, released, self._submitted)

    def nbgrader(self) -> Way:
        """Grade with nbgrader, which takes one submission after the other."""
        self._announce(NBGRADER)
        command = [BIN / "nbgrader", "autograde", self._row.assignment]
        done = self._graded(self._course)
        use = measure(command, self._course, self._kernels, done)
        return self._way(NBGRADER, 0, use, self._course)

    def grader(self, workers: int) -> Way:
        """Grade with grader, in a new class folder."""
        name = f"grader grade, {workers} worker{'s' if workers > 1 else ''}"
        self._announce(name)
        room = copy_class(self._submitted, self._folder / f"class-{workers}")
        where = ["--course", self._course, "--class", room]
        command = [BIN / "grader", "grade", *where, "--workers", str(workers)]
        use = measure(command, room, self._environment, self._graded(room))
        return self._way(name, workers, use, room)

    def floor(self) -> Way:
        """Run the bare cells."""
        self._announce(FLOOR)
        paths = sorted(self._submitted.glob("*/*/*.ipynb"))
        program, variables = machine.module_command("benchmarks.grading.floor")
        figures = self._folder / "floor.json"
        command = [*program, figures, self._source, *paths]
        use = measure(command, self._folder, self._kernels | variables)
        found = json.loads(figures.read_text())
        return replace(
            _figures(FLOOR, 0, use, tuple(found["scores"])),
            each_wall=found["wall"],
            each_processor=found["processor"],
            left_out=found["left_out"],
        )

    def _announce(self, way: str) -> None:
        print(f"{self._row.title}: {way} …", file=sys.stderr, flush=True)

    def _notebooks(self, room: Path) -> list[Path]:
        """Return where the graded notebooks of a class will lie."""
        notebook = Path(self._row.assignment, f"{self._row.assignment}.ipynb")
        return [room / "autograded" / name / notebook for name in self._students]

    def _graded(self, room: Path) -> Appeared:
        return Appeared(self._notebooks(room))

    def _way(self, name: str, workers: int, use: Use, room: Path) -> Way:
        way = _figures(name, workers, use, scores(room, self._students))
        return replace(way, left_out=left_out(self._notebooks(room)))


def _figures(name: str, workers: int, use: Use, scores: tuple[float, ...]) -> Way:
    wall, processor = use.each(max(workers, 1))
    whole = use.wall, use.processor
    return Way(name, workers, wall, processor, *whole, use.memory, scores)


def scores(room: Path, students: Sequence[str]) -> tuple[float, ...]:
    """Read the students' scores from a gradebook, nbgrader's own or ours."""
    with sqlite3.connect(f"file:{room / 'gradebook.db'}?mode=ro", uri=True) as book:
        found = dict(book.execute(SCORES).fetchall())
    return tuple(float(found.get(student) or 0.0) for student in students)


def left_out(graded: Sequence[Path]) -> float:
    """Return how many cells were not run, on average, in these graded notebooks."""
    counts = [path.read_text().count(skipping.NOT_RUN) for path in graded]
    return sum(counts) / len(counts)
