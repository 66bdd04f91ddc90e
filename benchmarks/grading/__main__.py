"""Grade the same hand-ins with nbgrader and with grader; print times and scores.

::

    make bench [ARGS='--rows numpy --hand-ins 4 --json FILE']

For each row of hand-ins, in one run on one machine: ``nbgrader autograde``, ``grader
grade`` with one worker and with one a core, and the bare cells in one warm process.
Figures a hand-in leave out the start (from when each worker had done one until the
last was done); those of the whole command have it, calibration and all.

Exit status 1 if two ways gave a student different scores, or a target is not reached
and ``--strict`` is given.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import grading_table as tables
from grading_class import ROWS, Row, copy_class, hand_in, make_course
from grading_meter import Appeared, Use, measure
from grading_table import FLOOR, NBGRADER, Target, Way

from grader.course import skipping

BIN = Path(sys.executable).parent
SCORES = """
    SELECT submitted_assignment.student_id, SUM(grade.auto_score)
    FROM grade
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment
      ON submitted_assignment.id = submitted_notebook.assignment_id
    GROUP BY submitted_assignment.student_id
    ORDER BY submitted_assignment.student_id
"""


def main() -> int:
    """Measure, print, and say whether all scores are equal."""
    options = arguments()
    cores = len(os.sched_getaffinity(0))
    found = []
    for name in options.rows:
        row = ROWS[name]
        if options.hand_ins:
            row = replace(row, hand_ins=options.hand_ins)
        ways = run_row(row, cores)
        found.append((row, ways))
        print(f"\n## {row.title}: {row.assignment}, {row.hand_ins} hand-ins\n")
        print(tables.table(ways))
        if note := tables.not_run(ways):
            print(f"\n{note}")
        for target in tables.targets(row, ways):
            print(f"\n{target}", flush=True)
    print(f"\n{conditions(cores)}")
    if options.json:
        options.json.write_text(json.dumps(report(found, cores), indent=2) + "\n")
    equal = all(tables.equal(ways) for _, ways in found)
    if not equal:
        print("Scores differ: see the tables.", file=sys.stderr)
    missed = any(
        not t.reached for row, ways in found for t in tables.targets(row, ways)
    )
    return 1 if not equal or (options.strict and missed) else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--rows", nargs="+", choices=ROWS, default=list(ROWS), help="all by default"
    )
    parser.add_argument("--hand-ins", type=int, metavar="N", help="so many in each row")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument(
        "--strict", action="store_true", help="exit 1 if a target is not reached"
    )
    options = parser.parse_args()
    least = len(os.sched_getaffinity(0)) + 1
    if options.hand_ins is not None and options.hand_ins < least:
        parser.error(
            f"--hand-ins {options.hand_ins}: there must be at least {least}, one more "
            "than workers, to tell a hand-in's time from that of the start"
        )
    return options


def run_row(row: Row, cores: int) -> list[Way]:
    """Grade the hand-ins of a row in each way."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench = Bench(row, Path(name))
        ways = [bench.nbgrader()]
        ways += [bench.grader(workers) for workers in sorted({1, cores})]
        return [*ways, bench.floor()]


class Bench:
    """The folders of one row, and each way to grade what lies in them."""

    def __init__(self, row: Row, folder: Path) -> None:
        self._row = row
        self._folder = folder
        self._course = folder / "course"
        home = folder / "home"
        home.mkdir()
        self._environment = {
            "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}",
            # Keras' cache in the real one would be seen by nbgrader's kernels only.
            "HOME": str(home),
            "LANG": "C.UTF-8",
        }
        variables = make_course(row, self._course)
        self._kernels = self._environment | variables
        notebook = Path(row.assignment) / f"{row.assignment}.ipynb"
        self._source = self._course / "source" / notebook
        command = ["nbgrader", "generate_assignment", row.assignment]
        measure([BIN / command[0], *command[1:]], self._course, self._environment)
        released = self._course / "release" / notebook
        self._submitted = self._course / "submitted"
        self._students = hand_in(row, released, self._submitted)

    def nbgrader(self) -> Way:
        """Grade with nbgrader: one hand-in after the other, as it does."""
        command = [BIN / "nbgrader", "autograde", self._row.assignment]
        return self._way(NBGRADER, 0, command, self._course)

    def grader(self, workers: int) -> Way:
        """Grade with ours, in a new class folder."""
        room = copy_class(self._submitted, self._folder / f"class-{workers}")
        where = ["--course", self._course, "--class", room]
        command = [BIN / "grader", "grade", *where, "--workers", str(workers)]
        name = f"grader grade, {workers} worker{'s' if workers > 1 else ''}"
        return self._way(name, workers, command, room)

    def _way(
        self, name: str, workers: int, command: Sequence[str | Path], room: Path
    ) -> Way:
        print(f"{self._row.title}: {name} …", file=sys.stderr, flush=True)
        ran = Path(self._row.assignment, f"{self._row.assignment}.ipynb")
        graded = room / "autograded"
        done = Appeared(graded / student / ran for student in self._students)
        environment = self._kernels if name == NBGRADER else self._environment
        use = measure(command, room, environment, done)
        way = self._measured(name, workers, use, scores(room, self._students))
        notebooks = [graded / student / ran for student in self._students]
        return replace(way, left_out=left_out(notebooks))

    def floor(self) -> Way:
        """Run the bare cells."""
        print(f"{self._row.title}: {FLOOR} …", file=sys.stderr, flush=True)
        paths = sorted(self._submitted.glob("*/*/*.ipynb"))
        program = Path(__file__).with_name("grading_floor.py")
        told = self._folder / "floor.json"
        command = [sys.executable, program, told, self._source, *paths]
        use = measure(command, self._folder, self._kernels)
        said = json.loads(told.read_text())
        return replace(
            self._measured(FLOOR, 0, use, tuple(said["scores"])),
            each_wall=said["wall"],
            each_processor=said["processor"],
            left_out=said["left_out"],
        )

    def _measured(
        self, name: str, workers: int, use: Use, scores: tuple[float, ...]
    ) -> Way:
        wall, processor = use.each(max(workers, 1))
        whole = use.wall, use.processor
        return Way(name, workers, wall, processor, *whole, use.memory, scores)


def scores(room: Path, students: Sequence[str]) -> tuple[float, ...]:
    """Read the scores from a class's gradebook, nbgrader's own or ours."""
    with sqlite3.connect(f"file:{room / 'gradebook.db'}?mode=ro", uri=True) as book:
        found = dict(book.execute(SCORES).fetchall())
    return tuple(float(found.get(student) or 0.0) for student in students)


def left_out(graded: Sequence[Path]) -> float:
    """Return how many cells were not run, on average, in these graded notebooks."""
    counts = [path.read_text().count(skipping.NOT_RUN) for path in graded]
    return sum(counts) / len(counts)


def conditions(cores: int) -> str:
    """Say on what, and beside what, this was measured."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{cores} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"load over 1, 5 and 15 minutes {load}"
    )


def report(found: Sequence[tuple[Row, list[Way]]], cores: int) -> dict[str, object]:
    """Return all figures for ``--json``."""
    return {
        "conditions": conditions(cores),
        "rows": [
            {
                "row": asdict(row),
                "ways": [known(way) for way in ways],
                "targets": [
                    known(target) | {"reached": target.reached}
                    for target in tables.targets(row, ways)
                ],
                "scores equal": tables.equal(ways),
            }
            for row, ways in found
        ],
    }


def known(figures: Way | Target) -> dict[str, object]:
    """Return figures as JSON has them: null for what could not be measured."""
    unknown = {k for k, v in asdict(figures).items() if v != v}
    return asdict(figures) | dict.fromkeys(unknown)


if __name__ == "__main__":
    sys.exit(main())
