"""Compare the time of `grader run` with papermill, which runs notebooks one by one.

::

    .venv/bin/python -m benchmarks.run_notebooks [--as-many-as 6]

``--as-many-as`` copies notebooks under other names until there are that many, to
measure a larger course. Both run the smoke profile with the same kernel. papermill is
started once per notebook, because its command line takes one notebook.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import machine
from benchmarks.machine import BIN, ROOT

Command = list[str | Path]
SMOKE = ("--profile", "smoke", "--output", "run")


def main() -> None:
    """Measure both and print a table."""
    min_count = arguments().as_many_as
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        names = copy_course(course, min_count)
        table = Table("way", "wall s", "CPU s", title=f"{len(names)} notebooks, smoke")
        for way, commands in (
            ("papermill, one by one", [papermill(course, name) for name in names]),
            ("grader run", [grader_run(course)]),
        ):
            wall, processor = measure(commands, course)
            table.add_row(way, f"{wall:.0f}", f"{processor:.0f}")
    Console().print(table, machine.conditions())


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run_notebooks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--as-many-as",
        type=int,
        default=0,
        metavar="N",
        help="run at least N notebooks",
    )
    return parser.parse_args()


def copy_course(course: Path, min_count: int) -> list[str]:
    """Copy the solutions into a new course, some of them several times.

    Parameters
    ----------
    course : Path
        Folder of the new course.
    min_count : int
        Least number of notebooks.

    Returns
    -------
    list of str
        Their names.
    """
    (course / "solutions").mkdir()
    sources = sorted((ROOT / "solutions").glob("*.ipynb"))
    copied = islice(cycle(sources), max(min_count, len(sources)))
    names = []
    for number, source in enumerate(copied):
        names.append(f"{source.stem}_{number}")
        shutil.copy(source, course / "solutions" / f"{names[-1]}.ipynb")
    return names


def grader_run(course: Path) -> Command:
    """Return the command line that runs all notebooks in their smoke profile."""
    return [BIN / "grader", "run", "--course", course, *SMOKE]


def papermill(course: Path, name: str) -> Command:
    """Return papermill's command line for a notebook in its smoke profile.

    Parameters
    ----------
    course : Path
        Folder of the course.
    name : str
        Name of the notebook in it.

    Returns
    -------
    list of str or Path
        The words of the command.
    """
    path = course / "solutions" / f"{name}.ipynb"
    profile = json.loads(path.read_text())["metadata"]["grader"]["profiles"]["smoke"]
    pairs = [word for key, value in profile.items() for word in ("-p", key, str(value))]
    quiet = ("--no-progress-bar", "--kernel", "python3")
    return [BIN / "papermill", *quiet, path, course / f"{name}.ipynb", *pairs]


def measure(commands: list[Command], folder: Path) -> tuple[float, float]:
    """Run commands one after the other.

    Parameters
    ----------
    commands : list of list of str or Path
        The commands.
    folder : Path
        Folder to run them in.

    Returns
    -------
    float, float
        Wall time and processor time in seconds.
    """
    start, before = time.monotonic(), os.times()
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return time.monotonic() - start, used


if __name__ == "__main__":
    main()
