"""Try answers against the visible tests of a lesson, quickly and without a jail.

Only for answers that we wrote ourselves. By hand, while you write tests::

    python -m tests.support.visible 01_introduction [EXERCISE ...]

lists every wrong answer of ``solutions/wrong_answers`` with what a student reads.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from grader.authoring.verify import wrong_answers
from grader.authoring.verify.wrong_answers import WrongAnswer
from grader.course.course import Course
from grader.course.skipping import may_skip
from grader.grading.trials import Exercise, exercises
from grader.notebooks.cells import Cell, cells_of, parse_notebook
from tests.support.paths import ROOT

Names = dict[str, Any]
LESSONS = tuple(sorted(path.stem for path in ROOT.glob("solutions/*.ipynb")))


class Seen(NamedTuple):
    """What a student reads at the visible test; None if it passes."""

    exercise: str
    name: str
    message: str | None
    subtle: bool = False


def wrong_answers_of(lesson: str) -> dict[str, list[WrongAnswer]]:
    """Return the listed wrong answers of a lesson, by their exercise."""
    folder = ROOT / "solutions" / "wrong_answers" / lesson
    return {
        path.stem: wrong_answers.parse(path.read_text("utf-8"), str(path))
        for path in sorted(folder.glob("*.py"))
    }


def try_answers(
    lesson: str,
    answers: dict[str, list[WrongAnswer]],
    only: Sequence[str] = (),
) -> Iterator[Seen]:
    """Run the solution of a lesson; at each exercise, try the given answers to it.

    Without ``CNNLAB_FIGURES=text`` in the environment all figures are drawn, which
    takes long.

    Parameters
    ----------
    lesson
        The notebook's name.
    answers
        The answers to try, by their exercise.
    only
        Exercises; all if empty. Cells after the last of them are not run.
    """
    cells, parameters = _read(lesson)
    by_answer = {exercise.grade_id: exercise for exercise in exercises(cells)}
    wanted = [name for name in by_answer if not only or name in only]
    last = max(by_answer[name].end for name in wanted)
    names: Names = {"__name__": "__main__", "display": lambda *shown: None}
    for cell in cells[:last]:
        if cell.grade_id in wanted:
            exercise = by_answer[cell.grade_id]
            tests = _visible_tests(cells, exercise)
            for answer in answers.get(cell.grade_id, []):
                message = _message(names, cells, exercise, answer.source, tests)
                yield Seen(cell.grade_id, answer.name, message, answer.subtle)
        if cell.is_code and cell.kind != "test" and not may_skip(cell):
            _run(cell.source, names)
        if "parameters" in cell.tags:
            names.update(parameters)


def _read(lesson: str) -> tuple[Sequence[Cell], dict[str, Any]]:
    assignment = Course.open(ROOT).assignment(lesson)
    cells = cells_of(parse_notebook(assignment.source))
    return cells, dict(assignment.parameters)


def _visible_tests(cells: Sequence[Cell], exercise: Exercise) -> list[str]:
    tests = [cell for cell in cells if cell.grade_id in exercise.tests]
    return [test.source.partition("### BEGIN HIDDEN TESTS")[0] for test in tests]


def _message(
    names: Names,
    cells: Sequence[Cell],
    exercise: Exercise,
    answer: str,
    tests: Sequence[str],
) -> str | None:
    """Return the first error of the answer and its visible tests, as it is shown."""
    own = dict(names)
    between = [
        cell.source
        for cell in cells[exercise.start + 1 : exercise.end]
        if cell.is_code and cell.kind != "test"
    ]
    try:
        for source in (answer, *between, *tests):
            _run(source, own)
    except AssertionError as error:
        return str(error)
    except (Exception, SystemExit) as error:
        return f"{type(error).__name__}: {error}"
    return None


def _run(source: str, names: Names) -> None:
    code = compile(source, "<cell>", "exec")
    silent = io.StringIO()
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        exec(code, names)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what a student reads at each wrong answer, and the share that is caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lesson", choices=LESSONS)
    parser.add_argument("exercises", nargs="*", help="grade_ids; all if none is named")
    asked = parser.parse_args(arguments)
    answers = wrong_answers_of(asked.lesson)
    os.environ["CNNLAB_FIGURES"] = "text"
    seen = list(try_answers(asked.lesson, answers, asked.exercises))
    for item in seen:
        sign = "   " if item.message else "-> "
        text = " ".join((item.message or "passes").split())
        mark = " [subtle]" if item.subtle else ""
        print(f"{sign}{item.exercise}/{item.name}{mark}: {text}")
    caught = sum(item.message is not None for item in seen)
    print(f"{caught} of {len(seen)} fail a visible test")


if __name__ == "__main__":
    main()

__all__ = ["LESSONS", "Seen", "try_answers", "wrong_answers_of"]
