"""Outputs are left out before anything is parsed, and cost no memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.submissions.repair.strip_outputs import skim

LARGE = 100 * 1024**2
PEAK = r"""
import re, sys
from pathlib import Path
from grader.submissions.repair.notebook import readings
from grader.submissions.read import read_submission
(read,) = readings(read_submission("ada", "lab", Path(sys.argv[1])).content)
assert [cell.source for cell in read.cells] == ["x = 1", "y = 2"]
# Of this process' own memory: what getrusage tells begins at the parent's peak.
status = Path("/proc/self/status").read_text()
print(int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024)
"""


def cell(source: str, **more: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "outputs": [], **more}


@pytest.mark.parametrize(
    "outputs",
    [
        [{"text": ['"outputs": [', "]}", "\\", '\\"', "ä\n"]}],
        [[], {}, [[{"outputs": [1, "]"]}]]],
        [{"data": {"image/png": "iVBO" * 1000}}] * 3,
        {"outputs": []},
        [],
    ],
    ids=["strings", "nested", "pictures", "mapping", "none"],
)
def test_all_but_outputs_is_left_as_it_is(outputs: object) -> None:
    source = 'x["outputs"] = [1]; y = "\\"outputs\\": ["'
    notebook = {"cells": [cell(source, outputs=outputs, id="a"), cell("z")]}
    kept = json.loads(skim(json.dumps(notebook, ensure_ascii=False).encode()))
    empty = type(outputs)()
    assert kept == {"cells": [cell(source, outputs=empty, id="a"), cell("z")]}


def test_outputs_that_never_end_are_left_out_to_the_end() -> None:
    assert skim(b'{"source": "x", "outputs": [{"text": "cut o') == (
        b'{"source": "x", "outputs": []'
    )


@pytest.mark.slow
@pytest.mark.nightly
def test_a_hundred_megabytes_of_outputs_take_little_more_than_themselves(
    tmp_path: Path,
) -> None:
    path = tmp_path / "lab.ipynb"
    notebook = {"cells": [cell("x = 1", outputs=[0]), cell("y = 2")]}
    head, tail = json.dumps(notebook).split("[0]")
    line = json.dumps("\N{SNOWMAN}" * 20 + "\n", ensure_ascii=False).encode() + b","
    with path.open("wb") as file:
        file.write(f'{head}[{{"text":['.encode())
        for _ in range(LARGE // len(line) // 1000 + 1):
            file.write(line * 1000)
        file.write(f'""]}}]{tail}'.encode())
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert path.stat().st_size > LARGE
    assert int(ran.stdout) < 3 * LARGE
