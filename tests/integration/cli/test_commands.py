"""Small commands, ``--version``, and what is said of wrong arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader import __version__, cli
from grader.execution.jail.levels import obstacle_to
from tests.support.command_line import Run
from tests.support.paths import MANGLED_COURSE
from tests.support.small_course import course


def test_feedback_before_any_grade_falls_short(run: Run, room: Path) -> None:
    status, out, _ = run("feedback", "--class", room, "--course", MANGLED_COURSE)
    assert status == cli.SHORT
    assert f"grader grade --class {room}" in out


def states(report: Path) -> dict[str, str]:
    """Return the state of each thing that ``grader doctor`` examined."""
    found = json.loads(report.read_text("utf-8"))["findings"]
    return {each["name"]: each["state"] for each in found}


def test_doctor_reports_what_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.json"
    status, out, _ = run("doctor", "--json", report)
    assert status == cli.DONE
    assert "\nThis machine can grade. " in out
    assert states(report)["jail"] == "ok"
    monkeypatch.setenv("PATH", "")
    status, out, _ = run("doctor", "--json", report)
    # Without bubblewrap there is the level confined, where Python can be read by all.
    found = states(report)
    assert found["bubblewrap"] == "optional"
    assert status == (cli.SHORT if found["jail"] == "missing" else cli.DONE)
    assert "bubblewrap" in out
    assert ("This machine can grade." in out) is (status == cli.DONE)


TWO_TESTS = """
# %% double
def double(x):
    return 2 * x
# %% double-test
assert double(3) == 6
# %% same
def same(x):
    return x
# %% same-test
assert same(3) is same(3)
"""


@pytest.mark.slow
@pytest.mark.parametrize("path", [None, ""], ids=["as it is", "without bubblewrap"])
def test_doctor_says_how_far_each_test_of_a_course_can_be_trusted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str | None
) -> None:
    course(tmp_path, hw=TWO_TESTS)
    if path is not None:
        monkeypatch.setenv("PATH", path)
        if reason := obstacle_to("confined"):
            pytest.skip(reason)
    report = tmp_path / "report.json"
    bad = tmp_path / "course/source/bad/bad.ipynb"
    bad.parent.mkdir()
    bad.write_text("<html>")
    status, out, err = run("doctor", "--course", tmp_path / "course", "--json", report)
    assert (status, err) == (cli.SHORT, "")
    assert f"not usable: {bad}" in out.replace("\n", "")
    content = json.loads(report.read_text("utf-8"))
    assert len(content["unusable"]) == 1
    found = content["trusts"]
    assert [(each["grade_id"], each["trust"], each["reason"]) for each in found] == [
        ("double-test", "examiner", ""),
        ("same-test", "both", "line 1 compares identity"),
    ]


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"grader {__version__}\n", "")
