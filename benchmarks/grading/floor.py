"""Run the bare cells of submissions in one warm process: the least grading can take.

::

    .venv/bin/python -m benchmarks.grading.floor FIGURES SOURCE SUBMISSION…

The cells are run with ``exec``, without a jail, a kernel, an examiner or a gradebook.
Any time beyond this is the grader's own. Cells that the grader skips because no test
needs them are skipped here as well. The solution is run once before the first
submission, so that imports do not count. Mean seconds and scores are written to
FIGURES, as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from grader.course import skipping
from grader.execution.fork_server.environment import fork_environment
from grader.notebooks import magics
from grader.notebooks.cells import (
    NotebookNode,
    cells_of,
    grade_id_of,
    is_answer,
    is_test,
    parse_notebook,
)


def main() -> None:
    """Run the submissions named on the command line, and write times and scores."""
    figures, source, *submissions = map(Path, sys.argv[1:])
    os.environ.update(fork_environment())
    lesson = parse_notebook(source.read_text(encoding="utf-8"))
    left_out = skipping.skipped(cells_of(lesson))
    lesson.cells = [cell for cell in lesson.cells if cell.id not in left_out]
    score(lesson, {})
    students = [answers_of(path) for path in submissions]
    start, processor_start = time.monotonic(), time.process_time()
    scores = [score(lesson, answers) for answers in students]
    wall = (time.monotonic() - start) / len(scores)
    processor = (time.process_time() - processor_start) / len(scores)
    record = {"wall": wall, "processor": processor, "scores": scores}
    record["left_out"] = len(left_out)
    figures.write_text(json.dumps(record))


def answers_of(path: Path) -> dict[str, str]:
    """Return the source of each answer in a submission, by grade_id."""
    cells = parse_notebook(path.read_text(encoding="utf-8")).cells
    return {str(grade_id_of(c)): c.source for c in cells if is_answer(c)}


def score(lesson: NotebookNode, answers: dict[str, str]) -> float:
    """Run the lesson with a student's answers.

    Parameters
    ----------
    lesson : NotebookNode
        The instructor's notebook.
    answers : dict of str to str
        Sources that replace those of the lesson, by grade_id.

    Returns
    -------
    float
        The points earned.
    """
    names = {"__name__": "__main__", "display": lambda *_: None}
    earned = 0.0
    with silence():
        for cell in lesson.cells:
            if cell.cell_type == "code":
                text = answers.get(str(grade_id_of(cell)), cell.source)
                if run(text, names) and is_test(cell):
                    earned += cell.metadata.nbgrader.points
    return earned


def run(text: str, names: dict[str, object]) -> bool:
    """Run one cell.

    Parameters
    ----------
    text : str
        Source of the cell.
    names : dict
        The global names, which the cell reads and changes.

    Returns
    -------
    bool
        Whether the cell ended without an exception.
    """
    try:
        exec(compile(magics.without(text), "<cell>", "exec"), names)  # noqa: S102
    except Exception:  # noqa: BLE001 - a failed test, or an answer that raises
        return False
    return True


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Discard what cells print."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield


if __name__ == "__main__":
    main()
