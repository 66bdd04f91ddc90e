"""A warden slows down a jail with many processes, and ends a jail with too many."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.execution.jail import proc, process_tree
from tests.support.paths import ROOT

# Stands for a jail's kernel: it starts processes that sleep, waits until they are as
# slow as they can be, but for a second at most, and prints their priorities.
KERNEL = """
import os, subprocess, sys, time
started = [subprocess.Popen(["sleep", "60"]).pid for _ in range(int(sys.argv[1]))]
seen, end = set(), time.monotonic() + 1
while seen != {19} and time.monotonic() < end:
    seen = {os.getpriority(os.PRIO_PROCESS, process) for process in started}
    time.sleep(0.02)
print(*seen, flush=True)
"""
# Runs a warden that watches this kernel. Prints what the warden has reported, and how
# many processes are left.
WATCHING = """
import contextlib, os, socket, subprocess, sys
from pathlib import Path
from grader.execution.jail import process_tree
from grader.execution.jail.scratch import Scratch
from grader.execution.jail.warden import Warden
from grader.execution.limits import Limits
process_tree.adopt_orphans()
scratch = Scratch(Path(sys.argv[1]))
for folder in scratch.writable:
    Path(folder).mkdir()
grader, control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
grader.send(b"used")
command = [sys.executable, "-c", KERNEL, sys.argv[2]]
kernel = subprocess.Popen(command, process_group=0)
pidfd = os.pidfd_open(kernel.pid)
thread_counts = process_tree.thread_counts
CHANGE
limits = Limits(processes=20)
with contextlib.suppress(MemoryError):
    Warden(control, pidfd, kernel.pid, limits, scratch, None, 0).watch()
process_tree.thread_counts = thread_counts
grader.setblocking(False)
try:
    print(grader.recv(100).decode())
except BlockingIOError:
    print("nothing was reported")
print(len(process_tree.descendants(os.getpid())), "left")
"""
FAILING = """
def fail(*_):
    raise MemoryError
process_tree.{name} = fail
"""


def watched(folder: Path, count: int, change: str = "") -> list[str]:
    """Return the lines that a warden and its jail with `count` processes print."""
    code = WATCHING.replace("KERNEL", repr(KERNEL)).replace("CHANGE", change)
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(count)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize(("count", "priority"), [(3, "0"), (10, "19")])
def test_many_processes_get_the_lowest_priority(
    tmp_path: Path, count: int, priority: str
) -> None:
    if os.getpriority(os.PRIO_PROCESS, 0) != 0:
        pytest.skip("the tests have another priority")
    assert watched(tmp_path, count) == [priority, "nothing was reported", "0 left"]


def test_too_many_are_ended(tmp_path: Path) -> None:
    message, left = watched(tmp_path, 60)
    assert (json.loads(message), left) == ({"over": "processes"}, "0 left")


@pytest.mark.parametrize("name", ["thread_counts", "touched"])
def test_if_counting_or_measuring_fails_the_jail_is_ended(
    tmp_path: Path, name: str
) -> None:
    """Then the kernel does not print priorities."""
    printed = watched(tmp_path, 3, FAILING.format(name=name))
    assert printed == ["nothing was reported", "0 left"]


def test_a_group_in_which_no_child_is_left_is_not_signalled() -> None:
    """The system may have given the number to another group by then."""
    code = """if True:
        import subprocess
        sleep = ["sleep", "60"]
        print(subprocess.Popen(sleep, stdout=-3, stderr=-3, process_group=0).pid)
    """
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    orphan = int(ran.stdout)
    with subprocess.Popen(["sleep", "60"], process_group=0) as child:
        process_tree.signal_group(orphan, signal.SIGKILL)
        assert proc.state(orphan) == "S"
        os.kill(orphan, signal.SIGKILL)
        process_tree.signal_group(child.pid, signal.SIGKILL)
        assert child.wait(20) == -signal.SIGKILL
