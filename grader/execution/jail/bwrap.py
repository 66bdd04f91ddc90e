"""Limits and paths → bubblewrap's arguments. Pure: nothing here starts anything.

The jail shows what is listed here and nothing else. Folders of the system and
of the interpreter are read-only; the work folder, /tmp and /dev/shm lie in
memory and are bounded; there is no network, no home, no environment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.execution.layout import SCRATCH, USER_ID, WORK
from grader.execution.limits import MIB, Limits

HOSTNAME = "localhost"

# What programs need of the system. Not /etc as a whole: it holds secrets.
SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/mime.types",
)

# A process that says it runs, so that the mounts are known to stand, and then
# waits: the kernel joins its namespaces.
WAITER = ("/bin/sh", "-c", "echo up; read -r _")


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Return `paths` without those that lie inside another of them, sorted."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not any(path.is_relative_to(outer) for outer in kept):
            kept.append(path)
    return kept


def ancestors(paths: Iterable[Path]) -> list[Path]:
    """Return the folders above `paths`, outermost first, without the root.

    bubblewrap makes missing ones for its own user only, and the jail's is another.
    """
    found = {parent for path in paths for parent in path.parents}
    return sorted(found - {Path("/"), *map(Path, SCRATCH)})


def bwrap_options(
    shown: Iterable[Path],
    symlinks: Mapping[str, str],
    limits: Limits,
    userns: int | None = None,
) -> list[str]:
    """Return the options of ``bwrap`` for one jail; `WAITER` is its command.

    Parameters
    ----------
    shown
        Folders and files that are shown read-only, each at its own path.
    symlinks
        ``{place: target}``: links of the system's root, such as /bin → usr/bin.
    limits
        `disk_mb` bounds each writable file system.
    userns
        Descriptor of a user namespace to build in, made by
        :mod:`grader.execution.jail.userns`; None to let bubblewrap make one.
    """
    arguments = [
        *_user_arguments(userns),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", HOSTNAME),
        *("--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"),
    ]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    size = str(int(limits.disk_mb * MIB))
    for place in SCRATCH:
        arguments += ["--size", size, "--perms", "1777", "--tmpfs", place]
    # Last: the interpreter may lie below one of those, as under /tmp or /home.
    shown = list(shown)
    for folder in ancestors(shown):
        arguments += ["--perms", "0755", "--dir", str(folder)]
    for path in shown:
        arguments += ["--ro-bind", str(path), str(path)]
    for place, target in symlinks.items():
        arguments += ["--symlink", target, place]
    return [*arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK]


def _user_arguments(userns: int | None) -> list[str]:
    if userns is not None:
        return ["--userns", str(userns)]
    ids = ["--uid", str(USER_ID), "--gid", str(USER_ID)]
    return ["--unshare-user", "--disable-userns", *ids]
