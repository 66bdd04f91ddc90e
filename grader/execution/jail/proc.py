"""Read what the system says of processes in ``/proc``."""

from __future__ import annotations

import os
import time

# More than such a file usually has.
BYTES = 1 << 14
# A flag of a process: PF_EXITING in the system's own code.
EXITING = 0x4


def fields(process: int | str = "self", file: str = "status") -> dict[str, str]:
    """Return the lines ``NAME: VALUE`` of a file about a process.

    Parameters
    ----------
    process
        Its id.
    file
        The file's name: ``status`` or ``smaps_rollup``; see proc(5).

    Raises
    ------
    OSError
        If the process has ended, or may not be read.
    """
    text = read(f"/proc/{process}/{file}").decode(errors="replace")
    pairs = (line.partition(":") for line in text.splitlines())
    return {name: value.strip() for name, _, value in pairs}


def size(values: dict[str, str], *names: str) -> int:
    """Return the sum of some sizes among :func:`fields`, in bytes; 0 where absent."""
    return sum(int(values.get(name, "0").split()[0]) * 1024 for name in names)


def has_capability(number: int) -> bool:
    """Return whether this process has a capability now; see capabilities(7)."""
    return bool(int(fields()["CapEff"], 16) >> number & 1)


def state(process: int) -> str:
    """Return the letter for what a process does, such as ``R`` or ``Z``.

    Raises
    ------
    OSError
        If there is no such process.
    """
    return _stat(process)[0]


def is_ending(process: int) -> bool:
    """Return whether a process that is still listed runs none of its code any more.

    While others use the processors, it can take long to give back what it held.

    Raises
    ------
    OSError
        If there is no such process.
    """
    return bool(int(_stat(process)[6]) & EXITING)


def parent(process: int) -> int:
    """Return the id of a process' parent.

    Raises
    ------
    OSError
        If there is no such process.
    """
    return int(_stat(process)[1])


def processor_time(process: int) -> int:
    """Return the processor time that a process has used, in ns.

    All its threads count, also those that have ended. Its children do not.
    What a thread has used since the system's last tick, a few ms ago, may be missing.

    Raises
    ------
    OSError
        If there is no such process.
    """
    # Linux derives the number of this clock from the id: clock_getcpuclockid(3).
    return time.clock_gettime_ns(~process << 3 | 2)


def read(path: str) -> bytes:
    """Return what a file of the system says now.

    It is for files that are read many times a second: ``pathlib`` takes twice as long.

    Raises
    ------
    OSError
        If there is no such file, or it may not be read.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return b"".join(iter(lambda: os.read(descriptor, BYTES), b""))
    finally:
        os.close(descriptor)


def _stat(process: int) -> list[str]:
    """Return the fields of ``/proc/PID/stat`` that follow the program's name."""
    text = read(f"/proc/{process}/stat").decode(errors="replace")
    return text.rpartition(")")[2].split()


__all__ = [
    "fields",
    "has_capability",
    "is_ending",
    "parent",
    "processor_time",
    "read",
    "size",
    "state",
]
