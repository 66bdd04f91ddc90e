"""``grader report`` and ``grader export``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader import cli
from grader.classroom.folder import Classroom
from grader.records import Check, Flag, Result
from tests.support.command_line import Run
from tests.support.paths import MANGLED_COURSE


class TestReportAndExport:
    @pytest.fixture
    def graded(self, room: Path) -> Path:
        check = Check("q", 1.0, 4.0, "partial", "examiner")
        essay = Check("essay", 0.0, 5.0, "manual", "none")
        names = ("[red]ada", "lab", "release", 1, "0.1.0")
        result = Result(
            *names, 1.0, 9.0, (check, essay), flags=(Flag("code", "calls [b]os"),)
        )
        Classroom.open(room).append_result(result)
        return room

    def test_a_report_names_what_to_review(
        self, run: Run, graded: Path, tmp_path: Path
    ) -> None:
        told = tmp_path / "report.json"
        status, out, err = run("report", "--class", graded, "--json", told)
        assert (status, err) == (cli.DONE, "")
        assert "lowest scores in lab: q 25%" in out
        assert out.endswith(f"\nNext: grader export --class {graded} --to csv\n")
        assert "to grade by hand: 1 submission of lab" in out
        assert "review [red]ada, lab: calls [b]os" in out
        page = (graded / "report.html").read_text("utf-8")
        assert "[red]ada" in page
        assert json.loads(told.read_text("utf-8"))["summaries"][0]["mean"] == 1.0

    def test_an_export_says_which_scores_are_not_final(
        self, run: Run, graded: Path
    ) -> None:
        status, out, _ = run("export", "--class", graded, "--to", "csv")
        assert status == cli.DONE
        assert "1 score is not final" in out
        assert "[red]ada" in (graded / "export" / "csv.csv").read_text("utf-8")

    def test_somebody_is_left_out(self, run: Run, graded: Path) -> None:
        given = ("export", "--class", graded, "--to", "moodle", "-a", "lab")
        status, out, _ = run(*given)
        assert status == cli.SHORT
        assert "left out: [red]ada (lab): no participant number" in out
        assert (graded / "export" / "moodle-lab.csv").is_file()

    @pytest.mark.parametrize("command", [["report"], ["export", "--to", "csv"]])
    def test_before_any_grade(self, run: Run, room: Path, command: list[str]) -> None:
        status, _, err = run(*command, "--class", room)
        assert status == cli.UNUSABLE
        assert f"grader grade --class {room}" in err


def test_compare_needs_a_gradebook_of_nbgraders(run: Run, room: Path) -> None:
    given = ("compare", "--class", room, "--course", MANGLED_COURSE)
    status, _, err = run(*given)
    assert status == cli.UNUSABLE
    assert "gradebook.db: there is no such gradebook; name nbgrader's" in err
    other = room / "other.db"
    other.write_bytes(b"SQLite format 3\0 but no more")
    status, _, err = run(*given, "--gradebook", other)
    assert status == cli.UNUSABLE
    assert "other.db: not a gradebook of this version of nbgrader (" in err


def test_compare_never_takes_the_grades_of_the_grader_for_nbgraders(
    run: Run, room: Path
) -> None:
    gradebook = room / "gradebook.db"
    gradebook.write_bytes(b"SQLite format 3\0 but no more")
    given = ("compare", "--class", room, "--course", MANGLED_COURSE)
    (room / "results.jsonl").touch()
    status, _, err = run(*given)
    assert status == cli.UNUSABLE
    assert f"{gradebook}: this class was graded by the grader" in err
    assert "--gradebook FILE" in err
    status, _, err = run(*given, "--gradebook", gradebook)
    assert "gradebook.db: not a gradebook of this version of nbgrader (" in err
