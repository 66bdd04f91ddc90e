"""Keep what is known of the answers that the next test looks at."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from typing import Literal

from grader.execution import limit_messages
from grader.execution.kernel.client import Ran
from grader.execution.limits import Limits
from grader.grading.scoring import AnswerState
from grader.submissions.merge import Merged


@dataclass
class AnswersSinceTest:
    """The answer cells since the last test cell, and how they ran.

    Attributes
    ----------
    after_test : bool
        A test has called student code before, so that the text of an error may carry
        a hidden input out.
    grade_ids : list of str
        Of the answer cells.
    ran : list of Ran
        How each of them ran.
    grader_failed : bool
        The grader failed to run one of them.
    """

    after_test: bool = False
    grade_ids: list[str] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)
    grader_failed: bool = False

    def add(self, grade_id: str, ran: Ran) -> None:
        self.grade_ids.append(grade_id)
        self.ran.append(ran)

    def state(self, merged: Merged, limits: Limits) -> AnswerState:
        """Return what the next test's check says of these answers."""
        found = set(self.grade_ids)
        ran = self.ran
        lost = next((r for r in ran if r.kernel_lost), None)
        error = next((r.error for r in ran if r.ended == "error"), "")
        limit = next((r.limit for r in ran if r.limit), "")
        return AnswerState(
            unsure=bool(found & merged.unsure),
            missing=bool(found) and found <= merged.missing,
            blank=bool(found) and found <= merged.blank,
            lost=how_lost(lost) if lost else None,
            why=limit_messages.to_student(limit, limits),
            error=_kind_alone(error) if error and self.after_test else error,
            note=limit_messages.cut(limits).student if any(r.cut for r in ran) else "",
            grader_failed=self.grader_failed,
        )


def _kind_alone(error: str) -> str:
    """Return what kind of exception an error is, if its name cannot carry a text."""
    found = getattr(builtins, error.split(":")[0], None)
    kind = "an error of its own kind"
    if isinstance(found, type) and issubclass(found, BaseException):
        kind = found.__name__
    return f"{kind}; run your notebook from its top to read what it says"


def how_lost(ran: Ran) -> Literal["timeout", "crashed"]:
    """Return how a cell ended that took its kernel down."""
    return "timeout" if ran.ended == "timeout" else "crashed"


__all__ = ["AnswersSinceTest", "how_lost"]
