"""Word the status of a graded cell for students."""

from __future__ import annotations

from typing import NamedTuple

from grader.records import Status


class StatusWords(NamedTuple):
    """What students read about a status: a name, and a sentence that explains it."""

    name: str
    meaning: str


STATUS_WORDS: dict[Status, StatusWords] = {
    "passed": StatusWords(
        "Correct", "Every test passed, or your instructor gave all points."
    ),
    "partial": StatusWords(
        "Partly correct", "Some of it is right; the points say how much."
    ),
    "failed": StatusWords(
        "Not yet correct",
        "Your answer ran, but a test did not pass; or your instructor gave no points.",
    ),
    "error": StatusWords(
        "Raised an error", "Python raised an error before the test ended."
    ),
    "timeout": StatusWords(
        "Ran out of time", "It was still running when its time was up."
    ),
    "crashed": StatusWords(
        "Python stopped", "Python itself ended while this was running."
    ),
    "missing": StatusWords("No answer", "There was nothing here that could be graded."),
    "manual": StatusWords(
        "Waiting for a person", "Your instructor reads and grades this part."
    ),
}

__all__ = ["STATUS_WORDS", "StatusWords"]
