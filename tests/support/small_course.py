"""Courses made for nbgrader, and submissions to them, from a few lines of text.

A notebook is written as cells below lines ``# %% NAME``: a name that ends in ``-test``
is a test of one point, any other an answer; without a name, or with one that begins
with ``own``, a cell has no metadata.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from grader.batch import run
from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.records import Check, Result

_PART = re.compile(r"^# %%[ ]?(.*)\n", re.MULTILINE)


def notebook(text: str) -> str:
    """Return the notebook with these cells, as JSON text."""
    parts = _PART.split(text)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    cells = [_cell(n, name, source.strip()) for n, (name, source) in enumerate(pairs)]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": spec}}
    return json.dumps(made | {"cells": cells})


def _cell(number: int, name: str, source: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if name and not name.startswith("own"):
        test = name.endswith("-test")
        about = {"grade_id": name, "schema_version": 3, "task": False}
        about |= {"grade": test, "locked": test, "solution": not test}
        metadata = {"nbgrader": about | ({"points": 1} if test else {})}
    made = {"cell_type": "code", "id": f"c{number}", "metadata": metadata}
    return made | {"source": source, "outputs": [], "execution_count": None}


def course(folder: Path, **notebooks: str) -> Course:
    """Write a course with the assignment ``hw``; return it."""
    source = folder / "course/source/hw"
    source.mkdir(parents=True, exist_ok=True)
    for name, text in notebooks.items():
        (source / f"{name}.ipynb").write_text(notebook(text))
    return Course.open(folder / "course")


def submitted(folder: Path, student: str = "ada") -> Path:
    """Return the folder of a student's submission of ``hw``, which exists then."""
    place = folder / "class/submitted" / student / "hw"
    place.mkdir(parents=True, exist_ok=True)
    return place


def submit(folder: Path, student: str = "ada", **notebooks: str) -> Path:
    """Write a student's notebooks; return their folder."""
    place = submitted(folder, student)
    for name, text in notebooks.items():
        (place / f"{name}.ipynb").write_text(notebook(text))
    return place


def graded(folder: Path, **settings: Any) -> dict[str, Result]:
    """Grade the class with one worker; return the result of each student.

    Parameters
    ----------
    folder
        What :func:`course` and :func:`submit` were called with.
    settings
        Of :class:`grader.batch.run.GradingSettings`.
    """
    room = Classroom.open(folder / "class")
    planned = plan(Course.open(folder / "course"), room)
    results = run.run(room, planned, run.GradingSettings(workers=1, **settings))
    return {student: result for (student, _), result in results.items()}


def checks(result: Result) -> dict[str, Check]:
    """Return the checks of a result by grade_id."""
    return {check.grade_id: check for check in result.cells}


__all__ = ["checks", "course", "graded", "notebook", "submit", "submitted"]
