"""The descendants of a process: find them, measure what they hold, and end them.

The kernel lists the children of each thread in ``/proc``; a process whose parent has
ended becomes a child of its closest ancestor that has asked for that.
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
PAGE = os.sysconf("SC_PAGE_SIZE")
DELETED = b" (deleted)"
LINKS_OF_A_FOLDER = 2
# As `nice` counts: about a seventieth of the processor time of others that want it.
LOWEST_PRIORITY = 19
# Between two attempts to kill processes, of which new ones may have been forked.
PAUSE_SECONDS = 0.02


def adopt_orphans() -> None:
    """Make this process the parent of each descendant whose parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(process: int) -> set[int]:
    """Return the ids of all descendants of a process that exist at the moment."""
    return set(thread_counts(process))


def thread_counts(process: int, enough: int | None = None) -> dict[int, int]:
    """Return how many threads each descendant of a process has, by its id.

    Parameters
    ----------
    process
        The id of the process.
    enough
        If that many threads are found, the others are not looked for.
    """
    counts = {process: 0}
    waiting = [process]
    found = 0
    while waiting and (enough is None or found < enough):
        present = waiting.pop()
        threads = _threads(present)
        counts[present] = len(threads)
        found += len(threads) if present != process else 0
        for child in _children(present, threads):
            if child not in counts:
                counts[child] = 0
                waiting.append(child)
    del counts[process]
    return counts


def _threads(process: int) -> list[str]:
    """Return the ids of a process' threads; empty if it has ended."""
    folder = f"/proc/{process}/task"
    with contextlib.suppress(OSError):
        # It has a link for each thread. The only one has the process' own id.
        links = os.stat(folder).st_nlink  # noqa: PTH116 - see proc.read
        if links == LINKS_OF_A_FOLDER + 1:
            return [str(process)]
    return _listed(folder)


def _children(process: int, threads: Iterable[str]) -> Iterator[int]:
    for thread in threads:
        with contextlib.suppress(OSError):
            listed = proc.read(f"/proc/{process}/task/{thread}/children")
            yield from map(int, listed.split())


def _listed(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []


def slow_down(processes: Iterable[int]) -> None:
    """Give all threads of some processes the lowest priority; they cannot raise it."""
    for process in processes:
        for task in _listed(f"/proc/{process}/task"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, int(task), LOWEST_PRIORITY)


def threads_of_user(user: int) -> int:
    """Return how many threads all processes of a user have, in the jail or not."""
    threads = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.stat().st_uid == user:
                threads += len(_threads(int(process.name)))
    return threads


def touched(processes: Iterable[int]) -> int:
    """Return at least the memory of some processes, in bytes: files count, too.

    This is the fastest to find out.
    """
    total = 0
    for process in processes:
        with contextlib.suppress(OSError):
            total += int(proc.read(f"/proc/{process}/statm").split()[1])
    return total * PAGE


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


class DeletedFiles(NamedTuple):
    """Files that are deleted, but still open or mapped in some processes.

    Attributes
    ----------
    size : int
        The size of those files together, in bytes.
    unreadable : frozenset of int
        The processes that could not be read, although they were not ending.
    """

    size: int
    unreadable: frozenset[int]


def deleted_files(
    processes: Iterable[int], most: int, *, maps: bool = True
) -> DeletedFiles:
    """Return the size of files that are deleted, but still open or mapped.

    Parameters
    ----------
    processes
        Ids of processes of the present user.
    most
        The size to count for a file that is mapped and not open: as its real size is
        not known, the largest size that a file can have.
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
            if not _is_ending(process):
                unreadable.add(process)
        except OSError:
            continue  # it has ended
    return DeletedFiles(sum(sizes.values()), frozenset(unreadable))


def _open(process: int) -> Iterator[tuple[int, int]]:
    """Yield the inode and the size of each file that is open, but deleted."""
    folder = os.open(f"/proc/{process}/fd", os.O_RDONLY | os.O_CLOEXEC)
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                found = os.stat(name, dir_fd=folder)
                if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                    yield found.st_ino, found.st_blocks * BLOCK
    finally:
        os.close(folder)


def _mapped(process: int) -> Iterator[int]:
    """Yield the inode of each file that is mapped, but deleted."""
    maps = proc.read(f"/proc/{process}/maps")
    if DELETED in maps:
        for line in maps.split(b"\n"):
            if line.endswith(DELETED):
                yield int(line.split(None, 5)[4])


def end_descendants(seconds: float) -> bool:
    """Kill all descendants of this process; return whether all of them have ended.

    :func:`adopt_orphans` must have been called, so that none of them is missed.

    Parameters
    ----------
    seconds
        How long to try.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _stop_all(end)
        for process in descendants(os.getpid()):
            _signal(process, signal.SIGKILL)
        if all_end_within(PAUSE_SECONDS):
            return True
    return False


def all_end_within(seconds: float) -> bool:
    """Collect all children that end within some time; return whether none is left."""
    end = time.monotonic() + seconds
    # A blocked signal waits until it is asked for, even if it is sent before that.
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    try:
        while reap():
            left = end - time.monotonic()
            if left <= 0:
                return False
            signal.sigtimedwait({signal.SIGCHLD}, left)
        return True
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)


def _stop_all(end: float) -> None:
    """Stop all descendants of this process, until no new ones appear.

    If they were killed at once, others could fork new ones in their place without end.
    A stopped process still counts towards the limit on the number of processes.
    """
    stopped: set[int] = set()
    while (new := descendants(os.getpid()) - stopped) and time.monotonic() < end:
        for process in new:
            _signal(process, signal.SIGSTOP)
        stopped |= new


def signal_group(group: int, number: signal.Signals) -> None:
    """Signal all processes of a group together, if a child of this process is in it.

    When no process of a group is left, the system may give its id to another group.
    """
    own = os.getpid()
    for child in _children(own, _listed(f"/proc/{own}/task")):
        with contextlib.suppress(OSError):
            if os.getpgid(child) == group:
                os.killpg(group, number)
                return


def _signal(process: int, number: signal.Signals) -> None:
    """Signal a process if it is a descendant: its id may belong to another by now."""
    with contextlib.suppress(OSError):
        pidfd = os.pidfd_open(process)
        try:
            if _is_descendant(process):
                signal.pidfd_send_signal(pidfd, number)
        finally:
            os.close(pidfd)


def _is_descendant(process: int) -> bool:
    while process > 1:
        process = proc.parent(process)
        if process == os.getpid():
            return True
    return False


def _is_ending(process: int) -> bool:
    """Return whether a process ends or has ended: it runs no code any more."""
    try:
        return proc.is_ending(process)
    except OSError:
        return True


def reap() -> bool:
    """Collect the children that have ended; return whether any child is left."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return False
    return True


__all__ = [
    "DeletedFiles",
    "adopt_orphans",
    "all_end_within",
    "deleted_files",
    "descendants",
    "end_descendants",
    "proportional",
    "reap",
    "resident",
    "signal_group",
    "slow_down",
    "thread_counts",
    "threads_of_user",
    "touched",
]
