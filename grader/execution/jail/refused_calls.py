"""Which system calls a jail refuses. Pure, but for compiling the filters once.

A jail of namespaces is tight without its filter, which blocks code of the kernel that
no lesson needs and in which ways out of jails have been found.
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
# Sockets that are allowed: those within the jail, and netlink, by which programs list
# the network interfaces.
FAMILIES = (
    *(socket.AF_UNIX, socket.AF_INET, socket.AF_INET6),
    socket.AF_NETLINK,
)
# Requests by which a program types into the terminal it was started from.
TERMINAL_REQUESTS = (0x5412, 0x541C)
WORD = (1 << 32) - 1

# --- of a jail without namespaces -----------------------------------------------------

# Sockets with a name, descriptors sent to others, memory and messages that outlive a
# process, files that lie in no folder, and news about files that cannot be read.
SHARED = """
    bind connect listen sendmsg sendmmsg memfd_create memfd_secret
    shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify
    inotify_init inotify_init1 inotify_add_watch fanotify_mark
    process_mrelease
""".split()
# A socket's kind is in the lowest four bits of an argument.
KINDS = 16
# To set a file's flags, its project or its generation.
ATTRIBUTE_REQUESTS = (0x40086602, 0x401C5820, 0x40087602, 0x40047602)
# To have signals sent to a process when a descriptor is ready, and which signal.
OWNER_COMMANDS = (8, 10, 15)
OWNER_REQUESTS = (0x8901, 0x8902)
# Which argument names a process; 0 is the caller.
TOWARDS_A_PROCESS = {
    **dict.fromkeys(("sched_setaffinity", "sched_setscheduler", "sched_setparam"), 0),
    **dict.fromkeys(("sched_setattr", "prlimit64"), 0),
    **dict.fromkeys(("setpriority", "ioprio_set"), 1),
}
# They are told that it is done: as they own what they made, nothing depends on it.
MODES = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat
    utime utimes utimensat futimesat
""".split()
ATTRIBUTES = """
    setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr
    removexattrat file_setattr
""".split()
# MAP_SHARED and MAP_ANONYMOUS.
SHARED_MEMORY = 0x21
PR_SET_DUMPABLE = 4
TRUNCATE_SINCE = 3


def in_every_jail() -> Iterator[Refusal]:
    """Yield what every jail refuses, but for sockets."""
    for name in NEVER:
        yield Refusal(name)
    yield Refusal("clone3", errno.ENOSYS)
    for flag in NEW_NAMESPACES:
        yield Refusal("clone", when=(Condition(0, MASKED, flag, flag),))
    for request in TERMINAL_REQUESTS:
        yield Refusal("ioctl", when=(Condition(1, MASKED, WORD, request),))


def beside_namespaces() -> Iterator[Refusal]:
    """Yield what a jail refuses that has a network of its own."""
    yield from in_every_jail()
    for family in range(max(FAMILIES) + 1):
        if family not in FAMILIES:
            yield Refusal("socket", errno.EAFNOSUPPORT, (Condition(0, EQUAL, family),))
    others = Condition(0, AT_LEAST, max(FAMILIES) + 1)
    yield Refusal("socket", errno.EAFNOSUPPORT, (others,))


def without_namespaces(
    own_user: bool, landlock: int, process: int
) -> Iterator[Refusal]:
    """Yield what a jail refuses that shares all namespaces with the machine.

    Parameters
    ----------
    own_user
        Whether its user id is no other process' and owns no file outside.
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
    # Memory without a file that forks share: nothing says how much of it there is.
    yield Refusal("mmap", when=(Condition(3, MASKED, SHARED_MEMORY, SHARED_MEMORY),))
    # A file that is opened for reading could be cut to nothing by this flag.
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
    # Nor to the processes of a group or a user.
    yield Refusal("setpriority", when=(Condition(0, NOT_EQUAL, 0),))
    yield Refusal("ioprio_set", when=(Condition(0, NOT_EQUAL, 1),))
    for number in UNKNOWN:
        yield Refusal(number, errno.ENOSYS)
    # To everyone whom this user may signal.
    yield Refusal("kill", when=(Condition(0, MASKED, WORD, WORD),))
    # Every process must stay visible to the one that counts what the jail holds.
    hide = (Condition(0, MASKED, WORD, PR_SET_DUMPABLE), Condition(1, EQUAL, 0))
    yield Refusal("prctl", when=hide)
    if landlock < TRUNCATE_SINCE:
        yield Refusal("truncate")
    if not own_user:
        yield from _as_the_graders_user(landlock, process)


def _unnamed_pairs() -> Iterator[Refusal]:
    """Refuse sockets but for pairs that are connected to each other for good."""
    yield Refusal("socketpair", when=(Condition(0, NOT_EQUAL, socket.AF_UNIX),))
    for kind in range(KINDS):
        if kind not in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
            test = Condition(1, MASKED, KINDS - 1, kind)
            yield Refusal("socketpair", when=(test,))
    # To an address.
    yield Refusal("sendto", when=(Condition(4, NOT_EQUAL, 0),))


def _as_the_graders_user(landlock: int, process: int) -> Iterator[Refusal]:
    """Refuse what only file modes or user ids would keep from what is outside."""
    for name in MODES:
        yield Refusal(name, 0)
    for name in ATTRIBUTES:
        yield Refusal(name, errno.ENOTSUP)
    if landlock >= SCOPES_SINCE:
        return
    # Not even to children: the arguments do not tell whose child a process is.
    not_itself = Condition(0, NOT_EQUAL, process)
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        yield Refusal(name, when=(not_itself,))
    for name in ("tkill", "pidfd_send_signal"):
        yield Refusal(name)


# Compiled once per fork server, outside of jails: the library need not be visible
# there.
BESIDE_NAMESPACES = seccomp.compiled(beside_namespaces())
_VERSION = version()
_WITHOUT = {
    own: seccomp.compiled(without_namespaces(own, _VERSION, 0)) for own in (False, True)
}


def program(own_user: bool, landlock: int, process: int) -> bytes | None:
    """Return the filter of a jail without namespaces, compiled before if possible.

    Parameters
    ----------
    own_user, landlock, process
        As for :func:`without_namespaces`.

    Returns
    -------
    bytes or None
        As :func:`~grader.execution.jail.seccomp.compiled` does.
    """
    if landlock == _VERSION and (own_user or landlock >= SCOPES_SINCE):
        return _WITHOUT[own_user]
    return seccomp.compiled(without_namespaces(own_user, landlock, process))


__all__ = [
    "BESIDE_NAMESPACES",
    "FAMILIES",
    "NEVER",
    "beside_namespaces",
    "program",
    "without_namespaces",
]
