"""Turn outcomes of test cells into plain data and back, to send them. Pure."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

from grader.errors import ExaminerError
from grader.records import Ended, Outcome

_ENDED = get_args(Ended)
_FIELDS = tuple(field.name for field in fields(Outcome))


def to_wire(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain data."""
    return {name: getattr(outcome, name) for name in _FIELDS}


def from_wire(raw: dict[str, Any]) -> Outcome:
    """Return the outcome that was sent as plain data.

    Raises
    ------
    ExaminerError
        If a field is missing, unknown or of the wrong type. No score is made then.
    """
    try:
        outcome = Outcome(**raw)
    except TypeError:
        raise ExaminerError(f"an outcome with the fields {sorted(raw)}") from None
    texts = (outcome.message, outcome.reason, outcome.text, outcome.stumbled)
    signs = (outcome.hidden, outcome.before_hidden, outcome.loud)
    if (
        outcome.ended not in _ENDED
        or type(outcome.line) is not int
        or not (outcome.value is None or type(outcome.value) is float)
        or not all(type(text) is str for text in texts)
        or not all(type(sign) is bool for sign in signs)
    ):
        raise ExaminerError("an outcome with a value of the wrong type")
    return outcome


__all__ = ["from_wire", "to_wire"]
