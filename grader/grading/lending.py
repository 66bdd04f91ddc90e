"""Say which names a test binds for later cells once it has ended. Pure.

A test "lends" the names that it binds and that later cells read: see
:mod:`grader.notebooks.analysis.lent`. As in nbgrader, a test that fails binds nothing
below the line at which it failed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from grader.grading.lost_names import LostNames
from grader.notebooks.analysis.lent import lent
from grader.notebooks.cells import Cell
from grader.records import Outcome


class Lending:
    """The names that the tests of a submission bind for later cells.

    Parameters
    ----------
    cells
        The notebook with the student's answers.
    lost
        Learns which names a test does not bind, because it failed.
    """

    def __init__(self, cells: Sequence[Cell], lost: LostNames) -> None:
        self._lent = lent(cells)
        self._lost = lost

    def lends(self, grade_id: str) -> bool:
        """Say whether later cells read anything that only this test binds."""
        return grade_id in self._lent.statements or grade_id in self._lent.hidden

    def source(self, grade_id: str, outcome: Outcome | None = None) -> str:
        """Return the statements of a test to run in the kernel; "" for none.

        Parameters
        ----------
        grade_id
            The grade_id of the test.
        outcome
            How it ended; None if it did not run, to get what it would bind if it
            passed.
        """
        statements = self._lent.statements.get(grade_id, ())
        end = math.inf if outcome is None else _end(outcome)
        run = [each.source for each in statements if each.line < end]
        left = [each.source for each in statements if each.line >= end]
        if left:
            self._lost.note_test(grade_id, left)
        return "\n".join(run)


def _end(outcome: Outcome) -> float:
    """Return the number of the first line of a test that is not run for later cells.

    A line that failed is run: a loop may have bound names before it failed. A line that
    ended the kernel or took too long is not: it would do so again.
    """
    if not outcome.line:
        return math.inf
    return outcome.line + (outcome.ended in ("failed", "error"))


__all__ = ["Lending"]
