"""What a jailed kernel may use. Pure: numbers, and how they become rlimits."""

from __future__ import annotations

import resource
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal

from grader.errors import CourseError

Sandbox = Literal["bwrap", "none"]

MIB = 1024 * 1024
# With less no kernel comes up, or none of its output does.
LEAST = {"memory_mb": 128, "processes": 16, "files": 64, "output_kb": 8, "disk_mb": 1}


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one submission.

    Times are by the clock, and extended while the machine is too busy for the code;
    see :mod:`grader.execution.deadline`.

    Attributes
    ----------
    cell_seconds : float
        Time of one cell.
    total_seconds : float
        Time of the whole submission, replays included.
    call_seconds : float
        Time of one call from a test into student code.
    memory_mb : float
        Private memory of each process beyond what the fork server holds, MiB.
    processes : float
        Processes and threads in the jail together.
    disk_mb : float
        Size of the work folder and of /tmp, each, in MiB. They lie in memory.
    output_kb : float
        Output kept from one cell, KiB. A cell that prints ten times as much
        is stopped.
    files : float
        Open files of one process.
    """

    cell_seconds: float = 30
    total_seconds: float = 300
    call_seconds: float = 10
    memory_mb: float = 2048
    processes: float = 256
    disk_mb: float = 256
    output_kb: float = 512
    files: float = 256

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise CourseError(f"limit {name} is {value!r}; it must be a number")
            if not 0 < value < float("inf"):
                raise CourseError(f"limit {name} is {value!r}; it must be above zero")

    @classmethod
    def of(cls, given: Mapping[str, float]) -> Limits:
        """Return the defaults with those of `given` put in their place.

        Raises
        ------
        CourseError
            On an unknown name or a value that is no positive number.
        """
        legal = [field.name for field in fields(cls)]
        if unknown := sorted(set(given) - set(legal)):
            raise CourseError(
                f"unknown limit {', '.join(unknown)}; legal are {', '.join(legal)}"
            )
        return cls(**given)


def rlimits(limits: Limits, held_bytes: int) -> dict[int, int]:
    """Return a process' limits as ``{resource: value}``.

    Parameters
    ----------
    limits
        Of the submission.
    held_bytes
        Private memory that the process already holds.

    Notes
    -----
    Memory is bounded by RLIMIT_DATA: RLIMIT_AS counts address space that
    TensorFlow reserves and never touches. RLIMIT_CPU is a second net below the
    wall clock, with room for a few busy threads.
    """
    return {
        resource.RLIMIT_DATA: held_bytes + int(limits.memory_mb * MIB),
        resource.RLIMIT_NPROC: int(limits.processes),
        resource.RLIMIT_NOFILE: int(limits.files),
        resource.RLIMIT_FSIZE: int(limits.disk_mb * MIB),
        resource.RLIMIT_CPU: int(limits.total_seconds * 4) + 1,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
