"""Fixtures: fork servers, jails and kernels, and that tests leave none behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.execution.fork_server.client import SERVER, ForkServer
from grader.execution.fork_server.server import PR_SET_CHILD_SUBREAPER
from grader.execution.jail import proc
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.execution.limits import Limits
from grader.execution.wiring import start_fork_server

LIMITS = Limits(
    cell_seconds=20,
    total_seconds=60,
    call_seconds=5,
    memory_mb=512,
    processes=64,
    disk_mb=16,
    output_kb=64,
)


@pytest.fixture
def end_fork_servers() -> Callable[[], None]:
    """Kill the fork servers that were started since the test began."""
    before = fork_servers()

    def end() -> None:
        for process in fork_servers() - before:
            os.kill(process, signal.SIGKILL)

    return end


def fork_servers() -> set[int]:
    """Return the fork servers that this process has started."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        process = int(place.name)
        try:
            ours = proc.parent(process) == os.getpid()
            command = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if ours and SERVER.encode() in command.split(b"\0"):
            found.add(process)
    return found


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer]:
    with start_fork_server(["numpy"]) as started:
        yield started


@pytest.fixture(scope="session")
def jailer(fork_server: ForkServer) -> Iterator[Jailer]:
    opened = Jailer(fork_server, ["numpy"], LIMITS)
    yield opened
    opened.close()


@pytest.fixture
def kernel(jailer: Jailer, nothing_left: None) -> Iterator[Kernel]:
    with Kernel(jailer) as opened:
        yield opened


@pytest.fixture
def adopting() -> Iterator[None]:
    """Have orphans run below this process, where their parents ran."""
    _adopt_orphans(True)
    yield
    _adopt_orphans(False)
    # Else they would be listed as dead, and count, until this process ends.
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _adopt_orphans(yes: bool) -> None:
    assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(yes), 0, 0, 0) == 0


@pytest.fixture
def processes(adopting: None) -> Callable[[], set[str]]:
    """Tell what runs below this process, orphans too: number and command."""
    return running


@pytest.fixture
def nothing_left(fork_server: ForkServer, adopting: None) -> Iterator[None]:
    """Fail a test that leaves processes, folders or descriptors behind."""
    before, opened = running() | folders(fork_server), descriptors()
    yield
    end = time.monotonic() + 10
    while left := (running() | folders(fork_server)) - before or descriptors() > opened:
        assert time.monotonic() < end, f"left behind: {left}"
        time.sleep(0.05)


def folders(fork_server: ForkServer) -> set[str]:
    return {path.name for path in Path(fork_server.folder).iterdir()}


def descriptors() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


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
