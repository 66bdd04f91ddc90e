"""Grade the submissions of one row in each way, and measure time and memory."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import machine
from benchmarks.grading.meter import FileCounter, Usage, measure
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


# How a command is started so that this level of jails is the strongest there is.
PREFIXES: dict[str, tuple[Path, ...]] = {
    "bwrap": (),
    "confined": (machine.ROOT / "tests/as_container",),
}
ASK = "from grader.execution.jail.levels import strongest; print(strongest('auto'))"


def run_row(row: Row, sandboxes: Sequence[str]) -> list[Way]:
    """Grade the submissions of a row in each way, one after the other.

    Parameters
    ----------
    row
        The row to measure.
    sandboxes
        The levels of jails, as :func:`supported` gives them.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench = Bench(row, Path(name))
        ways = [bench.nbgrader()]
        for workers in sorted({1, machine.cores()}):
            ways += [bench.grader(workers, sandbox) for sandbox in sandboxes]
        return [*ways, bench.floor()]


def supported(sandboxes: Sequence[str]) -> list[str]:
    """Return the levels of jails that can be measured on this machine.

    Parameters
    ----------
    sandboxes
        Keys of `PREFIXES`.
    """
    program = [sys.executable, "-c", ASK]
    environment = {"PATH": os.environ.get("PATH", os.defpath)}
    environment["PYTHONPATH"] = str(machine.ROOT)
    found = []
    for sandbox in sandboxes:
        command = [*map(str, PREFIXES[sandbox]), *program]
        asked = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment
        )
        if asked.stdout.strip() == sandbox:
            found.append(sandbox)
        else:
            reason = asked.stderr.strip().rpartition("\n")[2] or asked.stdout.strip()
            print(f"{sandbox} is not measured: {reason}", file=sys.stderr)
    return found


class Bench:
    """The course and the submissions of one row, and each way to grade them.

    Parameters
    ----------
    row
        The row to measure.
    folder
        An empty folder for the course, the classes and all other files.
    """

    def __init__(self, row: Row, folder: Path) -> None:
        self._row = row
        self._folder = folder
        self._course = folder / "course"
        home = folder / "home"
        home.mkdir()
        self._environment = machine.command_environment(home)
        ours = folder / "ours"
        variables = make_course(row, self._course, ours)
        self._graders_course = self._course if row.twice else ours
        self._kernels = self._environment | variables
        notebook = Path(row.assignment) / f"{row.assignment}.ipynb"
        self._source = self._course / "source" / notebook
        command = [BIN / "nbgrader", "generate_assignment", row.assignment]
        measure(command, self._course, self._environment)
        measure([BIN / "grader", "release", "--course", ours], ours, self._environment)
        released = self._course / "release" / notebook
        self._submitted = self._course / "submitted"
        self._students = write_submissions(row, released, self._submitted)

    def nbgrader(self) -> Way:
        """Grade with nbgrader, which grades one submission after the other."""
        self._announce(NBGRADER)
        command = [BIN / "nbgrader", "autograde", self._row.assignment]
        done = self._graded(self._course)
        usage = measure(command, self._course, self._kernels, done)
        return self._way(NBGRADER, 0, usage, self._course)

    def grader(self, workers: int, sandbox: str) -> Way:
        """Grade with grader, in a new class folder and in jails of one level."""
        plural = "s" if workers > 1 else ""
        name = f"grader grade, {sandbox}, {workers} worker{plural}"
        self._announce(name)
        class_folder = self._folder / f"class-{sandbox}-{workers}"
        copy_class(self._submitted, class_folder)
        folders = ["--course", self._graders_course, "--class", class_folder]
        command = [*PREFIXES[sandbox], BIN / "grader", "grade", *folders]
        command += ["--workers", str(workers)]
        done = self._graded(class_folder)
        usage = measure(command, class_folder, self._environment, done)
        way = self._way(name, workers, usage, class_folder)
        return replace(way, sandbox=sandbox)

    def floor(self) -> Way:
        """Run the bare cells."""
        self._announce(FLOOR)
        paths = sorted(self._submitted.glob("*/*/*.ipynb"))
        program, variables = machine.module_command("benchmarks.grading.floor")
        figures = self._folder / "floor.json"
        command = [*program, figures, self._source, *paths]
        usage = measure(command, self._folder, self._kernels | variables)
        record = json.loads(figures.read_text())
        return replace(
            _make_way(FLOOR, 0, usage, tuple(record["scores"])),
            each_wall=record["wall"],
            each_processor=record["processor"],
            left_out=record["left_out"],
        )

    def _announce(self, way: str) -> None:
        print(f"{self._row.title}: {way} …", file=sys.stderr, flush=True)

    def _notebooks(self, class_folder: Path) -> list[Path]:
        """Return the paths that the graded notebooks of a class will have."""
        notebook = Path(self._row.assignment, f"{self._row.assignment}.ipynb")
        return [
            class_folder / "autograded" / name / notebook for name in self._students
        ]

    def _graded(self, class_folder: Path) -> FileCounter:
        return FileCounter(self._notebooks(class_folder))

    def _way(self, name: str, workers: int, usage: Usage, class_folder: Path) -> Way:
        points = scores(class_folder, self._students)
        way = _make_way(name, workers, usage, points)
        return replace(way, left_out=left_out(self._notebooks(class_folder)))


def _make_way(name: str, workers: int, usage: Usage, points: tuple[float, ...]) -> Way:
    wall, processor = usage.per_submission(max(workers, 1))
    whole = usage.wall, usage.processor
    return Way(name, workers, wall, processor, *whole, usage.memory, points)


def scores(class_folder: Path, students: Sequence[str]) -> tuple[float, ...]:
    """Read the students' scores from a gradebook, nbgrader's or ours.

    Parameters
    ----------
    class_folder : Path
        Folder with the file ``gradebook.db``.
    students : sequence of str
        The students' names.

    Returns
    -------
    tuple of float
        One score per student, in their order; 0 for a student without one.
    """
    with sqlite3.connect(
        f"file:{class_folder / 'gradebook.db'}?mode=ro", uri=True
    ) as book:
        points = dict(book.execute(SCORES).fetchall())
    return tuple(float(points.get(student) or 0.0) for student in students)


def left_out(graded: Sequence[Path]) -> float:
    """Return the mean number of cells that were not run in these graded notebooks."""
    counts = [path.read_text().count(skipping.NOT_RUN) for path in graded]
    return sum(counts) / len(counts)
