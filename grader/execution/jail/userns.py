"""A user namespace for jails of a grader that runs as root.

In a namespace that bubblewrap makes by itself, student code would run under root's real
id: the limit on processes does not apply to root, and root owns files. So root makes a
namespace with two ids: 0, under which bubblewrap builds the jail, and that of the
jail's user, which outside is an id that belongs to nobody.
"""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.protocol import entry_point
from grader.execution.layout import USER_ID

FIRST_SPARE_USER = 61_000
SPARE_USERS = 4_000
CLONE_NEWUSER = 0x10000000
SECONDS = 10.0


def make(fork_server: ForkServer) -> int | None:
    """Make the namespace.

    Parameters
    ----------
    fork_server
        One of its forks makes the namespace, and ends.

    Returns
    -------
    int or None
        A descriptor of the namespace, which the caller closes. None if this process
        does not run as root.

    Raises
    ------
    SandboxError
        If it runs as root, and the system refuses such a namespace.
    """
    if os.geteuid() != 0:
        return None
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        pidfd = fork_server.fork(entry_point(hold), {}, [theirs.fileno()])
        theirs.close()
        ours.settimeout(SECONDS)
        try:
            process = Path(f"/proc/{forks.process_id(pidfd)}")
            _expect(ours, b"made")
            _map(process, FIRST_SPARE_USER + os.getpid() % SPARE_USERS)
            ours.send(b"mapped")
            _expect(ours, b"closed")
            return os.open(process / "ns/user", os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise SandboxError(
                f"root cannot make a user namespace with a second user here: {error}. "
                "Run the grader as an ordinary user, or allow user namespaces"
            ) from None
        finally:
            forks.kill(pidfd)
            os.close(pidfd)


def hold(_: Mapping[str, Any], fds: Sequence[int]) -> None:
    """Entry point of the fork: make the namespace, and hold it until it is opened.

    Parameters
    ----------
    fds
        One socket, on which to report.
    """
    report = socket.socket(fileno=fds[0])
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
        number = ctypes.get_errno()
        report.send(f"unshare: {os.strerror(number)}".encode())
        return
    report.send(b"made")
    report.recv(16)
    # No further user namespaces inside: they give access to more of the kernel's code.
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    report.send(b"closed")
    report.recv(16)


def _map(process: Path, spare: int) -> None:
    mapping = f"0 0 1\n{USER_ID} {spare} 1\n"
    (process / "uid_map").write_text(mapping)
    (process / "gid_map").write_text(mapping)


def _expect(report: socket.socket, expected: bytes) -> None:
    if (message := report.recv(256)) != expected:
        raise OSError(message.decode() or "it ended at once")
