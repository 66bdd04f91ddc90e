"""``--sandbox none``: the same kernel without a jail. Only used where it is asked for.

Student code then runs as the user who grades, with the same access to files, and may
read the tests. It is for machines where no jail can be built, and for code that you
trust as you trust your own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.execution.fork_server import forks
from grader.execution.jail import entries
from grader.execution.jail.jail import Jail, Jailer
from grader.execution.limits import Sandbox


class UnprotectedJailer(Jailer):
    """Starts kernels without jails, each in a folder of its own.

    Its parameters are those of :class:`Jailer`; `modules` are not used.
    """

    sandbox: Sandbox = "none"

    def _prepare(self, modules: Sequence[str]) -> None:
        """Do nothing: a kernel without a jail needs nothing, and can read all files."""

    def open(self, jupyter: bool = False) -> Jail:
        return UnprotectedKernel(self, jupyter)

    def close(self) -> None:
        """Do nothing: there is nothing to release."""


class UnprotectedKernel(Jail):
    """A kernel without a jail: only rlimits and time limits apply to it."""

    entry = entries.ENTER_UNPROTECTED

    def _build(self, jailer: Jailer) -> int:
        self._work = tempfile.mkdtemp(dir=self._new_folder(jailer))
        # Copies, because nothing keeps student code from changing a link's target.
        for name, path in jailer.files.items():
            place = Path(self._work, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
        return os.open(self._work, os.O_RDONLY | os.O_DIRECTORY)

    def remove(self) -> None:
        super().remove()
        shutil.rmtree(getattr(self, "_work", ""), ignore_errors=True)

    def _begin_end(self) -> None:
        """End the kernel and what it started in its session."""
        if self.alive():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(forks.process_id(self.pidfd), signal.SIGKILL)

    def _await_end(self) -> None:
        """Do nothing: nothing knows all that the kernel has started."""


__all__ = ["UnprotectedJailer", "UnprotectedKernel"]
