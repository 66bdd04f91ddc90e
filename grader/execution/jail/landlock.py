"""Rules on files, kept by the kernel for a process itself, where Landlock exists.

The jail's mounts are read-only already. These rules do not hang on mounts: were one
changed, files still could be written in the scratch folders only, and no mount can
be made under them.
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
# Rights by the version of Landlock that knows them first.
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
    """Let this process and its children write files beneath `writable` only.

    Needs no_new_privs. Returns whether the rules are in force.
    """
    known = version()
    handled = sum(rights for since, rights in RIGHTS.items() if since <= known)
    asked = _Ruleset(handled)
    size = ctypes.c_size_t(ctypes.sizeof(asked))
    ruleset = _libc.syscall(CREATE, ctypes.byref(asked), size, 0) if known else -1
    if ruleset < 0:
        return False
    try:
        allowed = {"/": READ, **dict.fromkeys(writable, handled)}
        done = [_allow(ruleset, place, rights) for place, rights in allowed.items()]
        return all(done) and int(_libc.syscall(RESTRICT, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, place: str, rights: int) -> bool:
    try:
        folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        rule = _PathBeneath(rights, folder)
        added = _libc.syscall(ADD, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
        return int(added) == 0
    finally:
        os.close(folder)


__all__ = ["install", "version"]
