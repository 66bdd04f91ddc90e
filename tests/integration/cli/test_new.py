"""``grader new``: what it writes and says."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import cli
from tests.support.command_line import Run


def test_it_says_what_it_wrote_and_what_is_next(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, error = run("new", "course")
    files = sum(path.is_file() for path in (tmp_path / "course").rglob("*"))
    said = f"wrote course: {files} files\nBegin with course/README.md.\n"
    assert (status, out, error) == (cli.DONE, said, "")
    status, out, error = run("new", "course")
    assert (status, out) == (cli.UNUSABLE, "")
    assert "nothing in it is overwritten" in error


def test_an_exercise(
    run: Run, own_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own_course / "solutions")
    status, out, _ = run("new", "averages.ipynb", "--exercise", "middle-value")
    assert (status, out.count("wrote ")) == (cli.DONE, 2)
    assert "grader release, grader verify averages" in out


def test_a_course_is_for_an_exercise_only(run: Run, own_course: Path) -> None:
    status, _, error = run("new", own_course / "other", "--course", own_course)
    assert status == cli.UNUSABLE
    assert "--course is for --exercise only" in error
