"""Time `grader run` against papermill, one notebook after the other.

::

    .venv/bin/python benchmarks/run_notebooks/__main__.py [--as-many-as 6]

``--as-many-as`` copies notebooks under other names until there are so many, which
tells what a course of that size takes. Both sides run the smoke profile with the
same kernel; papermill is started once a notebook, as its command line is.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def main() -> None:
    """Measure both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--as-many-as", type=int, default=0)
    least = parser.parse_args().as_many_as
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        names = copy_course(course, least)
        table = Table("way", "wall s", "CPU s", title=f"{len(names)} notebooks, smoke")
        for way, commands in (
            ("papermill, one by one", [papermill(course, name) for name in names]),
            ("grader run", [[BIN / "grader", "run", "--course", course, *SMOKE]]),
        ):
            wall, processor = measure(commands, course)
            table.add_row(way, f"{wall:.0f}", f"{processor:.0f}")
    load = f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[1]:.1f}"
    Console().print(table, load)


SMOKE = ("--profile", "smoke", "--output", "run")


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


def papermill(course: Path, name: str) -> list[str | Path]:
    """Return papermill's command line for a notebook in its smoke profile."""
    path = course / "solutions" / f"{name}.ipynb"
    profile = json.loads(path.read_text())["metadata"]["grader"]["profiles"]["smoke"]
    pairs = [word for key, value in profile.items() for word in ("-p", key, str(value))]
    quiet = ("--no-progress-bar", "--kernel", "python3")
    return [BIN / "papermill", *quiet, path, course / f"{name}.ipynb", *pairs]


def measure(commands: list[list[str | Path]], folder: Path) -> tuple[float, float]:
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
