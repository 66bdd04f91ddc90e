"""The gradebook does without nbgrader's extensions of the Jupyter server."""

from __future__ import annotations

import subprocess
import sys

from grader.classroom.gradebook import tables

SERVER = "jupyter_server"
PRINT = "import {}, sys; print(*sys.modules)"


def test_the_gradebook_imports_no_jupyter_server() -> None:
    assert SERVER not in imported_by("grader.classroom.gradebook.gradebook")


def test_what_was_put_off_is_imported_when_it_is_used() -> None:
    name = "colorsys"
    sys.modules.pop(name, None)
    with tables._later(name):  # noqa: SLF001 - small stand-in for a Jupyter server
        from colorsys import rgb_to_hsv
    assert name not in sys.modules
    assert rgb_to_hsv(0.0, 0.0, 1.0) == (2 / 3, 1.0, 1.0)
    assert name in sys.modules


def imported_by(module: str) -> set[str]:
    """Return the modules that a new process has after importing one."""
    command = [sys.executable, "-c", PRINT.format(module)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())
