"""Turn outcomes into points. Pure, and the only module that does this."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.execution import limit_messages
from grader.records import Check, Outcome, Status, Task, Trust, points_text

DIGITS = 6
UNSURE = "it is not certain which cell is your answer; your instructor will look at it"
UNANSWERED = "not answered yet"
NOT_FOUND = "no answer was found for this question"


@dataclass(frozen=True, slots=True)
class AnswerState:
    """The state of the answers that a test cell looks at.

    Attributes
    ----------
    unsure : bool
        Whether only a person can say which cell is one of these answers.
    missing : bool
        Whether none of them was found in the submission.
    blank : bool
        Whether all of them are as they were released.
    lost : {"timeout", "crashed", None}
        How one of them ended its kernel; None if none did.
    why : str
        What the student reads about that, or about the limit that one ran into.
    error : str
        The error that one of them raised when it ran.
    note : str
        What the student reads even if every test passes.
    grader_failed : bool
        Whether the grader failed to run them.
    cause : str
        Why a name may be missing that they read; shown if a name is missing.
    """

    unsure: bool = False
    missing: bool = False
    blank: bool = False
    lost: Status | None = None
    why: str = ""
    error: str = ""
    note: str = ""
    grader_failed: bool = False
    cause: str = ""


def check(
    task: Task,
    outcome: Outcome,
    answer: AnswerState,
    trust: Trust,
    seconds: float,
) -> Check:
    """Return the check of one test cell.

    Parameters
    ----------
    task
        The test cell with its points.
    outcome
        How the test ended, as the examiner reports it.
    answer
        The state of the answers above it. It explains a failure, and never gives
        points.
    trust
        Where the test ran.
    seconds
        Wall time of the test.
    """
    return _check(task.grade_id, task.points, outcome, answer, trust, seconds)


def with_outcome(
    earlier: Check, outcome: Outcome, answer: AnswerState, trust: Trust, seconds: float
) -> Check:
    """Return the check of a test that has another outcome than before.

    Parameters
    ----------
    earlier
        Its check so far.
    outcome, answer, trust, seconds
        As for :func:`check`.
    """
    name, points = earlier.grade_id, earlier.max_points
    return _check(name, points, outcome, answer, trust, seconds)


def _check(
    name: str,
    max_points: float,
    outcome: Outcome,
    answer: AnswerState,
    trust: Trust,
    seconds: float,
) -> Check:
    points = earned(outcome, max_points)
    if is_full(outcome, max_points):
        status: Status = "passed"
        message = ""
    elif points > 0:
        status = "partial"
        message = outcome.message
    else:
        status, message = _reason(outcome, answer)
    return Check(
        grade_id=name,
        points=points,
        max_points=max_points,
        status=status,
        trust=trust,
        message="; ".join(filter(None, (message, answer.note))),
        seconds=round(seconds, 3),
    )


def earned(outcome: Outcome, points: float) -> float:
    """Return the points of an outcome, by nbgrader's rules.

    A cell that ends without an exception earns all of its points, unless the value of
    its last expression is a number: then it earns that number, from 0 to its points.

    Parameters
    ----------
    outcome
        How the test cell ended.
    points
        How much the cell is worth.

    Examples
    --------
    >>> earned(Outcome("passed"), 2)
    2.0
    >>> earned(Outcome("passed", value=7.5), 2)
    2.0
    """
    if outcome.ended != "passed":
        return 0.0
    value = outcome.value
    if value is None:
        return float(points)
    if not math.isfinite(value):
        return 0.0
    return round(min(max(float(value), 0.0), float(points)), DIGITS)


def is_full(outcome: Outcome, points: float) -> bool:
    """Say whether an outcome earns all points, and is no failure if there are none.

    Examples
    --------
    >>> is_full(Outcome("passed"), 2), is_full(Outcome("failed"), 0)
    (True, False)
    """
    return outcome.ended == "passed" and earned(outcome, points) >= points


def _reason(outcome: Outcome, answer: AnswerState) -> tuple[Status, str]:
    """Return why a test gave no points. Problems of the answer come first."""
    if answer.unsure or answer.missing:
        return _not_found(answer)
    if answer.grader_failed:
        return "crashed", limit_messages.GRADER_FAILED
    if answer.lost == "timeout":
        return "timeout", answer.why or limit_messages.ANSWER_LATE
    if answer.lost:
        return answer.lost, answer.why or limit_messages.ANSWER_ENDED_KERNEL
    if answer.error and answer.why:
        return "error", answer.why
    if outcome.ended in ("timeout", "crashed"):
        return outcome.ended, _channel_message(outcome)
    # A visible test that finds no answer says so: cnnlab.exercises.NotAnswered.
    if answer.blank or (outcome.message == UNANSWERED and not answer.error):
        return "missing", UNANSWERED
    if answer.error:
        return "error", _with_cause(f"your answer stopped with {answer.error}", answer)
    if outcome.ended == "passed":
        return "failed", outcome.message or "no points for this answer"
    return outcome.ended, _with_cause(outcome.message, answer)


def _with_cause(message: str, answer: AnswerState) -> str:
    """Add to a message about a missing name why it may be missing."""
    about_names = answer.cause and "NameError" in message
    return f"{message}; {answer.cause}" if about_names else message


def _not_found(answer: AnswerState) -> tuple[Status, str]:
    if answer.unsure:
        return "manual", UNSURE
    return "missing", NOT_FOUND


def _channel_message(outcome: Outcome) -> str:
    if outcome.ended == "timeout":
        return outcome.reason or limit_messages.CALL_LATE_TO_STUDENT
    return limit_messages.CODE_ENDED_KERNEL


def manual(task: Task, *, blank: bool = False) -> Check:
    """Return the check of a cell that a person grades.

    Parameters
    ----------
    task
        The cell with its points.
    blank
        Whether it is as it was released. Then it earns nothing, and nobody reads it.
    """
    if blank:
        return Check(task.grade_id, 0.0, task.points, "missing", "none", UNANSWERED)
    message = "your instructor grades this by hand"
    return Check(task.grade_id, 0.0, task.points, "manual", "none", message)


def untested(task: Task, answer: AnswerState) -> Check:
    """Return the check of a test that cannot be run, so that a person grades the cell.

    Parameters
    ----------
    task
        The test with its points.
    answer
        The state of the answers above it.
    """
    if answer.missing or (answer.blank and not answer.unsure):
        reason = UNANSWERED if answer.blank else NOT_FOUND
        return Check(task.grade_id, 0.0, task.points, "missing", "none", reason)
    return manual(task)


def to_confirm(graded: Check, proposed: float) -> Check:
    """Return the check of a test whose points a person has to confirm.

    Parameters
    ----------
    graded
        Its check so far.
    proposed
        The points to propose to that person.
    """
    share = f"{points_text(proposed)} of {points_text(graded.max_points)}"
    message = f"your instructor confirms this by hand: {share} points are proposed"
    return replace(graded, points=0.0, status="manual", message=message)


def missing(tasks: Sequence[Task], reason: str) -> tuple[Check, ...]:
    """Return the checks of a submission that could not be run at all.

    Parameters
    ----------
    tasks
        The tasks of the assignment.
    reason
        What the student reads at each of them.
    """
    return tuple(
        Check(task.grade_id, 0.0, task.points, "missing", "none", reason)
        for task in tasks
        if task.kind != "answer"
    )


def total(checks: Sequence[Check]) -> float:
    """Return the score of a submission."""
    return rounded(sum(check.points for check in checks))


def rounded(points: float) -> float:
    """Return points without the rounding errors of adding floats."""
    return round(points, DIGITS)


__all__ = [
    "AnswerState",
    "check",
    "earned",
    "is_full",
    "manual",
    "missing",
    "rounded",
    "to_confirm",
    "total",
    "untested",
    "with_outcome",
]
