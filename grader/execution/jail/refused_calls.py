"""Which system calls a jail refuses, and the filters that refuse them.

A jail of namespaces is tight without its filter. The filter closes parts of the kernel
that no lesson needs, and in which ways out of jails have been found. A jail without
namespaces depends on its filter.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator

from grader.execution.jail import seccomp
from grader.execution.jail.landlock import SCOPES_SINCE, version
from grader.execution.jail.seccomp import (
    AT_LEAST,
    EQUAL,
    MASKED,
    NOT_EQUAL,
    UNKNOWN,
    Condition,
    Refusal,
)

# Calls that are refused whatever their arguments are.
NEVER = """
    ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd kcmp
    mount umount umount2 pivot_root chroot move_mount mount_setattr open_tree
    open_tree_attr fsopen fsconfig fsmount fspick unshare setns
    init_module finit_module delete_module create_module kexec_load kexec_file_load
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    keyctl add_key request_key open_by_handle_at name_to_handle_at fanotify_init
    quotactl quotactl_fd swapon swapoff acct reboot syslog personality
    settimeofday clock_settime clock_adjtime sethostname setdomainname vhangup
    iopl ioperm modify_ldt lookup_dcookie nfsservctl sysfs uselib ustat _sysctl
    move_pages migrate_pages
""".split()
# Flags of clone that make a namespace. A filter cannot see the flags of clone3: that
# call is reported as unknown, and the C library then uses clone.
NEW_NAMESPACES = (
    *(0x00000080, 0x00020000, 0x02000000, 0x04000000),
    *(0x08000000, 0x10000000, 0x20000000, 0x40000000),
)
# Families of sockets that are allowed: those that work within the jail, and netlink, by
# which programs list the network interfaces.
FAMILIES = (
    *(socket.AF_UNIX, socket.AF_INET, socket.AF_INET6),
    socket.AF_NETLINK,
)
# Requests by which a program can type into the terminal from which it was started.
TERMINAL_REQUESTS = (0x5412, 0x541C)
WORD = (1 << 32) - 1

# --- only in jails without namespaces -------------------------------------------------

# Sockets with a name, sending descriptors to others, memory and messages that outlive a
# process, files that are in no folder, and notices about files that cannot be read.
SHARED = """
    bind connect listen sendmsg sendmmsg memfd_create memfd_secret
    shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify
    inotify_init inotify_init1 inotify_add_watch fanotify_mark
    process_mrelease
""".split()
# A socket's kind is in the lowest four bits of an argument.
KINDS = 16
# Requests that set a file's flags, its project or its generation.
ATTRIBUTE_REQUESTS = (0x40086602, 0x401C5820, 0x40087602, 0x40047602)
# Those by which the system signals a process when a descriptor is ready.
OWNER_COMMANDS = (8, 10, 15)
OWNER_REQUESTS = (0x8901, 0x8902)
# The position of the argument that names a process. Only 0, the caller, is allowed.
TOWARDS_A_PROCESS = {
    **dict.fromkeys(("sched_setaffinity", "sched_setscheduler", "sched_setparam"), 0),
    **dict.fromkeys(("sched_setattr", "prlimit64"), 0),
    **dict.fromkeys(("setpriority", "ioprio_set"), 1),
}
# Calls that do nothing and report success. Programs need no more, because they own the
# files that they make.
MODES = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat
    utime utimes utimensat futimesat
""".split()
ATTRIBUTES = """
    setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr
    removexattrat file_setattr
""".split()
# These do nothing either: the warden signals all processes of the jail as one group.
GROUPS = ("setsid", "setpgid")
# MAP_SHARED and MAP_ANONYMOUS.
SHARED_MEMORY = 0x21
PR_SET_DUMPABLE = 4
TRUNCATE_SINCE = 3


def in_every_jail() -> Iterator[Refusal]:
    """Yield the calls that jails of every level refuse, without those for sockets."""
    for name in NEVER:
        yield Refusal(name)
    yield Refusal("clone3", errno.ENOSYS)
    for flag in NEW_NAMESPACES:
        yield Refusal("clone", when=(Condition(0, MASKED, flag, flag),))
    for request in TERMINAL_REQUESTS:
        yield Refusal("ioctl", when=(Condition(1, MASKED, WORD, request),))


def with_namespaces() -> Iterator[Refusal]:
    """Yield the calls that a jail with its own namespaces refuses."""
    yield from in_every_jail()
    for family in range(max(FAMILIES) + 1):
        if family not in FAMILIES:
            yield Refusal("socket", errno.EAFNOSUPPORT, (Condition(0, EQUAL, family),))
    others = Condition(0, AT_LEAST, max(FAMILIES) + 1)
    yield Refusal("socket", errno.EAFNOSUPPORT, (others,))


def without_namespaces(
    own_user: bool, landlock: int, process: int
) -> Iterator[Refusal]:
    """Yield the calls that a jail refuses if it shares the machine's namespaces.

    Parameters
    ----------
    own_user
        Whether the jail's user id is its own: no other process has it, and it owns no
        file outside.
    landlock
        The version of the kernel's Landlock.
    process
        The id of the jail's kernel.
    """
    yield from in_every_jail()
    for name in SHARED:
        yield Refusal(name)
    yield Refusal("socket", errno.EAFNOSUPPORT)
    yield from _unnamed_pairs()
    # Memory that forks share without a file: nothing shows how much of it there is.
    yield Refusal("mmap", when=(Condition(3, MASKED, SHARED_MEMORY, SHARED_MEMORY),))
    # This flag could cut a file to nothing that is opened for reading.
    cut = Condition(2, MASKED, os.O_TRUNC | os.O_ACCMODE, os.O_TRUNC)
    yield Refusal("openat", when=(cut,))
    yield Refusal("open", when=(cut._replace(argument=1),))
    yield Refusal("openat2", errno.ENOSYS)
    for request in (*ATTRIBUTE_REQUESTS, *OWNER_REQUESTS):
        yield Refusal("ioctl", when=(Condition(1, MASKED, WORD, request),))
    for command in OWNER_COMMANDS:
        yield Refusal("fcntl", when=(Condition(1, MASKED, WORD, command),))
    for name, argument in TOWARDS_A_PROCESS.items():
        yield Refusal(name, when=(Condition(argument, NOT_EQUAL, 0),))
    # These also act on all processes of a group or a user.
    yield Refusal("setpriority", when=(Condition(0, NOT_EQUAL, 0),))
    yield Refusal("ioprio_set", when=(Condition(0, NOT_EQUAL, 1),))
    for number in UNKNOWN:
        yield Refusal(number, errno.ENOSYS)
    # A signal to all processes that this user may signal.
    yield Refusal("kill", when=(Condition(0, MASKED, WORD, WORD),))
    # The warden must be able to read every process, to count what the jail holds.
    hide = (Condition(0, MASKED, WORD, PR_SET_DUMPABLE), Condition(1, EQUAL, 0))
    yield Refusal("prctl", when=hide)
    if landlock < TRUNCATE_SINCE:
        yield Refusal("truncate")
    if not own_user:
        yield from _as_the_graders_user(landlock, process)


def _unnamed_pairs() -> Iterator[Refusal]:
    """Refuse all pairs of sockets but those that stay connected to each other."""
    yield Refusal("socketpair", when=(Condition(0, NOT_EQUAL, socket.AF_UNIX),))
    for kind in range(KINDS):
        if kind not in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
            test = Condition(1, MASKED, KINDS - 1, kind)
            yield Refusal("socketpair", when=(test,))
    # Sending to an address.
    yield Refusal("sendto", when=(Condition(4, NOT_EQUAL, 0),))


def _as_the_graders_user(landlock: int, process: int) -> Iterator[Refusal]:
    """Refuse what a user id of the jail's own would prevent, where it has none."""
    for name in (*MODES, *GROUPS):
        yield Refusal(name, 0)
    # A program that seems to have a group of its own would signal the whole jail.
    sign = 1 << 31
    yield Refusal("kill", when=(Condition(0, MASKED, sign, sign),))
    for name in ATTRIBUTES:
        yield Refusal(name, errno.ENOTSUP)
    if landlock >= SCOPES_SINCE:
        return
    # Children cannot be signalled either: the arguments do not show whose child a
    # process is.
    not_itself = Condition(0, NOT_EQUAL, process)
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        yield Refusal(name, when=(not_itself,))
    for name in ("tkill", "pidfd_send_signal"):
        yield Refusal(name)


# Compiled once for each fork server, outside of jails, where the library need not be
# visible.
WITH_NAMESPACES = seccomp.compiled(with_namespaces())
_VERSION = version()
_WITHOUT_NAMESPACES = {
    own: seccomp.compiled(without_namespaces(own, _VERSION, 0)) for own in (False, True)
}


def program(own_user: bool, landlock: int, process: int) -> bytes | None:
    """Return the filter of a jail without namespaces, compiled already if possible.

    Parameters
    ----------
    own_user, landlock, process
        As for :func:`without_namespaces`.

    Returns
    -------
    bytes or None
        The filter; None if it cannot be compiled, see
        :func:`~grader.execution.jail.seccomp.compiled`.
    """
    if landlock == _VERSION and (own_user or landlock >= SCOPES_SINCE):
        return _WITHOUT_NAMESPACES[own_user]
    return seccomp.compiled(without_namespaces(own_user, landlock, process))


__all__ = [
    "FAMILIES",
    "NEVER",
    "WITH_NAMESPACES",
    "program",
    "with_namespaces",
    "without_namespaces",
]
