"""Make bubblewrap's arguments from limits and paths. Pure: nothing is started here.

Only what is listed here is visible in the jail. Folders of the system and of the
interpreter are read-only; the work folder, /tmp and /dev/shm are kept in memory and
have a limited size; there is no network, no home folder and no environment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.execution.layout import SCRATCH, USER_ID, WORK
from grader.execution.limits import MIB, Limits

HOSTNAME = "localhost"

# The parts of the system that programs need. Not all of /etc, which holds secrets.
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

# The jail's first process: it prints a line, by which the grader knows that all mounts
# are made, and then waits. The kernel joins its namespaces.
WAITER = ("/bin/sh", "-c", "echo up; read -r _")


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Return `paths`, sorted, without those that are inside another one."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not any(path.is_relative_to(outer) for outer in kept):
            kept.append(path)
    return kept


def ancestors(paths: Iterable[Path]) -> list[Path]:
    """Return the folders above `paths`, outermost first, without the root folder.

    If bubblewrap made them by itself, the jail's user could not enter them.
    """
    parents = {parent for path in paths for parent in path.parents}
    return sorted(parents - {Path("/"), *map(Path, SCRATCH)})


def bwrap_options(
    visible: Iterable[Path],
    symlinks: Mapping[str, str],
    limits: Limits,
    userns: int | None = None,
    files: Mapping[str, Path] | None = None,
) -> list[str]:
    """Return the options of ``bwrap`` for one jail; the command is `WAITER`.

    Parameters
    ----------
    visible
        Folders and files that are visible read-only, each at its own path.
    symlinks
        ``{path: target}``: links in the root folder, such as /bin → usr/bin.
    limits
        Their `disk_mb` is the size of each writable file system.
    userns
        Descriptor of a user namespace to build in, made by
        :mod:`grader.execution.jail.userns`; None to let bubblewrap make one.
    files
        Files to show read-only in the work folder, by their names there.
    """
    arguments = [
        *_user_arguments(userns),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", HOSTNAME),
        *("--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"),
    ]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    size = str(int(limits.disk_mb * MIB))
    for scratch in SCRATCH:
        arguments += ["--size", size, "--perms", "1777", "--tmpfs", scratch]
    # After those: the interpreter may be in one of them, as under /tmp or /home.
    visible = list(visible)
    for folder in ancestors(visible):
        arguments += ["--perms", "0755", "--dir", str(folder)]
    for path in visible:
        arguments += ["--ro-bind", str(path), str(path)]
    arguments += _file_arguments(files or {})
    for link, target in symlinks.items():
        arguments += ["--symlink", target, link]
    return [*arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK]


def _file_arguments(files: Mapping[str, Path]) -> list[str]:
    """Return the options that show files in the work folder, whose folders are made.

    Student code can write beside a file, but not change it or remove it.
    """
    folders = {parent for name in files for parent in Path(WORK, name).parents}
    inside = sorted(folder for folder in folders if Path(WORK) in folder.parents)
    arguments = []
    for folder in inside:
        arguments += ["--perms", "0777", "--dir", str(folder)]
    for name, path in files.items():
        arguments += ["--ro-bind", str(path), str(Path(WORK, name))]
    return arguments


def _user_arguments(userns: int | None) -> list[str]:
    if userns is not None:
        return ["--userns", str(userns)]
    ids = ["--uid", str(USER_ID), "--gid", str(USER_ID)]
    return ["--unshare-user", "--disable-userns", *ids]
