"""Open the jailer that a sandbox's name stands for: the one place where it is chosen.

It fails closed: a sandbox that this machine cannot build, or that nobody knows, is an
error, and never becomes a weaker one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.errors import SandboxError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import host
from grader.execution.jail.jail import Jailer
from grader.execution.jail.prebuilt import PrebuildingJailer
from grader.execution.jail.unprotected import UnprotectedJailer
from grader.execution.limits import Limits, Sandbox


def require_sandbox(sandbox: Sandbox) -> None:
    """Do nothing if this machine can build a jail of that kind.

    Raises
    ------
    SandboxError
        If it cannot, with what usually helps.
    """
    match sandbox:
        case "bwrap":
            host.probe()
        case "none":
            pass
        case _:
            raise SandboxError(f"unknown sandbox {sandbox!r}; use bwrap or none")


def open_jailer(
    sandbox: Sandbox,
    source: ForkServer,
    modules: Sequence[str],
    limits: Limits,
    environment: Mapping[str, str] | None = None,
    *,
    prebuild: bool = False,
) -> Jailer:
    """Return a jailer for one assignment; its user closes it.

    Parameters
    ----------
    sandbox
        ``bwrap``, or ``none`` for kernels without a jail.
    source, modules, limits, environment
        As for :class:`~grader.execution.jail.jail.Jailer`.
    prebuild
        Whether the next jail is built while the last one is in use. That pays where
        many submissions are graded one after the other.

    Raises
    ------
    SandboxError
        If no such jail can be built on this machine.
    """
    require_sandbox(sandbox)
    if sandbox == "none":
        return UnprotectedJailer(source, modules, limits, environment)
    kind = PrebuildingJailer if prebuild else Jailer
    return kind(source, modules, limits, environment)


__all__ = ["open_jailer", "require_sandbox"]
