"""The kernel and its front end: the saved notebook, and what was run.

Colab sends the notebook's cells; JupyterLab and VS Code name the notebook's file.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cnnlab.selfcheck._cells import Cell, is_test

__all__ = [
    "RunTest",
    "executed_sources",
    "ipython_shell",
    "is_interactive",
    "notebook_cells",
    "silent_runner",
]

RunTest = Callable[[str], object]
_COLAB_SECONDS = 10


def ipython_shell() -> Any:
    """Return the IPython shell that this code runs in, or None."""
    with contextlib.suppress(ImportError):
        from IPython import get_ipython

        return get_ipython()
    return None


def is_interactive(shell: Any) -> bool:
    """Return whether a person runs this: papermill and the grader allow no input."""
    return bool(getattr(getattr(shell, "kernel", None), "_allow_stdin", False))


def notebook_cells(shell: Any) -> list[Cell] | None:
    """Return the notebook's cells, or None if they cannot be read."""
    for read_cells in (_cells_from_colab, _cells_from_file):
        with contextlib.suppress(Exception):
            cells = read_cells(shell)
            if any(map(is_test, cells)):
                return cells
    return None


def _cells_from_colab(_: Any) -> list[Cell]:
    from google.colab import _message

    answer = _message.blocking_request("get_ipynb", timeout_sec=_COLAB_SECONDS)
    return list(answer["ipynb"]["cells"])


def _cells_from_file(shell: Any) -> list[Cell]:
    """Return the cells of the notebook file that JupyterLab or VS Code names."""
    path = shell.user_ns.get("__vsc_ipynb_file__") or os.environ["JPY_SESSION_NAME"]
    return list(json.loads(Path(path).read_text(encoding="utf-8"))["cells"])


def executed_sources(shell: Any) -> list[str]:
    """Return the source of each cell that was run, at its execution count."""
    history = shell.history_manager.input_hist_raw
    return [str(source) for source in history]


def silent_runner(shell: Any) -> RunTest:
    """Return a function that runs tests silently on a copy of the kernel's names."""

    def run_test(source: str) -> None:
        names = dict(shell.user_ns)
        silent = io.StringIO()
        with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
            code = compile(shell.transform_cell(source), "<test>", "exec")
            exec(code, names)  # noqa: S102 - the notebook's own test

    return run_test
