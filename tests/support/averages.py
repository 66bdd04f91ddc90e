"""The assignment ``averages`` of tests/mangled, and submissions to it.

It is quick to grade, as it imports no NumPy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from grader.course.course import Course
from grader.records import Assignment
from tests.support.paths import MANGLED, MANGLED_COURSE

# The right answer to each question.
WORKED: dict[str, str] = json.loads((MANGLED / "worked.json").read_text("utf-8"))


def averages() -> Assignment:
    return Course.open(MANGLED_COURSE).assignment("averages")


def answered(assignment: Assignment, answers: Mapping[str, str]) -> str:
    """Return the released notebook with these answers, by the cells' names."""
    notebook = json.loads(assignment.released)
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(grade_id, cell["source"])
    return json.dumps(notebook)
