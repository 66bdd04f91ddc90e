"""The Dockerfile holds together; no Docker is needed to see that much.

What only a build could show (the base's address, what pip finds there) is not
tested: docs/how-to/cloud.md says so.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import nbformat
import pytest

from tests.support.paths import ROOT

TEXT = (ROOT / "Dockerfile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def instructions() -> list[tuple[str, str]]:
    """Name and rest of each instruction, continued lines joined."""
    bare = "\n".join(line for line in TEXT.splitlines() if not line.startswith("#"))
    lines = re.sub(r"\\\n\s*", "", bare).splitlines()
    return [(w, rest) for w, _, rest in (x.partition(" ") for x in lines if x)]


def given(name: str) -> list[str]:
    found = [rest for word, rest in instructions() if word == name]
    assert found, f"no {name}"
    return found


def copied() -> set[str]:
    return {source for rest in given("COPY") for source in rest.split()[:-1]}


def test_what_is_copied_is_there_and_let_through() -> None:
    assert [name for name in copied() if not (ROOT / name).exists()] == []
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == copied()


def test_wrong_answers_stay_out_of_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert (ROOT / "solutions/wrong_answers").is_dir()
    # The last line that fits a path decides.
    assert lines.index("solutions/wrong_answers") > lines.index("!solutions")


def test_what_the_package_is_built_from_is_copied() -> None:
    needed = {"pyproject.toml", PROJECT["readme"], *PROJECT["license-files"]}
    assert needed | {"cnnlab"} <= {
        name for name in needed | {"cnnlab"} if {name, name.split("/")[0]} & copied()
    }


def test_the_extras_are_there() -> None:
    default = dict(rest.split("=") for rest in given("ARG"))["EXTRAS"]
    written = re.findall(r"EXTRAS=(\S+)", TEXT)
    assert {default, "tensorflow,gpu"} == set(written)
    assert '".${EXTRAS:+[${EXTRAS}]}"' in TEXT
    for names in written:
        assert set(names.split(",")) <= set(PROJECT["optional-dependencies"])
    assert re.findall(r"papermill\[(\w+)\]", TEXT) == ["gcs"]
    assert "gcs" in (metadata("papermill").get_all("Provides-Extra") or [])


def test_it_runs_as_an_ordinary_user_made_before() -> None:
    words = [word for word, _ in instructions()]
    [user] = given("USER")
    [making] = [rest for rest in given("RUN") if "useradd" in rest]
    assert int(user) >= 1000
    assert f"--uid {user} " in making
    after = words[words.index("USER") :]
    assert "RUN" not in after
    assert "COPY" not in after


def test_the_notebook_it_runs_by_itself_is_copied() -> None:
    [default] = given("CMD")
    notebook, output = json.loads(default)
    assert (ROOT / notebook).is_file()
    assert notebook.partition("/")[0] in copied()
    assert output.startswith("/tmp/")


@pytest.mark.nightly
def test_the_entry_point_runs_a_notebook(tmp_path: Path) -> None:
    made = nbformat.v4.new_notebook()
    cells = {"parameters": "EPOCHS = 1", "use": "print('epochs', EPOCHS)"}
    made.cells = [nbformat.v4.new_code_cell(code, id=i) for i, code in cells.items()]
    made.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(made, tmp_path / "small.ipynb")
    [entry] = given("ENTRYPOINT")
    words = [*json.loads(entry), "small.ipynb", "out.ipynb", "-p", "EPOCHS", "3"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", f"exec {shlex.join(words)}"],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ran = nbformat.read(tmp_path / "out.ipynb", 4)
    assert ran.cells[-1].outputs[0].text == "epochs 3\n"
