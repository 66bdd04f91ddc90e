"""A filter on system calls, where the kernel and libseccomp support one.

The jail is tight by its namespaces alone. The filter also blocks kernel code that no
lesson needs and in which ways out of jails have been found. libseccomp knows the number
of each call on this machine; most systems have it, so that nothing has to be installed.
"""

from __future__ import annotations

import ctypes
import errno
import socket
import tempfile
from functools import partial

LIBRARY = "libseccomp.so.2"

# Calls that are refused whatever their arguments are.
REFUSED = """
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

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_BAD_ARCHITECTURE = 2
_EQUAL, _GREATER_OR_EQUAL, _MASKED_EQUAL = 4, 5, 7
_WORD = (1 << 32) - 1
PR_SET_SECCOMP, MODE_FILTER = 22, 2
# An instruction of a filter: struct sock_filter.
STEP_BYTES = 8

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("steps", ctypes.c_ushort), ("first", ctypes.c_void_p))


class _Comparison(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


def _load() -> ctypes.CDLL | None:
    """Return the library; None if it is missing, or not usable."""
    try:
        library = ctypes.CDLL(LIBRARY)
        library.seccomp_init.restype = ctypes.c_void_p
    except (OSError, AttributeError):
        return None
    return library


def install() -> bool:
    """Filter the system calls of this process and its children from now on.

    The process must have set no_new_privs.

    Returns
    -------
    bool
        Whether the filter is in force. It is not where the library is missing, or the
        kernel does not support filters.
    """
    if _PROGRAM is None:
        return False
    steps = ctypes.create_string_buffer(_PROGRAM, len(_PROGRAM))
    program = _Program(len(_PROGRAM) // STEP_BYTES, ctypes.addressof(steps))
    done = _libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)


def _compiled() -> bytes | None:
    """Return the filter in the form that the kernel takes; None without the library."""
    library = _load()
    if library is None:
        return None
    address = library.seccomp_init(ctypes.c_uint32(_ALLOW))
    if address is None:
        return None
    context = ctypes.c_void_p(address)
    try:
        _add_rules(library, context)
        return _exported(library, context)
    finally:
        library.seccomp_release(context)


def _exported(library: ctypes.CDLL, context: ctypes.c_void_p) -> bytes | None:
    with tempfile.TemporaryFile() as file:
        if library.seccomp_export_bpf(context, file.fileno()) != 0:
            return None
        file.seek(0)
        return file.read() or None


def _add_rules(library: ctypes.CDLL, context: ctypes.c_void_p) -> None:
    refused = ctypes.c_uint32(_ERRNO | errno.ENOSYS)
    library.seccomp_attr_set(context, _BAD_ARCHITECTURE, refused)
    refuse = partial(_refuse, library, context)
    for name in REFUSED:
        refuse(name, errno.EPERM)
    refuse("clone3", errno.ENOSYS)
    for flag in NEW_NAMESPACES:
        refuse("clone", errno.EPERM, (0, _MASKED_EQUAL, flag, flag))
    for request in TERMINAL_REQUESTS:
        refuse("ioctl", errno.EPERM, (1, _MASKED_EQUAL, _WORD, request))
    for family in range(max(FAMILIES) + 1):
        if family not in FAMILIES:
            refuse("socket", errno.EAFNOSUPPORT, (0, _EQUAL, family, 0))
    others = (0, _GREATER_OR_EQUAL, max(FAMILIES) + 1, 0)
    refuse("socket", errno.EAFNOSUPPORT, others)


def _refuse(
    library: ctypes.CDLL,
    context: ctypes.c_void_p,
    name: str,
    error: int,
    *when: tuple[int, int, int, int],
) -> None:
    """Add a rule for a system call, unless the library does not know the call."""
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number < 0:
        return
    comparisons = (_Comparison * len(when))(*(_Comparison(*test) for test in when))
    action = ctypes.c_uint32(_ERRNO | error)
    library.seccomp_rule_add_array(context, action, number, len(when), comparisons)


# Compiled once per fork server, outside of jails: the library need not be visible
# there.
_PROGRAM = _compiled()


__all__ = ["FAMILIES", "LIBRARY", "NEW_NAMESPACES", "REFUSED", "install"]
