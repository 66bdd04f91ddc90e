"""Read the errors that nbgrader saw from the notebooks that it has run."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.classroom.folder import Classroom
from grader.notebooks.cells import NotebookNode, grade_id_of

if TYPE_CHECKING:
    from grader.classroom.gradebook.recorded import CellKey

_MAX_BYTES = 64 << 20
_MAX_TEXT = 200


class RecordedErrors:
    """The errors in ``autograded/`` of a class that nbgrader has graded.

    Parameters
    ----------
    classroom
        The class. What cannot be read in it has no errors: they only explain.
    """

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._errors_in = cache(errors_in)

    def __call__(self, key: CellKey) -> str:
        """Return the error that nbgrader saw in a cell; an empty text if none."""
        folder = self._classroom.folder("autograded", key.student, key.assignment)
        return self._errors_in(folder / f"{key.notebook}.ipynb").get(key.grade_id, "")


def errors_in(autograded: Path) -> dict[str, str]:
    """Return the first error in each graded cell of a notebook that nbgrader ran."""
    try:
        if autograded.is_symlink() or autograded.stat().st_size > _MAX_BYTES:
            return {}
        cells = json.loads(autograded.read_text("utf-8"))["cells"]
        named = [(grade_id_of(NotebookNode(cell)), cell) for cell in cells]
        return {name: error for name, cell in named if name and (error := _error(cell))}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _error(cell: dict[str, Any]) -> str:
    """Return what nbgrader counts as an error: a traceback, or text on stderr."""
    for output in cell.get("outputs", ()):
        if output.get("output_type") == "error":
            text = f"{output.get('ename')}: {output.get('evalue')}".removesuffix(": ")
            return text.split("\n")[0][:_MAX_TEXT]
        if output.get("name") == "stderr":
            return "something was printed to stderr, which counts as wrong"
    return ""


__all__ = ["RecordedErrors", "errors_in"]
