"""Fuzz running cells: streams that a hostile kernel may send to the grader.

For each stream it is checked that :meth:`grader.execution.kernel.client.Kernel.run`
returns the cell's outcome in time, and that the outputs can be written into a notebook.
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
# A silent kernel uses up this time, so it is short.
CELL_SECONDS = 0.02
EXTRA_SECONDS = 1.0
ERROR_CHARS = 300


def fuzz(count: int, seed: int, console: Console) -> int:
    """Check random streams and print the findings.

    Parameters
    ----------
    count : int
        Number of streams.
    seed : int
        Seed from which they are drawn.
    console : Console
        Where findings and the summary are printed.

    Returns
    -------
    int
        The number of findings.
    """
    run = report.FuzzRun("cells", "streams", count, seed)
    # Use a fixed number to mark frames, so that the streams can contain it.
    patched = "grader.execution.kernel.client.secrets.token_bytes"
    with mock.patch(patched, return_value=NUMBER):
        return report.try_all(run, draws(count, seed), console)


def draws(count: int, seed: int) -> Iterator[tuple[Check, bytes]]:
    """Yield `count` streams drawn from `seed`, each with its check.

    Parameters
    ----------
    count : int
        Number of streams.
    seed : int
        Seed from which they are drawn.

    Yields
    ------
    callable, bytes
        A check and its stream.
    """
    inputs = Inputs(seed)
    for number in range(count):
        check = run_and_write if number % SAMPLE == 1 else run
        yield check, inputs.cell(NUMBER)


class _FakeJail:
    """A jail whose kernel reports that it is ready, then sends a given stream."""

    processes = ()

    def __init__(self) -> None:
        self.cells, self._kernel = socket.socketpair()
        self.pipes = [_closed_pipe(), _closed_pipe()]
        self.pidfd = os.pidfd_open(os.getpid())
        self._kernel.setblocking(False)
        self._kernel.send(frames.pack(frames.UP, frames.DONE, b"\x90"))

    def say(self, stream: bytes) -> None:
        self._kernel.send(stream)
        if len(stream) % 50:  # else the kernel stays silent and does not end
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
    """Return the reading end of a pipe to which nothing will be written."""
    reader, writer = os.pipe()
    os.close(writer)
    return reader


def run(stream: bytes) -> Failure:
    """Run a cell while `stream` arrives; return what is wrong with its outcome."""
    return _failure(*_run_cell(stream))


def run_and_write(stream: bytes) -> Failure:
    """Run a cell, and let nbformat validate a notebook with its outputs."""
    outcome, seconds = _run_cell(stream)
    cell: dict[str, Any] = {"cell_type": "code", "source": "", "metadata": {}}
    cell["execution_count"] = None
    cell |= {"id": "a", "outputs": [output_node(output) for output in outcome.outputs]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    parse_notebook(json.dumps(notebook), outputs=True)
    return _failure(outcome, seconds)


def _run_cell(stream: bytes) -> tuple[Any, float]:
    jail = _FakeJail()
    jailer = SimpleNamespace(limits=LIMITS, open=lambda: jail)
    with Kernel(cast("Jailer", jailer)) as kernel:
        jail.say(stream)
        start = time.monotonic()
        outcome = kernel.run("pass", CELL_SECONDS)
        return outcome, time.monotonic() - start


def _failure(outcome: Any, seconds: float) -> Failure:
    if outcome.ended not in get_args(Ended):
        return f"it ended as {outcome.ended!r:.40}"
    json.dumps([output_node(output) for output in outcome.outputs]).encode()
    if type(outcome.error) is not str or len(outcome.error) > ERROR_CHARS:
        return f"its error is {outcome.error!r:.80}"
    late = seconds > CELL_SECONDS + EXTRA_SECONDS
    return f"it took {seconds:.1f} s" if late else None
