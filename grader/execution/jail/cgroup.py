"""A control group (cgroup) for each jail, where this user may make one.

It limits memory and processes of the jail as a whole, while rlimits apply to each
process and each user. Root may make control groups almost anywhere; other users may
where systemd has delegated a part of the tree to them, as it does for a user's
services. This code runs outside of the jail, and no grade depends on it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.execution.layout import SCRATCH
from grader.execution.limits import MIB, Limits

TREE = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")
CONTROLLERS = ("memory", "pids")
REMOVE_SECONDS = 2.0
PREFIX = "jail-"
# An empty group of this age was left behind by a grader that was killed.
STALE_SECONDS = 3600.0
# For the tables and sockets of the system's kernel, and for shared pages that a fork
# writes to.
EXTRA_BYTES = 256 * MIB


@dataclass(frozen=True, slots=True)
class CgroupParent:
    """A folder of the cgroup tree in which groups can be made.

    Attributes
    ----------
    folder : Path
        The folder.
    controllers : tuple of str
        What groups in it can limit: ``memory``, ``pids``.
    unified : bool
        Whether it is of cgroup version 2, whose controllers share one tree.
    """

    folder: Path
    controllers: tuple[str, ...]
    unified: bool


def find_parents(
    tree: Path = TREE, membership: Path = MEMBERSHIP
) -> tuple[CgroupParent, ...]:
    """Return where groups for `CONTROLLERS` can be made; empty if nowhere.

    Parameters
    ----------
    tree
        Where the cgroup file system is mounted.
    membership
        The file that says which groups this process is in.
    """
    by_controller: dict[str, CgroupParent] = {}
    for hierarchy, names, path in _lines(membership):
        if hierarchy == "0":
            for parent in _unified(tree, path):
                by_controller = (
                    dict.fromkeys(parent.controllers, parent) | by_controller
                )
        elif len(names) == 1 and names[0] in CONTROLLERS:
            folder = tree / names[0] / path.strip("/")
            if os.access(folder, os.W_OK | os.X_OK):
                by_controller[names[0]] = CgroupParent(folder, names, unified=False)
    return tuple(dict.fromkeys(by_controller.values()))


def _lines(membership: Path) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield hierarchy, controllers and path of each group that a process is in."""
    with contextlib.suppress(OSError):
        for line in membership.read_text().splitlines():
            hierarchy, names, path = line.split(":", 2)
            yield hierarchy, tuple(names.split(",")), path


def _unified(tree: Path, path: str) -> Iterator[CgroupParent]:
    """Yield the closest folder above ours that delegates controllers and is writable.

    It is above the group of this process, as a group with processes delegates nothing.
    """
    folder = tree / path.strip("/")
    while folder.is_relative_to(tree):
        with contextlib.suppress(OSError):
            delegated = (folder / "cgroup.subtree_control").read_text().split()
            usable = tuple(name for name in CONTROLLERS if name in delegated)
            writable = os.access(folder, os.W_OK | os.X_OK)
            if usable and writable and os.access(folder / "cgroup.procs", os.W_OK):
                yield CgroupParent(folder, usable, unified=True)
                return
        folder = folder.parent


def bounds(parent: CgroupParent, limits: Limits, held: int) -> dict[str, str]:
    """Return what to write into the files of a jail's group, ``{file: value}``.

    Parameters
    ----------
    parent
        Where the group is made.
    limits
        Of the jail. Files in its scratch folders are kept in memory and count.
    held
        Memory that its first process already uses, in bytes.
    """
    size = (limits.memory_mb + len(SCRATCH) * limits.disk_mb) * MIB
    memory = "memory.max" if parent.unified else "memory.limit_in_bytes"
    values = {
        "memory": (memory, str(EXTRA_BYTES + held + int(size))),
        "pids": ("pids.max", str(int(limits.processes))),
    }
    return dict(values[name] for name in parent.controllers)


class JailCgroup:
    """The control groups of one jail, one below each parent.

    Call :meth:`remove` when the jail has ended.

    Parameters
    ----------
    parents
        Where to make them; see :func:`find_parents`.
    """

    def __init__(self, parents: tuple[CgroupParent, ...]) -> None:
        self._name = f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        self._parents = parents
        self._folders: dict[CgroupParent, Path] = {}

    @property
    def controllers(self) -> frozenset[str]:
        """What the groups limit: ``memory``, ``pids``."""
        return frozenset(
            name for parent in self._folders for name in parent.controllers
        )

    def add(self, process: int, limits: Limits) -> None:
        """Limit a process and everything that it starts, where groups can be made.

        Parameters
        ----------
        process
            Its process id.
        limits
            Of the jail.
        """
        for parent in self._parents:
            folder = parent.folder / self._name
            try:
                folder.mkdir()
                self._folders[parent] = folder
                _write(folder, bounds(parent, limits, _held(process)))
                _write(folder, {"cgroup.procs": str(process)})
            except OSError:
                self._folders.pop(parent, None)
                _remove(folder, 0)

    def ran_out_of(self) -> frozenset[str]:
        """Return which of its limits the jail has run into: ``memory``, ``pids``."""
        return frozenset(
            name
            for parent, folder in self._folders.items()
            for name in parent.controllers
            if _events(folder, parent, name)
        )

    def remove(self) -> None:
        """Remove the groups, once all processes in them have ended. Idempotent."""
        for folder in self._folders.values():
            _remove(folder, REMOVE_SECONDS)
        self._folders.clear()


def remove_stale(parents: Iterable[CgroupParent]) -> None:
    """Remove groups that were left behind by graders that were killed."""
    for parent in parents:
        for folder in parent.folder.glob(f"{PREFIX}*"):
            # A group that still has a process in it cannot be removed.
            with contextlib.suppress(OSError):
                if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                    folder.rmdir()


def _write(folder: Path, values: Mapping[str, str]) -> None:
    for file, value in values.items():
        (folder / file).write_text(value)


def _held(process: int) -> int:
    """Return the memory that a process uses, in bytes."""
    status = Path(f"/proc/{process}/status").read_text()
    lines = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return sum(int(line.split()[1]) for line in lines) * 1024


def _events(folder: Path, parent: CgroupParent, name: str) -> int:
    """Return how often a limit has ended or refused something."""
    memory = "memory.events" if parent.unified else "memory.oom_control"
    file, key = {"memory": (memory, "oom_kill"), "pids": ("pids.events", "max")}[name]
    with contextlib.suppress(OSError, ValueError):
        for line in (folder / file).read_text().splitlines():
            if line.split()[0] == key:
                return int(line.split()[1])
    return 0


def _remove(folder: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while folder.exists():
        with contextlib.suppress(OSError):
            folder.rmdir()
            return
        if time.monotonic() > end:
            return
        time.sleep(0.01)


__all__ = ["CgroupParent", "JailCgroup", "bounds", "find_parents", "remove_stale"]
