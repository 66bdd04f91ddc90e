"""The results files of all systems for which ``grader package`` makes autograders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

from grader.reports.platforms import classroom50, gradescope
from grader.reports.platforms.sheet import Sheet


class _Message(Protocol):
    def __call__(self, text: str, *, grader_failed: bool = ...) -> dict[str, Any]: ...


class ResultsFile(NamedTuple):
    """The results file of one system.

    Attributes
    ----------
    name : str
        The system's name for ``grader package --for``.
    make : callable
        Takes what a student reads, and when; returns the content.
    message : callable
        Takes a text for the student; returns a content without a grade.
    faults : callable
        Takes a content; yields what the system would refuse in it.
    """

    name: str
    make: Callable[[Sheet, str], dict[str, Any]]
    message: _Message
    faults: Callable[[Any], Iterator[str]]


RESULTS_FILES: tuple[ResultsFile, ...] = (
    ResultsFile("gradescope", gradescope.make, gradescope.message, gradescope.faults),
    ResultsFile(
        "classroom50", classroom50.make, classroom50.message, classroom50.faults
    ),
)


def results_file(name: str) -> ResultsFile:
    """Return the results file of the system `name`."""
    return next(each for each in RESULTS_FILES if each.name == name)


__all__ = ["RESULTS_FILES", "ResultsFile", "results_file"]
