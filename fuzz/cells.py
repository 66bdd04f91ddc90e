"""Give the grader what a hostile kernel may say while a cell runs.

Held of each stream: :meth:`grader.execution.kernel.client.Kernel.run` returns how the cell ran, within
its time, and what it shows can be written into a notebook. Called by
``fuzz_wire.py --cells COUNT``.
"""

from __future__ import annotations

import json
import os
import socket
import time
from types import SimpleNamespace
from typing import Any, cast, get_args
from unittest import mock

from fuzz_wire import SAMPLE, SHOWN, Failure, peak_mib, shortest, timed
from rich.console import Console
from rich.progress import Progress
from wire_inputs import Inputs

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
    """Try `count` streams; return how many were findings."""
    inputs, found = Inputs(seed), 0
    before, start = peak_mib(), time.perf_counter()
    with (
        mock.patch(
            "grader.execution.kernel.client.secrets.token_bytes", return_value=NUMBER
        ),
        Progress(console=console, transient=True) as progress,
    ):
        for number in progress.track(range(count), description="cells"):
            given = inputs.cell(NUMBER)
            check = write_down if number % SAMPLE == 1 else run
            if failure := timed(check, given):
                found += 1
                if found <= SHOWN:
                    short = shortest(given, check)
                    console.print(f"{check.__name__}: {failure}: {short[:200]!r}")
    seconds = max(time.perf_counter() - start, 1e-9)
    console.print(
        f"cells: {count:,} streams, seed {seed}, {found} findings, "
        f"{count / seconds:,.0f} a second, {peak_mib() - before:.0f} MiB more held"
    )
    return found


class _Played:
    """A jail whose kernel says that it is up, then what it is told to say."""

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
    """Run a cell while `stream` comes; say what came of it that should not."""
    return _judged(*_ran(stream))


def write_down(stream: bytes) -> Failure:
    """Run a cell, and have nbformat check a notebook with what it shows."""
    shown, seconds = _ran(stream)
    cell = {"cell_type": "code", "source": "", "metadata": {}, "execution_count": None}
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
