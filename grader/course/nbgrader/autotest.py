"""Write out nbgrader's autotests: ``### AUTOTEST x`` becomes assertions about ``x``.

nbgrader's own InstantiateTests does this, both when it makes a release and here. It
runs the instructor's notebook in an ordinary kernel without a jail, as ``nbgrader
generate_assignment`` does; no student code is involved. It runs in a separate process,
which can be killed if it hangs, without leaving a kernel behind.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.errors import CourseError
from grader.notebooks.cells import NotebookNode, notebook_text, parse_notebook

SECONDS = 300
"""How long a whole notebook may run."""


def cells_with_autotests(
    source: NotebookNode, delimiter: str = "AUTOTEST"
) -> list[NotebookNode]:
    """Return the code cells with a comment that asks for an autotest.

    Parameters
    ----------
    source
        The instructor's notebook.
    delimiter
        The word that marks such comments.
    """
    return [
        cell
        for cell in source.cells
        if cell.cell_type == "code"
        and any(
            line.strip().startswith("#") and delimiter in line
            for line in cell.source.split("\n")
        )
    ]


def write_out(
    text: str,
    path: Path,
    root: Path,
    options: dict[str, Any],
    seconds: float = SECONDS,
) -> str:
    """Return the notebook with its autotests written out.

    Parameters
    ----------
    text
        JSON text of the instructor's notebook.
    path
        Its path; its cells run in that folder.
    root
        The course's folder; nbgrader looks for ``autotests.yml`` there and beside the
        notebook.
    options
        Options of nbgrader's InstantiateTests.
    seconds
        How long the whole notebook may run.

    Raises
    ------
    CourseError
        A cell of the notebook fails or runs too long, or nbgrader refuses it.
    """
    request = {"text": text, "folder": str(path.parent.resolve()), "options": options}
    response = _run_module(json.dumps(request), str(path), root, seconds)
    if "refused" in response:
        raise CourseError(
            f"{path}: its autotests cannot be written out: {response['refused']}; "
            "change the notebook until 'nbgrader generate_assignment' accepts it"
        )
    return str(response["text"])


@lru_cache(maxsize=32)
def _run_module(request: str, path: str, root: Path, seconds: float) -> dict[str, Any]:
    """Run this module as a program; the cache runs it once for each notebook."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=root,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            out, errors = process.communicate(request, seconds)
        except subprocess.TimeoutExpired:
            raise CourseError(
                f"{path}: its cells ran for more than {seconds:g} s, so its autotests "
                "were not written out; make them faster"
            ) from None
        finally:
            # The kernel ends by itself once its parent is gone.
            _kill(process)
    if process.returncode != 0:
        last = [*errors.strip().splitlines(), "it ended without a message"][-1]
        return {"refused": last}
    return dict(json.loads(out))


def _kill(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


# --- in the separate process ---------------------------------------------------
def main() -> None:
    """Read a request from stdin; write the response to stdout."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what nbgrader prints must not mix with the response
    response = _response(json.load(sys.stdin))
    with os.fdopen(answers, "w", encoding="utf-8") as stream:
        json.dump(response, stream)


def _response(request: dict[str, Any]) -> dict[str, str]:
    from nbgrader.preprocessors import InstantiateTests  # slow import
    from traitlets.config import Config

    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    step = InstantiateTests(config=Config(InstantiateTests=request["options"]))
    resources = {"metadata": {"path": request["folder"]}}
    try:
        notebook, _ = step.preprocess(parse_notebook(request["text"]), resources)
    except Exception as error:  # noqa: BLE001 - nbgrader or the notebook may raise anything
        return {"refused": _reason(error)}
    return {"text": notebook_text(notebook)}


def _reason(error: Exception) -> str:
    kind, value = (getattr(error, name, "") for name in ("ename", "evalue"))
    reason = f"{kind}: {value}" if kind else f"{type(error).__name__}: {error}"
    return reason.strip().splitlines()[0]


if __name__ == "__main__":
    main()


__all__ = ["SECONDS", "cells_with_autotests", "write_out"]
