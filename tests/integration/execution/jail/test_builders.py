"""A builder ends with everything it has started, even in the middle of building."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from grader.execution.jail import builders

# Like bubblewrap at the worst moment: its child waits, and does not watch its parent.
PARENT = "import os, time; os.fork(); print('up', flush=True); time.sleep(600)"


def group_of(leader: int) -> set[str]:
    """Return the processes of a process group that still run."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(group) == leader and state != "Z":
            found.add(path.parent.name)
    return found


@pytest.mark.parametrize("end", ["one", "all"])
def test_nothing_of_a_builder_is_left(end: str) -> None:
    builder = builders.start(["/usr/bin/env", "python3", "-c", PARENT], [])
    assert builder.stdout is not None
    builder.stdout.readline()
    deadline = time.monotonic() + 10
    while len(group_of(builder.pid)) < 2:
        assert time.monotonic() < deadline
    if end == "one":
        builders.end(builder)
    else:
        builders.end_all()
        builders._lock.release()  # the process would have ended
        builder.communicate()
    while group_of(builder.pid):
        assert time.monotonic() < deadline
        os.sched_yield()
