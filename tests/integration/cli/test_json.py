"""The keys of every report that ``--json`` writes are in snake_case."""

from __future__ import annotations

import inspect
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli.shell import app
from tests.support.paths import AREAS, GRADER, MANGLED_COURSE, MINI
from tests.support.snake_case import odd_keys

Submit = Callable[..., Path]
COURSE = ("--course", str(MANGLED_COURSE))
CLASS = ("--class", "class")
# What each command is given, in a folder as `folder` makes it.
GIVEN: dict[str, tuple[str, ...]] = {
    "check": ("check", "download/ada/averages/averages.ipynb", *COURSE),
    "collect": ("collect", "download", "--class", "new", *COURSE),
    "doctor": ("doctor",),
    "export": ("export", "--to", "moodle", *CLASS),
    "grade": ("grade", "--force", "--workers", "1", *CLASS, *COURSE),
    "new": ("new", "fresh"),
    "lint": ("lint", "--course", "course"),
    "package": (
        *("package", "averages", "--for", "classroom50", "--output", "package"),
        *COURSE,
    ),
    "release": ("release", "--keep", "--course", "course"),
    "release --check": ("release", "--check", "--course", "course"),
    "report": ("report", *CLASS),
    "run": ("run", "--course", str(MINI)),
    "run --dry-run": (
        *("run", "--runtime", "vertex", "--dry-run", "--bucket", "bucket"),
        *("--course", str(MINI)),
    ),
    "verify": ("verify", "--seeds", "1", "--course", str(AREAS)),
}
# Their own tests look at the keys: `demo` runs hostile code, and `compare` needs what
# nbgrader has graded.
ELSEWHERE = {"compare", "demo"}
LONG = ("package", "verify")
EACH = [
    pytest.param(given, id=name, marks=[pytest.mark.nightly] if name in LONG else [])
    for name, given in GIVEN.items()
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, submit: Submit) -> Path:
    """Return a folder with a course, a download, and a class that was graded."""
    made = tmp_path_factory.mktemp("json")
    submit(made / "class", "ada")
    submit(made / "class", "bob", mean="raise ValueError")
    (made / "class/unmatched").mkdir()
    (made / "class/unmatched/why.csv").write_text("file,why\nx.pdf,no owner\n")
    (made / "class/submitted").rename(made / "download")
    subprocess.run(
        ["cp", "-r", made / "download", made / "class/submitted"], check=True
    )
    subprocess.run(["cp", "-r", MANGLED_COURSE, made / "course"], check=True)
    (made / "course/pyproject.toml").write_text(
        "[tool.grader]\nrepository = 'your_university/course'\nbranch = 'main'\n"
    )
    subprocess.run([GRADER, *GIVEN["grade"]], cwd=made, check=True, capture_output=True)
    return made


@pytest.mark.parametrize("given", EACH)
def test_all_keys_of_a_report_are_in_snake_case(
    folder: Path, tmp_path: Path, given: tuple[str, ...]
) -> None:
    report = tmp_path / "report.json"
    done = subprocess.run(
        [GRADER, *given, "--json", report],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    content = json.loads(report.read_text("utf-8"))
    assert content
    assert odd_keys(content) == []


def test_every_command_that_reports_is_held_to_it() -> None:
    reporting = {
        each.callback.__name__
        for each in app.registered_commands
        if each.callback and "json_file" in inspect.signature(each.callback).parameters
    }
    assert {given[0] for given in GIVEN.values()} | ELSEWHERE == reporting


def test_an_odd_key_is_found() -> None:
    content = {
        "rows": [{"left out": 1, "parameters": {"EPOCHS": 1}, "a_b2": {"cD": 1}}]
    }
    assert odd_keys(content) == ["left out", "cD"]
