"""A good notebook passes the lint; the command reports what a bad one breaks."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from grader.authoring.lint import prose
from grader.authoring.lint.anatomy import lines
from grader.authoring.lint.lint import lint
from grader.errors import CourseError
from tests.support.linting import good, make_course, replace
from tests.support.paths import GRADER


def test_a_good_notebook_passes(tmp_path: Path) -> None:
    assert [str(finding) for finding in lint(make_course(tmp_path, good()))] == []


def test_without_an_address_nothing_can_be_checked(tmp_path: Path) -> None:
    course = make_course(tmp_path, good())
    (tmp_path / "pyproject.toml").write_text("[tool]\n")
    with pytest.raises(CourseError, match="repository = 'OWNER/NAME'"):
        lint(course)


@pytest.mark.nightly
@pytest.mark.slow
def test_the_command_lists_findings_and_exits_with_1(tmp_path: Path) -> None:
    raw = good()
    replace("try-it", "1 + size", "1" * 81)(raw)
    course = make_course(tmp_path, raw)
    file = tmp_path / "found.json"
    asked: list[str | Path] = [GRADER, "lint", "--course", course.root, "--json", file]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    line = "solutions/01_sums.ipynb, cell 5 (try-it): line 1 has 81 columns"
    assert done.stdout.startswith(line)
    (finding,) = json.loads(file.read_text())["findings"]
    assert finding["rule"] == "columns"
    make_course(tmp_path, good())
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0


# What is counted --------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("# One title", 2),
        ("- an item\n- **bold** item", 4),
        ("> a quote – with a dash", 5),
        ("call `some code` now", 2),
        ("$a + b$ and\n\n$$\nc = d e\n$$", 1),
        ("```\nnot one word\n```", 0),
        ("| a | b |\n|---|---|\n| c | d |", 0),
        ("[a link](https://x.invalid/y) ![no words](p.png)", 2),
        ("3 of 5 · 7", 1),
    ],
)
def test_words_of_prose(source: str, count: int) -> None:
    assert prose.words(source) == count


def test_lines_of_code() -> None:
    assert lines("# why\n\na = 1  # one\n\n    ### BEGIN SOLUTION\n  b = 2\n") == [
        "a = 1  # one",
        "b = 2",
    ]
