"""The results files of all systems for which ``grader package`` makes autograders.

Each system has a module that returns the content of its results file, and finds what
the system would refuse in such a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

from grader.reports.platforms import classroom50, gradescope
from grader.reports.platforms.sheet import Sheet

NO_OBJECT = "it is not a JSON object"


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
        Takes a message for the student; returns a content without a grade.
    faults_of_file : callable
        Takes a content; yields what the system would refuse, besides its tests.
    faults_of_test : callable
        Takes one test of a content; yields what the system would refuse in that.
    """

    name: str
    make: Callable[[Sheet, str], dict[str, Any]]
    message: _Message
    faults_of_file: Callable[[dict[str, Any]], Iterator[str]]
    faults_of_test: Callable[[dict[str, Any]], Iterator[str]]

    def faults(self, content: Any) -> Iterator[str]:
        """Yield what the system would refuse in a results file.

        Parameters
        ----------
        content
            What the file contains, read from JSON.
        """
        if not isinstance(content, dict):
            yield NO_OBJECT
            return
        yield from self.faults_of_file(content)
        tests = content.get("tests")
        if not isinstance(tests, list):
            yield "tests is not a list"
            return
        for number, test in enumerate(tests, start=1):
            is_object = isinstance(test, dict)
            faults = self.faults_of_test(test) if is_object else (NO_OBJECT,)
            yield from (f"test {number}: {fault}" for fault in faults)


RESULTS_FILES: tuple[ResultsFile, ...] = (
    ResultsFile(
        "gradescope",
        gradescope.make,
        gradescope.message,
        gradescope.faults_of_file,
        gradescope.faults_of_test,
    ),
    ResultsFile(
        "classroom50",
        classroom50.make,
        classroom50.message,
        classroom50.faults_of_file,
        classroom50.faults_of_test,
    ),
)


def results_file(name: str) -> ResultsFile:
    """Return the results file of the system `name`."""
    return next(each for each in RESULTS_FILES if each.name == name)


__all__ = ["RESULTS_FILES", "ResultsFile", "results_file"]
