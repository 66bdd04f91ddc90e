"""Grade 1, 10, 100, 1,000 and 5,000 hand-ins: the cost of one must stay the same.

::

    .venv/bin/python benchmarks/growth/__main__.py [--up-to 100] [--workers 2] [--again]

The hand-ins are those of the NumPy lesson, each with a text of its own, so that
nothing is taken from the cache. Every size is a class of its own, graded as `grader
grade` does it, live view included. What a size took is written to ``--json`` at
once, and a size that is there already is not measured again: a run that was stopped
goes on with the next one. Table and plot are made of that file.

Exit status 1 if time is not linear within 5 %, the grading process grows by more
than 60 MiB, or the gradebook takes more than 5 % of the time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import growth_table as tables
from grading_class import ROWS, hand_in, make_course
from grading_meter import Appeared, measure

from grader.course.course import Course

SIZES = (1, 10, 100, 1000, 5000)
HERE = Path(__file__).parents[1]
ROW = ROWS["numpy"]


def main() -> int:
    """Measure what is missing; print the table, and say whether all is in bounds."""
    options = arguments()
    known = {} if options.again else read(options.json)
    for size in [n for n in options.sizes if n <= options.up_to]:
        if str(size) not in known:
            print(f"{size} hand-ins …", file=sys.stderr, flush=True)
            known[str(size)] = measured(size, options.workers)
            write(options.json, known)
    sizes = [tables.Size(**known[key]) for key in sorted(known, key=int)]
    print(tables.table(sizes))
    tables.plot(sizes, options.plot)
    broken = tables.broken(sizes)
    for each in broken:
        print(f"\n{each}", file=sys.stderr)
    return 1 if broken else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument(
        "--up-to", type=int, default=max(SIZES), metavar="N", help="no size above"
    )
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument(
        "--again", action="store_true", help="measure what is known, too"
    )
    parser.add_argument("--json", type=Path, default=HERE / "growth.json")
    parser.add_argument("--plot", type=Path, default=HERE / "growth.svg")
    return parser.parse_args()


def read(path: Path) -> dict[str, Any]:
    """Return what was measured before, by size."""
    return dict(json.loads(path.read_text())) if path.is_file() else {}


def write(path: Path, known: dict[str, Any]) -> None:
    """Write what was measured, whole or not at all."""
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(known, indent=1) + "\n")
    draft.replace(path)


def measured(size: int, workers: int) -> dict[str, Any]:
    """Grade a new class of `size`; return what that took."""
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        folder = Path(name)
        students = make_class(size, folder)
        told = folder / "told.json"
        command = [sys.executable, HERE / "growth_run.py", folder, told, str(workers)]
        environment = {"PATH": os.environ["PATH"], "HOME": name, "LANG": "C.UTF-8"}
        graded = folder / "class" / "autograded"
        ran = Path(ROW.assignment, f"{ROW.assignment}.ipynb")
        done = Appeared(graded / student / ran for student in sorted(students))
        use = measure(command, folder, environment, done)
        wall, processor = use.each(workers)
        return json.loads(told.read_text()) | {
            "count": size,
            "workers": workers,
            "whole_wall": use.wall,
            "whole_processor": use.processor,
            "each_wall": wall,
            "each_processor": processor,
            "conditions": conditions(),
        }


def make_class(size: int, folder: Path) -> list[str]:
    """Write a course to ``folder/course``, and `size` hand-ins to ``folder/class``.

    Returns the students' names.
    """
    row = replace(ROW, hand_ins=size)
    course = folder / "course"
    make_course(row, course)
    released = course / "release" / row.assignment / f"{row.assignment}.ipynb"
    released.parent.mkdir(parents=True)
    text = Course.open(course).assignment(row.assignment).released
    released.write_text(text, encoding="utf-8")
    return hand_in(row, released, folder / "class" / "submitted")


def conditions() -> str:
    """Say when, on what, and beside what this was measured."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    cores = len(os.sched_getaffinity(0))
    return (
        f"{date.today():%d %B %Y}, {cores} cores, {platform.machine()}, Python "
        f"{platform.python_version()}, load over 1, 5 and 15 minutes {load}"
    )


if __name__ == "__main__":
    sys.exit(main())
