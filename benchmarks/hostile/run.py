"""Start a grader on a class with hostile code, bounded from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import machine
from benchmarks.hostile.bounds import CONTAINER, NBGRADER, SCRATCH, WALL_SECONDS
from benchmarks.machine import BIN, ROOT

Command = list[str | Path]


def grading(way: str, place: Path, assignment: str) -> Command:
    """Return the command that grades the class in `place`.

    nbgrader gets a container and a box of its own, as it has no jail.
    """
    if way == NBGRADER:
        contained = ROOT / "tests" / "contained"
        return [contained, *boxed(place, [BIN / "nbgrader", "autograde", assignment])]
    where: Command = ["--course", place, "--class", place, "--workers", "1"]
    return [BIN / "grader", "grade", assignment, *where]


def boxed(place: Path, command: Sequence[str | Path]) -> Command:
    """Return `command` with a disk that it can only read, except for `place`."""
    box: Command = ["bwrap", "--die-with-parent", "--unshare-pid"]
    box += ["--cap-drop", "ALL", "--ro-bind", "/", "/", "--dev", "/dev"]
    for outside, inside in SCRATCH.items():
        box += ["--bind", place / inside, outside]
    box += ["--proc", "/proc"]
    for shown in (Path(sys.base_prefix), ROOT):
        box += ["--ro-bind", shown, shown]
    return [*box, "--bind", place, place, "--chdir", place, "--", *command]


def environment(place: Path) -> dict[str, str]:
    """Return the environment of a grader that grades the class in `place`."""
    return machine.command_environment(place / "home") | {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "GRADER_CONTAINED": "1",
        **CONTAINER,
    }


def run(command: Sequence[str | Path], place: Path) -> int | None:
    """Run a command in a process group of its own, its output in ``place/said``.

    Returns
    -------
    int or None
        The exit status; None if it had to be ended after `WALL_SECONDS`.
    """
    with (place / "said").open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=place,
            env=environment(place),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            return process.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            # Its first process ends with it, and all others with that.
            os.killpg(process.pid, signal.SIGTERM)
            return None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
