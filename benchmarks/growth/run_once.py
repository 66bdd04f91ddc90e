"""Grade one class as `grader grade` does, and write what that took.

::

    .venv/bin/python -m benchmarks.growth.run_once FOLDER FIGURES WORKERS

FOLDER has ``course`` and ``class``; FIGURES is a file for JSON. Added to the command
are only two clocks around the writing of the gradebook, and a look at the memory of
this process after each result.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.cli.screens.grade import Live
    from grader.records import Assignment, Result

MOST_MARKS = 200
PAGE = resource.getpagesize()


class Notes:
    """The live view, which also records time and memory at each event."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._begun = 0.0
        self.marks: list[tuple[int, float, float]] = []
        self.done = 0

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        self._live.preparing(assignments)

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        assert unchanged == recalled == 0, "all of it has to be graded"
        self._live.grading(count, unchanged, recalled, workers)
        self._begun = time.monotonic()
        self._mark()

    def graded(self, result: Result) -> None:
        self._live.graded(result)
        self.done += 1
        self._mark()

    def note(self, text: str) -> None:
        self._live.note(text)

    def _mark(self) -> None:
        seconds = time.monotonic() - self._begun
        self.marks.append((self.done, seconds, memory()))
        if len(self.marks) > 2 * MOST_MARKS:
            # Every other one is enough: what watches memory must not fill it.
            del self.marks[1:-1:2]


def memory() -> float:
    """Return the memory of this process, in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / (1 << 20)


def timed(function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    """Return `function`, changed to add its time to `spent`."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        wall, processor = time.monotonic(), time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent["wall"] += time.monotonic() - wall
            spent["processor"] += time.thread_time() - processor

    return call


def main() -> None:
    """Grade, and write what that took."""
    # Imported here: each worker imports this module, and does not need these.
    from rich.console import Console

    from grader.batch import run
    from grader.batch.plan import plan
    from grader.classroom.folder import Classroom
    from grader.classroom.gradebook.gradebook import Gradebook
    from grader.cli.screens import grade
    from grader.course.course import Course

    folder, figures, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    book = {"wall": 0.0, "processor": 0.0}
    Gradebook.write_all = timed(Gradebook.write_all, book)  # type: ignore[method-assign]
    room = Classroom.open(folder / "class")
    planned = plan(Course.open(folder / "course"), room)
    with Path(os.devnull).open("w") as nowhere:
        console = Console(file=nowhere, force_terminal=True, width=100)
        with grade.Live(console) as live:
            notes = Notes(live)
            run.run(room, planned, run.Options(workers), notes)
    own = resource.getrusage(resource.RUSAGE_SELF)
    figures.write_text(
        json.dumps(
            {
                "book_wall": book["wall"],
                "book_processor": book["processor"],
                "grading_wall": notes.marks[-1][1],
                "parent_processor": own.ru_utime + own.ru_stime,
                "parent_before": notes.marks[0][2],
                "parent_after": memory(),
                "parent_most": own.ru_maxrss / 1024,
                "marks": notes.marks,
            }
        )
    )


if __name__ == "__main__":
    main()
