"""Find what a student copy reveals of solutions and hidden tests. Pure."""

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
_DISTINCT = 30  # a line of so many characters does not recur by chance


def told(source: NotebookNode, copy: NotebookNode) -> Iterator[str]:
    """Yield what the text of `copy` reveals of solutions and hidden tests.

    Parameters
    ----------
    source
        The instructor's notebook.
    copy
        What students get; its cells are matched to the source's by id.
    """
    if markers.mentions(notebook_text(copy)):
        yield "a BEGIN or END marker is left in the student copy"
    texts = {cell.id: _stripped(cell) for cell in copy.cells}
    everywhere = list(texts.values())
    for cell in source.cells:
        for region in markers.regions(cell.source):
            line = _left_in(region, cell.source, texts.get(cell.id, []))
            line = line or _told_in(region, everywhere)
            if line is not None:
                yield (
                    f"cell {grade_id_of(cell)}: the line {line!r} of its "
                    f"{region.kind} can be read in the student copy; take it out "
                    "of the cells that students see"
                )


def carried(
    source: NotebookNode, copy: NotebookNode, *, ours: bool = True
) -> Iterator[str]:
    """Yield what `copy` holds beside its text, where an answer could hide.

    That is outputs, attachments that no text shows, and metadata with a line of a
    solution or hidden test.

    Parameters
    ----------
    source
        The instructor's notebook.
    copy
        What students get.
    ours
        Report any metadata, too, that a release of ours does not write.
    """
    if ours:
        yield from _foreign(copy)
    secrets = {
        line
        for cell in source.cells
        for region in markers.regions(cell.source)
        for line in region.telling
    }
    if line := _first(secrets, copy.metadata):
        yield f"the notebook's metadata holds the line {line!r}"
    for cell in copy.cells:
        for what in _cell_carries(cell, secrets):
            yield f"cell {grade_id_of(cell) or cell.id} {what}"


def _foreign(copy: NotebookNode) -> Iterator[str]:
    """Metadata that a release of ours does not write."""
    for key in set(copy.metadata) - set(NOTEBOOK_METADATA):
        yield f"the notebook's metadata has {key!r}, which a release does not write"
    for key in set(copy.metadata.get("grader", {})) - set(OWN_METADATA):
        yield f"the notebook's metadata.grader has {key!r}, for instructors only"
    for cell in copy.cells:
        name = grade_id_of(cell) or cell.id
        for key in set(cell.metadata) - set(CELL_METADATA):
            yield f"cell {name} has {key!r} in its metadata, which is none of ours"
        for key in set(nbgrader_of(cell)) - set(_NBGRADER):
            yield f"cell {name} has {key!r} in its nbgrader metadata, which is unknown"


def _cell_carries(cell: NotebookNode, secrets: set[str]) -> Iterator[str]:
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield "has an output or a count of runs"
    for name in cell.get("attachments", {}):
        if f"attachment:{name}" not in cell.source:
            yield f"has the attachment {name!r}, which its text does not show"
    if line := _first(secrets, cell.metadata):
        yield f"has the line {line!r} in its metadata"


def _first(secrets: set[str], metadata: Mapping[str, Any]) -> str | None:
    """The first secret line that stands in a text of `metadata`."""
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


def _stripped(cell: NotebookNode) -> list[str]:
    return [line.strip() for line in cell.source.split("\n") if line.strip()]


def _left_in(region: markers.Region, source: str, own: list[str]) -> str | None:
    """A line of the region in its own cell's copy that only the region held."""
    everywhere = [line.strip() for line in source.split("\n")]
    for line in region.telling:
        outside = everywhere.count(line) - region.telling.count(line)
        if own.count(line) > max(outside, 0):
            return line
    return None


def _told_in(region: markers.Region, told: list[list[str]]) -> str | None:
    """The first line of a region that stands whole in any cell of the copy.

    One short line such as ``return out`` recurs by chance and is let pass,
    unless it gives a name its value, as the answer of a quiz does.
    """
    lines = list(region.telling)
    if not lines or not _distinct(lines):
        return None
    size = len(lines)
    for cell in told:
        if any(cell[at : at + size] == lines for at in range(len(cell) - size + 1)):
            return lines[0]
    return None


def _distinct(lines: list[str]) -> bool:
    head, equals, _ = lines[0].partition(" = ")
    assigns = bool(equals) and head.isidentifier() and "answer" in head
    return assigns or sum(map(len, lines)) >= _DISTINCT


__all__ = ["CELL_METADATA", "NOTEBOOK_METADATA", "carried", "told"]
