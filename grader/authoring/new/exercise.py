"""Add an exercise to a source notebook: prompt, answer, test and wrong answers.

The new exercise is a small one that works, made from the files in ``exercise/``. Its
author rewrites it step by step, and can verify it after each step.
"""

from __future__ import annotations

import builtins
import json
import keyword
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from grader.authoring.verify import wrong_answers
from grader.course.course import Course
from grader.errors import CourseError
from grader.files import replace_file
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import Cell, cells_of
from grader.notebooks.source import parse_source

SKELETON = Path(__file__).with_name("exercise")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NUMBERED = re.compile(r"^#+ Exercise (\d+)\b", re.MULTILINE)
_PARTS = ("prompt", "answer", "test")
_FIRST_WITH_IDS = (4, 5)


def add_exercise(course: Course, notebook: str, name: str) -> tuple[Path, ...]:
    """Add an exercise to a notebook, below its last test.

    Parameters
    ----------
    course
        The course, of either layout.
    notebook
        The notebook's name, without a folder or an ending.
    name
        The exercise's name in small letters, such as ``blur-image``. It becomes the
        grade_id of the answer. The function to write is then called ``blur_image``.

    Returns
    -------
    tuple of Path
        The source notebook and the file of wrong answers, which were written.

    Raises
    ------
    CourseError
        The name cannot be used or is in use, or the notebook is unusable. Nothing was
        written.
    """
    path = course.source_path(notebook)
    text = path.read_text(encoding="utf-8")
    cells = cells_of(parse_source(text, str(path), regions=False))
    _check(name, cells, path)
    answers = wrong_answers.folder_of(course) / notebook / f"{name}.py"
    if answers.exists():
        raise CourseError(f"{answers}: exists, and is not overwritten; move it away")
    number = 1 + max(
        (int(n) for c in cells for n in _NUMBERED.findall(c.source)), default=0
    )
    added = json.loads(_named(_skeleton("exercise.ipynb"), name, number))["cells"]
    replace_file(answers, _named(_skeleton("wrong_answers.py"), name, number))
    replace_file(path, _with_added(json.loads(text), added, cells))
    return path, answers


def _check(name: str, cells: Sequence[Cell], path: Path) -> None:
    """Refuse a name that is badly formed, is one of Python's own, or is in use."""
    function = name.replace("-", "_")
    if not _NAME.fullmatch(name):
        raise CourseError(
            f"--exercise {name}: not a usable name; use small letters from a to z and "
            "digits, with '-' between words, as in blur-image"
        )
    if keyword.iskeyword(function) or hasattr(builtins, function):
        raise CourseError(
            f"--exercise {name}: {function} is a name of Python's own; choose another"
        )
    ids = {text for cell in cells for text in (cell.grade_id, cell.identifier)}
    defined = bound_names(cell.source for cell in cells if cell.is_code)
    if function in defined or ids & {name, *(f"{name}-{part}" for part in _PARTS)}:
        raise CourseError(
            f"{path}: already has an exercise or a name like {name!r}; choose another"
        )


def _skeleton(file: str) -> str:
    return (SKELETON / file).read_text(encoding="utf-8")


def _named(text: str, name: str, number: int) -> str:
    """Return the text of a skeleton file with an exercise's name and number."""
    title = name.replace("-", " ").capitalize()
    text = text.replace("Exercise 1 · Exercise name", f"Exercise {number} · {title}")
    text = text.replace("exercise-name", name)
    return text.replace("exercise_name", name.replace("-", "_"))


def _with_added(
    raw: dict[str, Any], added: list[dict[str, Any]], cells: Iterable[Cell]
) -> str:
    """Return the notebook with new cells below its last test, or at its end."""
    if (raw["nbformat"], raw["nbformat_minor"]) < _FIRST_WITH_IDS:
        for cell in added:
            del cell["id"]
    tests = [at for at, cell in enumerate(cells, start=1) if cell.is_test]
    place = tests[-1] if tests else len(raw["cells"])
    raw["cells"][place:place] = added
    return json.dumps(raw, indent=1, ensure_ascii=False) + "\n"


__all__ = ["SKELETON", "add_exercise"]
