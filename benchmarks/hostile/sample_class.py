"""Make and grade classes of one hostile and one honest submission."""

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
from benchmarks.hostile.judge import GradedClass
from benchmarks.machine import BIN
from tests.support import attacks, evidence
from tests.support.attacks import Case
from tests.support.paths import HOSTILE_COURSE


@dataclass(frozen=True)
class HostileOutcome:
    """How one grader did with one hostile submission.

    Attributes
    ----------
    group, name : str
        Class and name of the hostile submission.
    way : str
        The grader.
    seconds : float
        Wall time of grading.
    faults : tuple of str
        What should not have happened, each as ``kind: details``.
    """

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


class ClassGrader:
    """Makes a class for each case, runs a grader on it, and looks for harm."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._released: dict[str, str] = {}

    def grade(self, way: str, case: Case) -> HostileOutcome:
        """Grade a case, and an honest student after it.

        Parameters
        ----------
        way : str
            The grader, `NBGRADER` or `GRADER`.
        case : Case
            The hostile submission.

        Returns
        -------
        HostileOutcome
            Seconds and faults.
        """
        class_folder = self._folder / "class"
        class_folder.mkdir()
        mount: run.Command = [
            "mount",
            "-t",
            "tmpfs",
            "-o",
            f"size={SCRATCH_BYTES}",
            "none",
            class_folder,
        ]
        subprocess.run(mount, check=True)
        try:
            self._make(class_folder, case)
            before = evidence.contents(
                class_folder / "submitted", class_folder / "source"
            )
            start = time.monotonic()
            command = run.grading_command(way, class_folder, case.assignment)
            status = run.run(command, class_folder)
            seconds = time.monotonic() - start
            after = evidence.contents(
                class_folder / "submitted", class_folder / "source"
            )
            graded = GradedClass(way, class_folder, case, status, before != after)
            faults = tuple(judge.faults(graded))
        finally:
            subprocess.run(["umount", "--lazy", class_folder], check=True)
            class_folder.rmdir()
        return HostileOutcome(case.group, case.name, way, round(seconds, 1), faults)

    def _make(self, class_folder: Path, case: Case) -> None:
        """Write the course in nbgrader's layout, and the two submissions."""
        name = case.assignment
        if name not in self._released:
            self._released[name] = self._release(class_folder, name)
        else:
            shutil.copytree(self._folder / name, class_folder, dirs_exist_ok=True)
        attacks.submit(case, self._released[name], class_folder / "submitted")
        honest = class_folder / "submitted" / HONEST / name / f"{name}.ipynb"
        honest.parent.mkdir(parents=True)
        honest.write_text(
            attacks.notebook(attacks.half_right(name), self._released[name])
        )

    def _release(self, class_folder: Path, name: str) -> str:
        """Make a class with nbgrader's student copy and gradebook, and copy it.

        Returns
        -------
        str
            The notebook that students get.
        """
        source = class_folder / "source" / name / f"{name}.ipynb"
        source.parent.mkdir(parents=True)
        book = json.loads(
            (HOSTILE_COURSE / "solutions" / source.name).read_text("utf-8")
        )
        book["metadata"]["grader"] = {"limits": LIMITS}
        source.write_text(json.dumps(book), encoding="utf-8")
        config = f"c.ExecutePreprocessor.timeout = {CELL_SECONDS}\n"
        (class_folder / "nbgrader_config.py").write_text(f"c = get_config()\n{config}")
        for scratch in ("home", *SCRATCH.values()):
            (class_folder / scratch).mkdir()
        process = subprocess.run(
            run.sandboxed(
                class_folder, [BIN / "nbgrader", "generate_assignment", name]
            ),
            cwd=class_folder,
            env=run.environment(class_folder),
            capture_output=True,
            check=False,
        )
        if process.returncode != 0:
            raise RuntimeError(process.stderr.decode())
        shutil.copytree(class_folder, self._folder / name)
        return (class_folder / "release" / name / f"{name}.ipynb").read_text("utf-8")
