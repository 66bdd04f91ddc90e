"""Run a command as a container with default settings does: `tests/as_container`.

Ordinary containers forbid what jails with namespaces need. This forbids a command the
same things, on any Linux and without Docker:

- The command has only the capabilities that a container of Docker has by default. The
  others are also removed from the bounding set, so that no program gets them back.
- The system calls that Docker's default filter refuses are refused here, with the same
  errors: new namespaces, mounts, `setns`, `bpf`, keys, io_uring and more. As with
  Docker, `ptrace` and Landlock's calls go through.
- If root starts it, `/sys` and `/proc/sys` are read-only, so that no control group can
  be made; and all users can read Python, wherever it is installed.

This does not contain hostile code: start that with `tests/contained` as well.

The list of system calls was written from Docker's documentation of its default profile.
It leaves out calls that no current Linux has.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# This file is also run as a program, by a Python in which another copy of the
# repository may be installed.
sys.path.insert(0, str(ROOT))

from grader.execution.jail import proc, seccomp  # noqa: E402 - see above
from grader.execution.jail.seccomp import (  # noqa: E402 - see above
    EQUAL,
    MASKED,
    Condition,
    Refusal,
)

# By number: CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP,
# NET_BIND_SERVICE, NET_RAW, SYS_CHROOT, MKNOD, AUDIT_WRITE, SETFCAP.
CAPABILITIES = frozenset({0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31})
LAST_CAPABILITY = 63
NAMESPACES = (
    *(0x00020000, 0x02000000, 0x04000000, 0x08000000),
    *(0x10000000, 0x20000000, 0x40000000),
)
REFUSED = """
    mount umount umount2 pivot_root unshare setns
    move_mount mount_setattr open_tree open_tree_attr fsopen fsconfig fsmount fspick
    bpf perf_event_open lookup_dcookie quotactl quotactl_fd fanotify_init
    sethostname setdomainname syslog
    keyctl add_key request_key userfaultfd move_pages migrate_pages
    io_uring_setup io_uring_enter io_uring_register
    init_module finit_module delete_module create_module kexec_load kexec_file_load
    acct reboot swapon swapoff nfsservctl open_by_handle_at
    settimeofday clock_settime stime iopl ioperm vhangup
    mbind get_mempolicy set_mempolicy set_mempolicy_home_node
    kcmp pidfd_getfd process_madvise
    uselib ustat sysfs _sysctl vm86 vm86old
""".split()
LANDLOCK = "landlock_create_ruleset landlock_add_rule landlock_restrict_self".split()
# Bits of personality(2): for emulated 32-bit machines, and without random addresses.
KNOWN_PERSONALITIES, TOP = {3, 17}, 1 << 31
AF_VSOCK = 40
COMMAND, AS_USER = ROOT / "tests/as_container", ROOT / "tests/as_user"
SYS_ADMIN = 21

CLONE_NEWNS, MS_RDONLY, MS_BIND, MS_REC, MS_PRIVATE = 0x20000, 1, 4096, 16384, 1 << 18
MS_REMOUNT, MS_MOVE = 32, 8192
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, CLEAR_ALL = 24, 38, 47, 4

_libc = ctypes.CDLL(None, use_errno=True)


def refusals(landlock: bool = True) -> Iterator[Refusal]:
    """Yield the system calls that a container with default settings refuses.

    Parameters
    ----------
    landlock
        Whether the system's kernel has Landlock.
    """
    for name in REFUSED:
        yield Refusal(name)
    yield Refusal("clone3", errno.ENOSYS)
    for flag in NAMESPACES:
        yield Refusal("clone", when=(Condition(0, MASKED, flag, flag),))
    yield from _personalities()
    yield Refusal("socket", when=(Condition(0, EQUAL, AF_VSOCK),))
    for name in () if landlock else LANDLOCK:
        yield Refusal(name, errno.ENOSYS)


def _personalities() -> Iterator[Refusal]:
    """Yield refusals of all personalities but 0 and the two known flags.

    A call with all bits set asks for the present personality, and is allowed. So a call
    with the highest bit must have all others, too.
    """
    for bit in set(range(31)) - KNOWN_PERSONALITIES:
        alone = Condition(0, MASKED, TOP | 1 << bit, 1 << bit)
        yield Refusal("personality", when=(alone,))
    for bit in range(31):
        missing = Condition(0, MASKED, TOP | 1 << bit, TOP)
        yield Refusal("personality", when=(missing,))


def main() -> None:
    """Read the command line, and replace this process by the command."""
    parser = _parser()
    options = parser.parse_args()
    if not options.command:
        parser.error("no command was given")
    if options.user and os.geteuid() == 0:
        # tests/as_user works in tests/contained only, and runs this file again.
        again = [word for word in sys.argv[1:] if word != "--user"]
        os.execv(AS_USER, [str(AS_USER), str(COMMAND), *again])
    filtered = seccomp.compiled(refusals(not options.no_landlock))
    if filtered is None:
        sys.exit("as_container: libseccomp (libseccomp2) is not installed")
    administers = os.geteuid() == 0 and proc.has_capability(SYS_ADMIN)
    if administers:
        _change_mounts()
    if options.no_new_privs or not administers:
        _check(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    if not seccomp.install(filtered):
        sys.exit("as_container: the filter of system calls was refused")
    _drop_capabilities()
    try:
        os.execvp(options.command[0], options.command)
    except OSError as error:
        sys.exit(f"as_container: {options.command[0]}: {error.strerror}")


def _parser() -> argparse.ArgumentParser:
    summary, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="tests/as_container",
        description=f"{summary}\n{rest}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--user",
        action="store_true",
        help="as an ordinary user; root needs `tests/contained tests/as_container`",
    )
    parser.add_argument(
        "--no-landlock",
        action="store_true",
        help="as on a system whose kernel has no Landlock",
    )
    parser.add_argument(
        "--no-new-privs",
        action="store_true",
        help="as with `allowPrivilegeEscalation: false`; always so for other users",
    )
    parser.add_argument(
        "command",
        nargs=argparse.REMAINDER,
        metavar="COMMAND…",
        help="the command and its arguments",
    )
    return parser


def _change_mounts() -> None:
    """Make /sys and /proc/sys read-only for this process, and Python readable."""
    _check(_libc.unshare(CLONE_NEWNS), "a mount namespace")
    _mount(None, "/", MS_REC | MS_PRIVATE)
    _open_to_all(sys.base_prefix)
    _mount("/proc/sys", "/proc/sys", MS_BIND)
    lines = Path("/proc/self/mounts").read_text().splitlines()
    for place in {line.split()[1] for line in lines}:
        if place == "/proc/sys" or Path(place).is_relative_to("/sys"):
            _mount(None, place, MS_REMOUNT | MS_BIND | MS_RDONLY)


def _open_to_all(path: str) -> None:
    """Let other users reach a path, as in a container, but nothing beside it.

    Jails that root starts run code as other users, and Python may be installed in a
    folder that only root can enter.
    """
    above = [folder for folder in reversed(Path(path).parents) if _is_closed(folder)]
    if not above:
        return
    staging = tempfile.mkdtemp()
    _mount(path, staging, MS_BIND)
    _mount("none", str(above[0]), 0, b"tmpfs", b"mode=755")
    Path(path).mkdir(parents=True)
    _mount(staging, path, MS_MOVE)
    Path(staging).rmdir()


def _is_closed(folder: Path) -> bool:
    return not folder.stat().st_mode & 0o001


def _mount(
    source: str | None,
    place: str,
    flags: int,
    kind: bytes | None = None,
    options: bytes | None = None,
) -> None:
    origin = source and source.encode()
    done = _libc.mount(origin, place.encode(), kind, ctypes.c_ulong(flags), options)
    _check(done, f"mount {place}")


def _drop_capabilities() -> None:
    """Drop all capabilities that a container does not have, from each set."""
    for capability in set(range(LAST_CAPABILITY + 1)) - CAPABILITIES:
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    _libc.prctl(PR_CAP_AMBIENT, CLEAR_ALL, 0, 0, 0)
    kept = sum(1 << n for n in CAPABILITIES) if os.geteuid() == 0 else 0
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    # Effective, permitted, inheritable: the low halves, then the high ones.
    sets = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    _check(_libc.capset(header, sets), "capset")


def _check(result: int, what: str) -> None:
    if result != 0:
        sys.exit(f"as_container: {what}: {os.strerror(ctypes.get_errno())}")


if __name__ == "__main__":
    main()
