"""The warden of a jail waits until the jail is used, and measures it while it works."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.execution.jail import proc, process_tree, warden
from grader.execution.jail.scratch import Scratch
from grader.execution.jail.warden import Warden
from grader.execution.limits import Limits


class Watched(Warden):
    """A warden that only notes what it does, and the other ends of what it watches."""

    grader: socket.socket
    kernel_end: int

    def __post_init__(self) -> None:
        super().__post_init__()
        self.measured = 0
        self.ended = False

    def _exceeded(self) -> Any:
        self.measured += 1
        self.grader.close()
        return ""

    def end(self) -> None:
        self.ended = True


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    # A pipe stands for the kernel's pidfd: it can be read once its other end is closed.
    kernel, end = os.pipe()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    made = Watched(theirs, kernel, 0, Limits(), Scratch(tmp_path), None, 0)
    made.grader, made.kernel_end = ours, end
    yield made
    for closed in (ours, theirs):
        closed.close()
    os.close(kernel)


def test_one_that_is_used_is_measured(watched: Watched) -> None:
    watched.grader.send(b"used")
    watched.watch()
    assert (watched.measured > 0, watched.ended) == (True, True)


def test_it_is_not_measured_before(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warden, "UNUSED_SECONDS", 0.01)
    watching = threading.Thread(target=watched.watch)
    watching.start()
    watching.join(0.3)
    assert watching.is_alive()
    assert watched.measured == 0
    watched.grader.send(b"used")
    watching.join(20)
    assert watched.measured > 0


@pytest.mark.parametrize("end", ["grader", "kernel"])
def test_one_that_is_never_used_is_ended(watched: Watched, end: str) -> None:
    if end == "grader":
        watched.grader.close()
    else:
        os.close(watched.kernel_end)
    watched.watch()
    assert (watched.measured, watched.ended) == (0, True)


WORKING = """
import sys
for _ in sys.stdin:
    sum(range(1_000_000))
    print(flush=True)
"""


@pytest.fixture
def student() -> Iterator[subprocess.Popen[bytes]]:
    """Return a process that works once for each line that it gets."""
    command = [sys.executable, "-c", WORKING]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as started:
        work(started)
        yield started
        started.kill()


def work(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin and process.stdout
    process.stdin.write(b"\n")
    process.stdin.flush()
    process.stdout.readline()
    while proc.state(process.pid) != "S":
        time.sleep(0.001)


class Counting(Warden):
    """A warden that notes how often it has measured files."""

    measured = 0

    def _exceeds_disk(self, processes: Any) -> bool:
        self.measured += 1
        return super()._exceeds_disk(processes)

    def times_measured(self, looks: int = 3) -> int:
        """Look some times; return how often it has measured the jail then."""
        before = self.measured
        assert [self._exceeded() for _ in range(looks)] == [""] * looks
        return self.measured - before

    def let_maps_be_due(self) -> None:
        self._maps_at = time.monotonic()

    def let_one_be_unreadable(self) -> None:
        self._unreadable = frozenset({1})


@pytest.fixture
def counting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, student: subprocess.Popen[bytes]
) -> Iterator[Counting]:
    monkeypatch.setattr(process_tree, "thread_counts", lambda _: {student.pid: 1})
    scratch = Scratch(tmp_path)
    for folder in scratch.writable:
        Path(folder).mkdir()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    kernel = os.pidfd_open(student.pid)
    with ours, theirs:
        yield Counting(theirs, kernel, student.pid, Limits(), scratch, None, 0)
    os.close(kernel)


def test_a_jail_that_has_not_worked_is_not_measured_again(
    counting: Counting, student: subprocess.Popen[bytes]
) -> None:
    assert counting.times_measured() == 1
    work(student)
    assert counting.times_measured() == 1


def test_mapped_files_are_looked_at_even_if_it_does_not_work(
    counting: Counting,
) -> None:
    assert counting.times_measured() == 1
    counting.let_maps_be_due()
    assert counting.times_measured() == 1
    counting.let_maps_be_due()
    assert counting.times_measured() == 0


def test_one_that_could_not_be_read_is_measured_again(counting: Counting) -> None:
    assert counting.times_measured() == 1
    counting.let_one_be_unreadable()
    assert counting.times_measured() == 1


def test_a_jail_of_several_processes_is_always_measured(
    counting: Counting,
    student: subprocess.Popen[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = {student.pid: 1, os.getpid(): 1}
    monkeypatch.setattr(process_tree, "thread_counts", lambda _: counts)
    assert counting.times_measured() == 3
