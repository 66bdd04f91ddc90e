"""A folder with a course, a download and classes, as the examples of the API have."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import grader
from tests.support.paths import MANGLED_COURSE

SEED = 1
WRONG = "def mean_of(values):\n    return 'three'\n"


@pytest.fixture(scope="session")
def examples(
    tmp_path_factory: pytest.TempPathFactory, submit: Callable[..., Path]
) -> Path:
    """Return a folder in which the examples of the docstrings can be run.

    It holds ``course``, ``averages.ipynb`` (all right), ``download`` with the work of
    ada (all right) and bob (one answer wrong), ``class`` with the same, and
    ``graded-class``.
    """
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(MANGLED_COURSE, folder / "course")
    (folder / "course/pyproject.toml").write_text(
        "[tool.grader]\nrepository = 'your_university/course'\nbranch = 'main'\n"
    )
    for name in ("class", "graded-class"):
        submit(folder / name, "ada")
        submit(folder / name, "bob", mean=WRONG)
    shutil.copytree(folder / "class" / "submitted", folder / "download")
    shutil.copy(
        folder / "download/ada/averages/averages.ipynb", folder / "averages.ipynb"
    )
    classroom = grader.Classroom.open(folder / "graded-class")
    course = grader.Course.open(folder / "course")
    grader.grade(classroom, course, workers=1, seed=SEED)
    return folder


@pytest.fixture
def here(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of `examples`, which is the current folder."""
    folder = Path(shutil.copytree(examples, tmp_path / "here"))
    monkeypatch.chdir(folder)
    return folder
