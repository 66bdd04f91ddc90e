"""How one cell was graded, or how it ran; and its check, shown below the cell."""

from __future__ import annotations

from typing import NamedTuple

from grader.grading.scoring import AnswerState
from grader.notebooks import outputs
from grader.notebooks.cells import Cell
from grader.records import Check, Outcome, points_text


class CellRun(NamedTuple):
    """How one cell of a notebook was graded, or how it ran.

    Attributes
    ----------
    check : Check or None
        The grade of a graded cell; None for all others.
    outcome : Outcome or None
        How a test cell ended; None for all others, and for a test that did not run in
        this session.
    state : AnswerState
        The state of the answers that a test cell checks.
    elsewhere : bool
        Whether another kernel has to run this test.
    error : str
        The error that a cell raised in the kernel: its name and text. That of a test is
        for the instructor only.
    """

    check: Check | None = None
    outcome: Outcome | None = None
    error: str = ""
    state: AnswerState = AnswerState()
    elsewhere: bool = False

    @property
    def raised(self) -> bool:
        """Whether a cell that ran in the kernel raised an error."""
        return bool(self.error)


class GradedCell(NamedTuple):
    """A graded cell, and how it was graded."""

    cell: Cell
    run: CellRun

    @property
    def check(self) -> Check:
        """The grade of the cell."""
        if self.run.check is None:
            raise ValueError(f"{self.cell.grade_id} is not graded")
        return self.run.check


def show_check(cell: Cell, check: Check) -> None:
    """Show a check as the output of its test cell."""
    points = f"{points_text(check.points)} of {points_text(check.max_points)}"
    if cell.is_code:
        note = f"[{check.status}: {points}] {check.message}".strip()
        cell.show([outputs.note(note)])


__all__ = ["CellRun", "GradedCell", "show_check"]
