"""Find processes of this machine."""

from __future__ import annotations

import os
from pathlib import Path

from grader.execution.jail import proc


def in_group(group: int) -> set[int]:
    """Return the processes of a process group that still run."""
    found = set()
    for process in (int(place.name) for place in Path("/proc").glob("[0-9]*")):
        try:
            if os.getpgid(process) == group and proc.state(process) != "Z":
                found.add(process)
        except OSError:
            continue
    return found


__all__ = ["in_group"]
