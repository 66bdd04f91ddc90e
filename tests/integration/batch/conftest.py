"""A class of three, graded once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.batch import run as batch
from grader.batch.plan import plan
from grader.batch.run import GradingSettings
from grader.classroom.folder import Classroom
from grader.course.course import Course
from tests.support.classes import Submit


@pytest.fixture(scope="module")
def graded_once(
    tmp_path_factory: pytest.TempPathFactory, course: Course, submit: Submit
) -> Path:
    """Return a class of three that was graded with seed 11."""
    root = tmp_path_factory.mktemp("once")
    submit(root, "ada")
    submit(root, "bob", mean="def mean_of(values): return 3.0")
    submit(root, "cyn").write_bytes(b"%PDF-1.7")
    room = Classroom.open(root)
    batch.run(room, plan(course, room), GradingSettings(workers=2, seed=11))
    return root


@pytest.fixture
def graded(graded_once: Path, tmp_path: Path) -> Classroom:
    """Return a copy of the graded class, to be changed."""
    return Classroom.open(shutil.copytree(graded_once, tmp_path / "graded"))
