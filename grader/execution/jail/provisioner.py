"""The jail as a Jupyter kernel provisioner.

Every program that starts kernels by name (nbclient, papermill, nbgrader, Jupyter
itself) gets a jailed kernel for the kernel spec ``grader-jail``. The spec's
configuration holds the modules to import beforehand and the limits::

    "kernel_provisioner": {"provisioner_name": "grader-jail",
                           "config": {"imports": ["numpy"], "limits": {}}}
"""

from __future__ import annotations

import asyncio
import os
import signal
from functools import lru_cache
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Dict, List, Unicode

from grader.errors import JailError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.entries import KERNELS
from grader.execution.jail.factory import open_jailer
from grader.execution.jail.jail import Jail, Jailer
from grader.execution.limits import Limits


@lru_cache
def _fork_server(imports: tuple[str, ...]) -> ForkServer:
    """Return this process' fork server for `imports`; both end together."""
    return ForkServer.start(imports, KERNELS)


class JailProvisioner(KernelProvisionerBase):
    """Starts each kernel as a fork of a fork server, in a jail of its own."""

    imports = List(Unicode(), help="Modules imported before the fork.").tag(config=True)
    limits = Dict(help="Limits by name; see grader.execution.limits.").tag(config=True)

    _jailer: Jailer | None = None
    _jail: Jail | None = None

    @property
    def has_process(self) -> bool:
        return self._jail is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Pass Jupyter the kernel spec's command, which it requires; it is not run."""
        return await super().pre_launch(cmd=self.kernel_spec.argv, **kwargs)

    async def launch_kernel(
        self,
        cmd: list[str],  # noqa: ARG002 - jupyter_client's signature
        **kwargs: Any,  # noqa: ARG002 - jupyter_client's signature
    ) -> KernelConnectionInfo:
        """Start a jail with a kernel in it.

        Parameters
        ----------
        cmd, kwargs
            As jupyter_client passes them; not used.

        Returns
        -------
        dict
            How Jupyter connects to the kernel.

        Raises
        ------
        SandboxError
            If no jail can be built on this machine.
        JailError
            If this jail did not start, or is not tight.
        """
        limits, source = Limits.of(self.limits), _fork_server(tuple(self.imports))
        self._jailer = open_jailer("auto", source, self.imports, limits)
        self._jail = self._jailer.open(jupyter=True)
        info = cast("KernelConnectionInfo", self._jail.connection_info)
        self.connection_info = info
        return self.connection_info

    async def poll(self) -> int | None:
        return None if self._jail is not None and self._jail.alive() else 1

    async def wait(self) -> int | None:
        if self._jail is not None:
            await _readable(self._jail.pidfd)
        self._end()
        return 0

    async def send_signal(self, signum: int) -> None:
        if self._jail is None or not self._jail.alive():
            raise JailError(f"signal {signum} cannot be sent: no kernel is running")
        signal.pidfd_send_signal(self._jail.pidfd, signum)

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002 - as above
        self._end()

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002 - as above
        self._end()

    async def cleanup(self, restart: bool = False) -> None:  # noqa: ARG002 - as above
        self._end()

    def _end(self) -> None:
        if self._jail is not None:
            self._jail.kill()
            self._jail = None
        if self._jailer is not None:
            self._jailer.close()
            self._jailer = None


async def _readable(descriptor: int) -> None:
    """Wait until a descriptor can be read: a pidfd, when its process has ended."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    # A copy: the original is closed if the kernel is ended meanwhile.
    copy = os.dup(descriptor)
    loop.add_reader(copy, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(copy)
        os.close(copy)
