"""What pages call the status of a graded cell, in a student's words."""

from __future__ import annotations

from typing import NamedTuple

from grader.records import Status


class Words(NamedTuple):
    """A status: its name, and one sentence that explains it."""

    name: str
    meaning: str


WORDS: dict[Status, Words] = {
    "passed": Words("Correct", "Every test passed."),
    "partial": Words("Partly correct", "Some of it is right; the points say how much."),
    "failed": Words("Not yet correct", "Your answer ran, but a test did not pass."),
    "error": Words("Raised an error", "Python raised an error before the test ended."),
    "timeout": Words("Ran out of time", "It was still running when its time was up."),
    "crashed": Words("Python stopped", "Python itself ended while this was running."),
    "missing": Words("No answer", "There was nothing here that could be graded."),
    "manual": Words(
        "Waiting for a person", "Your instructor reads and grades this part."
    ),
}

__all__ = ["WORDS", "Words"]
