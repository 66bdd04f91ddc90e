"""Grade classes of 1 to 5,000 submissions; print and plot how time and memory grow.

::

    .venv/bin/python -m benchmarks.growth [--up-to 100] [--workers 2] [--again]

The submissions are those of the NumPy lesson. All texts differ, so that no result is
taken from the cache. For each size a new class is graded as `grader grade` does it,
live view included. The measurements of a size are written to ``--json`` at once, and a
size in that file is not measured again, so that a run that was stopped can go on. Table
and plot are made from that file.

The exit status is 1 if time is not linear within 5 %, the main process grows by more
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
from benchmarks.grading.meter import FileCounter, measure
from benchmarks.grading.sample_class import ROWS, make_course, write_submissions
from benchmarks.growth import table
from benchmarks.growth.table import Size
from grader.course.course import Course

SIZES = (1, 10, 100, 1000, 5000)
RESULTS = Path(__file__).parents[1]
ROW = ROWS["numpy"]


def main() -> int:
    """Measure the missing sizes and print all sizes; return the exit status."""
    options = arguments()
    sizes_by_count = {} if options.again else read(options.json)
    for count in [n for n in options.sizes if n <= options.up_to]:
        if count not in sizes_by_count:
            print(f"{count} submissions …", file=sys.stderr, flush=True)
            sizes_by_count[count] = measure_size(count, options.workers)
            write(options.json, sizes_by_count)
    sizes = [sizes_by_count[count] for count in sorted(sizes_by_count)]
    print(table.table(sizes))
    table.plot(sizes, options.plot)
    problems = table.exceeded_bounds(sizes)
    for problem in problems:
        print(f"\n{problem}", file=sys.stderr)
    return 1 if problems else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=SIZES,
        metavar="N",
        help="numbers of submissions (default: 1 10 100 1000 5000)",
    )
    parser.add_argument(
        "--up-to",
        type=int,
        default=max(SIZES),
        metavar="N",
        help="leave out sizes above N",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=machine.cores(),
        help="processes that grade (default: one per core)",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="also measure sizes that were measured before",
    )
    parser.add_argument(
        "--json",
        type=Path,
        default=RESULTS / "growth.json",
        help="file of all measurements",
    )
    parser.add_argument(
        "--plot", type=Path, default=RESULTS / "growth.svg", help="file of the plot"
    )
    return parser.parse_args()


def read(path: Path) -> dict[int, Size]:
    """Return the measured sizes in a file, by their number of submissions."""
    if not path.is_file():
        return {}
    records = json.loads(path.read_text(encoding="utf-8"))
    return {int(count): Size(**record) for count, record in records.items()}


def write(path: Path, sizes_by_count: dict[int, Size]) -> None:
    """Write all sizes to a file, whole or not at all.

    Parameters
    ----------
    path : Path
        The file to replace.
    sizes_by_count : dict of int to Size
        All measured sizes, by their number of submissions.
    """
    records = {str(count): asdict(size) for count, size in sizes_by_count.items()}
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def measure_size(count: int, workers: int) -> Size:
    """Grade a new class and measure it.

    Parameters
    ----------
    count : int
        Number of submissions.
    workers : int
        Number of processes that grade.

    Returns
    -------
    Size
        The measurements.
    """
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        folder = Path(name)
        students = make_class(count, folder)
        figures = folder / "figures.json"
        program, variables = machine.module_command("benchmarks.growth.run_once")
        environment = machine.command_environment(folder) | variables
        graded = folder / "class" / "autograded"
        notebook = Path(ROW.assignment, f"{ROW.assignment}.ipynb")
        done = FileCounter(graded / student / notebook for student in sorted(students))
        command = [*program, folder, figures, str(workers)]
        usage = measure(command, folder, environment, done)
        wall, processor = usage.per_submission(workers)
        return Size(
            **json.loads(figures.read_text()),
            count=count,
            workers=workers,
            whole_wall=usage.wall,
            whole_processor=usage.processor,
            each_wall=wall,
            each_processor=processor,
            conditions=f"{date.today():%d %B %Y}, {machine.conditions()}",
        )


def make_class(count: int, folder: Path) -> list[str]:
    """Write a course and a class with `count` submissions.

    Parameters
    ----------
    count
        Number of students, with one submission each.
    folder
        Folder in which the folders ``course`` and ``class`` are made.

    Returns
    -------
    list of str
        The students' names.
    """
    row = replace(ROW, submissions=count)
    course = folder / "course"
    make_course(row, course, folder / "ours")
    released = course / "release" / row.assignment / f"{row.assignment}.ipynb"
    released.parent.mkdir(parents=True)
    text = Course.open(course).assignment(row.assignment).released
    released.write_text(text, encoding="utf-8")
    return write_submissions(row, released, folder / "class" / "submitted")


if __name__ == "__main__":
    sys.exit(main())
