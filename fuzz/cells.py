"""Fuzz running cells: give the grader what a hostile kernel may send meanwhile.

Checked for each stream: :meth:`grader.execution.kernel.client.Kernel.run` returns how
the cell ran, within its time, and its outputs can be written into a notebook.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast, get_args
from unittest import mock

from rich.console import Console

from fuzz import report
from fuzz.inputs import Inputs
from fuzz.report import SAMPLE, Check, Failure
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Ended, Kernel
from grader.execution.limits import Limits
from grader.execution.wire import frames
from grader.notebooks.cells import output_node, parse_notebook

NUMBER = b"12345678"
LIMITS = Limits(output_kb=1)
# Silence lasts until the cell's time is up.
CELL_SECONDS = 0.02
ROOM_SECONDS = 1.0
ERROR_CHARS = 300


def fuzz(count: int, seed: int, console: Console) -> int:
    """Try `count` streams drawn from `seed`; return how many were findings."""
    run = report.Run("cells", "streams", count, seed)
    # The kernel has to be told the number that marks its frames.
    known = "grader.execution.kernel.client.secrets.token_bytes"
    with mock.patch(known, return_value=NUMBER):
        return report.try_all(run, draws(count, seed), console)


def draws(count: int, seed: int) -> Iterator[tuple[Check, bytes]]:
    """Yield streams, each with the check that it gets."""
    inputs = Inputs(seed)
    for number in range(count):
        check = run_and_write if number % SAMPLE == 1 else run
        yield check, inputs.cell(NUMBER)


class _Played:
    """A jail whose kernel reports that it is up, then sends what it is given."""

    processes = ()

    def __init__(self) -> None:
        self.cells, self._kernel = socket.socketpair()
        self.pipes = [_closed_pipe(), _closed_pipe()]
        self.pidfd = os.pidfd_open(os.getpid())
        self._kernel.setblocking(False)
        self._kernel.send(frames.pack(frames.UP, frames.DONE, b"\x90"))

    def say(self, stream: bytes) -> None:
        self._kernel.send(stream)
        if len(stream) % 50:  # otherwise silence follows
            self._kernel.shutdown(socket.SHUT_WR)

    def ran_out_of(self) -> frozenset[str]:
        return frozenset()

    def kill(self) -> None:
        if self.pidfd >= 0:
            for descriptor in (self.pidfd, *self.pipes):
                os.close(descriptor)
            self.pidfd = -1
        self.cells.close()
        self._kernel.close()


def _closed_pipe() -> int:
    """Return the end of a pipe to which nothing will be written."""
    reader, writer = os.pipe()
    os.close(writer)
    return reader


def run(stream: bytes) -> Failure:
    """Run a cell while `stream` arrives; say what is wrong with the result."""
    return _judged(*_ran(stream))


def run_and_write(stream: bytes) -> Failure:
    """Run a cell, and have nbformat validate a notebook with its outputs."""
    shown, seconds = _ran(stream)
    cell: dict[str, Any] = {"cell_type": "code", "source": "", "metadata": {}}
    cell["execution_count"] = None
    cell |= {"id": "a", "outputs": [output_node(each) for each in shown.outputs]}
    whole = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    parse_notebook(json.dumps(whole), outputs=True)
    return _judged(shown, seconds)


def _ran(stream: bytes) -> tuple[Any, float]:
    jail = _Played()
    jailer = SimpleNamespace(limits=LIMITS, open=lambda: jail)
    with Kernel(cast("Jailer", jailer)) as kernel:
        jail.say(stream)
        start = time.monotonic()
        ran = kernel.run("pass", CELL_SECONDS)
        return ran, time.monotonic() - start


def _judged(ran: Any, seconds: float) -> Failure:
    if ran.ended not in get_args(Ended):
        return f"it ended as {ran.ended!r:.40}"
    json.dumps([output_node(each) for each in ran.outputs]).encode()
    if type(ran.error) is not str or len(ran.error) > ERROR_CHARS:
        return f"its error is {ran.error!r:.80}"
    late = seconds > CELL_SECONDS + ROOM_SECONDS
    return f"it took {seconds:.1f} s" if late else None
