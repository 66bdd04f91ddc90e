"""A fork server imports what it is told to, and says what went wrong."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader.errors import JailError
from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.protocol import Preparation, entry_point


def test_what_the_grader_needs_must_be_there() -> None:
    missing = Preparation(entries=("no_such_module:main",))
    with pytest.raises(JailError, match="No module named 'no_such_module'"):
        ForkServer.start([], missing)


def test_what_is_built_must_be_a_function() -> None:
    with pytest.raises(JailError, match="no_such_function"):
        ForkServer.start([], Preparation(build="json:no_such_function"))


def test_what_a_lesson_imports_need_not_be_there() -> None:
    with ForkServer.start(["no_such_module"], Preparation()) as fork_server:
        assert not fork_server.has_ended()


def test_a_fork_is_the_function_that_was_asked_for(tmp_path: Path) -> None:
    remove = entry_point(shutil.rmtree)
    (tmp_path / "folder").mkdir()
    with ForkServer.start([], Preparation((remove,))) as fork_server:
        pidfd = fork_server.fork(remove, str(tmp_path / "folder"), [])
        assert forks.has_exited(pidfd, 10)
    os.close(pidfd)
    assert list(tmp_path.iterdir()) == []
