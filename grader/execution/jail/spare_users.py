"""A separate user id for each jail without namespaces, where root grades.

It belongs to no account and to no other process, and owns no file outside of its jail.
So the jail's processes can signal no others, their number can be limited, and all of
them can be ended at once.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import secrets
import signal
import socket
import time
from collections.abc import Iterator

from grader.errors import JailError
from grader.execution.jail import proc, seccomp

# The ids of jails with namespaces are others, see userns.py. For each jail there is a
# second id, higher by `COUNT`, for the moment in which its processes are killed.
FIRST = 56_000
COUNT = 2_000
# With it a process may signal all others.
CAP_KILL = 5
# As an id: it stays as it is.
KEPT = -1

_libc = ctypes.CDLL(None, use_errno=True)


class SpareUser:
    """A user id that no other jail gets as long as a process holds the claim to it.

    A fork of such a process holds the claim too, until it calls :meth:`release`.

    Parameters
    ----------
    number
        The user id.
    claim
        What :func:`claim` has made for it.

    Attributes
    ----------
    id : int
        The user id, which is its group's id, too.
    """

    def __init__(self, number: int, claim: socket.socket) -> None:
        self.id = number
        self._claim = claim

    @property
    def claim(self) -> int:
        """The descriptor of the claim, for a process that is to hold it, too."""
        return self._claim.fileno()

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """Let this thread act as this user for a while, to read its processes."""
        _set_ids("setresgid", KEPT, self.id, KEPT)
        _set_ids("setresuid", KEPT, self.id, KEPT)
        try:
            yield
        finally:
            _set_ids("setresuid", KEPT, 0, KEPT)
            _set_ids("setresgid", KEPT, 0, KEPT)

    def become(self) -> None:
        """Become this user for good."""
        os.setgroups([])
        os.setresgid(self.id, self.id, self.id)
        os.setresuid(self.id, self.id, self.id)

    def kill_all(self) -> None:
        """Kill all of this user's processes at once, so that none can fork meanwhile.

        A process may signal all that its real or its effective user may signal. As root
        it would end everything. So for this call its effective user is this one, and
        its real user a second spare one. Its saved user stays root, so that it can
        become root again, and the jail's processes cannot signal it. It must be called
        in the main thread.
        """
        users = (self.id + COUNT, self.id, 0)
        try:
            _set_ids("setresuid", *users)
            if os.getresuid() == users and not proc.has_capability(CAP_KILL):
                os.kill(-1, signal.SIGKILL)
        finally:
            _set_ids("setresuid", 0, 0, 0)

    def release(self) -> None:
        """Give up this process' hold on the claim; other processes keep theirs."""
        self._claim.close()


def _set_ids(call: str, real: int, effective: int, saved: int) -> None:
    """Set the users or groups of the present thread alone.

    The functions of the C library wait until all threads have set them. A thread that
    waits while it reads a process would keep the others from ending that process.
    """
    number = seccomp.number(call)
    if _libc.syscall(number, real, effective, saved) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def claim(seconds: float = 10.0) -> SpareUser:
    """Claim a user id that no account and no process has.

    Raises
    ------
    JailError
        If none was found within `seconds`, or root may not become another user here.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        number = FIRST + secrets.randbelow(COUNT)
        # Only one process at a time can have a socket of this name.
        holder = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            holder.bind(f"\0nbexaminer-user-{number}")
        except OSError:
            holder.close()
            continue
        ids = (number, number + COUNT)
        if not any(_has_account(each) or _has_processes(each) for each in ids):
            return SpareUser(number, holder)
        holder.close()
    raise JailError(f"no spare user id is left among {FIRST} to {FIRST + COUNT - 1}")


def _has_account(number: int) -> bool:
    try:
        pwd.getpwuid(number)
    except KeyError:
        return False
    return True


def _has_processes(number: int) -> bool:
    """Say whether a process has a user id as its real one.

    A process of a jail has no other user id, and cannot get one.
    """
    try:
        os.getpriority(os.PRIO_USER, number)
    except ProcessLookupError:
        return False
    return True


__all__ = ["COUNT", "FIRST", "SpareUser", "claim"]
