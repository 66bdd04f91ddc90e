"""The warden of a jail waits until the jail is used, and counts its processes then."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.execution.jail import warden
from grader.execution.jail.scratch import Scratch
from grader.execution.jail.warden import Warden
from grader.execution.limits import Limits


class Watched(Warden):
    """A warden that only notes what it does, and the other ends of what it watches."""

    grader: socket.socket
    kernel_end: int

    def __post_init__(self) -> None:
        super().__post_init__()
        self.counted = 0
        self.ended = False

    def _count(self) -> int:
        self.counted += 1
        self.grader.close()
        return 1

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


def test_one_that_is_used_is_counted(watched: Watched) -> None:
    watched.grader.send(b"used")
    watched.watch()
    assert (watched.counted > 0, watched.ended) == (True, True)


def test_it_is_not_counted_before(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warden, "UNUSED_SECONDS", 0.01)
    watching = threading.Thread(target=watched.watch)
    watching.start()
    watching.join(0.3)
    assert watching.is_alive()
    assert watched.counted == 0
    watched.grader.send(b"used")
    watching.join(20)
    assert watched.counted > 0


@pytest.mark.parametrize("end", ["grader", "kernel"])
def test_one_that_is_never_used_is_ended(watched: Watched, end: str) -> None:
    if end == "grader":
        watched.grader.close()
    else:
        os.close(watched.kernel_end)
    watched.watch()
    assert (watched.counted, watched.ended) == (0, True)
