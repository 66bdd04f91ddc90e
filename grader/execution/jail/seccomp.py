"""Filters on system calls, where the kernel and libseccomp support them.

libseccomp knows the number of each call on this machine. Most systems have it
installed. Which calls a jail refuses is in :mod:`refused_calls`.
"""

from __future__ import annotations

import ctypes
import errno
import tempfile
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

LIBRARY = "libseccomp.so.2"
# How an argument is compared. `MASKED` compares ``argument & value`` with `other`.
NOT_EQUAL, EQUAL, AT_LEAST, MASKED = 1, 4, 5, 7

# Newer calls, which an older library does not know. Their numbers are the same on all
# machines.
NEWER = {
    "pidfd_send_signal": 424,
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "clone3": 435,
    "openat2": 437,
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "mount_setattr": 442,
    "quotactl_fd": 443,
    "landlock_create_ruleset": 444,
    "landlock_add_rule": 445,
    "landlock_restrict_self": 446,
    "memfd_secret": 447,
    "process_mrelease": 448,
    "fchmodat2": 452,
    "setxattrat": 463,
    "removexattrat": 466,
    "open_tree_attr": 467,
    "file_setattr": 469,
}
#: The numbers of calls that are newer than this list, or do not exist yet.
UNKNOWN = range(470, 512)

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_BAD_ARCHITECTURE = 2
PR_SET_SECCOMP, MODE_FILTER = 22, 2
# An instruction of a filter: struct sock_filter.
STEP_BYTES = 8

_libc = ctypes.CDLL(None, use_errno=True)


class Condition(NamedTuple):
    """A condition on one argument of a system call; see the comparisons above."""

    argument: int
    comparison: int
    value: int
    other: int = 0


class Refusal(NamedTuple):
    """A system call that is refused.

    Attributes
    ----------
    call : str or int
        Its name, or its number on all machines.
    error : int
        The error that the caller gets. With 0 the call does nothing and reports
        success.
    when : tuple of Condition
        The conditions under which it is refused: all of these hold.
    """

    call: str | int
    error: int = errno.EPERM
    when: tuple[Condition, ...] = ()


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


def install(program: bytes | None) -> bool:
    """Filter the system calls of this process and its children from now on.

    The process needs no_new_privs or the capability CAP_SYS_ADMIN.

    Parameters
    ----------
    program
        What :func:`compiled` returned.

    Returns
    -------
    bool
        Whether the filter is in force. It is not where `program` is None, or the kernel
        does not support filters.
    """
    if program is None:
        return False
    steps = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // STEP_BYTES, ctypes.addressof(steps))
    done = _libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(described), 0, 0)
    return bool(done == 0)


@cache
def number(call: str) -> int:
    """Return the number of a system call on this machine.

    Raises
    ------
    OSError
        If the library is missing, or the machine has no such call.
    """
    library = _load()
    found: int = -1 if library is None else _resolved(library, call)
    if found < 0:
        raise OSError(errno.ENOSYS, f"libseccomp does not know the call {call}")
    return found


def _resolved(library: ctypes.CDLL, call: str) -> int:
    known = int(library.seccomp_syscall_resolve_name(call.encode()))
    return known if known >= 0 else NEWER.get(call, known)


def compiled(refusals: Iterable[Refusal]) -> bytes | None:
    """Return a filter in the form that the kernel takes.

    Parameters
    ----------
    refusals
        The calls to refuse. Those that this machine does not have are left out. All
        calls in the form of another architecture are refused as unknown.

    Returns
    -------
    bytes or None
        None without the library, and if it cannot express one of the refusals.
    """
    library = _load()
    if library is None:
        return None
    address = library.seccomp_init(ctypes.c_uint32(_ALLOW))
    if address is None:
        return None
    context = ctypes.c_void_p(address)
    try:
        unknown = ctypes.c_uint32(_ERRNO | errno.ENOSYS)
        library.seccomp_attr_set(context, _BAD_ARCHITECTURE, unknown)
        if not all(_add(library, context, refusal) for refusal in refusals):
            return None
        return _exported(library, context)
    finally:
        library.seccomp_release(context)


def _exported(library: ctypes.CDLL, context: ctypes.c_void_p) -> bytes | None:
    with tempfile.TemporaryFile() as file:
        if library.seccomp_export_bpf(context, file.fileno()) != 0:
            return None
        file.seek(0)
        return file.read() or None


def _add(library: ctypes.CDLL, context: ctypes.c_void_p, refusal: Refusal) -> bool:
    """Add a refusal if this machine has the call; return whether that worked."""
    number = refusal.call
    if isinstance(number, str):
        number = _resolved(library, number)
    if number < 0:
        return True
    tests = refusal.when
    comparisons = (_Comparison * len(tests))(*(_Comparison(*test) for test in tests))
    action = ctypes.c_uint32(_ERRNO | refusal.error)
    add = library.seccomp_rule_add_array
    return add(context, action, number, len(tests), comparisons) in (0, -errno.EEXIST)


__all__ = [
    "AT_LEAST",
    "EQUAL",
    "LIBRARY",
    "MASKED",
    "NOT_EQUAL",
    "UNKNOWN",
    "Condition",
    "Refusal",
    "compiled",
    "install",
    "number",
]
