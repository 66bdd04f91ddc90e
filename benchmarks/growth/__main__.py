"""Grade classes of 1 to 5,000 submissions; print and plot how time and memory grow.

::

    .venv/bin/python -m benchmarks.growth [--up-to 100] [--workers 2] [--again]

The submissions are those of the NumPy lesson, each with a text of its own, so that
no result is taken from the cache. Every size is a class of its own, graded as `grader
grade` does it, live view included. The figures of a size are written to ``--json`` at
once, and a known size is not measured again: a run that was stopped goes on with the
next one. Table and plot are made from that file.

Exit status 1 if time is not linear within 5 %, the grading process grows by more
than 60 MiB, or the gradebook takes more than 5 % of the time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from benchmarks import machine
from benchmarks.grading.meter import Appeared, measure
from benchmarks.grading.sample_class import ROWS, make_course, write_submissions
from benchmarks.growth import table
from benchmarks.growth.table import Size
from grader.course.course import Course

SIZES = (1, 10, 100, 1000, 5000)
RESULTS = Path(__file__).parents[1]
ROW = ROWS["numpy"]


def main() -> int:
    """Measure the missing sizes and print all; return the exit status."""
    options = arguments()
    known = {} if options.again else read(options.json)
    for count in [n for n in options.sizes if n <= options.up_to]:
        if count not in known:
            print(f"{count} submissions …", file=sys.stderr, flush=True)
            known[count] = measured(count, options.workers)
            write(options.json, known)
    sizes = [known[count] for count in sorted(known)]
    print(table.table(sizes))
    table.plot(sizes, options.plot)
    broken = table.broken(sizes)
    for each in broken:
        print(f"\n{each}", file=sys.stderr)
    return 1 if broken else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument(
        "--up-to", type=int, default=max(SIZES), metavar="N", help="no size above N"
    )
    parser.add_argument("--workers", type=int, default=machine.cores())
    parser.add_argument("--again", action="store_true", help="measure known sizes, too")
    parser.add_argument("--json", type=Path, default=RESULTS / "growth.json")
    parser.add_argument("--plot", type=Path, default=RESULTS / "growth.svg")
    return parser.parse_args()


def read(path: Path) -> dict[int, Size]:
    """Return the sizes that were measured before, by their number of submissions."""
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return {int(count): Size(**figures) for count, figures in found.items()}


def write(path: Path, known: dict[int, Size]) -> None:
    """Write all sizes; a run that is stopped here leaves the old file."""
    figures = {str(count): asdict(size) for count, size in known.items()}
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def measured(count: int, workers: int) -> Size:
    """Grade a new class of `count` submissions; return the figures."""
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        folder = Path(name)
        students = make_class(count, folder)
        figures = folder / "figures.json"
        program, variables = machine.module_command("benchmarks.growth.run_once")
        environment = machine.command_environment(folder) | variables
        graded = folder / "class" / "autograded"
        notebook = Path(ROW.assignment, f"{ROW.assignment}.ipynb")
        done = Appeared(graded / student / notebook for student in sorted(students))
        command = [*program, folder, figures, str(workers)]
        use = measure(command, folder, environment, done)
        wall, processor = use.each(workers)
        return Size(
            **json.loads(figures.read_text()),
            count=count,
            workers=workers,
            whole_wall=use.wall,
            whole_processor=use.processor,
            each_wall=wall,
            each_processor=processor,
            conditions=f"{date.today():%d %B %Y}, {machine.conditions()}",
        )


def make_class(count: int, folder: Path) -> list[str]:
    """Write a course and a class with `count` submissions.

    Parameters
    ----------
    count
        How many students submit.
    folder
        Gets the folders ``course`` and ``class``.

    Returns
    -------
    list of str
        The students' names.
    """
    row = replace(ROW, submissions=count)
    course = folder / "course"
    make_course(row, course)
    released = course / "release" / row.assignment / f"{row.assignment}.ipynb"
    released.parent.mkdir(parents=True)
    text = Course.open(course).assignment(row.assignment).released
    released.write_text(text, encoding="utf-8")
    return write_submissions(row, released, folder / "class" / "submitted")


if __name__ == "__main__":
    sys.exit(main())
