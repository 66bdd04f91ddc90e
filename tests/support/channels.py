"""Fixtures: student code as the examiner reaches it, run in a thread without a jail."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.execution.examiner.channel import Channel
from grader.execution.examiner.proxies.student import Student
from grader.execution.inside.calls import serving


def answer_all(inner: socket.socket, names: dict[str, Any]) -> None:
    with inner, contextlib.suppress(OSError):
        while inner.recv(1, socket.MSG_PEEK):
            serving.serve_one(inner.fileno(), names)


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
