"""A submission's bytes → notebooks of format 4.5, as far as they can be read. Pure."""

from __future__ import annotations

from typing import Any

from grader.notebooks.cells import NotebookNode, new_cell, notebook_of
from grader.submissions.repair.salvage import Salvaged, SalvagedCell, salvage

# Another prefix than a source's, so that counted ids never match by chance.
_PREFIX = "submitted"


def readings(content: bytes) -> tuple[NotebookNode, ...]:
    """Read a student's notebook; merge conflicts leave several readings.

    Each is a valid notebook without outputs, with the pictures that were pasted into
    its text. Of a cell's metadata it keeps ``nbgrader``, and as ``colab_id`` the id
    that Colab wrote. ``metadata.grader``
    holds ``notes`` (what was repaired to read it), ``flags`` (what a person should
    look at) and ``release`` (where the copy says it came from; not to be believed).

    Raises
    ------
    SubmissionError
        It cannot be read; the message is a plain reason for the student.
    """
    return tuple(map(_notebook, salvage(content)))


def nothing() -> NotebookNode:
    """Return what a submission without any cell reads as."""
    return _notebook(Salvaged((), None, ()))


def _notebook(read: Salvaged) -> NotebookNode:
    said: dict[str, Any] = {
        "notes": list(read.notes),
        "flags": list(read.flags),
        "release": read.release,
    }
    return notebook_of([*map(_node, read.cells)], {"grader": said}, _PREFIX)


def _node(cell: SalvagedCell) -> NotebookNode:
    node = new_cell(cell.cell_type, cell.source, cell.id or "")
    if cell.nbgrader:
        node.metadata["nbgrader"] = NotebookNode(cell.nbgrader)
    if cell.attachments and cell.cell_type != "code":
        node["attachments"] = NotebookNode(cell.attachments)
    if cell.colab_id:
        node.metadata["colab_id"] = cell.colab_id
    return node


__all__ = ["nothing", "readings"]
