"""What this machine offers for building jails: bubblewrap, folders, system links."""

from __future__ import annotations

import importlib.util
import os
import shutil
import site
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from grader.errors import SandboxError
from grader.execution.jail.bwrap import SYSTEM, outermost

INSTALL = (
    ("apt-get", "apt-get install -y bubblewrap"),
    ("dnf", "dnf install -y bubblewrap"),
    ("pacman", "pacman -S --noconfirm bubblewrap"),
    ("zypper", "zypper install -y bubblewrap"),
    ("apk", "apk add bubblewrap"),
    ("conda", "conda install -c conda-forge bubblewrap"),
)


def bubblewrap() -> str:
    """Return the path of bubblewrap.

    Raises
    ------
    SandboxError
        If it is not installed; the message says how to install it.
    """
    if path := shutil.which("bwrap"):
        return path
    raise SandboxError(
        "bubblewrap (bwrap) is not installed, and student code only runs in a jail. "
        f"Install it: {install_command()}"
    )


def install_command() -> str:
    """Return the command that installs bubblewrap on this machine."""
    for manager, command in INSTALL:
        if shutil.which(manager):
            prefix = "sudo " if os.geteuid() and manager != "conda" else ""
            return prefix + command
    return "see https://github.com/containers/bubblewrap"


def probe() -> None:
    """Check that bubblewrap can make the namespaces of a jail here.

    Raises
    ------
    SandboxError
        If it cannot; the message has bubblewrap's own error and what usually helps.
    """
    command = [bubblewrap(), "--unshare-user", "--unshare-pid", "--unshare-net"]
    command += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    command += ["/bin/sh", "-c", "exit 0"]
    attempt = subprocess.run(command, capture_output=True, text=True, check=False)
    if attempt.returncode != 0:
        raise SandboxError(
            f"bubblewrap cannot build a jail here: {attempt.stderr.strip()}. User "
            "namespaces must be allowed: try `sysctl -w "
            "kernel.unprivileged_userns_clone=1`, and on Ubuntu `sysctl -w "
            "kernel.apparmor_restrict_unprivileged_userns=0`; in Docker, run the "
            "container with `--security-opt seccomp=unconfined`"
        )


def visible(modules: Iterable[str]) -> list[Path]:
    """Return the folders and files that are visible in a jail.

    Parameters
    ----------
    modules
        Modules whose files must be visible, too, wherever they are installed.
    """
    prefixes = {Path(p) for p in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
    prefixes |= {Path(sys.executable).resolve().parent.parent}
    if site.ENABLE_USER_SITE and site.USER_SITE:
        prefixes.add(Path(site.USER_SITE))
    system = {Path(p) for p in SYSTEM if not Path(p).is_symlink()}
    existing = {path for path in system | prefixes if path.exists()}
    return outermost(existing | set(_locations(modules)))


def _locations(modules: Iterable[str]) -> Iterable[Path]:
    """Yield the folder of each package, and the file of each single module."""
    for name in {module.split(".")[0] for module in modules}:
        spec = importlib.util.find_spec(name)
        if spec is None:
            continue
        if spec.submodule_search_locations:
            yield from map(Path, spec.submodule_search_locations)
        elif spec.origin and Path(spec.origin).is_file():
            yield Path(spec.origin)


def system_links() -> dict[str, str]:
    """Return ``{path: target}`` of system folders that are links, as /bin often is."""
    return {p: str(Path(p).readlink()) for p in SYSTEM if Path(p).is_symlink()}
