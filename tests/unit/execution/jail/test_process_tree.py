"""Descendants of a process are counted, and processes that end are recognised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from grader.execution.jail import proc, process_tree

FIVE = """
import subprocess, sys
for _ in range(5):
    subprocess.Popen(["sleep", "60"], stdout=-3)
print(flush=True)
sys.stdin.read()
"""


def test_a_process_that_has_ended_is_ending_until_it_is_collected() -> None:
    sleeping = subprocess.Popen(["sleep", "60"])
    assert not proc.is_ending(sleeping.pid)
    sleeping.kill()
    while proc.state(sleeping.pid) != "Z":
        time.sleep(0.001)
    assert proc.is_ending(sleeping.pid)
    sleeping.wait()
    assert not proc.is_ending(os.getpid())


def test_no_more_processes_are_counted_than_are_enough() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", FIVE], stdin=pipe, stdout=pipe, process_group=0
    ) as parent:
        assert parent.stdout
        parent.stdout.readline()
        assert sum(process_tree.thread_counts(parent.pid).values()) == 5
        assert sum(process_tree.thread_counts(parent.pid, enough=3).values()) == 3
        os.killpg(parent.pid, signal.SIGKILL)
