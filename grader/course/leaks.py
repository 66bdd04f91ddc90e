"""Find parts of solutions and hidden tests in a student copy. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from grader.notebooks import markers
from grader.notebooks.cells import NotebookNode, grade_id_of, nbgrader_of, notebook_text

CELL_METADATA = ("cellView", "deletable", "editable", "jupyter", "nbgrader", "tags")
NOTEBOOK_METADATA = ("grader", "kernelspec", "language_info")
OWN_METADATA = ("assignment", "release")
_NBGRADER = (
    *("cell_type", "checksum", "grade", "grade_id", "locked", "points"),
    *("remove", "schema_version", "solution", "task"),
)
_DISTINCT_LENGTH = 30  # characters; a line as long as that does not recur by chance


def find_leaks(source: NotebookNode, copy: NotebookNode) -> Iterator[str]:
    """Yield a sentence for each part of a solution or hidden test in a copy's text.

    Parameters
    ----------
    source
        The instructor's notebook.
    copy
        The student copy; its cells are matched to those of the source by ID.
    """
    if markers.mentions(notebook_text(copy)):
        yield "a BEGIN or END marker is left in the student copy"
    texts = {cell.id: _stripped_lines(cell) for cell in copy.cells}
    everywhere = list(texts.values())
    for cell in source.cells:
        for region in markers.regions(cell.source):
            line = _remaining_line(region, cell.source, texts.get(cell.id, []))
            line = line or _copied_line(region, everywhere)
            if line is not None:
                yield (
                    f"cell {grade_id_of(cell)}: the line {line!r} of its "
                    f"{region.kind} is also in the student copy; remove it from the "
                    "cells that students see"
                )


def find_hidden_content(
    source: NotebookNode, copy: NotebookNode, *, strict_metadata: bool = True
) -> Iterator[str]:
    """Yield a sentence for each thing beside a copy's text that could hide an answer.

    Such things are outputs, attachments that no text shows, and metadata with a line of
    a solution or hidden test.

    Parameters
    ----------
    source
        The instructor's notebook.
    copy
        The student copy.
    strict_metadata
        Also report all metadata that our own releases do not have.
    """
    if strict_metadata:
        yield from _foreign_metadata(copy)
    secrets = {
        line
        for cell in source.cells
        for region in markers.regions(cell.source)
        for line in region.telling
    }
    if line := _first_secret(secrets, copy.metadata):
        yield f"the notebook's metadata holds the line {line!r}"
    for cell in copy.cells:
        for what in _hidden_in_cell(cell, secrets):
            yield f"cell {grade_id_of(cell) or cell.id} {what}"


def _foreign_metadata(copy: NotebookNode) -> Iterator[str]:
    """Yield a sentence for each item of metadata that our releases do not have."""
    for key in set(copy.metadata) - set(NOTEBOOK_METADATA):
        yield f"the notebook's metadata has {key!r}, which a release does not write"
    for key in set(copy.metadata.get("grader", {})) - set(OWN_METADATA):
        yield f"the notebook's metadata.grader has {key!r}, for instructors only"
    for cell in copy.cells:
        name = grade_id_of(cell) or cell.id
        for key in set(cell.metadata) - set(CELL_METADATA):
            yield f"cell {name} has {key!r} in its metadata, which releases do not have"
        for key in set(nbgrader_of(cell)) - set(_NBGRADER):
            yield f"cell {name} has {key!r} in its nbgrader metadata, which is unknown"


def _hidden_in_cell(cell: NotebookNode, secrets: set[str]) -> Iterator[str]:
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield "has an output or an execution count"
    for name in cell.get("attachments", {}):
        if f"attachment:{name}" not in cell.source:
            yield f"has the attachment {name!r}, which its text does not show"
    if line := _first_secret(secrets, cell.metadata):
        yield f"has the line {line!r} in its metadata"


def _first_secret(secrets: set[str], metadata: Mapping[str, Any]) -> str | None:
    """Return the first secret line that a text in `metadata` contains."""
    texts = list(_texts(metadata))
    lines = {line.strip() for text in texts for line in text.split("\n")}
    return next(iter(sorted(secrets & lines)), None)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _stripped_lines(cell: NotebookNode) -> list[str]:
    return [line.strip() for line in cell.source.split("\n") if line.strip()]


def _remaining_line(
    region: markers.Region, source: str, copy_lines: list[str]
) -> str | None:
    """Return a line of the region that was left in the copy of its own cell."""
    everywhere = [line.strip() for line in source.split("\n")]
    for line in region.telling:
        outside = everywhere.count(line) - region.telling.count(line)
        if copy_lines.count(line) > max(outside, 0):
            return line
    return None


def _copied_line(region: markers.Region, texts: list[list[str]]) -> str | None:
    """Return the first line of a region if any cell of the copy contains all of it.

    One short line such as ``return out`` recurs by chance and is accepted, unless it
    assigns a value, as the answer to a quiz does.
    """
    lines = list(region.telling)
    if not lines or not _is_distinct(lines):
        return None
    size = len(lines)
    for cell in texts:
        if any(cell[at : at + size] == lines for at in range(len(cell) - size + 1)):
            return lines[0]
    return None


def _is_distinct(lines: list[str]) -> bool:
    head, equals, _ = lines[0].partition(" = ")
    assigns = bool(equals) and head.isidentifier() and "answer" in head
    return assigns or sum(map(len, lines)) >= _DISTINCT_LENGTH


__all__ = ["CELL_METADATA", "NOTEBOOK_METADATA", "find_hidden_content", "find_leaks"]
