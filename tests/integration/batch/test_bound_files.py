"""Large files beside an instructor's notebook are there in every sandbox, unharmed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from grader.batch import run
from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.course import extra_files
from grader.course.course import Course
from grader.execution.jail.factory import require_sandbox
from grader.execution.limits import Sandbox
from tests.support.small_course import checks, course, graded, submit

pytestmark = pytest.mark.slow

# The others are `none`, and `auto`, which is one of these.
JAILS = ("bwrap", "confined")

CONTENT = b"7 " * 50_000
USE = """
# %% size
### BEGIN SOLUTION
import os
size = os.path.getsize("data/large.txt")
### END SOLUTION
# %% size-test
assert size == 100_000
# %% total
### BEGIN SOLUTION
total = sum(map(int, open("data/large.txt").read().split()))
### END SOLUTION
# %% total-test
assert total == 350_000
"""
SPOIL = """import contextlib
with contextlib.suppress(OSError):
    open("data/large.txt", "w").write("nothing")
with contextlib.suppress(OSError):
    os.remove("data/large.txt")
with contextlib.suppress(OSError):
    os.symlink("/etc/passwd", "data/large.txt")
"""
DIE = "os._exit(1)\n"


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is too large to be copied into kernels by cells."""
    monkeypatch.setattr(extra_files, "COPIED_BYTES", 10_000)
    course(tmp_path, hw=USE)
    file = tmp_path / "course/source/hw/data/large.txt"
    file.parent.mkdir()
    file.write_bytes(CONTENT)
    (bound,) = Course.open(tmp_path / "course")["hw"].bound
    assert bound.name == "data/large.txt"
    return file


@pytest.mark.parametrize(
    "sandbox",
    [
        pytest.param(name, marks=[] if name in JAILS else [pytest.mark.nightly])
        for name in get_args(Sandbox)
    ],
)
def test_each_kernel_reads_it_and_none_changes_it(
    large: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    submit(tmp_path, "ada", hw=USE)
    submit(tmp_path, "bob", hw=USE.replace("size =", f"{SPOIL}size =", 1))
    # Its second answer gets another kernel.
    submit(tmp_path, "cyn", hw=USE.replace("size =", f"{SPOIL}{DIE}size =", 1))
    submit(tmp_path, "dan", hw=USE)
    results = graded(tmp_path, sandbox=sandbox)
    assert results["ada"].score == results["dan"].score == 2
    assert checks(results["cyn"])["size-test"].points == 0
    assert checks(results["cyn"])["total-test"].points == 1
    assert large.read_bytes() == CONTENT
    # A level is the least one: this machine may give more.
    level = require_sandbox(sandbox)
    assert {result.sandbox for result in results.values()} == {level}
    if sandbox != "none":
        assert results["bob"].score == 2


def test_a_file_that_a_worker_does_not_see_is_the_graders_fault(
    large: Path, tmp_path: Path
) -> None:
    submit(tmp_path, "ada", hw=USE)
    room = Classroom.open(tmp_path / "class")
    planned = plan(Course.open(tmp_path / "course"), room)
    # As on a machine of a cluster that does not have the course folder.
    large.unlink()
    settings = run.GradingSettings(workers=1)
    (result,) = run.run(room, planned, settings).values()
    assert result.grader_failed
    (fault,) = (flag.text for flag in result.flags if flag.kind == "grader_fault")
    assert "large.txt: this file beside the notebook is not on the machine" in fault
    assert "put the course folder where all machines see it" in fault
