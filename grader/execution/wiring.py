"""Start fork servers whose forks become jailed kernels or examiners.

The fork server knows neither of the two. This module imports both, and passes the fork
server the list of what to prepare.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.execution.examiner import client as examiner
from grader.execution.fork_server.client import ForkServer, StartingForkServer
from grader.execution.fork_server.protocol import Preparation
from grader.execution.jail.entries import KERNELS

PREPARATION = Preparation((*KERNELS.entries, examiner.ENTRY), KERNELS.build)
#: To import beside a lesson's modules, where kernels return to an earlier state.
REWIND = "grader.execution.inside.rewind"


def start_fork_server(modules: Sequence[str] = (), threads: int = 1) -> ForkServer:
    """Start a fork server for kernels and examiners, and wait until it is ready.

    Parameters
    ----------
    modules
        The modules that the lesson imports. Those that are not installed are left out.
    threads
        How many threads TensorFlow may use in each fork.

    Returns
    -------
    ForkServer
        The caller closes it.

    Raises
    ------
    JailError
        If it ends before it is ready.
    """
    return starting_fork_server(modules, threads).ready()


def starting_fork_server(
    modules: Sequence[str] = (), threads: int = 1
) -> StartingForkServer:
    """Start a fork server without waiting for its imports.

    Parameters
    ----------
    modules, threads
        As for :func:`start_fork_server`.

    Returns
    -------
    StartingForkServer
        The caller calls its ``ready`` or its ``stop``.
    """
    return StartingForkServer(modules, PREPARATION, threads)


__all__ = ["PREPARATION", "REWIND", "start_fork_server", "starting_fork_server"]
