"""Remember how the answers ran that the next test looks at."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.execution import limit_messages
from grader.execution.kernel.client import CellExecution
from grader.execution.limits import Limits
from grader.grading.error_words import with_advice
from grader.grading.kernel_runs import how_lost
from grader.grading.scoring import AnswerState
from grader.submissions.merge import Merged


@dataclass
class AnswersSinceTest:
    """The answer cells since the last test cell, and how they ran.

    Attributes
    ----------
    after_hidden : bool
        Whether a hidden test may have called student code already. Then the text of an
        error could show a hidden input to the student.
    grade_ids, sources : list of str
        The grade_ids and the sources of the answer cells.
    ran : list of CellExecution
        How each of them ran.
    grader_failed : bool
        Whether the grader failed to run one of them.
    """

    after_hidden: bool = False
    grade_ids: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    ran: list[CellExecution] = field(default_factory=list)
    grader_failed: bool = False

    def add(self, grade_id: str, source: str, ran: CellExecution) -> None:
        """Add an answer cell, and how it ran."""
        self.grade_ids.append(grade_id)
        self.sources.append(source)
        self.ran.append(ran)

    def state(self, merged: Merged, limits: Limits, cause: str = "") -> AnswerState:
        """Return the state of these answers, for the check of the next test.

        Parameters
        ----------
        merged
            Says which answers are missing, blank or uncertain.
        limits
            The limits that were in force.
        cause
            Why a name may be missing that they read, "" if nothing is known.
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
            error=with_advice(error, after_hidden=self.after_hidden),
            cause=cause,
            note=limit_messages.cut(limits).student if any(r.cut for r in ran) else "",
            grader_failed=self.grader_failed,
        )


__all__ = ["AnswersSinceTest"]
