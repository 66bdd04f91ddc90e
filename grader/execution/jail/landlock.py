"""Rules about files that the kernel enforces for a process, where it has Landlock.

The jail's mounts are read-only already. These rules do not depend on mounts: even if
one were changed, files could be written in the scratch folders only. Under these rules
a process cannot make mounts either.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

CREATE, ADD, RESTRICT = 444, 445, 446  # the same numbers on all machines
VERSION = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = (1 << bit for bit in range(4))
# From removing a folder to making a symbolic link.
CHANGE_FOLDERS = sum(1 << bit for bit in range(4, 13))
REFER, TRUNCATE = 1 << 13, 1 << 14
# The rights that each version of Landlock has added.
RIGHTS = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE}
READ = EXECUTE | READ_FILE | READ_FOLDER

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Return the version of the kernel's Landlock; 0 if it has none."""
    return max(int(_libc.syscall(CREATE, None, ctypes.c_size_t(0), VERSION)), 0)


def install(writable: Iterable[str]) -> bool:
    """Let this process and its children write files in some folders only.

    The process must have set no_new_privs.

    Parameters
    ----------
    writable
        The folders.

    Returns
    -------
    bool
        Whether the rules are in force. They are not where the kernel has no Landlock.
    """
    supported = version()
    handled = sum(rights for since, rights in RIGHTS.items() if since <= supported)
    request = _Ruleset(handled)
    size = ctypes.c_size_t(ctypes.sizeof(request))
    ruleset = _libc.syscall(CREATE, ctypes.byref(request), size, 0) if supported else -1
    if ruleset < 0:
        return False
    try:
        rules = {"/": READ, **dict.fromkeys(writable, handled)}
        added = [_allow(ruleset, path, rights) for path, rights in rules.items()]
        return all(added) and int(_libc.syscall(RESTRICT, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> bool:
    """Add a rule that allows `rights` beneath a folder; return whether that worked."""
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        rule = _PathBeneath(rights, folder)
        added = _libc.syscall(ADD, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
        return int(added) == 0
    finally:
        os.close(folder)


__all__ = ["install", "version"]
