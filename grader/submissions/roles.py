"""What a code cell of a trusted notebook is, for those that run it: its role. Pure.

It stands in ``metadata.grader.role`` and is written by :mod:`grader.submissions.merge` alone.
"""

from __future__ import annotations

from typing import Literal

from grader.notebooks.cells import NotebookNode, is_answer, is_test

Role = Literal["setup", "answer", "test", "extra"]


def set_role(cell: NotebookNode) -> None:
    """Write down the role of a cell of the instructor's."""
    if cell.cell_type == "code":
        found: Role = "answer" if is_answer(cell) else "setup"
        found = "test" if is_test(cell) else found
        cell.metadata["grader"] = NotebookNode(role=found)


def role(cell: NotebookNode) -> str:
    """Return a cell's role; nothing if it has none."""
    return str(cell.metadata.get("grader", {}).get("role", ""))


def is_students(cell: NotebookNode) -> bool:
    """Say whether the code is the student's: an answer, or a cell of their own."""
    return role(cell) in ("answer", "extra")


__all__ = ["is_students", "role", "set_role"]
