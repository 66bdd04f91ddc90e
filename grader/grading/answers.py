"""Remember how the answers ran that the next test looks at."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field, replace
from typing import Literal

from grader.execution import limit_messages
from grader.execution.kernel.client import CellExecution
from grader.execution.limits import Limits
from grader.grading.scoring import AnswerState
from grader.records import Outcome
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
            error=_with_advice(error) if error and self.after_hidden else error,
            cause=cause,
            note=limit_messages.cut(limits).student if any(r.cut for r in ran) else "",
            grader_failed=self.grader_failed,
        )


def _with_advice(error: str) -> str:
    return f"{told(error, after_hidden=True)}; {READ_IT_YOURSELF}"


def told(error: str, *, after_hidden: bool) -> str:
    """Return what the student may read of an error in student code.

    After a hidden test that is only its type, and only a builtin one. A class that the
    student defined could have a hidden input in its name.

    Parameters
    ----------
    error
        Name and text of the error.
    after_hidden
        Whether a hidden test may have called student code before.
    """
    if not after_hidden or not error:
        return error
    named = getattr(builtins, error.split(":")[0], None)
    kind = "an error that your code defines"
    if isinstance(named, type) and issubclass(named, BaseException):
        kind = named.__name__
    return kind


def with_text(outcome: Outcome, *, hidden_ran: bool) -> Outcome:
    """Return an outcome whose message says more of an error in student code.

    Student code chooses the text of its errors. A function that a hidden test has
    called can keep its inputs, in a name or a file, and put them into the text of any
    later error, to read them on the feedback page. So the text is told only if no
    hidden line of any test has run in this session, nor of this test: then student code
    has met no inputs but those of visible tests, which the student has. That one kernel
    was lost since, and another started, makes no difference.

    Parameters
    ----------
    outcome
        How a test ended.
    hidden_ran
        Whether a hidden line of an earlier test has run.
    """
    if not outcome.text:
        return outcome
    safe = outcome.before_hidden and not hidden_ran
    more = f": {outcome.text}" if safe else f"; {READ_IT_YOURSELF}"
    return replace(outcome, message=outcome.message + more)


def how_lost(ran: CellExecution) -> Literal["timeout", "crashed"]:
    """Return how a cell ended that lost its kernel, as a status."""
    return "timeout" if ran.ended == "timeout" else "crashed"


__all__ = ["AnswersSinceTest", "how_lost", "told", "with_text"]
