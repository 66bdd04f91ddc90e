"""``grader grade``: exit statuses, messages, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import cli
from grader.batch.local import LocalBackend
from grader.cli import grade
from tests.support.command_line import Run, Submit, in_source
from tests.support.paths import GRADER, MANGLED_COURSE
from tests.support.processes import in_group


class TestGrade:
    def test_a_graded_class_is_shown_and_recorded(
        self, run: Run, room: Path, tmp_path: Path, submit: Submit
    ) -> None:
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
        assert "--class FOLDER" in err

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
        given = ("grade", "--class", room, "--course", own_course)
        status, _, err = run(*given, "--strict")
        assert status == cli.UNUSABLE
        assert "q1-test: failed" in err
        assert not (room / "results.jsonl").exists()
        status, out, _ = run(*given)
        assert status == cli.SHORT
        assert "q1-test" in out
        assert (room / "results.jsonl").exists()

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
        assert "through no fault of the students: ada (averages)" in " ".join(
            out.split()
        )

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
    while in_group(first.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert in_group(first.pid) == set()
    assert list(short_tmp.iterdir()) == []
    for name in ("bob", "cyn", "dan"):
        submit(room, name, essay=f"I am {name}.")
    out, _ = grading().communicate(timeout=60)
    assert "1 unchanged" in out
    assert "3/3" in out
