"""``grader release``, ``verify`` and ``lint``: what they write and say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader import cli
from tests.support.command_line import Run, Submit, in_source
from tests.support.paths import MANGLED_COURSE


class TestRelease:
    @pytest.fixture
    def released(self, run: Run, own_course: Path) -> Path:
        assert run("release", "--course", own_course)[0] == cli.DONE
        return own_course

    def test_writes_once(self, run: Run, own_course: Path) -> None:
        copy = own_course / "lessons" / "averages.ipynb"
        assert run("release", "--course", own_course) == (0, f"wrote {copy}\n", "")
        status, out, _ = run("release", "--course", own_course)
        assert (status, out) == (0, "All student copies are up to date.\n")

    def test_keeps_what_students_get(self, run: Run, released: Path) -> None:
        status, out, _ = run("release", "--keep", "--course", released)
        assert (status, out.count("wrote")) == (0, 1)
        kept = released / "releases" / "averages"
        copy = (released / "lessons" / "averages.ipynb").read_text("utf-8")
        assert copy in [path.read_text("utf-8") for path in kept.iterdir()]
        status, _, error = run("release", "--keep", "--check", "--course", released)
        assert status == cli.UNUSABLE
        assert "cannot be combined" in error

    def test_check_is_content_with_what_release_wrote(
        self, run: Run, released: Path
    ) -> None:
        text = "All student copies are up to date.\n"
        assert run("release", "--check", "--course", released) == (0, text, "")

    def test_stale_copy_falls_short_with_a_diff(
        self, run: Run, released: Path, tmp_path: Path
    ) -> None:
        copy = released / "lessons" / "averages.ipynb"
        before = copy.read_text("utf-8")
        in_source(released, "A median asks only", "A median looks only")
        report = tmp_path / "report.json"
        given = ("release", "--check", "--course", released, "--json", report)
        status, out, _ = run(*given)
        assert status == cli.SHORT
        assert f"stale: {copy}" in out
        changes = [line[:1] for line in out.splitlines() if "A median" in line]
        assert changes == ["-", "+"]
        assert "grader release" in out
        assert copy.read_text("utf-8") == before
        (told,) = json.loads(report.read_text("utf-8"))["stale"]
        assert told["path"] == str(copy)
        assert "A median" in told["diff"]

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            (
                '"grade_id": "q1",',
                '"grade_id": "mean",',
                ["'mean' in cells 6, 14", "rename"],
            ),
            (
                "### END SOLUTION",
                "### THE SOLUTION",
                ["cell 6 (mean)", "needs its own END"],
            ),
            (
                "### BEGIN HIDDEN TESTS",
                "### HIDDEN",
                ["cell 7 (mean-test)", "needs its own END"],
            ),
        ],
    )
    @pytest.mark.parametrize("command", ["release", "grade"])
    def test_broken_source_is_named_with_cell_and_remedy(
        self,
        run: Run,
        room: Path,
        own_course: Path,
        submit: Submit,
        command: str,
        old: str,
        new: str,
        told: list[str],
    ) -> None:
        submit(room, "ada")
        in_source(own_course, old, new)
        given = [command, "--course", own_course]
        given += ["--class", room] if command == "grade" else []
        status, _, err = run(*given)
        assert status == cli.UNUSABLE
        wanted = ["averages", *told, "; "]
        assert [text for text in wanted if text not in err] == [], err

    def test_unknown_name(self, run: Run) -> None:
        status, _, err = run("release", "--course", MANGLED_COURSE, "modes")
        assert status == cli.UNUSABLE
        assert "'modes'; there are averages" in err
