"""The examples in the API's docstrings and on its page are true."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import grader
from grader import api
from grader.course.course import Course
from tests.support.paths import ROOT

FUNCTIONS = [name for name in grader.__all__ if hasattr(api, name) and name.islower()]
PAGE = ROOT / "docs" / "reference" / "api.md"


def examples_of(thing: object, name: str) -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(recurse=False)
    names = {"grader": grader, "Course": grader.Course}
    return [each for each in finder.find(thing, name, globs=names) if each.examples]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", [*FUNCTIONS, "Course.open"])
def test_the_example_in_a_docstring_runs(name: str) -> None:
    thing = Course.open if name == "Course.open" else getattr(api, name)
    (example,) = examples_of(thing, name)
    told: list[str] = []
    done = doctest.DocTestRunner().run(example, out=told.append)
    assert not done.failed, "".join(told)


def commands() -> list[str]:
    """Return the commands on the API's page that run Python."""
    return re.findall(r"(?m)^python -c .*$", PAGE.read_text("utf-8"))


def test_the_page_has_the_command() -> None:
    assert any("print(grader.grade_notebook(" in each for each in commands())


@pytest.mark.nightly
@pytest.mark.parametrize("command", commands())
def test_command_of_the_page(command: str) -> None:
    own = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=ROOT,
        env={"PATH": own, "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.match(r"student, \w+: [\d.]+ of [\d.]+ points\n", done.stdout)


@pytest.mark.usefixtures("here")
def test_scripts_of_the_page() -> None:
    blocks = re.findall(r"(?s)```python\n(.*?)```", PAGE.read_text("utf-8"))
    assert blocks
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), {})
