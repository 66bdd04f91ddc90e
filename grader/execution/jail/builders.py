"""Start bubblewrap processes, and end them with everything they have started.

bubblewrap starts a child before that child asks the system to end with its parent. If
bubblewrap is killed in between, the child waits forever for a parent that is gone. So a
builder gets a process group of its own, and the whole group is killed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import weakref
from collections.abc import Sequence

_lock = threading.Lock()
_started: weakref.WeakSet[subprocess.Popen[bytes]] = weakref.WeakSet()


def start(command: Sequence[str], inherited: Sequence[int]) -> subprocess.Popen[bytes]:
    """Start a builder; its user ends it with :func:`end`.

    Parameters
    ----------
    command
        bubblewrap and its arguments.
    inherited
        Descriptors that it gets.
    """
    with _lock:
        builder = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=inherited,
            cwd="/",
            env={},
            # A session is a process group, too. It also keeps Ctrl-C for the grader,
            # which then ends this.
            start_new_session=True,
        )
        _started.add(builder)
    return builder


def end(builder: subprocess.Popen[bytes]) -> None:
    """Kill a builder and what it has started, and wait for it."""
    _kill_group(builder)
    builder.communicate()


def end_all() -> None:
    """Kill all builders of this process, which must end right afterwards.

    No further builder can be started.
    """
    _lock.acquire()
    for builder in list(_started):
        _kill_group(builder)


def _kill_group(builder: subprocess.Popen[bytes]) -> None:
    # The group outlives its first process, which is not waited for before this.
    if builder.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(builder.pid, signal.SIGKILL)


__all__ = ["end", "end_all", "start"]
