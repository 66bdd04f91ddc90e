"""Exit statuses, and messages that say what, where and what to do next."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import __version__, cli
from grader.batch.local import LocalBackend
from grader.classroom.folder import Classroom
from grader.cli import grade
from grader.records import Check, Flag, Result
from tests.support.paths import GRADER, MANGLED_COURSE

Submit = Callable[..., Path]
Said = tuple[int, str, str]
Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line here; return its status, output and errors."""
    monkeypatch.setenv("COLUMNS", "80")

    def command(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["grader", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return int(end.value.code or 0), *capsys.readouterr()

    return command


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "class" / "submitted").mkdir(parents=True)
    return tmp_path / "class"


def in_source(course: Path, old: str, new: str) -> Path:
    """Change the source notebook of a course; return its path."""
    path = course / "solutions" / "averages.ipynb"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


# --- grade ---------------------------------------------------------------------


class TestGrade:
    def test_done(self, run: Run, room: Path, tmp_path: Path, submit: Submit) -> None:
        submit(room, "ada")
        submit(room, "[red]bob", mean="import os; os._exit(0)")
        report = tmp_path / "report.json"
        status, out, err = run(
            *("grade", "--class", room, "--course", MANGLED_COURSE, "--seed", 4),
            *("--json", report),
        )
        assert (status, err) == (cli.DONE, "")
        assert "◐ 8/10" in out
        assert "[red]bob" in out
        assert "cell mean ended the kernel" in out
        assert str(room / "gradebook.db") in out
        assert f"grader feedback --class {room}" in out
        told = json.loads(report.read_text("utf-8"))["results"]
        kept = (room / "results.jsonl").read_text("utf-8").splitlines()
        assert sorted(map(json.dumps, told)) == sorted(
            json.dumps(json.loads(line)) for line in kept
        )
        assert {each["seed"] for each in told} == {4}

    @pytest.mark.parametrize(
        ("manager", "command"),
        [
            ("apt-get", "apt-get install -y bubblewrap"),
            ("dnf", "dnf install -y bubblewrap"),
        ],
    )
    def test_no_bubblewrap(
        self,
        run: Run,
        room: Path,
        tmp_path: Path,
        submit: Submit,
        monkeypatch: pytest.MonkeyPatch,
        manager: str,
        command: str,
    ) -> None:
        submit(room, "ada", mean=f"open({str(tmp_path / 'ran')!r}, 'w')")
        (tmp_path / manager).write_text("#!/bin/sh\n")
        (tmp_path / manager).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        status, _, err = run("grade", "--class", room, "--course", MANGLED_COURSE)
        assert status == cli.UNUSABLE
        assert err.startswith("grader: bubblewrap (bwrap) is not installed")
        assert command in err
        assert not (tmp_path / "ran").exists()
        assert [path.name for path in room.iterdir()] == ["submitted"]

    def test_no_sandbox_is_warned_of_and_grades(
        self, run: Run, room: Path, submit: Submit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        submit(room, "ada")
        monkeypatch.setenv("PATH", "")
        given = (
            "grade",
            "--class",
            room,
            "--course",
            MANGLED_COURSE,
            "--sandbox",
            "none",
        )
        status, out, _ = run(*given)
        assert status == cli.DONE
        assert out.index("NO SANDBOX") < out.index("◐ 8/10")

    def test_unknown_sandbox(self, run: Run, room: Path) -> None:
        status, _, err = run("grade", "--class", room, "--sandbox", "chroot")
        assert status == cli.UNUSABLE
        assert "bwrap" in err
        assert "none" in err

    def test_missing_class_folder(self, run: Run, tmp_path: Path) -> None:
        missing = tmp_path / "nowhere"
        status, out, err = run("grade", "--class", missing, "--course", MANGLED_COURSE)
        assert (status, out) == (cli.UNUSABLE, "")
        assert str(missing) in err
        assert "--class DIR" in err

    def test_missing_course(self, run: Run, room: Path, submit: Submit) -> None:
        submit(room, "ada")
        status, _, err = run("grade", "--class", room, "--course", room)
        assert status == cli.UNUSABLE
        assert "--course" in err

    def test_unknown_assignment(self, run: Run, room: Path, submit: Submit) -> None:
        submit(room, "ada")
        given = ("grade", "--class", room, "--course", MANGLED_COURSE, "avarages")
        status, _, err = run(*given)
        assert status == cli.UNUSABLE
        assert "'avarages'" in err
        assert "there are averages" in err

    def test_unknown_student(self, run: Run, room: Path, submit: Submit) -> None:
        submit(room, "ada")
        given = (
            "grade",
            "--class",
            room,
            "--course",
            MANGLED_COURSE,
            "--student",
            "eve",
        )
        status, _, err = run(*given)
        assert status == cli.UNUSABLE
        assert "by eve" in err

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('"cell_seconds": 20', '"cell_second": 20', ["cell_second", "total_sec"]),
            ('"cell_seconds": 20', '"cell_seconds": 0', ["cell_seconds", "above 0"]),
            (
                '"cell_seconds": 20',
                '"files": "many"',
                ["files", "many", "must be a number"],
            ),
        ],
    )
    def test_bad_limit(
        self,
        run: Run,
        room: Path,
        own_course: Path,
        submit: Submit,
        old: str,
        new: str,
        told: list[str],
    ) -> None:
        submit(room, "ada")
        path = in_source(own_course, old, new)
        status, _, err = run("grade", "--class", room, "--course", own_course)
        assert status == cli.UNUSABLE
        assert [text for text in (str(path), *told) if text not in err] == []

    def test_wrong_solution(
        self, run: Run, room: Path, own_course: Path, submit: Submit
    ) -> None:
        submit(room, "ada")
        in_source(own_course, 'answer_q1 = \\"B\\"', 'answer_q1 = \\"A\\"')
        status, _, err = run("grade", "--class", room, "--course", own_course)
        assert status == cli.UNUSABLE
        assert "q1-test: failed" in err
        assert not (room / "results.jsonl").exists()

    def test_a_grader_fault_falls_short_and_is_said(
        self,
        run: Run,
        room: Path,
        submit: Submit,
        end_fork_servers: Callable[[], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        prepare = LocalBackend.prepare

        def prepare_in_vain(backend: LocalBackend, imports: Any) -> None:
            prepare(backend, imports)
            end_fork_servers()

        def lose_all_from_now_on(*_: Any) -> None:
            end_fork_servers()
            monkeypatch.setattr(LocalBackend, "prepare", prepare_in_vain)

        submit(room, "ada")
        monkeypatch.setattr(
            "grader.cli.screens.grade.Live.grading", lose_all_from_now_on
        )
        status, out, _ = run("grade", "--class", room, "--course", MANGLED_COURSE)
        assert status == cli.SHORT
        assert "the students are not to blame: ada (averages)" in " ".join(out.split())

    def test_report_that_cannot_be_written(self, run: Run, tmp_path: Path) -> None:
        report = tmp_path / "nowhere" / "report.json"
        status, _, err = run("doctor", "--json", report)
        assert status == cli.UNUSABLE
        assert str(report) in err

    def test_messages_do_not_act_on_the_terminal(self, run: Run) -> None:
        status, _, err = run(
            "grade", "--class", "no\x1b[2Jwhere", "--course", MANGLED_COURSE
        )
        assert status == cli.UNUSABLE
        assert r"no\x1b[2Jwhere" in err


# --- Ctrl-C --------------------------------------------------------------------


@pytest.fixture
def grading(
    room: Path, short_tmp: Path
) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start ``grader grade`` as a shell does: in a process group of its own."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command: list[str | Path] = [
            GRADER,
            "grade",
            "--class",
            room,
            "--course",
            MANGLED_COURSE,
        ]
        process = subprocess.Popen(
            [*command, "--workers", "2"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
            env=os.environ | {"TMPDIR": str(short_tmp), "PYTHONUNBUFFERED": "1"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def members(group: int) -> list[str]:
    """Return the processes of a process group."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, number = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(number) == group and state != "Z":
            found.append(stat.parent.name)
    return found


def test_ctrl_c_stops_soon_keeps_results_and_leaves_nothing(
    grading: Callable[[], subprocess.Popen[str]],
    room: Path,
    short_tmp: Path,
    submit: Submit,
) -> None:
    submit(room, "ada")
    for name in ("bob", "cyn", "dan"):
        submit(room, name, mean="while True: pass")
    first = grading()
    assert first.stdout
    assert any(line.startswith("1/4") for line in first.stdout)
    begun = time.monotonic()
    for _ in range(3):  # as impatient people do
        os.killpg(first.pid, signal.SIGINT)
        time.sleep(0.05)
    _, err = first.communicate(timeout=60)
    assert time.monotonic() - begun < 19  # the others' cells run for 20 seconds
    assert first.returncode == cli.INTERRUPTED
    assert err.strip().splitlines() == [grade.KEPT, "grader: stopped."]
    # Its output ends a moment before the last of its processes does.
    end = time.monotonic() + 5
    while members(first.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert members(first.pid) == []
    assert list(short_tmp.iterdir()) == []
    for name in ("bob", "cyn", "dan"):
        submit(room, name, essay=f"I am {name}.")
    out, _ = grading().communicate(timeout=60)
    assert "1 unchanged" in out
    assert "3/3" in out


# --- other commands ------------------------------------------------------------


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
        assert "give one of them" in error

    def test_check_is_content_with_what_release_wrote(
        self, run: Run, released: Path
    ) -> None:
        assert run("release", "--check", "--course", released)[0] == cli.DONE

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
    assert run("doctor", "--json", report)[0] == cli.DONE
    assert states(report)["jail"] == "ok"
    monkeypatch.setenv("PATH", "")
    status, out, _ = run("doctor", "--json", report)
    assert status == cli.SHORT
    assert states(report)["bubblewrap"] == "missing"
    assert out.splitlines()[-2].startswith("missing: bubblewrap. To mend it: ")


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"grader {__version__}\n", "")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["grade"], "--class"),
        (["mark"], "No such command 'mark'"),
        (["grade", "--class", "x", "--workers", "0"], "--workers"),
        (["grade", "--class", "x", "--lax"], "--lax"),
    ],
)
def test_wrong_usage(run: Run, given: list[str], told: str) -> None:
    status, _, err = run(*given)
    assert status == cli.UNUSABLE
    assert told in err
    assert "Traceback" not in err


class TestCollect:
    def collect(self, run: Run, room: Path, source: Path, *more: object) -> Said:
        given = ("collect", source, "--class", room, "--course", MANGLED_COURSE)
        return run(*given, *more)

    def test_all_matched(
        self, run: Run, room: Path, tmp_path: Path, submit: Submit
    ) -> None:
        submit(tmp_path / "download", "[red]ada")
        report = tmp_path / "report.json"
        source = tmp_path / "download" / "submitted"
        status, out, err = self.collect(run, room, source, "--json", report)
        assert (status, err) == (cli.DONE, "")
        assert "✓ [red]ada" in out
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
        assert "1 unmatched" in out
        assert list(room.rglob("*.ipynb")) == []

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            (["--due", "tomorrow"], "2026-01-31T23:59"),
            (["--roster", "none.csv"], "none.csv: No such file"),
            (["--assignment", "lab"], "there are averages"),
        ],
    )
    def test_unusable(
        self, run: Run, room: Path, tmp_path: Path, more: list[str], told: str
    ) -> None:
        (tmp_path / "x.ipynb").write_text("{}")
        status, _, err = self.collect(run, room, tmp_path / "x.ipynb", *more)
        assert status == cli.UNUSABLE
        assert told in err


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

    def test_report(self, run: Run, graded: Path, tmp_path: Path) -> None:
        told = tmp_path / "report.json"
        status, out, err = run("report", "--class", graded, "--json", told)
        assert (status, err) == (cli.DONE, "")
        assert "to grade by hand: 1 submission of lab" in out
        assert "look at [red]ada, lab: calls [b]os" in out
        page = (graded / "report.html").read_text("utf-8")
        assert "[red]ada" in page
        assert json.loads(told.read_text("utf-8"))["summaries"][0]["mean"] == 1.0

    def test_export(self, run: Run, graded: Path) -> None:
        status, out, _ = run("export", "--class", graded, "--to", "csv")
        assert status == cli.DONE
        assert "1 scores are not final" in out
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
