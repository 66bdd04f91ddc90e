"""One warm process for all tests that need a kernel, and a watch on what they leave."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.jail.jail import Jailer
from grader.jail.limits import Limits
from grader.kernel import Kernel
from grader.warm import Warm

LIMITS = Limits(
    cell_seconds=20,
    total_seconds=60,
    call_seconds=5,
    memory_mb=512,
    processes=64,
    disk_mb=16,
    output_kb=64,
)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    with Warm.start(["numpy"]) as started:
        yield started


@pytest.fixture(scope="session")
def jailer(warm: Warm) -> Iterator[Jailer]:
    opened = Jailer(warm, ["numpy"], LIMITS)
    yield opened
    opened.close()


@pytest.fixture
def kernel(jailer: Jailer, nothing_left: None) -> Iterator[Kernel]:
    with Kernel(jailer) as opened:
        yield opened


@pytest.fixture
def processes() -> Callable[[], set[str]]:
    """Tell what runs below this process: number and command."""
    return running


@pytest.fixture
def nothing_left(warm: Warm) -> Iterator[None]:
    """Fail a test that leaves processes, folders or descriptors behind."""
    before = running(), folders(warm), descriptors()
    yield
    end = time.monotonic() + 10
    while (after := (running(), folders(warm), descriptors())) != before:
        if time.monotonic() > end:
            assert after == before, "left behind"
        time.sleep(0.05)


def folders(warm: Warm) -> set[str]:
    return set(os.listdir(warm.folder))


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def running() -> set[str]:
    """Return what runs below this process: number and command."""
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    return {
        f"{pid} {command}"
        for pid, (parent, command) in parents.items()
        if os.getpid() in _line(parent, parents)
    }


def _parent(process: Path) -> tuple[int, tuple[int, str]] | None:
    try:
        command, rest = (process / "stat").read_text().split(" ", 1)[1].rsplit(")", 1)
    except (OSError, ValueError):
        return None
    state, parent = rest.split()[:2]
    return None if state == "Z" else (int(process.name), (int(parent), command[1:]))


def _line(pid: int, parents: dict[int, tuple[int, str]]) -> Iterator[int]:
    while pid:
        yield pid
        pid = parents.get(pid, (0, ""))[0]
