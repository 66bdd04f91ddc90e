"""Start a grader on a class with hostile code, with limits from outside."""

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


def grading_command(way: str, folder: Path, assignment: str) -> Command:
    """Return the command that grades a class.

    nbgrader has no jail, so it gets a container and a bubblewrap sandbox.

    Parameters
    ----------
    way : str
        The grader, `NBGRADER` or `GRADER`.
    folder : Path
        The class folder, which is also the course.
    assignment : str
        Name of the assignment to grade.

    Returns
    -------
    list of str or Path
        The words of the command.
    """
    if way == NBGRADER:
        contained = ROOT / "tests" / "contained"
        return [
            contained,
            *sandboxed(folder, [BIN / "nbgrader", "autograde", assignment]),
        ]
    options: Command = ["--course", folder, "--class", folder, "--workers", "1"]
    return [BIN / "grader", "grade", assignment, *options]


def sandboxed(folder: Path, command: Sequence[str | Path]) -> Command:
    """Return a command that runs another one with a read-only disk.

    Parameters
    ----------
    folder : Path
        The only folder in which files can be written. Subfolders of it are mounted
        in place of /tmp and other system folders.
    command : sequence of str or Path
        The command to run.

    Returns
    -------
    list of str or Path
        The words of the bubblewrap command.
    """
    box: Command = ["bwrap", "--die-with-parent", "--unshare-pid"]
    box += ["--cap-drop", "ALL", "--ro-bind", "/", "/", "--dev", "/dev"]
    for outside, inside in SCRATCH.items():
        box += ["--bind", folder / inside, outside]
    box += ["--proc", "/proc"]
    for readable in (Path(sys.base_prefix), ROOT):
        box += ["--ro-bind", readable, readable]
    return [*box, "--bind", folder, folder, "--chdir", folder, "--", *command]


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a grader that grades the class in `folder`."""
    return machine.command_environment(folder / "home") | {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "GRADER_CONTAINED": "1",
        **CONTAINER,
    }


def run(command: Sequence[str | Path], folder: Path) -> int | None:
    """Run a command in a process group of its own.

    Parameters
    ----------
    command : sequence of str or Path
        The words of the command.
    folder : Path
        The class folder. The output is written to the file ``output`` in it.

    Returns
    -------
    int or None
        The exit status; None if it had to be killed after `WALL_SECONDS`.
    """
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(folder),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            return process.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            # That ends the first process of its namespace, and so all others.
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
