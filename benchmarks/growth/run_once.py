"""Grade one class as `grader grade` does, and write its times and memory.

::

    .venv/bin/python -m benchmarks.growth.run_once FOLDER FIGURES WORKERS

FOLDER has the folders ``course`` and ``class``; FIGURES is the JSON file to write. Two
things are added to the command: clocks around the writing of the gradebook, and a
reading of this process' memory after each result.
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


class RecordingView:
    """A live view that also records time and memory after each result.

    Attributes
    ----------
    marks : list of (int, float, float)
        Submissions done, seconds since grading began, and memory in MiB.
    done : int
        Number of submissions done so far.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._begun = 0.0
        self.marks: list[tuple[int, float, float]] = []
        self.done = 0

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        self._live.preparing(assignments)

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        """Start the clock when grading starts.

        Parameters
        ----------
        count : int
            Number of submissions to grade.
        unchanged, recalled : int
            Submissions that need no grading; must be 0 here.
        workers : int
            Number of processes that grade.
        """
        assert unchanged == recalled == 0, "every submission must be graded"
        self._live.grading(count, unchanged, recalled, workers)
        self._begun = time.monotonic()
        self._mark()

    def graded(self, result: Result) -> None:
        self._live.graded(result)
        self.done += 1
        self._mark()

    def note(self, text: str) -> None:
        self._live.note(text)

    def left_out(self, assignment: str, reason: str) -> None:
        self._live.left_out(assignment, reason)

    def _mark(self) -> None:
        seconds = time.monotonic() - self._begun
        self.marks.append((self.done, seconds, memory()))
        if len(self.marks) > 2 * MOST_MARKS:
            # Keep every other mark: the marks must not fill the memory themselves.
            del self.marks[1:-1:2]


def memory() -> float:
    """Return the memory of this process, in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / (1 << 20)


def timed(function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    """Wrap a function so that its time is measured.

    Parameters
    ----------
    function : callable
        The function to wrap.
    spent : dict of str to float
        Its ``wall`` and ``processor`` grow by the seconds of each call.

    Returns
    -------
    callable
        A function that does the same.
    """

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
    """Grade the class named on the command line, and write the measurements."""
    # Imported here, as each worker imports this module and does not need them.
    from rich.console import Console

    from grader.batch import run
    from grader.batch.plan import plan
    from grader.classroom.folder import Classroom
    from grader.classroom.gradebook.gradebook import Gradebook
    from grader.cli.screens import grade
    from grader.course.course import Course

    folder, figures, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    gradebook = {"wall": 0.0, "processor": 0.0}
    Gradebook.write_all = timed(Gradebook.write_all, gradebook)  # type: ignore[method-assign]
    classroom = Classroom.open(folder / "class")
    grading_plan = plan(Course.open(folder / "course"), classroom)
    with Path(os.devnull).open("w") as nowhere:
        console = Console(file=nowhere, force_terminal=True, width=100)
        with grade.Live(console) as live:
            view = RecordingView(live)
            run.run(classroom, grading_plan, run.GradingSettings(workers), view)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    figures.write_text(
        json.dumps(
            {
                "book_wall": gradebook["wall"],
                "book_processor": gradebook["processor"],
                "grading_wall": view.marks[-1][1],
                "parent_processor": usage.ru_utime + usage.ru_stime,
                "parent_before": view.marks[0][2],
                "parent_after": memory(),
                "parent_most": usage.ru_maxrss / 1024,
                "marks": view.marks,
            }
        )
    )


if __name__ == "__main__":
    main()
