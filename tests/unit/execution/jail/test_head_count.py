"""The processes of a jail are counted, slowed down if many, and ended if too many."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from grader.execution.jail import proc, process_tree
from grader.execution.jail.head_count import HeadCount
from grader.execution.jail.process_tree import LOWEST_PRIORITY
from grader.execution.limits import Limits

LIMITS = Limits(processes=20)
# Starts as many processes as each line says, which sleep, and says how many there are.
STARTING = """
import subprocess, sys
started = []
for line in sys.stdin:
    for _ in range(int(line)):
        started.append(subprocess.Popen(["sleep", "60"]))
    print(len(started), flush=True)
"""
# Starts a process in a group of its own, prints its id and ends.
ENDING = """
import subprocess
print(subprocess.Popen(["sleep", "60"], stdout=-3, stderr=-3, process_group=0).pid)
"""
THREAD_COUNTS = process_tree.thread_counts


class Group:
    """A process that stands for a jail's kernel, in a group of its own."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", STARTING]
        self.kernel = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, process_group=0
        )

    def start(self, count: int) -> None:
        assert self.kernel.stdin and self.kernel.stdout
        self.kernel.stdin.write(f"{count}\n")
        self.kernel.stdin.flush()
        self.kernel.stdout.readline()

    def thread_counts(self, _: int, enough: int | None = None) -> dict[int, int]:
        """Count the group's processes only: a warden has no other children."""
        own = {self.kernel.pid: 1}
        return THREAD_COUNTS(self.kernel.pid, enough) | own

    def priorities(self) -> set[int]:
        return {os.getpriority(os.PRIO_PROCESS, p) for p in self.thread_counts(0)}


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Group]:
    made = Group()
    monkeypatch.setattr(process_tree, "thread_counts", made.thread_counts)
    try:
        yield made
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(made.kernel.pid, signal.SIGKILL)
        made.kernel.communicate()


@contextmanager
def counted(group: Group) -> Iterator[list[str]]:
    """Count the processes of a group meanwhile; yield what happened."""
    happened: list[str] = []
    with HeadCount(group.kernel.pid, LIMITS, lambda: happened.append("exceeded")):
        yield happened


def eventually(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_few_processes_are_left_alone(group: Group) -> None:
    before = group.priorities()
    with counted(group) as happened:
        group.start(2)
        time.sleep(0.3)
        assert (group.priorities(), happened) == (before, [])


def test_many_get_the_lowest_priority_and_go_on(group: Group) -> None:
    with counted(group) as happened:
        group.start(10)
        assert eventually(lambda: group.priorities() == {LOWEST_PRIORITY})
        group.start(1)  # it answers, and what it starts has the same priority
        assert group.priorities() == {LOWEST_PRIORITY}
        assert happened == []


def test_if_counting_fails_the_jail_is_ended(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(process_tree, "thread_counts", fail)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    with counted(group):
        assert group.kernel.wait(20) == -signal.SIGKILL


def test_too_many_are_ended(group: Group) -> None:
    with counted(group) as happened:
        group.start(30)
        assert eventually(lambda: group.kernel.poll() is not None)
    assert (happened, group.kernel.returncode) == (["exceeded"], -signal.SIGKILL)


def test_a_group_in_which_no_child_is_left_is_not_signalled(group: Group) -> None:
    """Its number may belong to processes of others by then."""
    ran = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, check=True
    )
    other = int(ran.stdout)
    process_tree.signal_group(other, signal.SIGKILL)
    assert proc.state(other) == "S"
    os.kill(other, signal.SIGKILL)
    process_tree.signal_group(group.kernel.pid, signal.SIGKILL)
    assert group.kernel.wait(20) == -signal.SIGKILL
