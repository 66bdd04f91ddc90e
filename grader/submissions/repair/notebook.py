"""Read a submission's bytes as notebooks of format 4.5, as far as possible. Pure."""

from __future__ import annotations

from typing import Any

from grader.notebooks.cells import NotebookNode, new_cell, notebook_of
from grader.submissions.repair.salvage import Salvaged, SalvagedCell, salvage

# Not the prefix of a source, so that counted ids never match by chance.
_PREFIX = "submitted"


def readings(content: bytes) -> tuple[NotebookNode, ...]:
    """Read a student's notebook.

    Returns
    -------
    tuple of NotebookNode
        One notebook; several if there are merge conflicts. Each is valid, without
        outputs, with the pictures that were pasted into its text. Of a cell's metadata
        it keeps ``nbgrader``, and as ``colab_id`` the id that Colab wrote.
        ``metadata.grader`` holds ``notes`` (what was repaired to read it), ``flags``
        (what a person should look at) and ``release`` (which release the file says it
        comes from; it may lie).

    Raises
    ------
    SubmissionError
        It cannot be read. The message tells the student why.
    """
    return tuple(map(_notebook, salvage(content)))


def nothing() -> NotebookNode:
    """Return the reading of a submission without any cell."""
    return _notebook(Salvaged((), None, ()))


def _notebook(salvaged: Salvaged) -> NotebookNode:
    about: dict[str, Any] = {
        "notes": list(salvaged.notes),
        "flags": list(salvaged.flags),
        "release": salvaged.release,
    }
    return notebook_of([*map(_node, salvaged.cells)], {"grader": about}, _PREFIX)


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
