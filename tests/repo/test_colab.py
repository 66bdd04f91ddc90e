"""A student's copy runs where only cnnlab's wheel was installed, as on Colab.

Colab brings TensorFlow, scikit-learn and ipykernel; of a published course, the
notebook's first cell adds cnnlab, and nothing of the grader (test_address.py). Colab
also saves notebooks in an old format whose cells have no ids.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from grader.authoring.run import errors
from grader.notebooks.cells import NotebookNode, cells_of, parse_notebook
from tests.support.paths import ROOT

KERNEL = "as-on-colab"
UV = Path(sys.executable).with_name("uv")
COPIES = sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("labs/*.ipynb")])
THERE = ("tensorflow~=2.21.0", "scikit-learn", "ipykernel")
# Of the grader, and never wanted by a lesson.
ABSENT = ("nbgrader", "typer", "papermill", "msgpack")
# The environment alone is slow to make.
pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def colab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment with what Colab has and our wheel; return its folder."""
    root = tmp_path_factory.mktemp("colab")
    uv("build", "--wheel", "--quiet", "--out-dir", root, ROOT)
    (wheel,) = root.glob("cnnlab-*.whl")
    uv("venv", "--quiet", "--python", sys.executable, root / "venv")
    install = ("pip", "install", "--quiet", "--python", root / "venv/bin/python")
    uv(*install, "--constraint", ROOT / "requirements.lock", *THERE)
    uv(*install, "--constraint", ROOT / "requirements.lock", wheel)
    folder = root / "share/kernels" / KERNEL
    folder.mkdir(parents=True)
    command = [str(root / "venv/bin/python"), "-m", "ipykernel_launcher"]
    spec = {"argv": [*command, "-f", "{connection_file}"], "display_name": "Colab"}
    (folder / "kernel.json").write_text(json.dumps(spec | {"language": "python"}))
    return root


def uv(*arguments: str | Path) -> None:
    # Not this environment's: uv would take it for the one that is meant.
    env = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    subprocess.run([UV, *arguments], check=True, env=env)


@pytest.fixture
def kernel_environment(colab: Path, tmp_path: Path) -> dict[str, str]:
    """Nothing of this environment's, and bytecode kept from one run to the next."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    caches = {"HOME": str(colab), "IPYTHONDIR": str(tmp_path / "ipython")}
    return kept | caches | {"PATH": f"{colab}/venv/bin:{os.environ['PATH']}"}


def as_colab_saves(path: Path) -> NotebookNode:
    """Read a notebook, without what nbformat 4.0 does not know."""
    copy = parse_notebook(path.read_text("utf-8"))
    copy.nbformat_minor = 0
    for cell in copy.cells:
        del cell["id"]
    nbformat.validate(copy)
    return copy


def run(copy: NotebookNode, colab: Path, env: dict[str, str]) -> None:
    """Run every cell, on after errors, and leave the outputs in the notebook."""
    client = NotebookClient(copy, kernel_name=KERNEL, allow_errors=True, timeout=200)
    client.execute(cwd=str(colab), env=env)


def outputs(cell: dict[str, Any]) -> str:
    return "".join(output.get("text", "") for output in cell.get("outputs", ()))


def test_there_is_a_copy_to_try() -> None:
    assert COPIES


def test_nothing_of_the_grader_is_needed(colab: Path) -> None:
    code = f"import importlib.util as u; print([m for m in {ABSENT} if u.find_spec(m)])"
    found = subprocess.check_output([colab / "venv/bin/python", "-c", code], text=True)
    assert found.strip() == "[]"


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
def test_a_copy_stops_only_where_an_answer_is_missing(
    path: Path,
    colab: Path,
    kernel_environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JUPYTER_PATH", str(colab / "share"))
    copy = as_colab_saves(path)
    run(copy, colab, kernel_environment)
    given = parse_notebook(path.read_text("utf-8"))
    for cell, known in zip(copy.cells, given.cells, strict=True):
        cell["id"] = known.id
    stops = errors.judged(cells_of(given), errors.errors(copy.cells))
    assert [stop for stop in stops if not stop.excuse] == []
    setup = next(cell for cell in copy.cells if cell.cell_type == "code")
    assert "Keras" in outputs(setup)
    assert "nstall" not in outputs(setup)
