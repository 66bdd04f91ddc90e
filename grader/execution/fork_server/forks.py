"""Watch and end a fork by its pidfd, a descriptor that never names another process."""

from __future__ import annotations

import contextlib
import selectors
import signal
from pathlib import Path


def has_exited(pidfd: int, seconds: float = 0) -> bool:
    """Say whether the process of `pidfd` is gone, or goes within `seconds`."""
    with selectors.DefaultSelector() as selector:
        selector.register(pidfd, selectors.EVENT_READ)
        return bool(selector.select(seconds))


def process_id(pidfd: int) -> int:
    """Return the process id that a pidfd stands for.

    Raises
    ------
    ProcessLookupError
        If that process is gone.
    """
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:") and int(line.split()[1]) > 0:
            return int(line.split()[1])
    raise ProcessLookupError(f"the process of pidfd {pidfd} is gone")


def kill(pidfd: int) -> None:
    """Kill the process of `pidfd` if it still lives."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


__all__ = ["has_exited", "kill", "process_id"]
