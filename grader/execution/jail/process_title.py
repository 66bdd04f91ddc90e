"""Hide how the kernel's process was started: nothing in it points to the grader.

``/proc/self/cmdline`` and ``/proc/self/environ`` show the part of the process' stack
that holds its first arguments and variables. In a jail's kernel that part is
overwritten before student code runs.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from pathlib import Path

# Fields of /proc/self/stat, counted after the command's name, which may contain blanks.
ARGUMENTS = 45
ENVIRONMENT = 47


def set_arguments(arguments: Sequence[str]) -> None:
    """Show `arguments` as the command line of this process, as far as they fit."""
    start, end = _span(ARGUMENTS)
    shown = "\0".join(arguments).encode()[: max(end - start - 1, 0)]
    _overwrite(start, end, shown)
    sys.argv[:] = [arguments[-1]]
    sys.orig_argv[:] = arguments


def wipe_environment() -> None:
    """Clear the environment that this process was started with.

    Unset the variables first: the C library still points to that memory.
    """
    start, end = _span(ENVIRONMENT)
    _overwrite(start, end, b"")


def _span(field: int) -> tuple[int, int]:
    """Return where the block of memory that a field names starts and ends."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    return int(fields[field]), int(fields[field + 1])


def _overwrite(start: int, end: int, content: bytes) -> None:
    if 0 < start < end:
        ctypes.memset(start, 0, end - start)
        ctypes.memmove(start, content, len(content))
