"""A control group for each jail, where this user may make one.

It bounds memory and processes of the jail as a whole; rlimits bound each process and
each user. Root may make one almost anywhere; others where systemd handed them a part
of the tree, as it does for services of a user. Outside of the jail; nothing of a
grade depends on it.
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
OWN = Path("/proc/self/cgroup")
CONTROLLERS = ("memory", "pids")
REMOVE_SECONDS = 2.0
PREFIX = "jail-"
# A group this old that is empty belongs to a grader that was killed.
STALE_SECONDS = 3600.0
# The kernel's own tables, sockets and what a fork writes into shared pages.
ROOM = 256 * MIB


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of the tree in which groups can be made, and for what."""

    folder: Path
    controllers: tuple[str, ...]
    unified: bool


def places(tree: Path = TREE, own: Path = OWN) -> tuple[Place, ...]:
    """Return where groups for `CONTROLLERS` can be made; empty if nowhere."""
    found: dict[str, Place] = {}
    for hierarchy, names, path in _lines(own):
        if hierarchy == "0":
            for place in _unified(tree, path):
                found = dict.fromkeys(place.controllers, place) | found
        elif len(names) == 1 and names[0] in CONTROLLERS:
            folder = tree / names[0] / path.strip("/")
            if os.access(folder, os.W_OK | os.X_OK):
                found[names[0]] = Place(folder, names, unified=False)
    return tuple(dict.fromkeys(found.values()))


def _lines(own: Path) -> Iterator[tuple[str, tuple[str, ...], str]]:
    with contextlib.suppress(OSError):
        for line in own.read_text().splitlines():
            hierarchy, names, path = line.split(":", 2)
            yield hierarchy, tuple(names.split(",")), path


def _unified(tree: Path, path: str) -> Iterator[Place]:
    """Yield the folder closest to ours that hands controllers on and can be written.

    A group that holds processes hands none on, so that it is one above ours.
    """
    folder = tree / path.strip("/")
    while folder.is_relative_to(tree):
        with contextlib.suppress(OSError):
            handed_on = (folder / "cgroup.subtree_control").read_text().split()
            usable = tuple(name for name in CONTROLLERS if name in handed_on)
            writable = os.access(folder, os.W_OK | os.X_OK)
            if usable and writable and os.access(folder / "cgroup.procs", os.W_OK):
                yield Place(folder, usable, unified=True)
                return
        folder = folder.parent


def bounds(place: Place, limits: Limits, held: int) -> dict[str, str]:
    """Return what to write into the files of a jail's group, ``{file: value}``.

    Parameters
    ----------
    place
        Where the group is made.
    limits
        Of the jail. Files in its scratch folders lie in memory and count.
    held
        Memory that its first process already holds, in bytes.
    """
    room = ROOM + held + int((limits.memory_mb + len(SCRATCH) * limits.disk_mb) * MIB)
    memory = "memory.max" if place.unified else "memory.limit_in_bytes"
    count = str(int(limits.processes))
    files = {"memory": {memory: str(room)}, "pids": {"pids.max": count}}
    return {
        file: value for name in place.controllers for file, value in files[name].items()
    }


class Group:
    """The groups of one jail, one in each hierarchy. Remove them when it has ended."""

    def __init__(self, found: tuple[Place, ...]) -> None:
        self._name = f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        self._places = found
        self._made: dict[Place, Path] = {}

    @property
    def controllers(self) -> frozenset[str]:
        """What is bounded."""
        return frozenset(name for place in self._made for name in place.controllers)

    def take(self, process: int, limits: Limits) -> None:
        """Bound `process` and all that it will start, as far as that can be had."""
        for place in self._places:
            folder = place.folder / self._name
            try:
                folder.mkdir()
                self._made[place] = folder
                _write(folder, bounds(place, limits, _held(process)))
                _write(folder, {"cgroup.procs": str(process)})
            except OSError:
                self._made.pop(place, None)
                _remove(folder, 0)

    def ran_out_of(self) -> frozenset[str]:
        """Return which of its bounds the jail has run into: memory, pids."""
        return frozenset(
            name
            for place, folder in self._made.items()
            for name in place.controllers
            if _events(folder, place, name)
        )

    def remove(self) -> None:
        """Remove the groups, once all processes in them have ended. Idempotent."""
        for folder in self._made.values():
            _remove(folder, REMOVE_SECONDS)
        self._made.clear()


def sweep(found: Iterable[Place]) -> None:
    """Remove the groups that graders have left behind which were killed."""
    for place in found:
        for folder in place.folder.glob(f"{PREFIX}*"):
            # One that still holds a process cannot be removed.
            with contextlib.suppress(OSError):
                if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                    folder.rmdir()


def _write(folder: Path, values: Mapping[str, str]) -> None:
    for file, value in values.items():
        (folder / file).write_text(value)


def _held(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    held = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return sum(int(line.split()[1]) for line in held) * 1024


def _events(folder: Path, place: Place, name: str) -> int:
    """Return how often a bound ended or refused something."""
    memory = "memory.events" if place.unified else "memory.oom_control"
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


__all__ = ["Group", "Place", "bounds", "places", "sweep"]
