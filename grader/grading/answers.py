"""Remember how the answers ran that the next test looks at."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from typing import Literal

from grader.execution import limit_messages
from grader.execution.kernel.client import CellExecution
from grader.execution.limits import Limits
from grader.grading.scoring import AnswerState
from grader.submissions.merge import Merged

READ_IT_YOURSELF = "run your notebook from the top to read its message"


@dataclass
class AnswersSinceTest:
    """The answer cells since the last test cell, and how they ran.

    Attributes
    ----------
    after_hidden : bool
        Whether a hidden test may have called student code already. Then the text of an
        error could show a hidden input to the student.
    grade_ids : list of str
        Of the answer cells.
    ran : list of CellExecution
        How each of them ran.
    grader_failed : bool
        Whether the grader failed to run one of them.
    """

    after_hidden: bool = False
    grade_ids: list[str] = field(default_factory=list)
    ran: list[CellExecution] = field(default_factory=list)
    grader_failed: bool = False

    def add(self, grade_id: str, ran: CellExecution) -> None:
        """Add an answer cell, and how it ran."""
        self.grade_ids.append(grade_id)
        self.ran.append(ran)

    def state(self, merged: Merged, limits: Limits) -> AnswerState:
        """Return the state of these answers, for the check of the next test.

        Parameters
        ----------
        merged
            Says which answers are missing, blank or uncertain.
        limits
            The limits that were in force.
        """
        names = set(self.grade_ids)
        ran = self.ran
        lost = next((r for r in ran if r.kernel_lost), None)
        error = next((r.error for r in ran if r.ended == "error"), "")
        limit = next((r.limit for r in ran if r.limit), "")
        return AnswerState(
            unsure=bool(names & merged.unsure),
            missing=bool(names) and names <= merged.missing,
            blank=bool(names) and names <= merged.blank,
            lost=how_lost(lost) if lost else None,
            why=limit_messages.to_student(limit, limits),
            error=_without_text(error) if error and self.after_hidden else error,
            note=limit_messages.cut(limits).student if any(r.cut for r in ran) else "",
            grader_failed=self.grader_failed,
        )


def _without_text(error: str) -> str:
    """Return only the type of an error, and that only if it is a builtin one.

    A class that the student defined could have a hidden input in its name.
    """
    named = getattr(builtins, error.split(":")[0], None)
    kind = "an error that your code defines"
    if isinstance(named, type) and issubclass(named, BaseException):
        kind = named.__name__
    return f"{kind}; {READ_IT_YOURSELF}"


def how_lost(ran: CellExecution) -> Literal["timeout", "crashed"]:
    """Return how a cell ended that lost its kernel, as a status."""
    return "timeout" if ran.ended == "timeout" else "crashed"


__all__ = ["READ_IT_YOURSELF", "AnswersSinceTest", "how_lost"]
