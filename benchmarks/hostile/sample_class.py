"""Make a class of one hostile submission and an honest one, and have it graded."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile import judge, run
from benchmarks.hostile.bounds import (
    CELL_SECONDS,
    HONEST,
    LIMITS,
    SCRATCH,
    SCRATCH_BYTES,
)
from benchmarks.hostile.judge import Graded
from benchmarks.machine import BIN
from tests.support import attacks, evidence
from tests.support.attacks import Case
from tests.support.paths import HOSTILE_COURSE


@dataclass(frozen=True)
class Seen:
    """The outcome of one submission, graded in one way."""

    group: str
    name: str
    way: str
    seconds: float
    faults: tuple[str, ...]

    @property
    def held(self) -> bool:
        return not self.faults

    def __str__(self) -> str:
        return f"{'; '.join(self.faults) or 'held'} ({self.seconds:.0f} s)"


class Class:
    """Makes a class for each case, has it graded, and judges what is left of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._released: dict[str, str] = {}

    def grade(self, way: str, case: Case) -> Seen:
        """Grade `case` and the honest student after it."""
        place = self._folder / "class"
        place.mkdir()
        mount: run.Command = [
            "mount",
            "-t",
            "tmpfs",
            "-o",
            f"size={SCRATCH_BYTES}",
            "none",
            place,
        ]
        subprocess.run(mount, check=True)
        try:
            self._make(place, case)
            before = evidence.contents(place / "submitted", place / "source")
            start = time.monotonic()
            status = run.run(run.grading(way, place, case.assignment), place)
            seconds = time.monotonic() - start
            after = evidence.contents(place / "submitted", place / "source")
            graded = Graded(way, place, case, status, before != after)
            faults = tuple(judge.faults(graded))
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)
            place.rmdir()
        return Seen(case.group, case.name, way, round(seconds, 1), faults)

    def _make(self, place: Path, case: Case) -> None:
        """Write the course in nbgrader's layout, and the two submissions."""
        name = case.assignment
        if name not in self._released:
            self._released[name] = self._release(place, name)
        else:
            shutil.copytree(self._folder / name, place, dirs_exist_ok=True)
        attacks.submit(case, self._released[name], place / "submitted")
        honest = place / "submitted" / HONEST / name / f"{name}.ipynb"
        honest.parent.mkdir(parents=True)
        honest.write_text(
            attacks.notebook(attacks.half_right(name), self._released[name])
        )

    def _release(self, place: Path, name: str) -> str:
        """Make the class with nbgrader's student copy and gradebook; keep a copy of it.

        Returns
        -------
        str
            The notebook that students get.
        """
        source = place / "source" / name / f"{name}.ipynb"
        source.parent.mkdir(parents=True)
        book = json.loads(
            (HOSTILE_COURSE / "solutions" / source.name).read_text("utf-8")
        )
        book["metadata"]["grader"] = {"limits": LIMITS}
        source.write_text(json.dumps(book), encoding="utf-8")
        config = f"c.ExecutePreprocessor.timeout = {CELL_SECONDS}\n"
        (place / "nbgrader_config.py").write_text(f"c = get_config()\n{config}")
        for scratch in ("home", *SCRATCH.values()):
            (place / scratch).mkdir()
        made = subprocess.run(
            run.boxed(place, [BIN / "nbgrader", "generate_assignment", name]),
            cwd=place,
            env=run.environment(place),
            capture_output=True,
            check=False,
        )
        if made.returncode != 0:
            raise RuntimeError(made.stderr.decode())
        shutil.copytree(place, self._folder / name)
        return (place / "release" / name / f"{name}.ipynb").read_text("utf-8")
