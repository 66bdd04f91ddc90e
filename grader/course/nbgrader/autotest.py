"""nbgrader's autotests: ``### AUTOTEST x`` → assertions on what the solution gives.

nbgrader's own InstantiateTests does it, when a release is made and here again. It
runs the instructor's notebook in an ordinary kernel, with no jail, just as
``nbgrader generate_assignment`` does; no student code is near. It does so in a
process of its own: one that hangs can be ended, and leaves no kernel behind.
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
"""How long all of a notebook may run."""


def wanted(source: NotebookNode, delimiter: str = "AUTOTEST") -> bool:
    """Say whether a code cell has a comment that asks for an autotest."""
    lines = (
        line.strip()
        for cell in source.cells
        if cell.cell_type == "code"
        for line in cell.source.split("\n")
    )
    return any(line.startswith("#") and delimiter in line for line in lines)


def instantiated(
    text: str,
    where: Path,
    root: Path,
    options: dict[str, Any],
    seconds: float = SECONDS,
) -> str:
    """Return the notebook with its autotests written out.

    Parameters
    ----------
    text
        JSON text of the instructor's notebook.
    where
        Its path; its cells run in that folder.
    root
        The course's folder: there, and beside the notebook, nbgrader looks for
        ``autotests.yml``.
    options
        nbgrader's options of InstantiateTests.

    Raises
    ------
    CourseError
        A cell of the notebook fails, or runs too long, or nbgrader refuses it.
    """
    order = {"text": text, "folder": str(where.parent.resolve()), "options": options}
    said = _ran(json.dumps(order), str(where), root, seconds)
    if "refused" in said:
        raise CourseError(
            f"{where}: its autotests cannot be written out: {said['refused']}; "
            "'nbgrader generate_assignment' must be able to, too"
        )
    return str(said["text"])


@lru_cache(maxsize=32)
def _ran(order: str, where: str, root: Path, seconds: float) -> dict[str, Any]:
    """Run this module as a program: once for each notebook."""
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
            out, errors = process.communicate(order, seconds)
        except subprocess.TimeoutExpired:
            raise CourseError(
                f"{where}: its autotests were not written out within {seconds:g} s"
            ) from None
        finally:
            # Its kernel sees that it is alone, and ends.
            _end(process)
    if process.returncode != 0:
        last = [*errors.strip().splitlines(), "it ended without a word"][-1]
        return {"refused": last}
    return dict(json.loads(out))


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


# In the process of its own -----------------------------------------------------
def main() -> None:
    """Read an order from stdin, write what came of it to stdout."""
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever nbgrader prints is no answer
    said = _said(json.load(sys.stdin))
    with os.fdopen(answers, "w", encoding="utf-8") as stream:
        json.dump(said, stream)


def _said(order: dict[str, Any]) -> dict[str, str]:
    from nbgrader.preprocessors import InstantiateTests  # slow import
    from traitlets.config import Config

    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    step = InstantiateTests(config=Config(InstantiateTests=order["options"]))
    resources = {"metadata": {"path": order["folder"]}}
    try:
        made, _ = step.preprocess(parse_notebook(order["text"]), resources)
    except Exception as error:  # noqa: BLE001 - whatever it or the notebook raises
        return {"refused": _reason(error)}
    return {"text": notebook_text(made)}


def _reason(error: Exception) -> str:
    kind, value = (getattr(error, name, "") for name in ("ename", "evalue"))
    told = f"{kind}: {value}" if kind else f"{type(error).__name__}: {error}"
    return told.strip().splitlines()[0]


if __name__ == "__main__":
    main()


__all__ = ["SECONDS", "instantiated", "wanted"]
