"""Run the bare cells of submissions in one warm process: the floor under grading.

::

    .venv/bin/python -m benchmarks.grading.floor FIGURES SOURCE SUBMISSION…

No jail, no kernel, no examiner, no gradebook: ``exec`` and nothing else. What grading
costs beyond this is the grader's own. Cells that the grader leaves out, because no
test needs them, are left out here as well. The solution is run once before the first
submission, so that no import counts as a student's time. Mean seconds and the scores
are written to FIGURES, as JSON.
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
    grade_id_of,
    is_answer,
    is_test,
    parse_notebook,
)


def main() -> None:
    """Run the submissions that the command line names, and write the figures."""
    figures, source, *submissions = map(Path, sys.argv[1:])
    os.environ.update(fork_environment())
    lesson = parse_notebook(source.read_text(encoding="utf-8"))
    left_out = skipping.skipped(lesson.cells)
    lesson.cells = [cell for cell in lesson.cells if cell.id not in left_out]
    score(lesson, {})
    students = [answers_of(path) for path in submissions]
    begun, before = time.monotonic(), time.process_time()
    scores = [score(lesson, answers) for answers in students]
    wall = (time.monotonic() - begun) / len(scores)
    processor = (time.process_time() - before) / len(scores)
    found = {"wall": wall, "processor": processor, "scores": scores}
    found["left_out"] = len(left_out)
    figures.write_text(json.dumps(found))


def answers_of(path: Path) -> dict[str, str]:
    """Return the answers in a submission, by grade_id."""
    cells = parse_notebook(path.read_text(encoding="utf-8")).cells
    return {str(grade_id_of(c)): c.source for c in cells if is_answer(c)}


def score(lesson: NotebookNode, answers: dict[str, str]) -> float:
    """Run the lesson with these answers; return the points earned."""
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
    """Run one cell; return whether it ran to its end."""
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
