"""Write down what a cell of a merged notebook is, in ``metadata.grader``. Pure.

Only :mod:`grader.submissions.merge` does so; who runs the notebook reads it as
:class:`grader.notebooks.cells.Cell`.
"""

from __future__ import annotations

from grader.notebooks.cells import NotebookNode, Role, is_answer, is_test


def set_role(cell: NotebookNode) -> None:
    """Write down the role of one of the instructor's cells."""
    if cell.cell_type == "code":
        found: Role = "answer" if is_answer(cell) else "setup"
        found = "test" if is_test(cell) else found
        cell.metadata["grader"] = NotebookNode(role=found)


def as_extra(cell: NotebookNode) -> None:
    """Write down that the student added this cell."""
    role = {"role": "extra"} if cell.cell_type == "code" else {}
    cell.metadata["grader"] = NotebookNode(extra=True, **role)


__all__ = ["as_extra", "set_role"]
