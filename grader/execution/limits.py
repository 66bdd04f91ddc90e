"""The limits of a submission, and the rlimits that enforce them. Pure."""

from __future__ import annotations

import resource
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal

from grader.errors import CourseError

#: The weakest level that is good enough; see :mod:`grader.execution.jail.levels`.
Sandbox = Literal["auto", "bwrap", "confined", "none"]
# What a result may record of them, from the strongest to the weakest.
RECORDED = ("bwrap", "confined", "none")

MIB = 1024 * 1024
# With less than this a kernel cannot start, or cannot send any output.
MINIMUMS = {
    "memory_mb": 128,
    "processes": 16,
    "files": 64,
    "output_kb": 8,
    "disk_mb": 1,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one submission.

    Times are wall time. They are extended by as long as the code had to wait for a
    processor; see :mod:`grader.execution.deadline`.

    Attributes
    ----------
    cell_seconds : float
        Time of one cell, s.
    total_seconds : float
        Time of the whole submission, including cells that a new kernel runs again, s.
    call_seconds : float
        Time of one call from a test into student code, s.
    memory_mb : float
        Private memory of each process in addition to that of the fork server, MiB.
    processes : float
        Number of processes and threads in the jail together.
    disk_mb : float
        Size of each writable folder, MiB. In a jail without namespaces: size of each
        file, and a third of the size of all files together.
    output_kb : float
        Output that is kept of one cell, KiB. A cell that prints ten times as much is
        stopped.
    files : float
        Number of open files of one process.
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
    def of(cls, overrides: Mapping[str, float]) -> Limits:
        """Return the default limits with some of them replaced.

        Parameters
        ----------
        overrides
            Values by the name of their limit.

        Raises
        ------
        CourseError
            If a name is unknown or a value is not a positive number.
        """
        legal = [field.name for field in fields(cls)]
        if unknown := sorted(set(overrides) - set(legal)):
            raise CourseError(
                f"unknown limit {', '.join(unknown)}; legal are {', '.join(legal)}"
            )
        return cls(**overrides)


def weakest(recorded: Iterable[str]) -> str:
    """Return the weakest of the levels that some results record; empty if none does."""
    return max(filter(None, recorded), key=RECORDED.index, default="")


def rlimits(limits: Limits, held_bytes: int) -> dict[int, int]:
    """Return the rlimits of a process as ``{resource: value}``.

    Parameters
    ----------
    limits
        Of the submission.
    held_bytes
        Private memory that the process already uses.

    Notes
    -----
    Memory is bounded by RLIMIT_DATA: RLIMIT_AS would count address space that
    TensorFlow reserves and never uses. RLIMIT_CPU is a second safeguard beside the
    limit on wall time, with room for a few busy threads.
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
