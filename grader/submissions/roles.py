"""Write into a merged notebook what each of its cells is. Pure.

The role stands in ``metadata.grader``. Only :mod:`grader.submissions.assemble` writes
it; whoever runs the notebook reads it as :class:`grader.notebooks.cells.Cell`.
"""

from __future__ import annotations

from grader.notebooks.cells import NotebookNode, Role, is_answer, is_test


def set_role(node: NotebookNode) -> None:
    """Write down the role of a cell that is the instructor's."""
    if node.cell_type == "code":
        role: Role = "answer" if is_answer(node) else "setup"
        role = "test" if is_test(node) else role
        node.metadata["grader"] = NotebookNode(role=role)


def mark_as_extra(node: NotebookNode) -> None:
    """Write down that the student added this cell."""
    role = {"role": "extra"} if node.cell_type == "code" else {}
    node.metadata["grader"] = NotebookNode(extra=True, **role)


__all__ = ["mark_as_extra", "set_role"]
