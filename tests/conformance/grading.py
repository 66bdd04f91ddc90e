"""Grade some styles with the commands of nbgrader and of our grader."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.conformance import notebooks
from tests.conformance.reader import Style
from tests.support.paths import ROOT

BIN = Path(sys.executable).parent
#: How our grader is started so that this level of jails is the strongest there is.
PREFIXES: dict[str, tuple[str, ...]] = {
    "auto": (),
    "bwrap": (),
    "confined": (str(ROOT / "tests/as_container"),),
}
QUERY = """
    SELECT student.id, base_cell.name, COALESCE(grade.auto_score, 0)
    FROM grade
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment
      ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN student ON student.id = submitted_assignment.student_id
    JOIN base_cell ON base_cell.id = grade.cell_id
"""


class Key(NamedTuple):
    """One answer to one style."""

    style: str
    answer: str


class Graded(NamedTuple):
    """Our grader's result for one answer."""

    points: float
    trust: str
    status: str
    message: str


class GradingFailed(RuntimeError):
    """A command that grades has failed."""


class ClassFolders:
    """A course whose assignment has some styles, and a class with all answers to them.

    Parameters
    ----------
    styles
        The styles; the assignment has the name of the first one's kind.
    folder
        An empty folder.
    apart
        Whether each style gets a notebook of its own.
    """

    def __init__(
        self, styles: Sequence[Style], folder: Path, *, apart: bool = False
    ) -> None:
        self._styles = styles
        self._assignment = styles[0].kind
        self._course = folder / "course"
        self._class = folder / "class"
        self._home = folder / "home"
        self._home.mkdir()
        made = notebooks.sheets(styles, apart=apart)
        notebooks.write_course(self._assignment, made, self._course)
        for parent in (self._course, self._class):
            notebooks.write_class(self._assignment, made, parent / "submitted")

    def by_nbgrader(self) -> dict[Key, float]:
        """Return nbgrader's points for each answer."""
        for step in ("generate_assignment", "autograde"):
            self._run(["nbgrader", step, self._assignment], self._course)
        with sqlite3.connect(self._course / "gradebook.db") as book:
            rows = book.execute(QUERY).fetchall()
        found = {(who, cell): float(points) for who, cell, points in rows}
        return {key: found[place] for key, place in self._places()}

    def by_grader(
        self, options: Sequence[str] = (), sandbox: str = "auto"
    ) -> dict[Key, Graded]:
        """Return our grader's result for each answer.

        Parameters
        ----------
        options
            More options for ``grader grade``.
        sandbox
            The level of jails to grade in, one of `PREFIXES`.

        Raises
        ------
        GradingFailed
            The grader failed, or has used another level.
        """
        folders = ["--course", str(self._course), "--class", str(self._class)]
        command = ["grader", "grade", *folders, "--workers", "1"]
        command += ["--sandbox", sandbox, *options]
        # The exit status is 1 if a cell waits for a person. The results show it, too.
        self._run(command, self._class, (0, 1), PREFIXES[sandbox])
        found = {}
        lines = (self._class / "results.jsonl").read_text("utf-8").splitlines()
        for result in map(json.loads, lines):
            if sandbox not in ("auto", result["sandbox"]):
                raise GradingFailed(f"graded in {result['sandbox']}, not in {sandbox}")
            for cell in result["cells"]:
                name = cell["grade_id"].rpartition("/")[2]
                fields = (cell[field] for field in Graded._fields)
                found[result["student"], name] = Graded(*fields)
        return {key: found[place] for key, place in self._places()}

    def _places(self) -> Iterator[tuple[Key, tuple[str, str]]]:
        """Yield each answer, with the name of its student and the name of its test."""
        for style in self._styles:
            for number, answer in enumerate(style.answers):
                place = notebooks.student_name(number), f"{style.name}-test"
                yield Key(style.name, answer.label), place

    def _run(
        self,
        command: Sequence[str],
        folder: Path,
        good: Sequence[int] = (0,),
        prefix: Sequence[str] = (),
    ) -> None:
        environment = {
            # nbgrader starts Alembic by its name, to prepare the database.
            "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}",
            "HOME": str(self._home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [*prefix, sys.executable, "-m", *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in good:
            said = (done.stderr or done.stdout).strip()[-2000:]
            raise GradingFailed(f"{' '.join(command)}: {done.returncode}: {said}")


@contextmanager
def class_folders(
    styles: Sequence[Style], *, apart: bool = False
) -> Iterator[ClassFolders]:
    """Write a course and a class to a temporary folder, and remove it at the end."""
    with tempfile.TemporaryDirectory(prefix="conformance-") as name:
        yield ClassFolders(styles, Path(name), apart=apart)


__all__ = [
    "PREFIXES",
    "ClassFolders",
    "Graded",
    "GradingFailed",
    "Key",
    "class_folders",
]
