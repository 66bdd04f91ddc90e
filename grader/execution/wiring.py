"""Start fork servers whose forks become jailed kernels or examiners.

The fork server itself knows neither: this module, which stands above both, tells it
what to prepare.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.execution.examiner import client as examiner
from grader.execution.fork_server.client import ForkServer, StartingForkServer
from grader.execution.fork_server.protocol import Preparation
from grader.execution.inside import rewind
from grader.execution.jail.entries import KERNELS

PREPARATION = Preparation((*KERNELS.entries, examiner.ENTRY), KERNELS.build)
#: To import beside a lesson's modules, for kernels that go back to a marked state.
REWIND = rewind.__name__


def start_fork_server(modules: Sequence[str] = (), threads: int = 1) -> ForkServer:
    """Start a fork server for kernels and examiners, and wait until it is ready.

    Parameters
    ----------
    modules
        What the lesson imports; what cannot be imported here is left out.
    threads
        How many threads TensorFlow may use in each fork.

    Raises
    ------
    JailError
        If it ends before it is ready.
    """
    return starting_fork_server(modules, threads).ready()


def starting_fork_server(
    modules: Sequence[str] = (), threads: int = 1
) -> StartingForkServer:
    """Start a fork server as :func:`start_fork_server` does, and do not wait for it."""
    return StartingForkServer(modules, PREPARATION, threads)


__all__ = ["PREPARATION", "REWIND", "start_fork_server", "starting_fork_server"]
