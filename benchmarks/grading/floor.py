"""The floor under grading: the bare cells of hand-ins, run in one warm process.

::

    python benchmarks/grading/floor.py FIGURES SOURCE HAND_IN…

No jail, no kernel, no examiner, no gradebook: ``exec`` and nothing else. What grading
costs beyond this is the grader's own. What the grader leaves out of grading, because no
test needs it, is left out here as well. The solution is run once before the first
hand-in, so that nothing is imported or made ready on a student's account. Writes mean
seconds and scores to FIGURES, as JSON.
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
    """Run what the command line names, and write what it took."""
    figures, source, *hand_ins = map(Path, sys.argv[1:])
    os.environ.update(fork_environment())
    lesson = parse_notebook(source.read_text(encoding="utf-8"))
    left_out = skipping.skipped(lesson.cells)
    lesson.cells = [cell for cell in lesson.cells if cell.id not in left_out]
    score(lesson, {})
    students = [answers_of(path) for path in hand_ins]
    begun, before = time.monotonic(), time.process_time()
    scores = [score(lesson, answers) for answers in students]
    wall = (time.monotonic() - begun) / len(scores)
    processor = (time.process_time() - before) / len(scores)
    found = {"wall": wall, "processor": processor, "scores": scores}
    found["left_out"] = len(left_out)
    figures.write_text(json.dumps(found))


def answers_of(path: Path) -> dict[str, str]:
    """Return the answers in a hand-in, by grade_id."""
    cells = parse_notebook(path.read_text(encoding="utf-8")).cells
    return {str(grade_id_of(c)): c.source for c in cells if is_answer(c)}


def score(lesson: NotebookNode, answers: dict[str, str]) -> float:
    """Run the lesson with these answers in their places; return the points."""
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
    """Run one cell; say whether it came to its end."""
    try:
        exec(compile(magics.without(text), "<cell>", "exec"), names)  # noqa: S102
    except Exception:  # noqa: BLE001 - a failed test, or an answer that raises
        return False
    return True


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Send what cells print nowhere."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield


if __name__ == "__main__":
    main()
