"""How a fork of the fork server enters a jail and becomes a kernel.

bubblewrap has built the jail around a process that waits. The fork joins all namespaces
of that process through a pidfd, forks once more (only children enter a pid namespace),
gives up every privilege, checks from inside that the jail is tight, and only then
becomes a kernel. If any of this fails, the process ends before student code can run:
the jail fails closed.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from grader.errors import JailError
from grader.execution.fork_server.environment import THREADS
from grader.execution.inside import main
from grader.execution.jail import (
    landlock,
    proc,
    process_title,
    refused_calls,
    seccomp,
)
from grader.execution.layout import SCRATCH, USER_ID, WORK
from grader.execution.limits import Limits, rlimits

NAMESPACES = {
    "user": 0x10000000,
    "mnt": 0x00020000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
}
TITLE = ("python3", "-m", "ipykernel_launcher")
PRIVATE = ("/", "/etc", "/home", "/root", "/tmp", "/var", "/run", str(Path.home()))
CAPABILITY_SETS = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
LAST_CAPABILITY = 63

_libc = ctypes.CDLL(None, use_errno=True)


class _CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def enter(payload: Mapping[str, Any], fds: Sequence[int]) -> NoReturn:
    """Entry point of the fork: enter the jail and become its kernel.

    Parameters
    ----------
    payload
        ``limits``, ``environment`` and ``extras`` of the jail, and the ``key`` that
        signs Jupyter's messages, or None for the grader's own kernel.
    fds
        A socket on which to report, a pidfd of the jail's first process, and the
        descriptors for :func:`grader.execution.inside.main.run`.
    """
    report = socket.socket(fileno=fds[0])
    try:
        outside, private = namespaces(), identities(PRIVATE)
        _join(fds[1])
        child = os.fork()
        if child:
            pidfd = os.pidfd_open(child)
            socket.send_fds(report, [b'{"pid": true}'], [pidfd])
            os._exit(0)
        _settle(Limits(**payload["limits"]), payload["environment"])
        if problems := breaches(outside, private):
            raise JailError("the jail is not tight: " + "; ".join(problems))
        extras = _install_guards(payload["extras"])
    except BaseException as error:
        report.send(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
        os._exit(1)
    report.send(json.dumps({"inside": True, "extras": extras}).encode())
    report.close()
    main.run(payload["key"], fds[2:])
    os._exit(0)


def _install_guards(extras: Iterable[str]) -> list[str]:
    """Install those of `extras` that this machine supports; return their names.

    This comes last, because the guards forbid some of what is done before. The jail is
    tight without them.
    """
    guards: dict[str, Callable[[], bool]] = {
        "landlock": lambda: landlock.install((*SCRATCH, "/dev")),
        "seccomp": lambda: seccomp.install(refused_calls.WITH_NAMESPACES),
    }
    return [name for name, install in guards.items() if name in extras and install()]


def enter_unprotected(payload: Mapping[str, Any], fds: Sequence[int]) -> NoReturn:
    """Entry point of the fork with ``--sandbox none``: the same kernel without a jail.

    Parameters
    ----------
    payload
        As for :func:`enter`.
    fds
        As for :func:`enter`, with a descriptor of the work folder in place of the
        pidfd.
    """
    report = socket.socket(fileno=fds[0])
    os.setsid()
    os.fchdir(fds[1])
    limits = rlimits(Limits(**payload["limits"]), data_bytes())
    # The limit would also count the other processes of the user who grades.
    limits.pop(resource.RLIMIT_NPROC)
    for kind, value in limits.items():
        resource.setrlimit(kind, (value, value))
    redirect_standard_streams()
    os.environ |= main.environment() | payload["environment"]
    here = str(Path.cwd())
    os.environ |= {"HOME": here, "TMPDIR": here}
    pidfd = os.pidfd_open(os.getpid())
    socket.send_fds(report, [b'{"inside": true}'], [pidfd])
    report.close()
    os.close(pidfd)
    main.run(payload["key"], fds[2:])
    os._exit(0)


def namespaces() -> dict[str, str]:
    """Return the identity of each namespace that this process is in."""
    return {name: str(Path(f"/proc/self/ns/{name}").readlink()) for name in NAMESPACES}


def _join(pidfd: int) -> None:
    """Join all namespaces of the waiting process at once."""
    if os.geteuid() == 0:
        os.setgroups([])
    flags = sum(NAMESPACES.values())
    _check(_libc.setns(pidfd, flags), "setns into the jail's namespaces")
    os.close(pidfd)


def _settle(limits: Limits, environment: Mapping[str, str]) -> None:
    """Give up all privileges, set the limits, and clear the environment."""
    os.setsid()
    drop_bounding_set()
    os.setresgid(USER_ID, USER_ID, USER_ID)
    os.setresuid(USER_ID, USER_ID, USER_ID)
    drop_capabilities()
    for kind, value in rlimits(limits, data_bytes()).items():
        resource.setrlimit(kind, (value, value))
    redirect_standard_streams()
    clear_environment(environment)
    process_title.set_arguments(TITLE)
    os.chdir(WORK)


def clear_environment(environment: Mapping[str, str]) -> None:
    """Remove all environment variables but student code's own and `environment`."""
    threads = {name: os.environ[name] for name in THREADS if name in os.environ}
    os.environ.clear()
    process_title.wipe_environment()
    os.environ.update(main.environment() | threads | dict(environment))


def drop_bounding_set() -> None:
    """Let no program regain a capability.

    Without the capability CAP_SETPCAP this does nothing.
    """
    for capability in range(LAST_CAPABILITY + 1):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def drop_capabilities() -> None:
    """Give up all capabilities, and every way to regain them."""
    header = _CapHeader(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _check(_libc.capset(ctypes.byref(header), nothing), "capset to nothing")
    _check(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    # Without this, a process that has dropped privileges cannot read its /proc files.
    _check(_libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), "dumpable")


def redirect_standard_streams() -> None:
    """Connect the standard streams to ``/dev/null``."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in range(3):
        os.dup2(null, fd)
    os.close(null)


def identities(folders: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return ``{folder: (device, inode)}`` for those of `folders` that exist."""
    numbers = {}
    for folder in folders:
        with contextlib.suppress(OSError):
            status = Path(folder).stat()
            numbers[folder] = status.st_dev, status.st_ino
    return numbers


def breaches(
    outside: Mapping[str, str], private: Mapping[str, tuple[int, int]]
) -> list[str]:
    """Return what is wrong with the jail that this process is in; empty if nothing.

    Parameters
    ----------
    outside
        The :func:`namespaces` in which the process was before.
    private
        The :func:`identities` of folders outside. In the jail there may be other
        folders of the same names, made to hold the interpreter, but never these.
    """
    status = proc.fields()
    inner = namespaces()
    checks = {
        f"the {name} namespace is shared with the outside": inner[name] == outside[name]
        for name in NAMESPACES
    }
    for name in CAPABILITY_SETS:
        checks[f"{name} is not empty"] = int(status[name], 16) != 0
    checks["no_new_privs is not set"] = status["NoNewPrivs"] != "1"
    checks["the user is not the jail's"] = os.getresuid() != (USER_ID,) * 3
    checks["the root folder can be written"] = os.access("/", os.W_OK)
    checks |= {f"{mount} can be written": True for mount in _writable_mounts()}
    here = identities(private)
    checks |= {
        f"the outside's {folder} is visible": here.get(folder) == private[folder]
        for folder in private
    }
    checks["a network interface is visible"] = _interfaces() > {"lo"}
    return [message for message, broken in checks.items() if broken]


def _writable_mounts() -> Iterator[str]:
    """Yield the mounts on which the jail could change files that outlive it."""
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, mount, kind, options, *_ = line.split()
        scratch = mount in SCRATCH or mount.startswith("/dev/")
        if (
            "rw" in options.split(",")
            and kind not in ("proc", "devpts")
            and not scratch
        ):
            yield mount


def _interfaces() -> set[str]:
    return {name for _, name in socket.if_nameindex()}


def data_bytes() -> int:
    """Return how much private memory this process uses."""
    return proc.size(proc.fields(), "VmData")


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise JailError(f"{what} failed: {os.strerror(number)}")
