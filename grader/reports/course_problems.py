"""Collect what is wrong with the course itself from the results of a class. Pure.

Each result says it of its own assignment; here each problem is named once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from grader.records import Flag, Result


class CourseProblem(NamedTuple):
    """Why cells or a notebook of an assignment could not be graded as usual.

    Attributes
    ----------
    assignment : str
        Of which assignment.
    text : str
        Which cell, why, and what to do next.
    """

    assignment: str
    text: str


def course_problems(results: Iterable[Result]) -> tuple[CourseProblem, ...]:
    """Return each problem that results name, in the order of the assignments."""
    found = dict.fromkeys(
        CourseProblem(result.assignment, flag.text)
        for result in results
        for flag in result.flags
        if flag.kind == "course"
    )
    return tuple(sorted(found, key=lambda problem: problem.assignment))


def other_flags(result: Result) -> tuple[Flag, ...]:
    """Return the flags about the submission, without those about the course."""
    return tuple(flag for flag in result.flags if flag.kind != "course")


__all__ = ["CourseProblem", "course_problems", "other_flags"]
