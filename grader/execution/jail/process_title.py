"""What a process shows of how it was started: no sign of the grader in it.

``/proc/self/cmdline`` and ``/proc/self/environ`` are read from the process' own
stack, where its first arguments and variables still lie. Overwritten in the
kernel of a jail, before student code runs.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from pathlib import Path

# Fields of /proc/self/stat behind the command's name, which may hold blanks.
ARGUMENTS = 45
ENVIRONMENT = 47


def set_arguments(arguments: Sequence[str]) -> None:
    """Show `arguments` as this process' command line, cut where there is no room."""
    start, end = _span(ARGUMENTS)
    shown = "\0".join(arguments).encode()[: max(end - start - 1, 0)]
    _overwrite(start, end, shown)
    sys.argv[:] = [arguments[-1]]
    sys.orig_argv[:] = arguments


def wipe_environment() -> None:
    """Clear the block of variables that this process was started with.

    Unset them first: the C library's table points there.
    """
    start, end = _span(ENVIRONMENT)
    _overwrite(start, end, b"")


def _span(field: int) -> tuple[int, int]:
    """Return the addresses at which one of the two blocks starts and ends."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    return int(fields[field]), int(fields[field + 1])


def _overwrite(start: int, end: int, content: bytes) -> None:
    if 0 < start < end:
        ctypes.memset(start, 0, end - start)
        ctypes.memmove(start, content, len(content))
