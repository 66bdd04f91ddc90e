"""What is said where worker processes cannot be started, as ``/dev/shm`` is read-only.

The folder is replaced in a mount namespace of its own; the machine's is never touched.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import cli
from tests.support.paths import MANGLED_COURSE, MINI, ROOT

Submit = Callable[..., Path]
Ran = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ran(tmp_path: Path) -> Ran:
    """Run the command line where nobody can write to ``/dev/shm``."""
    (tmp_path / "empty").mkdir()
    mounts = ["--dev-bind", "/", "/", "--ro-bind", tmp_path / "empty", "/dev/shm"]
    python = [sys.executable, "-m", "grader"]

    def command(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = ["bwrap", *mounts, "--chdir", ROOT, *python, *arguments]
        return subprocess.run(
            [str(word) for word in words], capture_output=True, text=True, check=False
        )

    return command


def test_no_class_is_graded_and_no_notebook_is_run(
    ran: Ran, submit: Submit, tmp_path: Path
) -> None:
    submit(tmp_path / "class", "ada")
    course = ("--course", MANGLED_COURSE)
    for given in (
        ("grade", "--class", tmp_path / "class", *course),
        ("run", "--course", MINI, "--output", tmp_path / "run"),
    ):
        done = ran(*given)
        assert done.returncode == cli.UNUSABLE, done.stderr
        (said,) = (line for line in done.stderr.splitlines() if "grader:" in line)
        assert "Worker processes cannot be started" in said
        assert "(/dev/shm: Read-only file system)" in said
        assert "mount -t tmpfs -o mode=1777 tmpfs /dev/shm" in said
        assert said.endswith("grader doctor")
        assert "Traceback" not in done.stderr + done.stdout
    assert not (tmp_path / "class" / "results.jsonl").exists()


def test_doctor_says_it(ran: Ran) -> None:
    done = ran("doctor")
    assert done.returncode == cli.SHORT
    row = " ".join(done.stdout.split())
    assert "✗ semaphores /dev/shm: Read-only file" in row
