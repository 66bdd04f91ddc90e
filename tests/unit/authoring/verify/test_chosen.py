"""Assignments with several notebooks stop nobody from verifying the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.authoring.verify import verify
from grader.course.course import Course
from grader.errors import CourseError
from tests.support.paths import AVERAGES_SOURCE


class Told(verify.Silent):
    """A watcher that keeps what was left out."""

    def __init__(self) -> None:
        self.out: list[tuple[str, int]] = []

    def left_out(self, assignment: str, notebooks: int) -> None:
        self.out.append((assignment, notebooks))


def course(root: Path, **notebooks: int) -> Course:
    for assignment, count in notebooks.items():
        folder = root / "source" / assignment
        folder.mkdir(parents=True)
        for number in range(count):
            shutil.copy(AVERAGES_SOURCE, folder / f"part_{number}.ipynb")
    return Course.open(root)


def test_an_assignment_with_several_notebooks_is_left_out(tmp_path: Path) -> None:
    told = Told()
    made = course(tmp_path, ps1=1, ps2=2, ps3=1)
    assert list(verify.with_one_notebook(made, told)) == ["ps1", "ps3"]
    assert told.out == [("ps2", 2)]


def test_if_all_have_several_the_message_says_so(tmp_path: Path) -> None:
    made = course(tmp_path, ps1=2)
    (name,) = verify.with_one_notebook(made, Told())
    with pytest.raises(CourseError, match=r"2 notebooks .* they can be graded"):
        made.assignment(name)
