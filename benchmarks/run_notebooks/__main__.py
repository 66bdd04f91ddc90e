"""Time `grader run` against papermill, which runs one notebook after the other.

::

    .venv/bin/python -m benchmarks.run_notebooks [--as-many-as 6]

``--as-many-as`` copies notebooks under other names until there are so many, which
shows what a course of that size takes. Both sides run the smoke profile with the same
kernel; papermill is started once per notebook, as its command line is.
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
    least = arguments().as_many_as
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        names = copy_course(course, least)
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
        "--as-many-as", type=int, default=0, metavar="N", help="least notebooks to run"
    )
    return parser.parse_args()


def copy_course(course: Path, least: int) -> list[str]:
    """Copy the solutions, some several times; return their names."""
    (course / "solutions").mkdir()
    sources = sorted((ROOT / "solutions").glob("*.ipynb"))
    wanted = islice(cycle(sources), max(least, len(sources)))
    names = []
    for number, source in enumerate(wanted):
        names.append(f"{source.stem}_{number}")
        shutil.copy(source, course / "solutions" / f"{names[-1]}.ipynb")
    return names


def grader_run(course: Path) -> Command:
    """Return the command line that runs all notebooks in their smoke profile."""
    return [BIN / "grader", "run", "--course", course, *SMOKE]


def papermill(course: Path, name: str) -> Command:
    """Return papermill's command line for a notebook in its smoke profile."""
    path = course / "solutions" / f"{name}.ipynb"
    profile = json.loads(path.read_text())["metadata"]["grader"]["profiles"]["smoke"]
    pairs = [word for key, value in profile.items() for word in ("-p", key, str(value))]
    quiet = ("--no-progress-bar", "--kernel", "python3")
    return [BIN / "papermill", *quiet, path, course / f"{name}.ipynb", *pairs]


def measure(commands: list[Command], folder: Path) -> tuple[float, float]:
    """Run commands one by one; return wall time and processor time in seconds."""
    begun, before = time.monotonic(), os.times()
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return time.monotonic() - begun, used


if __name__ == "__main__":
    main()
