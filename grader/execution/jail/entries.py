"""The functions that forks run in a jail, and what their fork server prepares.

Most of them are given by name instead of being imported: their modules load ZeroMQ, and
the grading process never does. A test checks that each name is that of a function.
"""

from __future__ import annotations

from grader.execution.fork_server.protocol import Preparation, entry_point
from grader.execution.jail import userns

#: Enters a jail and becomes its kernel; see :func:`grader.execution.jail.enter.enter`.
ENTER = "grader.execution.jail.enter:enter"
#: Becomes a jail without namespaces, and watches it.
CONFINE = "grader.execution.jail.confine:confine"
#: Becomes the same kernel without a jail.
ENTER_UNPROTECTED = "grader.execution.jail.enter:enter_unprotected"
#: Builds ipykernel's application before the fork; each kernel then only opens it.
BUILD_KERNEL = "grader.execution.inside.ipykernel_app:build"

KERNELS = Preparation(
    entries=(ENTER, CONFINE, ENTER_UNPROTECTED, entry_point(userns.hold)),
    build=BUILD_KERNEL,
)


__all__ = ["BUILD_KERNEL", "CONFINE", "ENTER", "ENTER_UNPROTECTED", "KERNELS"]
