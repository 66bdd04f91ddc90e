"""Whether worker processes can be started is found out without starting any.

A process would import Python's modules from the current folder: a student's, maybe.
"""

from __future__ import annotations

import subprocess
import sys

CODE = """
from multiprocessing.resource_tracker import _resource_tracker as tracker
from grader.execution import semaphores
print(semaphores.obstacle(), tracker._pid)
"""


def test_no_process_is_started() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True
    )
    assert done.stdout == "None None\n"
