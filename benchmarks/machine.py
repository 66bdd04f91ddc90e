"""Where benchmarks run: the repository, its commands, and the machine."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The folder of the environment's commands: nbgrader, grader, papermill.
BIN = Path(sys.executable).parent


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def conditions() -> str:
    """Return the conditions of a measurement: cores, Python, and the load."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{cores()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"load over 1, 5 and 15 minutes {load}"
    )


def command_environment(home: Path) -> dict[str, str]:
    """Return an environment for commands: ours first on PATH, `home` as home.

    Nothing else of this process' environment is in it. In the real home both graders
    would find caches, Keras' for example, that only one of them can read.
    """
    return {
        "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
    }


def module_command(module: str) -> tuple[list[str], dict[str, str]]:
    """Return what runs a module of this repository from any folder.

    Returns
    -------
    list of str
        The command, without the module's own arguments.
    dict of str to str
        What has to be added to the environment.
    """
    return [sys.executable, "-m", module], {"PYTHONPATH": str(ROOT)}
