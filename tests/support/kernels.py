"""Kernels, examiners' channels and a watch on what tests leave, for all of them."""

from __future__ import annotations

import contextlib
import ctypes
import json
import multiprocessing.util
import os
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.course import Course
from grader.execution.examiner.proxies import Channel, Student
from grader.execution.fork_server.client import SERVER, ForkServer
from grader.execution.fork_server.server import PR_SET_CHILD_SUBREAPER
from grader.execution.inside import calls
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.execution.limits import Limits
from grader.execution.wiring import start_fork_server
from grader.records import Assignment
from tests.support.paths import AREAS, MANGLED, MANGLED_COURSE

LIMITS = Limits(
    cell_seconds=20,
    total_seconds=60,
    call_seconds=5,
    memory_mb=512,
    processes=64,
    disk_mb=16,
    output_kb=64,
)
AVERAGES: dict[str, str] = json.loads((MANGLED / "worked.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def averages() -> Assignment:
    """Return the assignment of tests/mangled: quick, it imports no numpy."""
    return Course.open(MANGLED_COURSE).assignment("averages")


@pytest.fixture(scope="session")
def hand_in(averages: Assignment) -> Callable[..., Path]:
    """Hand `averages` in: all right, but for the answers that are given."""

    def write(room: Path, student: str, **answers: str) -> Path:
        place = room / "submitted" / student / "averages" / "averages.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(answered(averages, AVERAGES | answers), encoding="utf-8")
        return place

    return write


def answered(assignment: Assignment, answers: dict[str, str]) -> str:
    handed = json.loads(assignment.released)
    for cell in handed["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(grade_id, cell["source"])
    return json.dumps(handed)


@pytest.fixture
def own_course(tmp_path: Path) -> Path:
    """Return a copy of the course of tests/mangled, to be changed."""
    return Path(shutil.copytree(MANGLED_COURSE, tmp_path / "course"))


@pytest.fixture
def short_tmp(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Have temporary folders made in one whose name leaves room for sockets."""
    # Made where they are first asked for, and to be had until the end: not in there.
    multiprocessing.util.get_temp_dir()
    tmp_path_factory.getbasetemp()
    with tempfile.TemporaryDirectory(prefix="t-", dir="/tmp") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


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
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and SERVER.encode() in command.split(b"\0"):
            found.add(int(stat.parent.name))
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
    return set(os.listdir(fork_server.folder))


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


# --- student code without a jail: the callee itself, in a thread ---


def answer_all(inner: socket.socket, names: dict[str, Any]) -> None:
    with inner, contextlib.suppress(OSError):
        while inner.recv(1, socket.MSG_PEEK):
            calls.serve_one(inner.fileno(), names)


@pytest.fixture
def code() -> Iterator[Callable[..., Student]]:
    """Run student code in a kernel of our own, and return the way to it."""
    with contextlib.ExitStack() as stack:

        def run(source: str, seconds: float = 5) -> Student:
            ours, inner = socket.socketpair()
            names: dict[str, Any] = {"__name__": "__main__"}
            exec(source, names)
            thread = threading.Thread(target=answer_all, args=(inner, names))
            thread.start()
            stack.callback(thread.join)
            stack.callback(ours.close)
            stack.callback(ours.shutdown, socket.SHUT_RDWR)
            return Student(Channel(ours, seconds), {"numpy"})

        yield run


@pytest.fixture
def forger() -> Iterator[Callable[..., Student]]:
    """Answer every request with the same bytes, and then hang up or not."""
    with contextlib.ExitStack() as stack:

        def forge(answer: bytes, seconds: float = 5, hang_up: bool = False) -> Student:
            ours, inner = socket.socketpair()
            stack.enter_context(ours)
            stack.enter_context(inner)
            inner.sendall(answer)
            if hang_up:
                inner.shutdown(socket.SHUT_WR)
            return Student(Channel(ours, seconds), {"numpy"})

        yield forge


class Areas:
    """A course of one short notebook with its wrong answers, to be edited."""

    name = "01_areas"

    def __init__(self, root: Path) -> None:
        shutil.copytree(AREAS, root, dirs_exist_ok=True)
        self.root = root
        self.source = root / f"solutions/{self.name}.ipynb"
        self.wrong_answers = root / "solutions/wrong_answers" / self.name

    def edit(self, path: Path, identifier: str, *changes: tuple[str, str]) -> None:
        """Replace texts in the cell `identifier` of the notebook at `path`."""
        raw = json.loads(path.read_text())
        cell = next(c for c in raw["cells"] if c["id"] == identifier)
        text = "".join(cell["source"])
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        cell["source"] = text
        path.write_text(json.dumps(raw))

    def add(self, exercise: str, name: str, text: str) -> None:
        """Add a wrong answer."""
        with (self.wrong_answers / f"{exercise}.py").open("a") as file:
            file.write(f"\n# %% {name}\n{text}")


@pytest.fixture
def areas(tmp_path: Path) -> Areas:
    return Areas(tmp_path)
