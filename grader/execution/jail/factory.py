"""Open the jailer of a sandbox, by its name. No other module chooses a sandbox.

It fails closed: a sandbox that is unknown, or that this machine cannot build, is an
error. It is never replaced by a weaker one.
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
    """Check that this machine can build jails of a sandbox.

    Raises
    ------
    SandboxError
        If it cannot; the message says what usually helps.
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
    fork_server: ForkServer,
    modules: Sequence[str],
    limits: Limits,
    environment: Mapping[str, str] | None = None,
    *,
    prebuild: bool = False,
) -> Jailer:
    """Return a jailer for one assignment. The caller closes it.

    Parameters
    ----------
    sandbox
        ``bwrap``, or ``none`` for kernels without a jail.
    fork_server, modules, limits, environment
        As for :class:`~grader.execution.jail.jail.Jailer`.
    prebuild
        Whether to build the next jail while the last one is in use. That saves time
        where many submissions are graded one after the other.

    Raises
    ------
    SandboxError
        If this machine cannot build such jails.
    """
    require_sandbox(sandbox)
    if sandbox == "none":
        return UnprotectedJailer(fork_server, modules, limits, environment)
    kind = PrebuildingJailer if prebuild else Jailer
    return kind(fork_server, modules, limits, environment)


__all__ = ["open_jailer", "require_sandbox"]
