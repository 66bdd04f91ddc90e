"""Where no tight jail can be had, nothing that a student wrote is run.

Each test grades a submission from the command line on a machine that lacks something,
and looks for the traces that the submission would leave if its code ran anywhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.course import Course
from tests.support import attacks
from tests.support.paths import HOSTILE_COURSE

pytestmark = [pytest.mark.hostile, pytest.mark.sample, pytest.mark.timeout(300)]

BIN = Path(sys.executable).parent
FORBID = "echo 0 >/proc/sys/user/max_user_namespaces && exec"
# Stands in for bubblewrap, and builds the jail with one option changed.
LOOSE = """#!{python} -I
import os, sys
options = []
for at, option in enumerate(sys.argv[1:], start=1):
    if option == "--args":
        with open(int(sys.argv[at + 1]), "rb") as told:
            options = told.read().decode().split("\\0")[:-1]
if options:
    change(options)
    rest = sys.argv[sys.argv.index("--"):]
    os.execv({bwrap!r}, ["bwrap", *options, *rest])
os.execv({bwrap!r}, ["bwrap", *sys.argv[1:]])
"""
CHANGES = {
    "the network": "def change(options): options.remove('--unshare-net')",
    "no jail at all": (
        "def change(options):\n"
        "    told = int(options[options.index('--info-fd') + 1])\n"
        "    os.write(told, b'{\"child-pid\": %d}' % os.getpid())\n"
        "    os.close(told)\n"
        "    os.execv('/bin/sh', ['sh', '-c', 'echo up; read -r _'])"
    ),
}
Grade = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def mark() -> Iterator[Path]:
    """Return the file that the submission makes wherever its code runs unjailed."""
    # Not one of evidence.marks: another worker would take it for its own class's.
    path = Path(f"/tmp/ran-unjailed-{os.getpid()}")
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def room(tmp_path: Path, mark: Path) -> Path:
    """Return a class with one submission."""
    case = attacks.half_right("numbers")
    case.cells["first"] = f"open({str(mark)!r}, 'w').close()"
    released = Course.open(HOSTILE_COURSE).assignment("numbers").released
    attacks.submit(case, released, tmp_path / "class" / "submitted")
    return tmp_path / "class"


@pytest.fixture
def grade(room: Path) -> Grade:
    def run(
        *before: str, path: str | None = None, sandbox: str = "bwrap"
    ) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [
            BIN / "grader",
            "grade",
            "--class",
            room,
            "--workers",
            "1",
        ]
        return subprocess.run(
            [*before, *command, "--course", HOSTILE_COURSE, "--sandbox", sandbox],
            env=os.environ | {"PATH": path or os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def nothing_ran(room: Path, mark: Path) -> bool:
    """Say whether the submission's code left no trace, and got no points."""
    results = room / "results.jsonl"
    graded = results.read_text("utf-8") if results.is_file() else ""
    return not mark.exists() and '"passed"' not in graded


def test_the_trace_is_left_where_code_runs_without_a_jail(
    grade: Grade, room: Path, mark: Path
) -> None:
    done = grade(sandbox="none")
    assert done.returncode == 0, done.stdout + done.stderr
    assert mark.exists()
    assert not nothing_ran(room, mark)


def test_without_bubblewrap_grading_stops(grade: Grade, room: Path, mark: Path) -> None:
    done = grade(path=str(BIN))
    assert done.returncode == 2
    assert "bubblewrap (bwrap) is not installed" in " ".join(done.stderr.split())
    assert nothing_ran(room, mark)


def test_where_user_namespaces_are_forbidden_grading_stops(
    grade: Grade, room: Path, mark: Path
) -> None:
    forbidden = ["unshare", "--user", "--map-root-user", "sh", "-c", f'{FORBID} "$@"']
    done = grade(*forbidden, "sh")
    assert done.returncode == 2
    assert "bubblewrap cannot build a jail here" in " ".join(done.stderr.split())
    assert nothing_ran(room, mark)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_in_a_jail_that_is_not_tight_no_code_runs(
    grade: Grade, room: Path, mark: Path, tmp_path: Path, change: str
) -> None:
    loose = tmp_path / "loose" / "bwrap"
    loose.parent.mkdir()
    text = LOOSE.format(python=sys.executable, bwrap=shutil.which("bwrap"))
    loose.write_text(text.replace("options = []", f"{change}\noptions = []"))
    loose.chmod(0o755)
    done = grade(path=f"{loose.parent}:{os.environ['PATH']}")
    assert done.returncode != 0, done.stdout
    said = " ".join((done.stdout + done.stderr).split())
    assert "no kernel started in the jail: JailError:" in said
    assert nothing_ran(room, mark)
