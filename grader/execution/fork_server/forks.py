"""Watch and end a fork by its pidfd, which never stands for another process."""

from __future__ import annotations

import contextlib
import selectors
import signal
from pathlib import Path


def has_exited(pidfd: int, seconds: float = 0) -> bool:
    """Say whether a process has ended, or ends within some time.

    Parameters
    ----------
    pidfd
        Of the process.
    seconds
        How long to wait for its end.
    """
    with selectors.DefaultSelector() as selector:
        selector.register(pidfd, selectors.EVENT_READ)
        return bool(selector.select(seconds))


def process_id(pidfd: int) -> int:
    """Return the process id of the process that a pidfd stands for.

    Raises
    ------
    ProcessLookupError
        If that process has ended.
    """
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:") and int(line.split()[1]) > 0:
            return int(line.split()[1])
    raise ProcessLookupError(f"the process of pidfd {pidfd} has ended")


def kill(pidfd: int) -> None:
    """Kill the process of `pidfd` if it still runs."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


__all__ = ["has_exited", "kill", "process_id"]
