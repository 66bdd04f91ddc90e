"""A course's pyproject.toml may be missing, but nothing wrong in it is ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import project
from grader.errors import CourseError


def said(root: Path, text: str) -> Path:
    (root / project.FILE).write_text(text, encoding="utf-8")
    return root


def test_without_a_file_or_a_table_nothing_is_set(tmp_path: Path) -> None:
    assert project.settings(tmp_path) == {}
    assert project.settings(said(tmp_path, "[project]\nname = 'x'\n")) == {}
    assert project.demo_assignments(tmp_path, ("a", "b")) == ("a", "b")


def test_the_demo_submits_what_is_named(tmp_path: Path) -> None:
    root = said(tmp_path, "[tool.grader]\ndemo = ['b']\n")
    assert project.demo_assignments(root, ("a", "b")) == ("b",)


@pytest.mark.parametrize("demo", ["['c']", "'a'", "['a', 'c']", "3", "[['a']]"])
def test_a_demo_of_what_does_not_exist_is_refused(tmp_path: Path, demo: str) -> None:
    root = said(tmp_path, f"[tool.grader]\ndemo = {demo}\n")
    with pytest.raises(CourseError, match="there are a, b"):
        project.demo_assignments(root, ("a", "b"))


@pytest.mark.parametrize("text", ["[tool.grader", "tool.grader = 3\n", "tool = 3\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CourseError, match=r"pyproject\.toml"):
        project.settings(said(tmp_path, text))
