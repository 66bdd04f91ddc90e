"""Jails without namespaces, seen from outside; see confine.py for what is inside.

They need only a Linux kernel with Landlock and filters of system calls, so that they
can be built in an ordinary container. SECURITY.md lists what they do not prevent.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.execution.fork_server import forks
from grader.execution.jail import (
    entries,
    host,
    landlock,
    proc,
    refused_calls,
    scratch,
    spare_users,
)
from grader.execution.jail.jail import END_SECONDS, Jail, Jailer
from grader.execution.jail.scratch import Scratch
from grader.execution.jail.spare_users import SpareUser
from grader.execution.limits import Sandbox

MESSAGE_BYTES = 1 << 12
# The capabilities that root needs to make a folder for another user, to become that
# user, and to end its processes.
NEEDED = {
    "CAP_CHOWN": 0,
    "CAP_DAC_OVERRIDE": 1,
    "CAP_FOWNER": 3,
    "CAP_KILL": 5,
    "CAP_SETGID": 6,
    "CAP_SETUID": 7,
}


class ConfinedJailer(Jailer):
    """Builds jails without namespaces.

    Its parameters are those of :class:`Jailer`.
    """

    sandbox: Sandbox = "confined"

    def _prepare(self, modules: Sequence[str]) -> None:
        self.readable = sorted(map(str, host.visible(modules)))
        self.parent = _parent_folder()
        self._find_cgroup_parents()

    def open(self, jupyter: bool = False) -> Jail:
        return ConfinedJail(self, jupyter)

    def close(self) -> None:
        """Do nothing: there is nothing to release."""


class ConfinedJail(Jail):
    """A jail without namespaces, with a kernel in it."""

    entry = entries.CONFINE
    _warden = -1
    _control: socket.socket | None = None
    _user: SpareUser | None = None
    _scratch: Scratch | None = None

    def _build(self, jailer: Jailer) -> int:
        assert isinstance(jailer, ConfinedJailer)
        if os.geteuid() == 0:
            self._user = spare_users.claim()
        user = self._user.id if self._user is not None else None
        self._scratch = scratch.make(jailer.parent, user, jailer.files)
        # The jail ends when this end is closed, even if this process is killed.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        self._control = ours
        self._exceeded: set[str] = set()
        return theirs.detach()

    def _fork(
        self, jailer: Jailer, inner: Sequence[int], key: str | None = None
    ) -> None:
        claim = [self._user.claim] if self._user is not None else []
        super()._fork(jailer, [*claim, *inner], key)
        if not jailer.builds_ahead:
            self.begin_use()

    def _payload(self, jailer: Jailer) -> dict[str, Any]:
        assert isinstance(jailer, ConfinedJailer)
        assert self._scratch is not None
        return super()._payload(jailer) | {
            "user": self._user.id if self._user is not None else None,
            "folder": str(self._scratch.folder),
            "readable": jailer.readable,
        }

    def _take_fork(self, pidfd: int) -> None:
        self._warden = pidfd
        os.close(self._entrance)
        self._entrance = -1
        self._release_user()
        self._scratch = None  # the fork removes it

    def _release_user(self) -> None:
        """Leave the claim to the jail's user to the fork, if there is one."""
        if self._user is not None:
            self._user.release()

    def begin_use(self) -> None:
        # Without a warden there is no kernel either, as its user will notice.
        with contextlib.suppress(OSError):
            if self._control is not None:
                self._control.send(b"used")

    def ran_out_of(self) -> frozenset[str]:
        """Return the limits that its warden or its control groups have enforced."""
        self._exceeded.update(self._reports())
        return super().ran_out_of() | self._exceeded

    def _reports(self) -> Iterator[str]:
        """Yield the limits that its warden has reported since the last call."""
        if self._control is None:
            return
        with contextlib.suppress(OSError):
            while message := self._control.recv(MESSAGE_BYTES):
                yield json.loads(message)["over"]

    def _begin_end(self) -> None:
        """Ask the warden to end the jail."""
        if self._control is not None and self._warden >= 0:
            self._control.shutdown(socket.SHUT_WR)

    def _await_end(self) -> None:
        """Wait until the warden has ended; it ends when the jail has ended."""
        self._release_user()
        if self._scratch is not None:
            self._scratch.remove()
            self._scratch = None
        if self._control is None:
            return
        if self._warden >= 0:
            forks.has_exited(self._warden, END_SECONDS)
            os.close(self._warden)
            self._warden = -1
            self._exceeded.update(self._reports())
        self._control.close()
        self._control = None


def probe() -> None:
    """Check that this machine has what jails without namespaces need.

    Raises
    ------
    SandboxError
        If something is missing; the message says what.
    """
    if landlock.version() == 0:
        raise SandboxError(
            "the level confined needs Landlock: Linux 5.13 or newer with `landlock` "
            "among its security modules, and a container whose filter of system calls "
            "lets it through"
        )
    if refused_calls.WITH_NAMESPACES is None:
        raise SandboxError(
            "the level confined needs libseccomp: install libseccomp2 on Debian and "
            "Ubuntu, libseccomp elsewhere"
        )
    if os.geteuid() == 0:
        _probe_as_root()
    _parent_folder()


def _probe_as_root() -> None:
    held = proc.has_capability
    if missing := [name for name, number in NEEDED.items() if not held(number)]:
        raise SandboxError(
            "root cannot run jails of the level confined as users of their own here: "
            f"it has no {', '.join(missing)}. Run the grader as an ordinary user"
        )
    for path in map(Path, (sys.executable, os.__file__)):
        if not _all_can_enter(path.resolve().parent):
            raise SandboxError(
                f"only root can read {path.resolve()}, and in a jail of the level "
                "confined code runs as another user: let all users enter the folders "
                "above it (chmod o+x), or use a Python installed for all users"
            )


def _parent_folder() -> str:
    """Return the folder in which to make jails' folders.

    Where root grades, all users must be able to enter it.

    Raises
    ------
    SandboxError
        If there is no such folder.
    """
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp")
    for place in places:
        if os.geteuid() != 0 or _all_can_enter(Path(place)):
            return place
    raise SandboxError(
        "no folder for jails of the level confined: not all users can enter "
        f"{', '.join(places)}; set TMPDIR to a folder that they can enter"
    )


def _all_can_enter(folder: Path) -> bool:
    above = (folder, *folder.parents)
    return all(place.is_dir() and place.stat().st_mode & 0o001 for place in above)


__all__ = ["ConfinedJail", "ConfinedJailer", "probe"]
