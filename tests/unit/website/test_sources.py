"""A site is planned only from student copies that nobody has worked in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.course import student_copies
from grader.course.course import Course
from tests.support.paths import AVERAGES_SOURCE
from website.sources import refuse_changed_copies


def test_a_copy_with_answers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    shutil.copy(AVERAGES_SOURCE, tmp_path / "solutions")
    (copy,) = student_copies.write(tmp_path)
    course = Course.open(tmp_path)
    refuse_changed_copies(course, [copy.stem])
    copy.write_text(copy.read_text("utf-8").replace("# Averages", "# Means"))
    with pytest.raises(ValueError, match=rf"{copy.name}.* grader release$"):
        refuse_changed_copies(course, [copy.stem])
