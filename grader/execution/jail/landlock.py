"""Rules that the kernel enforces for a process, where it has Landlock.

In a jail of namespaces they are a second guard: whatever happens to its mounts, files
can be written in the scratch folders only. A jail without namespaces depends on them:
they decide which files it can read. Later versions also forbid it to use TCP and to
signal processes outside.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CREATE, ADD, RESTRICT = 444, 445, 446  # the same numbers on all machines
VERSION = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = (1 << bit for bit in range(4))
# From removing a folder to making a symbolic link.
CHANGE_FOLDERS = sum(1 << bit for bit in range(4, 13))
REFER, TRUNCATE, CONTROL_DEVICES = 1 << 13, 1 << 14, 1 << 15
# The rights that each version of Landlock has added.
RIGHTS = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE, 5: CONTROL_DEVICES}
READ = EXECUTE | READ_FILE | READ_FOLDER
READ_WRITE = READ | WRITE_FILE | TRUNCATE
EVERYTHING = sum(RIGHTS.values())
# The rights that a rule about a single file can give.
OF_FILES = EXECUTE | READ_FILE | WRITE_FILE | TRUNCATE | CONTROL_DEVICES
# The rights to listen on TCP ports, and to connect to them.
TCP = 3
#: From this version on, all TCP can be forbidden.
TCP_SINCE = 4
# What can be kept within a jail: abstract sockets, and signals.
SCOPES = 3
#: From this version on, signals and abstract sockets stay within a jail.
SCOPES_SINCE = 6

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for a process.

    Attributes
    ----------
    files : mapping of str to int
        The rights for each file, and for all files below each folder: `READ`,
        `READ_WRITE` or `EVERYTHING`.
    alone : bool
        Whether to forbid TCP, and signals and abstract sockets that reach processes
        outside, as far as the kernel's version can do so.
    """

    files: Mapping[str, int] = field(default_factory=dict)
    alone: bool = False


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("tcp", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Return the version of the kernel's Landlock; 0 if it has none."""
    return max(int(_libc.syscall(CREATE, None, ctypes.c_size_t(0), VERSION)), 0)


def install(writable: Iterable[str]) -> bool:
    """Let this process and its children write files in some folders only.

    Parameters
    ----------
    writable
        The folders.

    Returns
    -------
    bool
        Whether the rules are in force; see :func:`restrict`.
    """
    return restrict(Rules({"/": READ, **dict.fromkeys(writable, EVERYTHING)}))


def restrict(rules: Rules) -> bool:
    """Restrict this process and its children from now on.

    The process must have set no_new_privs.

    Parameters
    ----------
    rules
        Everything that stays allowed. Each of their paths must exist.

    Returns
    -------
    bool
        Whether the rules are in force. They are not where the kernel has no Landlock.
    """
    supported = version()
    handled = sum(rights for since, rights in RIGHTS.items() if since <= supported)
    request = _Ruleset(
        handled,
        TCP if rules.alone and supported >= TCP_SINCE else 0,
        SCOPES if rules.alone and supported >= SCOPES_SINCE else 0,
    )
    # An older kernel accepts fields that it does not know as long as they are 0.
    size = ctypes.c_size_t(ctypes.sizeof(request))
    ruleset = _libc.syscall(CREATE, ctypes.byref(request), size, 0) if supported else -1
    if ruleset < 0:
        return False
    try:
        added = [
            _allow(ruleset, path, rights & handled)
            for path, rights in rules.files.items()
        ]
        return all(added) and int(_libc.syscall(RESTRICT, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> bool:
    """Allow `rights` beneath a folder or for a file; return whether that worked."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= OF_FILES
        rule = _PathBeneath(rights, descriptor)
        added = _libc.syscall(ADD, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
        return int(added) == 0
    finally:
        os.close(descriptor)


__all__ = [
    "EVERYTHING",
    "READ",
    "READ_WRITE",
    "SCOPES_SINCE",
    "TCP_SINCE",
    "Rules",
    "install",
    "restrict",
    "version",
]
