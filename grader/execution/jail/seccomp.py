"""Filters on system calls, where the kernel and libseccomp support them.

libseccomp knows the number of each call on this machine; most systems have it, so that
nothing has to be installed. Which calls a jail refuses is in :mod:`refused_calls`.
"""

from __future__ import annotations

import ctypes
import errno
import tempfile
from collections.abc import Iterable
from typing import NamedTuple

LIBRARY = "libseccomp.so.2"
# How an argument is compared. `MASKED` compares ``argument & value`` with `other`.
NOT_EQUAL, EQUAL, AT_LEAST, MASKED = 1, 4, 5, 7

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
    call : str
        Its name.
    error : int
        The error that the caller gets. With 0 it is told that the call was done.
    when : tuple of Condition
        It is refused when all of these hold.
    """

    call: str
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

    The process must have set no_new_privs, or be allowed to administer the system.

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


def compiled(refusals: Iterable[Refusal]) -> bytes | None:
    """Return a filter in the form that the kernel takes.

    Parameters
    ----------
    refusals
        The calls to refuse. One that the library does not know is left out; calls in
        the form of another architecture are all reported as unknown.

    Returns
    -------
    bytes or None
        None without the library.
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
        for refusal in refusals:
            _add(library, context, refusal)
        return _exported(library, context)
    finally:
        library.seccomp_release(context)


def _exported(library: ctypes.CDLL, context: ctypes.c_void_p) -> bytes | None:
    with tempfile.TemporaryFile() as file:
        if library.seccomp_export_bpf(context, file.fileno()) != 0:
            return None
        file.seek(0)
        return file.read() or None


def _add(library: ctypes.CDLL, context: ctypes.c_void_p, refusal: Refusal) -> None:
    number = library.seccomp_syscall_resolve_name(refusal.call.encode())
    if number < 0:
        return
    tests = refusal.when
    comparisons = (_Comparison * len(tests))(*(_Comparison(*test) for test in tests))
    action = ctypes.c_uint32(_ERRNO | refusal.error)
    library.seccomp_rule_add_array(context, action, number, len(tests), comparisons)


__all__ = [
    "AT_LEAST",
    "EQUAL",
    "LIBRARY",
    "MASKED",
    "NOT_EQUAL",
    "Condition",
    "Refusal",
    "compiled",
    "install",
]
