"""Jails without namespaces for tests, and a way to look around in them."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.protocol import Preparation
from grader.execution.jail.confined import ConfinedJailer
from grader.execution.jail.entries import KERNELS
from grader.execution.jail.levels import obstacle_to
from grader.execution.kernel.client import CellExecution, Kernel
from grader.execution.limits import Limits
from tests.support import loosened

#: The marks of each module that uses such jails.
MARKS = [
    pytest.mark.hostile,
    pytest.mark.confined,
    pytest.mark.skipif(obstacle_to("confined") != "", reason=obstacle_to("confined")),
]
Look = Callable[[str], Any]
LIMITS = Limits(memory_mb=256, disk_mb=8, processes=40)
AS_ROOT = os.geteuid() == 0
# Each cell begins with this. `tried` calls a function and returns how that ended:
# "done", the name of the exception, or the name of a C function's error.
TRIED = """
import contextlib, ctypes, errno, json, os, signal, socket, subprocess, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def tried(action, *arguments):
    try:
        result = action(*arguments)
    except BaseException as error:
        return type(error).__name__
    failed = isinstance(result, int) and result == -1
    return errno.errorcode[ctypes.get_errno()] if failed else "done"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    entries = (*KERNELS.entries, loosened.ENTRY)
    with ForkServer.start(["numpy"], Preparation(entries, KERNELS.build)) as started:
        yield started


@pytest.fixture(scope="module")
def jailer(server: ForkServer) -> ConfinedJailer:
    return ConfinedJailer(server, ["numpy"], LIMITS)


@pytest.fixture(scope="module")
def look(jailer: ConfinedJailer) -> Iterator[Look]:
    with Kernel(jailer) as kernel:
        yield look_with(kernel)


def look_with(kernel: Kernel) -> Look:
    """Return a function that runs code in the jail and returns its ``seen``."""

    def look(code: str) -> Any:
        ran = run(kernel, f"{textwrap.dedent(code)}\nprint(json.dumps(seen))")
        assert ran.ended == "ok", ran
        return json.loads(ran.outputs[-1]["text"])

    return look


def run(kernel: Kernel, code: str) -> CellExecution:
    """Run code in the jail; it can use ``tried`` and what `TRIED` imports."""
    return kernel.run(TRIED + textwrap.dedent(code), 20)


__all__ = [
    "AS_ROOT",
    "LIMITS",
    "MARKS",
    "TRIED",
    "Look",
    "jailer",
    "look",
    "look_with",
    "run",
    "server",
]
