"""What ``grader check`` tells a student, with sources at hand and without."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import cli
from grader.errors import UsageError
from grader.grading import self_check
from grader.grading.self_check import Report
from grader.notebooks.cells import nbgrader_of, parse_notebook
from grader.records import Assignment
from grader.submissions.merge import merge
from tests.support.paths import MANGLED_COURSE

Submit = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def released(tmp_path: Path, averages: Assignment) -> Path:
    """Return a course as students have it: copies, no sources."""
    (tmp_path / "course/lessons").mkdir(parents=True)
    copy = tmp_path / "course/lessons/averages.ipynb"
    copy.write_text(averages.released, "utf-8")
    return tmp_path / "course"


def commit(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=b"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "as released"]):
        subprocess.run([*git, *words], check=True)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "100")

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["grader", "check", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return int(end.value.code or 0), *capsys.readouterr()

    return command


def checked(path: Path, root: Path) -> Report:
    return self_check.check(*self_check.read(path, root), "bwrap")


def states(report: Report) -> list[str]:
    return [each.state for each in report.questions]


@pytest.mark.parametrize("sources", [True, False], ids=["sources", "copies"])
def test_one_question_in_each_state(
    released: Path, tmp_path: Path, submit: Submit, averages: Assignment, sources: bool
) -> None:
    blank = {"q1": 'answer_q1 = ""  # "A" or "B"'}
    wrong = {"mean": "def mean_of(values):\n    return 'three'\n"}
    path = submit(tmp_path, "ada", **blank, **wrong)
    raw = json.loads(path.read_text("utf-8"))
    raw["cells"] = [
        cell
        for cell in raw["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") != "scaled"
    ]
    (test,) = [c for c in raw["cells"] if "len(scaled) == 3" in "".join(c["source"])]
    test["source"] = "pass"
    path.write_text(json.dumps(raw), "utf-8")
    report = checked(path, MANGLED_COURSE if sources else released)
    assert states(report) == ["fails", "passes", "blank", "missing", "by hand"]
    assert report.questions[0].title == "Exercise 1 · mean_of"
    assert report.questions[0].message == "mean_of should return a float"
    assert [each.points for each in report.questions] == [2, 3, 1, 2, 2]
    assert not report.complete
    graded = merge(averages, path.read_bytes(), averages.parameters)
    assert report.repairs == graded.repairs
    assert any("scaled" in each for each in report.repairs)


def test_hidden_tests_are_not_run(tmp_path: Path, submit: Submit) -> None:
    path = submit(tmp_path, "ada", mean="def mean_of(values):\n    return 3.0\n")
    report = checked(path, MANGLED_COURSE)
    assert states(report) == ["passes", "passes", "answered", "passes", "by hand"]
    assert report.complete


COMPARE = "assert mean_of([1, 2]) == 1.5, '\\nnot equal:\\nby 1'"


def with_comparison(path: Path) -> None:
    """Put a cell of the course at the end, which compares the first answer."""
    raw = json.loads(path.read_text("utf-8"))
    code: dict[str, Any] = {"execution_count": None, "outputs": [], "metadata": {}}
    raw["cells"].append(
        {"cell_type": "code", "source": COMPARE, "id": "compare", **code}
    )
    path.write_text(json.dumps(raw), "utf-8")


@pytest.mark.parametrize("right", [True, False])
def test_a_cell_of_the_course_that_stops(
    released: Path, tmp_path: Path, submit: Submit, run: Run, right: bool
) -> None:
    wrong = {"mean": "def mean_of(values):\n    return 2.5\n"}
    path = submit(tmp_path, "ada", **({} if right else wrong))
    for notebook in (path, released / "lessons/averages.ipynb"):
        with_comparison(notebook)
    status, said, _ = run(path, "--course", released, "--json", tmp_path / "out.json")
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    if right:
        assert (status, told["stopped"]) == (0, [])
        return
    assert (status, told["complete"]) == (1, False)
    (stopped,) = told["stopped"]
    assert stopped == {
        "below": "Exercise 4 · In words",
        "error": "AssertionError: not equal:",
    }
    words = " ".join(said.split())
    assert "1 cell around the answers stopped with an error." in words
    assert "Every visible test passes" not in words


class TestReference:
    """Which copy a notebook is compared with."""

    def test_a_copy_by_any_name(self, released: Path, submit: Submit) -> None:
        path = submit(released, "ada")
        for name in ("Averages (1).ipynb", "homework.ipynb"):
            path = path.rename(path.with_name(name))
            found, _ = self_check.read(path, released)
            assert found.where == str(released / "lessons/averages.ipynb")

    @pytest.mark.parametrize("committed", [True, False])
    def test_the_only_copy_is_filled_in(
        self, released: Path, submit: Submit, averages: Assignment, committed: bool
    ) -> None:
        (blank,) = [
            cell.source
            for cell in parse_notebook(averages.released).cells
            if nbgrader_of(cell).get("grade_id") == "q1"
        ]
        if committed:
            commit(released)
        path = released / "lessons/averages.ipynb"
        submit(released, "ada", q1=blank).replace(path)
        text = path.read_text("utf-8")
        path.write_text(text.replace("len(scaled) == 3", "len(scaled) < 4"))
        found, content = self_check.read(path, released)
        assert found.untouched is committed
        assert found.where.endswith(
            "committed to git" if committed else "averages.ipynb"
        )
        report = self_check.check(found, content, "bwrap")
        assert states(report) == ["passes", "passes", "blank", "passes", "by hand"]
        said = report.repairs if committed else report.noticed
        assert len(said) == 1
        assert "Exercise 3" in said[0] or "scaled-test" in said[0]

    def test_another_courses_notebook(self, released: Path, tmp_path: Path) -> None:
        raw = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
        (tmp_path / "holiday.ipynb").write_text(json.dumps(raw))
        with pytest.raises(
            UsageError, match=r"not a notebook of the course .* averages"
        ):
            self_check.read(tmp_path / "holiday.ipynb", released)

    @pytest.mark.parametrize("content", [b"%PDF-1.7", b"", None])
    def test_what_cannot_be_read(
        self, released: Path, tmp_path: Path, content: bytes | None
    ) -> None:
        path = tmp_path / "averages.ipynb"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(
            UsageError, match=r"averages.ipynb: cannot be (read|graded)"
        ):
            self_check.read(path, released)


class TestCommand:
    """Exit statuses, and what is printed."""

    def test_a_complete_notebook_exits_with_0(
        self, run: Run, tmp_path: Path, submit: Submit
    ) -> None:
        path, out = submit(tmp_path, "ada"), tmp_path / "out.json"
        status, said, _ = run(path, "--course", MANGLED_COURSE, "--json", out)
        assert status == 0
        assert "5 of 5 answered" in said
        assert "Every visible test passes." in said
        told = json.loads(out.read_text("utf-8"))
        assert told["complete"] is True
        assert told["questions"][1]["state"] == "passes"

    def test_a_failing_visible_test_exits_with_1(
        self, run: Run, tmp_path: Path, submit: Submit
    ) -> None:
        path = submit(tmp_path, "ada", mean="def mean_of(values):\n    return [red]\n")
        status, said, _ = run(path, "--course", MANGLED_COURSE)
        assert status == 1
        assert "a visible test fails" in said
        assert "1 with a failing visible test" in said

    def test_a_missing_file_exits_with_2(self, run: Run, tmp_path: Path) -> None:
        status, _, errors = run(tmp_path / "none.ipynb", "--course", MANGLED_COURSE)
        assert status == 2
        assert "none.ipynb: cannot be read: No such file" in errors

    def test_no_jail_is_never_passed_over_in_silence(
        self,
        run: Run,
        tmp_path: Path,
        submit: Submit,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        path = submit(tmp_path, "ada")
        monkeypatch.setenv("PATH", "")
        status, said, errors = run(path, "--course", MANGLED_COURSE)
        assert status == 2
        assert "Questions" not in said
        assert f"grader check {path} --sandbox none" in errors
        status, said, _ = run(path, "--course", MANGLED_COURSE, "--sandbox", "none")
        assert status == 0
        assert "NO SANDBOX" in said
