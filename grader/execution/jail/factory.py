"""Open the jailer of a sandbox, by its name. No other module chooses a sandbox.

It fails closed: a sandbox that is unknown, or that this machine cannot build, is an
error. It is never replaced by a weaker one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import levels
from grader.execution.jail.confined import ConfinedJailer
from grader.execution.jail.jail import Jailer
from grader.execution.jail.prebuilt import (
    PrebuildingConfinedJailer,
    PrebuildingJailer,
)
from grader.execution.jail.unprotected import UnprotectedJailer
from grader.execution.limits import Limits, Sandbox

#: For each level the jailer that builds jails when needed, and the one that builds
#: them in advance.
KINDS: dict[str, tuple[type[Jailer], type[Jailer]]] = {
    "bwrap": (Jailer, PrebuildingJailer),
    "confined": (ConfinedJailer, PrebuildingConfinedJailer),
    "none": (UnprotectedJailer, UnprotectedJailer),
}


def require_sandbox(sandbox: Sandbox, *demanded: str) -> Sandbox:
    """Return the level of jails to build: the strongest that this machine supports.

    Parameters
    ----------
    sandbox, demanded
        The level that was asked for, and those that assignments demand; see
        :func:`levels.strictest`.

    Raises
    ------
    SandboxError
        If this machine supports no level that is good enough. The message says what
        usually helps.
    """
    return levels.strongest(levels.strictest(sandbox, *demanded))


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
        The weakest level that is good enough: the strongest that this machine supports
        is taken. ``none`` for kernels without a jail.
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
    kind = KINDS[levels.strongest(sandbox)][prebuild]
    return kind(fork_server, modules, limits, environment)


__all__ = ["KINDS", "open_jailer", "require_sandbox"]
