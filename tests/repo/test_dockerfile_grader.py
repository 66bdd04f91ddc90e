"""The Dockerfile of the grader holds together; no Docker is needed to see that much.

docs/how-to/docker.md says what was tried beyond this, and what was not.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.dockerfile import Image, copied, given, instructions
from tests.support.paths import ROOT

TEXT = (ROOT / "Dockerfile.grader").read_text()
PROJECT = tomllib.loads((ROOT / "grader/pyproject.toml").read_text())["project"]


def test_what_is_copied_is_there_and_let_through() -> None:
    names = copied(TEXT)
    assert [name for name in names if not (ROOT / name).exists()] == []
    lines = (ROOT / "Dockerfile.grader.dockerignore").read_text().splitlines()
    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == names


def test_the_grader_is_built_from_what_is_copied() -> None:
    assert "./grader ${WITH}" in TEXT
    needed = {PROJECT["readme"], *PROJECT["license-files"], "pyproject.toml"}
    assert all((ROOT / "grader" / name).is_file() for name in needed)


def test_it_is_small_unless_asked() -> None:
    """TensorFlow, compilers and the course stay out."""
    [argument] = [rest for rest in given(TEXT, "ARG") if rest.startswith("WITH")]
    assert argument == 'WITH=""'
    [install] = [rest for rest in given(TEXT, "RUN") if "pip install" in rest]
    assert "--no-cache-dir" in install
    assert "--constraint requirements.lock" in install
    assert "rm -rf /build/*" in install
    [packages] = [rest for rest in given(TEXT, "RUN") if "apt-get" in rest]
    assert "--no-install-recommends bubblewrap libseccomp2 " in packages
    assert "rm -rf /var/lib/apt/lists/*" in packages


def test_it_runs_as_an_ordinary_user_made_before() -> None:
    words = [each.name for each in instructions(TEXT)]
    [user] = given(TEXT, "USER")
    [making] = [rest for rest in given(TEXT, "RUN") if "useradd" in rest]
    assert int(user) >= 1000
    assert f"--uid {user} " in making
    after = words[words.index("USER") :]
    assert "RUN" not in after
    assert "COPY" not in after


def test_the_class_is_where_the_image_says() -> None:
    [environment] = given(TEXT, "ENV")
    assert "GRADER_CLASS=/class " in environment
    shell = (ROOT / "grader/cli/shell.py").read_text()
    assert 'envvar="GRADER_CLASS"' in shell
    assert given(TEXT, "ENTRYPOINT") == ['["grader"]']


def test_the_steps_are_carried_out_in_a_folder(tmp_path: Path) -> None:
    """What the trial build remembers is what the image would run."""
    image = Image(tmp_path)
    image.follow(TEXT, build=False)
    assert image.arguments["BASE"].startswith("python:3.")
    assert image.entry == ["grader"]
    command = image.inside([*image.entry, "grade"])
    assert command[:2] == ["chroot", "--userspec=10001:10001"]
    assert command[-2:] == ["grader", "grade"]
    assert "GRADER_CLASS=/class" in command
    assert (tmp_path / "course").is_dir()


@pytest.mark.parametrize("name", ["Dockerfile", "Dockerfile.grader"])
def test_a_python_that_is_supported_is_the_base(name: str) -> None:
    [base] = re.findall(
        r"^ARG BASE=python:3\.(\d+)-slim$", (ROOT / name).read_text(), re.M
    )
    assert int(base) in range(11, 14)
