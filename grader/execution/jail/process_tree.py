"""The processes below another one: find them, and how much they hold.

The kernel lists the children of each thread in ``/proc``; a process whose parent has
ended becomes a child of the closest process above that asked for it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from grader.execution.jail import proc

PR_SET_CHILD_SUBREAPER = 36
BLOCK = 512
DELETED = " (deleted)"
# States of processes that have ended, and are still listed.
ENDED = "ZX"
# Between two attempts to kill what has forked meanwhile.
PAUSE_SECONDS = 0.0005


def adopt_orphans() -> None:
    """Become the parent of each process below this one whose parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def below(process: int) -> set[int]:
    """Return the ids of all processes below one, as they are found."""
    found: set[int] = set()
    waiting = [process]
    while waiting:
        for child in _children(waiting.pop()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def _children(process: int) -> Iterator[int]:
    for task in _listed(f"/proc/{process}/task"):
        with contextlib.suppress(OSError):
            listed = Path(f"/proc/{process}/task/{task}/children").read_text()
            yield from map(int, listed.split())


def _listed(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir()]
    except OSError:
        return []


def threads(processes: Iterable[int]) -> int:
    """Return how many threads some processes have together."""
    return sum(len(_listed(f"/proc/{process}/task")) for process in processes)


def resident(processes: Iterable[int]) -> int:
    """Return the memory of some processes in bytes; what they share counts for each."""
    total = 0
    for process in processes:
        with contextlib.suppress(OSError):
            total += proc.size(proc.fields(process), "RssAnon", "RssShmem")
    return total


def proportional(processes: Iterable[int]) -> int:
    """Return the memory of some processes in bytes; what they share counts once.

    This takes long. Processes that cannot be read count nothing.
    """
    total = 0
    for process in processes:
        with contextlib.suppress(OSError):
            rollup = proc.fields(process, "smaps_rollup")
            total += proc.size(rollup, "Pss_Anon", "Pss_Shmem")
    return total


class Unlisted(NamedTuple):
    """What processes hold of files that are in no folder any more.

    Attributes
    ----------
    size : int
        Of those files, in bytes.
    unreadable : frozenset of int
        The processes that could not be read: they end just then, or hide something.
    """

    size: int
    unreadable: frozenset[int]


def unlisted(processes: Iterable[int], most: int, *, maps: bool = True) -> Unlisted:
    """Return what files hold that are open or mapped, and in no folder any more.

    Parameters
    ----------
    processes
        Their ids. They must be of the present user.
    most
        What a file counts that is only mapped: the most that a file can hold.
    maps
        Whether to look for mapped files, too, which takes longer.
    """
    sizes: dict[int, int] = {}
    unreadable = set()
    for process in processes:
        try:
            if maps:
                sizes = dict.fromkeys(_mapped(process), most) | sizes
            sizes |= dict(_open(process))
        except PermissionError:
            if not _has_ended(process):
                unreadable.add(process)
        except OSError:
            continue  # it has ended
    return Unlisted(sum(sizes.values()), frozenset(unreadable))


def _open(process: int) -> Iterator[tuple[int, int]]:
    """Yield number and size of each file that is open, and in no folder."""
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found = descriptor.stat()
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                yield found.st_ino, found.st_blocks * BLOCK


def _mapped(process: int) -> Iterator[int]:
    """Yield the number of each file that is mapped, and in no folder."""
    for line in Path(f"/proc/{process}/maps").read_text("utf-8", "replace").split("\n"):
        if line.endswith(DELETED):
            yield int(line.split(None, 5)[4])


def end_children(seconds: float) -> bool:
    """Kill all processes below this one, and wait for them; say whether all ended.

    Their children become this process' own, which :func:`adopt_orphans` has asked for.

    Parameters
    ----------
    seconds
        How long to try.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _stop_all(end)
        for process in below(os.getpid()):
            _signal(process, signal.SIGKILL)
        if not reap():
            return True
        time.sleep(PAUSE_SECONDS)
    return False


def _stop_all(end: float) -> None:
    """Stop all processes below this one, until no other ones appear.

    If they were killed at once, others would fork in their place without end. A process
    that is stopped still counts towards the limit on their number.
    """
    stopped: set[int] = set()
    while (new := below(os.getpid()) - stopped) and time.monotonic() < end:
        for process in new:
            _signal(process, signal.SIGSTOP)
        stopped |= new


def _signal(process: int, number: signal.Signals) -> None:
    """Signal a process if it is still below this one: ids are given again to others."""
    with contextlib.suppress(OSError):
        pidfd = os.pidfd_open(process)
        try:
            if _is_below(process):
                signal.pidfd_send_signal(pidfd, number)
        finally:
            os.close(pidfd)


def _is_below(process: int) -> bool:
    while process > 1:
        process = proc.parent(process)
        if process == os.getpid():
            return True
    return False


def _has_ended(process: int) -> bool:
    try:
        return proc.state(process) in ENDED
    except OSError:
        return True


def reap() -> bool:
    """Take note of the children that have ended; say whether any is left."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return False
    return True


__all__ = [
    "Unlisted",
    "adopt_orphans",
    "below",
    "end_children",
    "proportional",
    "reap",
    "resident",
    "threads",
    "unlisted",
]
