"""`make lab` opens a JupyterLab that reaches each notebook of the course."""

from __future__ import annotations

import re
import subprocess

from tests.support.paths import ROOT


def test_its_root_is_the_whole_course() -> None:
    """The lab is beside `lessons/`, and lesson 05 links to it."""
    command = ["make", "--dry-run", "lab"]
    said = subprocess.check_output(command, cwd=ROOT, text=True)
    assert re.findall(r"--ServerApp\.root_dir=(\S+)", said) == [str(ROOT)]
    (first,) = re.findall(r"\S+\.ipynb", said)
    assert (ROOT / first).is_file()
