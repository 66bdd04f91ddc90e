"""What jails without namespaces do not prevent: a test for each line of SECURITY.md.

Each test shows a hole. If one fails, the hole is closed on this machine, and the table
must say from which Linux kernel on.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from grader.execution.jail.confined import ConfinedJailer
from grader.execution.kernel.client import Kernel
from tests.support.confined_jails import (
    AS_ROOT,
    MARKS,
    Look,
    jailer,
    look,
    look_with,
    run,
    server,
)
from tests.support.paths import ROOT

__all__ = ["jailer", "look", "server"]

pytestmark = MARKS
as_user = pytest.mark.skipif(AS_ROOT, reason="prevented where root grades")


def test_paths_are_known_with_size_time_and_owner(look: Look) -> None:
    seen = look(
        """
        found = os.stat("/etc/passwd")
        seen = [found.st_size, found.st_uid, os.path.exists("/etc/no-such-file"),
                os.readlink("/proc/self")]
        """
    )
    assert seen[:3] == [Path("/etc/passwd").stat().st_size, 0, False]
    assert int(seen[3]) > 1


def test_process_ids_are_known(look: Look) -> None:
    seen = look(
        f"""
        seen = [os.path.exists("/proc/{os.getpid()}"), os.path.exists("/proc/4000000"),
                os.stat("/proc/{os.getpid()}").st_uid]
        """
    )
    assert seen == [True, False, os.getuid()]


def test_the_machine_is_seen(look: Look) -> None:
    seen = look("seen = [os.uname().nodename, os.getloadavg()[0] >= 0]")
    assert seen == [os.uname().nodename, True]
    assert look("seen = os.statvfs('/').f_bavail") > 0


def test_limits_are_passed_for_a_moment(jailer: ConfinedJailer) -> None:
    size = int(jailer.limits.disk_mb) << 20
    code = f"""
    for number in range(4):
        with open(f"f{{number}}", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, {size})
    for number in range(4):
        os.unlink(f"f{{number}}")
    """
    for _ in range(20):
        # It succeeds when all of it happens between two measurements.
        with Kernel(jailer) as kernel:
            if run(kernel, code).ended == "ok":
                return
    pytest.fail("all attempts were noticed")


@as_user
def test_copies_of_files_can_be_changed(jailer: ConfinedJailer, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1,2")
    own = ConfinedJailer(jailer.fork_server, [], jailer.limits)
    own.files = {"data.csv": tmp_path / "data.csv"}
    with Kernel(own) as kernel:
        seen = look_with(kernel)(
            """
            os.unlink("data.csv")
            open("data.csv", "w").write("3,4")
            seen = open("data.csv").read()
            """
        )
    assert seen == "3,4"
    assert (tmp_path / "data.csv").read_text() == "1,2"


@as_user
def test_processes_count_for_the_whole_user(look: Look, jailer: ConfinedJailer) -> None:
    seen = look(
        "import resource; seen = [resource.getrlimit(resource.RLIMIT_NPROC)[0],"
        "os.getuid()]"
    )
    assert seen[1] == os.getuid()
    # The system's limit is for all processes of the user, so the jail's must fit in.
    assert seen[0] > jailer.limits.processes


# --- what does not work ---------------------------------------------------------------


def test_what_a_lesson_cannot_use(look: Look) -> None:
    seen = look(
        """
        import multiprocessing, mmap
        seen = [tried(socket.socket), tried(multiprocessing.Lock),
                tried(mmap.mmap, -1, 4096), tried(open, "/tmp/x", "w")]
        """
    )
    assert "done" not in seen


@as_user
def test_processes_stay_in_one_group(look: Look) -> None:
    seen = look(
        """
        ask = "import os; print(os.getpgrp())"
        child = subprocess.run([sys.executable, "-c", ask], capture_output=True,
                               start_new_session=True)
        seen = [tried(os.setsid), tried(os.setpgid, 0, 0), os.getpgrp() - os.getpid(),
                int(child.stdout) - os.getpid(), tried(os.killpg, os.getpgrp(), 0)]
        """
    )
    assert seen == ["done", "done", 0, 0, "PermissionError"]


@as_user
def test_modes_of_files_stay(look: Look) -> None:
    seen = look(
        """
        open("own", "w").close()
        before = os.stat("own").st_mode
        os.chmod("own", 0o400)
        seen = [before, os.stat("own").st_mode]
        """
    )
    assert seen[0] == seen[1]


def test_each_line_of_the_table_has_a_test() -> None:
    text = (ROOT / "SECURITY.md").read_text()
    _, _, part = text.partition("## What jails without namespaces do not prevent\n")
    part = part.partition("## ")[0]
    lines = [line for line in part.splitlines() if re.match(r"\| (?!what |-)", line)]
    tests = [name for name in globals() if name.startswith("test_")]
    # One test shows three of the lines on what does not work; ending a process on old
    # kernels is in tests/unit/execution/jail/test_refused_calls.py; and this test.
    assert len(lines) == 11
    assert len(tests) - 1 == len(lines) - 2
