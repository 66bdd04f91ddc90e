"""Look for what a hostile submission may have gained, in what grading leaves behind."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from grader.course.course import Course
from grader.notebooks.cells import is_test, parse_notebook
from grader.notebooks.markers import hidden_lines
from tests.support.paths import HOSTILE_COURSE

# Numbers that hidden tests hold and no submission. Hostile code shows thousands of
# addresses, inodes and times: none of these eight digits stands in one by chance.
# More digits NumPy would not write out in an array.
HIDDEN_NUMBERS = tuple(str(70_731_000 + n) for n in (337, 338, 339, 341, 342, 345))
HIDDEN_NUMBERS += ("35365670.5",)
# What cases leave where they can, and what they say where they should not have come.
MARK = "hostile-mark"
_CAME_OUT = re.compile(r"(?:BROKE OUT|REACHED|WROTE)[: ]")
_ROWS = """
    SELECT submitted_assignment.student_id, base_cell.name, auto_score,
           manual_score, extra_credit, grade_cells.max_score
    FROM grade
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment
      ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN base_cell ON base_cell.id = grade.cell_id
    JOIN grade_cells ON grade_cells.id = grade.cell_id
    ORDER BY 1, 2
"""


def secrets_in(text: str) -> dict[str, str]:
    """Return what of the hidden tests stands in `text`, with what stands around it."""
    places = {secret: text.find(secret) for secret in _secrets()}
    return {
        secret: text[max(place - 60, 0) : place + len(secret) + 60]
        for secret, place in places.items()
        if place >= 0
    }


@cache
def _secrets() -> frozenset[str]:
    course = Course.open(HOSTILE_COURSE)
    cells = [
        c
        for n in ("numbers", "net")
        for c in parse_notebook(course.assignment(n).source).cells
    ]
    lines = {
        cell.source.splitlines()[number - 1].strip()
        for cell in cells
        if is_test(cell)
        for number in hidden_lines(cell.source)
    }
    return frozenset(HIDDEN_NUMBERS) | {line for line in lines if len(line) > 6}


def came_out(text: str) -> list[str]:
    """Return what code says of places where it should not have come."""
    return _CAME_OUT.findall(text)


def marks(*places: Path) -> Iterator[Path]:
    """Yield what hostile code has left in `places`."""
    for place in places:
        yield from place.glob(f"*{MARK}*")


def outputs(notebook: Path, of: frozenset[str] | None = None) -> str:
    """Return what an executed notebook shows; `of`: in cells with these ids only."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    shown = [c.get("outputs", []) for c in cells if of is None or c.get("id") in of]
    return json.dumps(shown, ensure_ascii=False)


def rows(gradebook: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return each student's rows: cell, score, by hand, extra credit, maximum."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with sqlite3.connect(f"file:{gradebook}?mode=ro", uri=True) as book:
        for student, *row in book.execute(_ROWS):
            found.setdefault(student, []).append(tuple(row))
    return found


def contents(*roots: Path) -> Mapping[Path, bytes]:
    """Return what lies in these folders, links as such."""
    return {
        path: os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        for root in roots
        for path in root.rglob("*")
        if path.is_symlink() or path.is_file()
    }
