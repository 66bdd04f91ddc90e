"""What holds for all tests: where hostile code may run, what runs first, and fixtures.

Fixtures that start processes are in the plugins named below. Support code is imported
by its full name, ``tests.support.…``, so that no module is loaded twice.
"""

from __future__ import annotations

import multiprocessing.util
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.records import Assignment
from tests.support import averages as averages_notebook
from tests.support.areas import Areas
from tests.support.averages import WORKED, answered
from tests.support.paths import MANGLED_COURSE

pytest_plugins = ["tests.support.kernels", "tests.support.channels"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        help="write tests/mangled/expected again; then read the difference",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with tests marked ``long`` first, in their random order.

    Workers take whole files. One that is started last would run alone at the end,
    while all other workers wait.
    """
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuse to run hostile code outside of tests/contained."""
    if item.get_closest_marker("hostile") is None or contained():
        return
    reason = (
        "hostile code needs a container: tests/contained .venv/bin/pytest -m hostile"
    )
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def contained() -> bool:
    """Tell whether this process runs in tests/contained, by what the system shows."""
    interfaces = {name for _, name in socket.if_nameindex()}
    first = Path("/proc/1/cmdline").read_bytes()
    return (
        os.environ.get("GRADER_CONTAINED") == "1"
        and interfaces == {"lo"}
        and b"contained\0--inside" in first
    )


@pytest.fixture(scope="session")
def averages() -> Assignment:
    """Return the assignment of tests/mangled, which is quick to grade."""
    return averages_notebook.averages()


@pytest.fixture(scope="session")
def submit(averages: Assignment) -> Callable[..., Path]:
    """Write a submission to `averages`: right but for the answers that are given."""

    def write(room: Path, student: str, **answers: str) -> Path:
        place = room / "submitted" / student / "averages" / "averages.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(answered(averages, WORKED | answers), encoding="utf-8")
        return place

    return write


@pytest.fixture(scope="session")
def course() -> Course:
    """Return the course of tests/mangled."""
    return Course.open(MANGLED_COURSE)


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    """Return an empty class folder."""
    (tmp_path / "class" / "submitted").mkdir(parents=True)
    return Classroom.open(tmp_path / "class")


@pytest.fixture
def own_course(tmp_path: Path) -> Path:
    """Return a copy of the course of tests/mangled, to be changed."""
    return Path(shutil.copytree(MANGLED_COURSE, tmp_path / "course"))


@pytest.fixture
def areas(tmp_path: Path) -> Areas:
    """Return a copy of the course with wrong answers, to be changed."""
    return Areas(tmp_path)


@pytest.fixture
def short_tmp(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Make temporary folders in one whose name leaves room for the names of sockets."""
    # Both make a folder at their first call and use it until the end: not in ours.
    multiprocessing.util.get_temp_dir()
    tmp_path_factory.getbasetemp()
    with tempfile.TemporaryDirectory(prefix="t-", dir="/tmp") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)
