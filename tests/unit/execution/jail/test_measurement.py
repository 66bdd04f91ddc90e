"""A jail is measured again only if it may hold something else than before."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.execution.jail import proc, process_tree
from grader.execution.jail.measurement import Measurement
from grader.execution.jail.scratch import Scratch
from grader.execution.limits import Limits

WORKING = """
import sys
for _ in sys.stdin:
    sum(range(1_000_000))
    print(flush=True)
"""


@pytest.fixture
def student() -> Iterator[subprocess.Popen[bytes]]:
    """Return a process that computes something each time that it reads a line."""
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


class Counting(Measurement):
    """A measurement that notes how often it has measured files."""

    measured = 0

    def _exceeds_disk(self, processes: Any) -> bool:
        self.measured += 1
        return super()._exceeds_disk(processes)

    def times_measured(self, looks: int = 3) -> int:
        """Look some times; return how often it has measured the jail then."""
        before = self.measured
        assert [self.exceeded() for _ in range(looks)] == [""] * looks
        return self.measured - before

    def let_maps_be_due(self) -> None:
        self._maps_at = time.monotonic()

    def let_one_be_unreadable(self) -> None:
        self._unreadable = frozenset({1})


@pytest.fixture
def counting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, student: subprocess.Popen[bytes]
) -> Counting:
    monkeypatch.setattr(process_tree, "thread_counts", lambda *_: {student.pid: 1})
    scratch = Scratch(tmp_path)
    for folder in scratch.writable:
        Path(folder).mkdir()
    return Counting(student.pid, Limits(), scratch, None, 0)


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
    monkeypatch.setattr(process_tree, "thread_counts", lambda *_: counts)
    assert counting.times_measured() == 3
