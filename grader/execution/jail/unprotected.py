"""``--sandbox none``: the same kernel without a jail. Never a silent fallback.

Student code then runs as whoever grades, sees what they see, and may read the
tests. It is for machines where no jail can be built and the code is one's own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Mapping, Sequence

from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import entries
from grader.execution.jail.jail import Jail, Jailer
from grader.execution.limits import Limits, Sandbox


class UnprotectedJailer(Jailer):
    """Starts kernels in a folder of their own, and in nothing else."""

    sandbox: Sandbox = "none"

    def __init__(
        self,
        source: ForkServer,
        modules: Sequence[str],  # noqa: ARG002 - as for Jailer; nothing is hidden
        limits: Limits,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.source = source
        self.limits = limits
        self.environment = dict(environment or {})
        self.extras = frozenset()
        self.groups = ()

    def open(self, jupyter: bool = False) -> Jail:
        return UnprotectedKernel(self, jupyter)

    def close(self) -> None:
        """Nothing is held."""


class UnprotectedKernel(Jail):
    """A kernel that nothing holds back but its limits."""

    entry = entries.ENTER_UNPROTECTED

    def _build(self, jailer: Jailer) -> int:
        self._work = tempfile.mkdtemp(dir=self._new_folder(jailer))
        return os.open(self._work, os.O_RDONLY | os.O_DIRECTORY)

    def kill(self) -> None:
        super().kill()
        shutil.rmtree(getattr(self, "_work", ""), ignore_errors=True)

    def _end_processes(self) -> None:
        """End the kernel and what it started in its session."""
        if self._inmate >= 0 and not forks.has_exited(self._inmate):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(forks.process_id(self._inmate), signal.SIGKILL)


__all__ = ["UnprotectedJailer", "UnprotectedKernel"]
