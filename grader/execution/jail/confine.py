"""How a fork of the fork server becomes a jail without namespaces.

The fork forks once more, and stays beside the jail as its :mod:`warden`. The second
fork gives up every privilege, restricts itself by Landlock and a filter of system
calls, which cannot be undone, checks from inside that all of that is in force, and only
then becomes a kernel. If any of this fails, it ends before student code can run: the
jail fails closed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from grader.errors import JailError
from grader.execution.inside import main
from grader.execution.jail import (
    enter,
    landlock,
    proc,
    process_title,
    process_tree,
    refused_calls,
    seccomp,
)
from grader.execution.jail.scratch import Scratch
from grader.execution.jail.spare_users import SpareUser
from grader.execution.jail.warden import Warden
from grader.execution.limits import Limits, rlimits

# Files about the system that programs read. None is about other processes.
SYSTEM_STATE = (
    *(f"/proc/{name}" for name in ("cpuinfo", "meminfo", "stat", "uptime", "version")),
    *("/proc/filesystems", "/proc/sys/kernel/osrelease", "/proc/sys/kernel/pid_max"),
    *("/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/cap_last_cap"),
)
# Files in /proc/PID that a process may read about itself. Others there show the mounts
# and sockets of the machine.
OWN_STATE = "status stat statm maps smaps cmdline comm environ limits fd fdinfo".split()
DEVICES = ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")
PR_SET_PDEATHSIG, PR_GET_NO_NEW_PRIVS = 1, 39
PTRACE_PEEKUSER = 3
EXTRAS = ("landlock", "seccomp")

_libc = ctypes.CDLL(None, use_errno=True)


def confine(payload: Mapping[str, Any], fds: Sequence[int]) -> NoReturn:
    """Entry point of the fork: make the jail, and watch it until it ends.

    Parameters
    ----------
    payload
        ``limits``, ``environment`` and ``key`` as for
        :func:`~grader.execution.jail.enter.enter`; ``folder``, the jail's folder;
        ``readable``, the paths that the jail can read; and ``user``, the id of the
        jail's own user, or None where an ordinary user grades.
    fds
        A socket on which to report, one that ends the jail when it is closed, the claim
        to the jail's user if it has one, and the descriptors for
        :func:`grader.execution.inside.main.run`.
    """
    report, control = (socket.socket(fileno=fd) for fd in fds[:2])
    user, descriptors = _user(payload["user"], fds[2:])
    limits = Limits(**payload["limits"])
    made = Scratch(Path(payload["folder"]))
    try:
        os.setsid()
        # When its parent ends, this process must not end before it has ended the jail.
        _libc.prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)
        process_tree.adopt_orphans()
        held = process_tree.resident([os.getpid()])
        child = os.fork()
        if child == 0:
            control.close()
            _become_kernel(payload, limits, made, user, report, descriptors)
        pidfd = os.pidfd_open(child)
        for fd in descriptors:
            os.close(fd)
        socket.send_fds(report, [b'{"pid": true}'], [pidfd])
        report.close()
    except BaseException as error:
        _report_error(report, error)
        made.remove()
        os._exit(1)
    with contextlib.suppress(BaseException):
        Warden(control, pidfd, child, limits, made, user, held).watch()
    os._exit(0)


def _user(
    number: int | None, fds: Sequence[int]
) -> tuple[SpareUser | None, Sequence[int]]:
    """Return the jail's own user, if it has one, and the other descriptors."""
    if number is None:
        return None, fds
    return SpareUser(number, socket.socket(fileno=fds[0])), fds[1:]


def _become_kernel(
    payload: Mapping[str, Any],
    limits: Limits,
    made: Scratch,
    user: SpareUser | None,
    report: socket.socket,
    descriptors: Sequence[int],
) -> NoReturn:
    """Enter the jail and become its kernel."""
    try:
        _settle(limits, made, user, payload["environment"])
        _restrict(made, payload["readable"], user)
        if problems := list(breaches(made, user.id if user else None)):
            raise JailError("the jail is not tight: " + "; ".join(problems))
    except BaseException as error:
        _report_error(report, error)
        os._exit(1)
    report.send(json.dumps({"inside": True, "extras": EXTRAS}).encode())
    report.close()
    main.run(payload["key"], descriptors)
    os._exit(0)


def _report_error(report: socket.socket, error: BaseException) -> None:
    with contextlib.suppress(OSError):
        report.send(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())


def _settle(
    limits: Limits,
    made: Scratch,
    user: SpareUser | None,
    environment: Mapping[str, str],
) -> None:
    """Give up all privileges, set the limits, and clear the environment."""
    os.setsid()
    warden = os.getppid()
    with contextlib.suppress(OSError):
        # If memory runs out, the system ends this process before its warden.
        Path("/proc/self/oom_score_adj").write_text("1000")
    allowed = rlimits(limits, enter.data_bytes())
    enter.drop_bounding_set()
    if user is not None:
        user.release()  # the warden keeps the claim until the jail has ended
        user.become()
        _check_interpreter(user)
    elif os.geteuid() == 0:
        raise JailError(
            "root may not run student code: the jail has no user of its own"
        )
    else:
        allowed[resource.RLIMIT_NPROC] = _room_for_processes(limits)
    enter.drop_capabilities()
    for kind, value in allowed.items():
        resource.setrlimit(kind, (value, value))
    # After the change of user, which resets it.
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != warden:
        os._exit(1)
    os.umask(0o022)
    enter.redirect_standard_streams()
    here = {"HOME": str(made.work), "TMPDIR": str(made.temporary)}
    enter.clear_environment(dict(environment) | here)
    process_title.set_arguments(enter.TITLE)
    os.chdir(made.work)


def _check_interpreter(user: SpareUser) -> None:
    """Check that the jail's user can read the files of Python."""
    for path in (sys.executable, os.__file__):
        if not os.access(path, os.R_OK):
            raise JailError(
                f"{path} cannot be read by user {user.id}, as which student code runs. "
                "Let other users enter the folders above it (chmod o+x), or use a "
                "Python that is installed for all users"
            )


def _room_for_processes(limits: Limits) -> int:
    """Return a limit on all processes of the present user, with room for the jail's.

    The system limits the processes of an ordinary user together, not each jail's. So
    that a jail can start processes while others hold as many as they may, there is room
    for two jails for each processor, of this course or of another with larger limits.
    A jail with more than its limit is ended by its warden before it takes the room of
    the others.
    """
    jails = 2 * len(os.sched_getaffinity(0))
    present = process_tree.threads_of_user(os.geteuid())
    largest = max(limits.processes, Limits().processes)
    return present + int(largest) * jails


def _restrict(made: Scratch, readable: Sequence[str], user: SpareUser | None) -> None:
    """Restrict this process and its children for good."""
    version = landlock.version()
    mine = [f"/proc/{os.getpid()}/{name}" for name in OWN_STATE]
    for path in mine:
        # Kept open: the system may drop the inode of such a file when nobody has it
        # open, and Landlock's rule with it.
        os.open(path, os.O_PATH | os.O_CLOEXEC)
    state = [path for path in SYSTEM_STATE if Path(path).exists()]
    devices = [path for path in DEVICES if Path(path).exists()]
    files = {
        **dict.fromkeys((*readable, *state, *mine), landlock.READ),
        **dict.fromkeys(devices, landlock.READ_WRITE),
        **dict.fromkeys(made.writable, landlock.EVERYTHING),
    }
    filtered = refused_calls.program(
        own_user=user is not None, landlock=version, process=os.getpid()
    )
    if not landlock.restrict(landlock.Rules(files, alone=True)):
        raise JailError(f"Landlock (version {version}) refused its rules")
    if version >= landlock.TCP_SINCE and not _tcp_is_refused():
        raise JailError("the jail is not tight: TCP can be used")
    if not seccomp.install(filtered):
        raise JailError(
            "no filter of system calls: libseccomp or the kernel refused it"
        )


def _tcp_is_refused() -> bool:
    with socket.socket(socket.AF_INET) as tried:
        tried.settimeout(1)
        return _error(lambda: tried.connect(("127.0.0.1", 9))) == errno.EACCES


def breaches(made: Scratch, user: int | None) -> Iterator[str]:
    """Yield what is wrong with the jail that this process is in; nothing if tight.

    Parameters
    ----------
    made
        The jail's folder.
    user
        The jail's own user id; None if it runs as the grader's user.
    """
    for message, call, errors in _attempts(made):
        if (found := _error(call)) not in errors:
            yield f"{message} ({errno.errorcode.get(found, 'allowed')})"
    if _libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1:
        yield "no_new_privs is not set"
    status = proc.fields()
    for name in enter.CAPABILITY_SETS:
        if int(status[name], 16) != 0 and name != "CapBnd":
            yield f"{name} is not empty"
    if user is not None and os.getresuid() + os.getresgid() != (user,) * 6:
        yield "the user is not the jail's own"
    if user is None and _error(os.setsid) != 0:  # it seems to work, and does nothing
        yield "processes can leave their group"
    if user is not None and os.getgroups():
        yield "the jail's user is in other groups"


def _attempts(made: Scratch) -> Iterator[tuple[str, Callable[[], Any], set[int]]]:
    """Yield calls that must fail.

    Each is a triple: the message if the call does not fail, the call, and the errors
    that it may fail with.
    """
    refused = {errno.EACCES, errno.EPERM}
    secret, outside = made.secret, made.outside
    yield "a file outside can be read", secret.read_text, refused
    yield "a file outside can be written", partial(_write, secret), refused
    yield "a file outside can be cut", lambda: os.truncate(secret, 0), refused
    yield "a file outside can be removed", secret.unlink, refused
    yield "a folder outside can be listed", partial(_listed, outside), refused
    yield "a folder outside can be written", (outside / "new").mkdir, refused
    yield (
        "a file can be moved outside",
        lambda: os.link(__file__, outside / "new"),
        refused | {errno.EXDEV},
    )
    yield "the root folder can be listed", partial(_listed, Path("/")), refused
    parent = f"/proc/{os.getppid()}"
    for name in ("cmdline", "environ", "mem", "maps"):
        read = Path(f"{parent}/{name}").read_bytes
        yield f"the {name} of other processes can be read", read, refused
    yield (
        "the open files of other processes can be listed",
        partial(_listed, Path(f"{parent}/fd")),
        refused,
    )
    # Requests that do nothing where they are not refused.
    trace = partial(_call, _libc.ptrace, PTRACE_PEEKUSER, os.getppid(), None, None)
    yield "other processes can be traced", trace, refused
    yield "a socket can be made", _make_socket, {errno.EAFNOSUPPORT}
    yield "a namespace can be made", partial(_call, _libc.unshare, 0), refused
    yield "everyone's processes can be signalled", partial(os.kill, -1, 0), refused
    present = os.getpriority(os.PRIO_PROCESS, os.getppid())
    slow = partial(os.setpriority, os.PRIO_PROCESS, os.getppid(), present)
    yield "other processes can be slowed down", slow, refused
    yield "other processes can be signalled", lambda: os.kill(os.getppid(), 0), refused


def _write(path: Path) -> None:
    with path.open("r+"):
        pass


def _make_socket() -> None:
    with socket.socket():
        pass


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def _error(call: Callable[[], Any]) -> int:
    """Return the number of the error that a call raises; 0 if it raises none."""
    try:
        call()
    except OSError as error:
        return error.errno or -1
    return 0


def _call(function: Callable[..., int], *arguments: Any) -> None:
    if function(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "")


__all__ = ["breaches", "confine"]
