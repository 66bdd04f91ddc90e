"""``grader collect``: what is told and reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader import cli
from tests.support.command_line import Run, Said, Submit
from tests.support.paths import MANGLED_COURSE


class TestCollect:
    def collect(self, run: Run, room: Path, source: Path, *more: object) -> Said:
        given = ("collect", source, "--class", room, "--course", MANGLED_COURSE)
        return run(*given, *more)

    def test_a_download_is_collected_and_shown(
        self, run: Run, room: Path, tmp_path: Path, submit: Submit
    ) -> None:
        submit(tmp_path / "download", "[red]ada")
        report = tmp_path / "report.json"
        source = tmp_path / "download" / "submitted"
        status, out, err = self.collect(run, room, source, "--json", report)
        assert (status, err) == (cli.DONE, "")
        assert "✓ [red]ada" in out
        assert "\n1 matched, 1 new\n" in out
        assert "collect again" not in out
        assert f"grader grade --class {room}" in out
        told = json.loads(report.read_text("utf-8"))
        assert told["totals"]["new"] == 1
        assert told["rows"][0]["student"] == "[red]ada"
        assert (room / "submitted/[red]ada/averages/averages.ipynb").is_file()

    def test_somebody_is_unmatched(
        self, run: Run, room: Path, tmp_path: Path, submit: Submit
    ) -> None:
        submit(tmp_path / "download", "ada")
        roster = tmp_path / "roster.csv"
        roster.write_text("id\nzoe\n")
        source = tmp_path / "download" / "submitted"
        status, out, _ = self.collect(
            run, room, source, "--roster", roster, "--dry-run"
        )
        assert status == cli.SHORT
        assert "What would be collected" in out
        assert "\n0 matched, 1 unmatched\n" in out
        assert "correct what they say, and collect again." in out
        assert list(room.rglob("*.ipynb")) == []

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            (["--due", "tomorrow"], "2026-01-31T23:59"),
            (["--roster", "none.csv"], "none.csv cannot be read: No such file"),
            (["--assignment", "lab"], "there are averages"),
        ],
    )
    def test_an_unusable_option_is_refused(
        self, run: Run, room: Path, tmp_path: Path, more: list[str], told: str
    ) -> None:
        (tmp_path / "x.ipynb").write_text("{}")
        status, _, err = self.collect(run, room, tmp_path / "x.ipynb", *more)
        assert status == cli.UNUSABLE
        assert told in err
