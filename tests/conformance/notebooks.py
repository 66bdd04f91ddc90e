"""Write styles as a course made for nbgrader, and their answers as a class.

The styles are one assignment: a notebook with all styles that can share one, and a
notebook for each style that must be alone. The student ``answer-2`` submits the
third answer to each style, or the solution if a style has fewer answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conformance.reader import Style

# On a busy machine, kernels and cells take long.
CONFIG = """c = get_config()
c.ExecutePreprocessor.startup_timeout = 600
c.ExecutePreprocessor.timeout = 600
"""
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
_HIDDEN = re.compile(
    r"^### BEGIN HIDDEN TESTS\n.*?^### END HIDDEN TESTS\n?", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Sheet:
    """One notebook: its name, and the styles in it."""

    name: str
    styles: tuple[Style, ...]

    @property
    def answers(self) -> int:
        """Return the largest number of answers that one of its styles has."""
        return max(len(style.answers) for style in self.styles)


def sheets(styles: Sequence[Style], *, apart: bool = False) -> list[Sheet]:
    """Return the notebooks for these styles.

    Parameters
    ----------
    styles
        All styles of the assignment.
    apart
        Whether to give each style a notebook of its own.
    """
    together = tuple(s for s in styles if not s.alone and not apart)
    alone = [Sheet(s.name, (s,)) for s in styles if s.alone or apart]
    return [Sheet("together", together), *alone] if together else alone


def student_name(number: int) -> str:
    """Return the name of the student who submits the answers with this number."""
    return f"answer-{number}"


def write_course(assignment: str, made: Sequence[Sheet], folder: Path) -> None:
    """Write a course whose only assignment has these notebooks."""
    source = folder / "source" / assignment
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    for sheet in made:
        _write(source / f"{sheet.name}.ipynb", _source_cells(sheet))


def write_class(assignment: str, made: Sequence[Sheet], folder: Path) -> None:
    """Write the submissions of all students to a folder."""
    for sheet in made:
        for number in range(sheet.answers):
            place = folder / student_name(number) / assignment
            place.mkdir(parents=True, exist_ok=True)
            _write(place / f"{sheet.name}.ipynb", _submitted_cells(sheet, number))


def _source_cells(sheet: Sheet) -> Iterator[dict[str, Any]]:
    for style in sheet.styles:
        text = f"### BEGIN SOLUTION\n{style.answers[0].source}\n### END SOLUTION"
        yield from _cells(style, text, hidden=True)


def _submitted_cells(sheet: Sheet, number: int) -> Iterator[dict[str, Any]]:
    for style in sheet.styles:
        chosen = number if number < len(style.answers) else 0
        yield from _cells(style, style.answers[chosen].source, hidden=False)


def _cells(style: Style, answer: str, *, hidden: bool) -> Iterator[dict[str, Any]]:
    before = [cell for cell in style.cells if cell.before_answer]
    after = [cell for cell in style.cells if not cell.before_answer]
    for number, cell in enumerate(before):
        yield _cell(f"{style.name}-given-{number}", cell.source)
    yield _cell(style.name, answer, _metadata(style.name, solution=True))
    for number, cell in enumerate(after, len(before)):
        if not cell.graded:
            yield _cell(f"{style.name}-given-{number}", cell.source)
            continue
        text = cell.source if hidden else _HIDDEN.sub("", cell.source)
        metadata = _metadata(f"{style.name}-test", points=style.points)
        yield _cell(f"{style.name}-test", text, metadata)


def _metadata(
    name: str, *, solution: bool = False, points: float | None = None
) -> dict[str, Any]:
    made: dict[str, Any] = {"grade_id": name, "schema_version": 3, "task": False}
    made |= {"grade": not solution, "locked": not solution, "solution": solution}
    return made if points is None else made | {"points": points}


def _cell(
    identifier: str, source: str, metadata: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": re.sub(r"[^a-zA-Z0-9-]", "-", identifier)[:64],
        "metadata": {"nbgrader": metadata} if metadata else {},
        "outputs": [],
        "source": source,
    }


def _write(path: Path, cells: Iterator[dict[str, Any]]) -> None:
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": spec},
        "cells": list(cells),
    }
    path.write_text(json.dumps(book, indent=1), encoding="utf-8")


__all__ = ["Sheet", "sheets", "student_name", "write_class", "write_course"]
