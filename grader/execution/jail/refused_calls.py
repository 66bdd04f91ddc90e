"""Which system calls a jail refuses. Pure, but for compiling the filters once.

A jail of namespaces is tight without its filter, which blocks code of the kernel that
no lesson needs and in which ways out of jails have been found.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

from grader.execution.jail import seccomp
from grader.execution.jail.seccomp import AT_LEAST, EQUAL, MASKED, Condition, Refusal

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


# Compiled once per fork server, outside of jails: the library need not be visible
# there.
BESIDE_NAMESPACES = seccomp.compiled(beside_namespaces())


__all__ = ["BESIDE_NAMESPACES", "FAMILIES", "NEVER", "beside_namespaces"]
