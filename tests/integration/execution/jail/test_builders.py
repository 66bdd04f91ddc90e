"""A builder ends with everything it has started, even in the middle of building."""

from __future__ import annotations

import os
import time

import pytest

from grader.execution.jail import builders
from tests.support.processes import in_group

# Like bubblewrap at the worst moment: its child waits, and does not watch its parent.
PARENT = "import os, time; os.fork(); print('up', flush=True); time.sleep(600)"


@pytest.mark.parametrize("end", ["one", "all"])
def test_nothing_of_a_builder_is_left(end: str) -> None:
    builder = builders.start(["/usr/bin/env", "python3", "-c", PARENT], [])
    assert builder.stdout is not None
    builder.stdout.readline()
    deadline = time.monotonic() + 10
    while len(in_group(builder.pid)) < 2:
        assert time.monotonic() < deadline
    if end == "one":
        builders.end(builder)
    else:
        builders.end_all()
        builders._lock.release()  # the process would have ended
        builder.communicate()
    while in_group(builder.pid):
        assert time.monotonic() < deadline
        os.sched_yield()
