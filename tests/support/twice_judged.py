"""Have the tests of a course of our layout judged twice, as if made for nbgrader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from grader.batch.trusts import KnownProofs
from grader.classroom.trusts import TrustFile
from grader.course.course import Course
from grader.execution.limits import Limits
from grader.grading.calibration import Calibration
from grader.records import Assignment

WHY = "it was asked for"


class TwiceJudged(Course):
    """A course whose assignments say that they were made for nbgrader."""

    def read(self, name: str) -> tuple[tuple[Assignment, ...], tuple[str, ...]]:
        notebooks, unusable = super().read(name)
        return tuple(
            replace(each, written_for_kernel=True) for each in notebooks
        ), unusable

    def doubt_all(self, room: Path, limits: Mapping[str, float]) -> None:
        """Have each test in a class judged twice, whatever could be proved of it."""
        file = KnownProofs(TrustFile(room), lambda a: Limits.of({**a.limits, **limits}))
        for name in self.assignment_names():
            for each in self.read(name)[0]:
                tests = [task.grade_id for task in each.tasks if task.kind == "test"]
                proofs = dict.fromkeys(tests, WHY)
                file.keep(each, Calibration(proofs=proofs))


__all__ = ["TwiceJudged"]
