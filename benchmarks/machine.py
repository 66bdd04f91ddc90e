"""What benchmarks know of their machine: folders, commands, cores and load."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The virtual environment's folder of commands: nbgrader, grader, papermill.
BIN = Path(sys.executable).parent


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def conditions() -> str:
    """Return the conditions of a measurement: cores, Python, and the load."""
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    return (
        f"{cores()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"load over 1, 5 and 15 minutes {load}"
    )


def command_environment(home: Path) -> dict[str, str]:
    """Return environment variables for commands: this PATH, `home` as home folder.

    No other variables are passed on. In the real home folder both graders would find
    caches, for example Keras', which only one of them can read.
    """
    return {
        "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
    }


def module_command(module: str) -> tuple[list[str], dict[str, str]]:
    """Return a command that runs a module of this repository from any folder.

    Parameters
    ----------
    module : str
        Full name of the module.

    Returns
    -------
    list of str
        The command, without the module's own arguments.
    dict of str to str
        Variables to add to the environment.
    """
    return [sys.executable, "-m", module], {"PYTHONPATH": str(ROOT)}
