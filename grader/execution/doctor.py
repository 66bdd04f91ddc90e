"""Examine this machine: what it has, what is missing, and how to install that."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.errors import GraderError, SandboxError
from grader.execution import semaphores

if TYPE_CHECKING:
    from grader.execution.jail.levels import Level
    from grader.execution.kernel.client import CellExecution

State = Literal["ok", "missing", "optional"]
NEEDED = ("nbgrader", "ipykernel", "jupyter-client", "nbformat", "msgpack")
INSTALL = "pip install nbexaminer"
WANTED = {
    "tensorflow": "for courses that use it: pip install tensorflow",
    "papermill": "to run the solutions: pip install 'nbexaminer[notebooks]'",
    "distributed": "to grade on a Dask cluster: pip install 'nbexaminer[cluster]'",
    "jupyterlab": "to open notebooks: pip install jupyterlab",
}
MIN_MEMORY_GIB = 4
DELEGATE = "run the grader as root, or with systemd-run --user --scope -p Delegate=yes"
# Guards of a jail in addition to its namespaces, where the machine has them.
EXTRAS = {
    "seccomp": (
        "system calls that no lesson needs are refused",
        "install libseccomp (libseccomp2 on Debian and Ubuntu)",
    ),
    "landlock": (
        "files can be written in the scratch folders only",
        "a kernel from Linux 5.13 on with landlock among its security modules",
    ),
    "memory": (
        "a control group bounds the memory of a jail as a whole",
        DELEGATE,
    ),
    "pids": (
        "a control group bounds the processes of a jail",
        DELEGATE,
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was examined.

    Attributes
    ----------
    name : str
        What was examined.
    state : State
        ``ok``; ``missing``: nothing can be graded without it; ``optional``: it is
        missing, and only some uses need it.
    found : str
        What this machine has.
    remedy : str
        How to get what is missing; empty if there is nothing to do.
    """

    name: str
    state: State
    found: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Examine everything. This builds a jail of each level and runs a cell in it."""
    examinations: tuple[Callable[[], list[Finding]], ...] = (
        _python,
        _packages,
        _bubblewrap,
        _jails,
        _semaphores,
        _machine,
        _user,
    )
    return [finding for examination in examinations for finding in examination()]


def _python() -> list[Finding]:
    # Not compared: pip refuses to install the grader for a Python that is too old.
    version = f"{platform.python_version()} at {sys.executable}"
    return [Finding("Python", "ok", version)]


def _packages() -> list[Finding]:
    needed = [_package(name, "missing", INSTALL) for name in NEEDED]
    return needed + [_package(n, "optional", remedy) for n, remedy in WANTED.items()]


def _package(name: str, otherwise: State, remedy: str) -> Finding:
    try:
        return Finding(name, "ok", importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, otherwise, "not installed", remedy)


def _bubblewrap() -> list[Finding]:
    from grader.execution.jail import host

    try:
        path = host.bubblewrap()
    except GraderError:
        remedy = f"for jails of the level bwrap: {host.install_command()}"
        return [Finding("bubblewrap", "optional", "not installed", remedy)]
    version = subprocess.run(
        [path, "--version"], capture_output=True, text=True, check=False
    )
    return [Finding("bubblewrap", "ok", version.stdout.strip())]


def _jails() -> list[Finding]:
    """Build a jail of each level, and say which one ``--sandbox auto`` takes."""
    from grader.execution.jail.levels import LEVELS

    tried = {level: _try_level(level) for level in LEVELS}
    each = [finding for finding, _ in tried.values()]
    for level, (finding, extras) in tried.items():
        if finding.state == "ok":
            taken = f"{level}: the strongest level that this machine supports"
            guards = [_extra(name, name in extras) for name in EXTRAS]
            return [*each, Finding("jail", "ok", taken), *guards]
    strongest = each[0]
    remedies = " Or: ".join(dict.fromkeys(one.remedy for one in each if one.remedy))
    return [*each, Finding("jail", "missing", strongest.found, remedies)]


def _try_level(level: Level) -> tuple[Finding, frozenset[str]]:
    """Build a jail and start a kernel in it, which checks that the jail is tight.

    Returns
    -------
    tuple
        The finding, and the names of the further guards that are in force.
    """
    name, nothing = f"jail: {level}", frozenset[str]()
    try:
        ran, extras = _run_a_cell(level)
    except ImportError as error:
        why = f"cannot be tried without {error.name}"
        return Finding(name, "optional", why, INSTALL), nothing
    except GraderError as error:
        problem, _, remedy = str(error).partition(": ")
        return Finding(name, "optional", problem, remedy), nothing
    if ran.ended != "ok":
        why = f"its kernel {ran.ended}"
        return Finding(name, "optional", why, "grader doctor"), nothing
    return Finding(name, "ok", "built, found tight from inside, ran a cell"), extras


def _extra(name: str, in_force: bool) -> Finding:
    """Say whether one of the jail's guards is in force; no grade depends on it."""
    effect, remedy = EXTRAS[name]
    if in_force:
        return Finding(f"guard: {name}", "ok", f"in force: {effect}")
    state = f"not in force: {effect}; not needed"
    return Finding(f"guard: {name}", "optional", state, remedy)


def _run_a_cell(level: Level) -> tuple[CellExecution, frozenset[str]]:
    from grader.execution.jail.factory import KINDS
    from grader.execution.jail.levels import obstacle_to
    from grader.execution.kernel.client import Kernel
    from grader.execution.limits import Limits
    from grader.execution.wiring import start_fork_server

    if obstacle := obstacle_to(level):
        raise SandboxError(obstacle)
    jailer, _ = KINDS[level]
    with (
        start_fork_server() as fork_server,
        Kernel(jailer(fork_server, (), Limits())) as kernel,
    ):
        return kernel.run("1 + 1", 10.0), kernel.extras


def _semaphores() -> list[Finding]:
    if why := semaphores.obstacle():
        return [Finding("semaphores", "missing", why, semaphores.REMEDY)]
    return [Finding("semaphores", "ok", "worker processes can be started")]


def _machine() -> list[Finding]:
    cores = len(os.sched_getaffinity(0))
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    memory = pages / 2**30
    enough: State = "ok" if memory >= MIN_MEMORY_GIB else "optional"
    hint = "" if enough == "ok" else "use --workers 1"
    free = shutil.disk_usage("/tmp").free / 2**30  # noqa: S108 - the system's own
    return [
        Finding("cores", "ok", f"{cores}: as many workers by default"),
        Finding("memory", enough, f"{memory:.0f} GiB", hint),
        Finding("free in /tmp", "ok", f"{free:.0f} GiB"),
    ]


def _user() -> list[Finding]:
    """Say as which user the grader runs, on which the user of a jail depends."""
    who = "root: a spare user id for each jail" if os.geteuid() == 0 else "ordinary"
    return [Finding("user", "ok", who)]


__all__ = ["Finding", "State", "examine"]
