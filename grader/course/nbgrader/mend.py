"""Correct cells for which nbgrader refuses an instructor's notebook. Pure.

For a fault in one cell nbgrader refuses the whole notebook. Here the cell is changed so
that it can be used, or left to a person, and the instructor is told about the fault.
Nothing that is hidden from students becomes visible by this.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from grader.notebooks import markers
from grader.notebooks.cells import (
    NotebookNode,
    grade_id_of,
    is_answer,
    is_locked,
    is_task,
    is_test,
    kind_of,
    nbgrader_of,
)

_VERSION = 3
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass
class Mended:
    """The faults that were found in a notebook, and corrected.

    Attributes
    ----------
    by_hand : dict
        Why a person has to grade a cell, by its grade_id.
    faults : list of str
        Other reasons why nbgrader refuses a cell, and how it was read instead: one
        string for each cell.
    """

    by_hand: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.by_hand or self.faults)


def mend(notebook: NotebookNode) -> Mended:
    """Correct the cells of a notebook that nbgrader would refuse.

    Parameters
    ----------
    notebook
        The instructor's notebook, with nbgrader's metadata in version 3 or newer. Its
        cells are changed.
    """
    found = Mended()
    taken: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        faults = [*_marks(cell), *_marker_lines(cell)]
        named = bool(nbgrader_of(cell))
        faults += _misplaced(cell)
        if kind_of(cell) is not None or is_locked(cell):
            unusable = [*_name(cell, number, taken)]
            faults += unusable if named else ()
            name = str(grade_id_of(cell))
            taken.add(name)
            if reason := "; ".join((*_points(cell), *_unfit(cell))):
                found.by_hand[name] = reason
        if faults:
            name = grade_id_of(cell) or str(cell.id)
            found.faults.append(f"cell {number} ({name}): {'; '.join(faults)}")
    return found


def _marks(cell: NotebookNode) -> Iterator[str]:
    """Give metadata the version and the types that nbgrader knows."""
    about = nbgrader_of(cell)
    if not about:
        return
    version = about.get("schema_version")
    if version != _VERSION or isinstance(version, bool):
        yield (
            f"its metadata.nbgrader has the version {version!r}, and was read as "
            f"version {_VERSION}; save it with the nbgrader that you use"
        )
    _set(cell, schema_version=_VERSION)
    for key in ("grade", "solution", "locked", "task"):
        value = about.get(key, False)
        if not isinstance(value, bool):
            yield (
                f"its metadata.nbgrader.{key} is {value!r}, and was read as false; "
                "write true or false"
            )
        _set(cell, **{key: value is True})


def _set(cell: NotebookNode, **values: Any) -> None:
    """Set values in nbgrader's metadata of a cell."""
    cell.metadata["nbgrader"] = NotebookNode({**nbgrader_of(cell), **values})


def _marker_lines(cell: NotebookNode) -> Iterator[str]:
    """Close regions that are left open, and remove markers that close nothing."""
    try:
        markers.regions(cell.source)
    except markers.MarkerError as error:
        cell.source = markers.balanced(cell.source)
        yield (
            f"{error}; it was read as if each BEGIN went on to its END or to the end "
            "of the cell; give every BEGIN its own END"
        )


def _misplaced(cell: NotebookNode) -> Iterator[str]:
    """Correct regions that are in a cell of the wrong kind."""
    kinds = {region.kind for region in markers.regions(cell.source)}
    if "HIDDEN TESTS" in kinds and nbgrader_of(cell).get("grade") is not True:
        cell.source = markers.without(cell.source, "HIDDEN TESTS")
        yield (
            "BEGIN HIDDEN TESTS is in a cell that is not a test, and was left out; "
            "move it to a cell with metadata.nbgrader.grade true"
        )
    if "MARK SCHEME" in kinds and not is_task(cell):
        cell.source = markers.without(cell.source, "MARK SCHEME")
        yield (
            "BEGIN MARK SCHEME is in a cell that is not a task, and was left out; "
            "move it to a cell with metadata.nbgrader.task true"
        )
    if "SOLUTION" in kinds and kind_of(cell) is None:
        _set(cell, schema_version=_VERSION, grade=False)
        _set(cell, solution=True, locked=False, task=False)
        yield (
            "BEGIN SOLUTION is in a cell that is not for an answer, and the cell was "
            "read as one; set metadata.nbgrader.solution true"
        )


def _name(cell: NotebookNode, number: int, taken: set[str]) -> Iterator[str]:
    """Give a cell a usable name that no earlier cell has."""
    old = nbgrader_of(cell).get("grade_id")
    usable = isinstance(old, str) and _NAME.fullmatch(old) is not None
    if usable and old not in taken:
        return
    stem = _NOT_IN_NAMES.sub("-", str(old or "")).strip("-") or "unnamed"
    new = stem
    if usable or stem == "unnamed" or new in taken:
        new = f"{stem}-{number}"
    while new in taken:
        new += "x"
    _set(cell, grade_id=new)
    wrong = f"its grade_id {old!r} is not letters, digits, '-' and '_'"
    if usable:
        wrong = f"its grade_id {old!r} is on an earlier cell, too"
    elif not old:
        wrong = "it has no grade_id"
    yield (
        f"{wrong}, and it was called {new}; set metadata.nbgrader.grade_id to a name "
        "that no other cell has"
    )


def _points(cell: NotebookNode) -> Iterator[str]:
    """Count points that are not a number as 0, and leave the cell to a person."""
    if not (nbgrader_of(cell).get("grade") is True or is_task(cell)):
        return
    points = nbgrader_of(cell).get("points")
    if not _is_number(points) or not 0 <= points < math.inf:
        _set(cell, points=0)
        yield (
            f"its points are {points!r}, and must be a number of 0 or more; set "
            "metadata.nbgrader.points"
        )


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unfit(cell: NotebookNode) -> Iterator[str]:
    """Say why a cell that is not an answer cannot be graded."""
    if is_answer(cell):
        return
    if any(region.kind == "SOLUTION" for region in markers.regions(cell.source)):
        cell.source = markers.without(cell.source, "SOLUTION")
        yield (
            "BEGIN SOLUTION is in it, and it is not for an answer; move that to a cell "
            "with metadata.nbgrader.solution true"
        )
    elif is_test(cell) and not is_task(cell) and cell.cell_type != "code":
        yield f"a test in a {cell.cell_type} cell cannot be run; make it a code cell"


__all__ = ["Mended", "mend"]
