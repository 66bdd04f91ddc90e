"""The cells of a notebook, as in its JSON, with nbgrader's metadata."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = [
    "Cell",
    "compute_checksum",
    "grade_id",
    "is_answer",
    "is_blank",
    "is_given",
    "is_locked",
    "is_test",
    "nbgrader_metadata",
    "normalized",
    "saved_error",
    "source_of",
    "titled",
]

Cell = Mapping[str, Any]
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_POINTS = re.compile(r"\s*\([\d.]+ points?\)$")


def nbgrader_metadata(cell: Cell) -> Mapping[str, Any]:
    """Return what nbgrader has written into a cell; empty in other cells."""
    metadata = cell.get("metadata", {}).get("nbgrader", {})
    return metadata if isinstance(metadata, Mapping) else {}


def grade_id(cell: Cell) -> str:
    """Return nbgrader's name of a cell; an empty text if it has none."""
    return str(nbgrader_metadata(cell).get("grade_id", ""))


def is_answer(cell: Cell) -> bool:
    """Say whether a student writes into this cell."""
    return bool(nbgrader_metadata(cell).get("solution"))


def is_test(cell: Cell) -> bool:
    """Say whether a code cell checks the answer above it."""
    metadata = nbgrader_metadata(cell)
    graded = metadata.get("grade") and not metadata.get("solution")
    return bool(graded) and cell.get("cell_type") == "code"


def is_locked(metadata: Mapping[str, Any]) -> bool:
    """Say whether grading uses the released text, whatever the student has."""
    locked = metadata.get("grade") or metadata.get("locked")
    return bool(locked) and not metadata.get("solution")


def is_given(cell: Cell) -> bool:
    """Say whether a code cell is the course's: neither an answer nor a test."""
    return cell.get("cell_type") == "code" and not is_answer(cell) | is_test(cell)


def is_blank(cell: Cell) -> bool:
    """Say whether an answer is as it was released, or has neither text nor code."""
    if nbgrader_metadata(cell).get("checksum") == compute_checksum(cell):
        return True
    is_code = cell.get("cell_type") == "code"
    return not (_has_code(source_of(cell)) if is_code else source_of(cell).strip())


def _has_code(source: str) -> bool:
    """Say whether there is any code, besides comments, texts and ``...``."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return True
    return not all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for node in body
    )


def source_of(cell: Cell) -> str:
    """Return a cell's text, which notebooks may hold as a list of lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def normalized(source: str) -> str:
    """Return `source` without blanks at the ends of lines and empty outer lines."""
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def compute_checksum(cell: Cell) -> str:
    """Return the checksum that nbgrader writes into a released cell."""
    metadata = nbgrader_metadata(cell)
    parts = [
        source_of(cell),
        str(cell.get("cell_type")),
        str(metadata.get("grade", False)),
        str(metadata.get("solution", False)),
        str(is_locked(metadata)),
        grade_id(cell),
    ]
    if metadata.get("grade"):
        parts.append(str(float(metadata.get("points", 0))))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def saved_error(cell: Cell) -> str:
    """Return the first line of the error in a cell's saved output."""
    for output in cell.get("outputs", ()):
        if output.get("output_type") == "error":
            return f"{output.get('ename')}: {output.get('evalue')}".split("\n")[0]
    return ""


def titled(cells: Iterable[Cell]) -> Iterator[tuple[str, Cell]]:
    """Yield each cell with the nearest heading above it, without points."""
    title = ""
    for cell in cells:
        headings = _HEADING.findall(source_of(cell))
        if cell.get("cell_type") == "markdown" and headings and not is_answer(cell):
            title = _POINTS.sub("", headings[-1])
        yield title, cell
