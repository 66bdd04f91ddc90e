"""The cells of a notebook's file, as dictionaries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_GUESS = "guess = "


def read(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook."""
    cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return cells


def by_id(cells: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return cells by their id."""
    return {cell["id"]: cell for cell in cells}


def grade_id(cell: Mapping[str, Any]) -> str:
    """Return the grade_id of a cell, or an empty string."""
    found: str = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
    return found


def source(cell: Mapping[str, Any]) -> str:
    """Return the source of a cell as one string."""
    return joined(cell["source"])


def joined(text: str | list[str]) -> str:
    """Return a string of a notebook's file, which may be a list of lines there."""
    return text if isinstance(text, str) else "".join(text)


def has_guess(cell: Mapping[str, Any]) -> bool:
    """Check whether a cell asks for a guess before its outputs are shown."""
    return any(line.startswith(_GUESS) for line in source(cell).split("\n"))


def without_guess(cell: Mapping[str, Any]) -> str:
    """Return a cell's source without the line for a guess: the page has a field."""
    lines = source(cell).split("\n")
    return "\n".join(line for line in lines if not line.startswith(_GUESS))


__all__ = [
    "by_id",
    "grade_id",
    "has_guess",
    "joined",
    "read",
    "source",
    "without_guess",
]
