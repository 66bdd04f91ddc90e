"""pyproject.toml, the lock and environment.yml say the same, and install."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from tests.support.paths import ROOT

UV = Path(sys.executable).with_name("uv")
CLASSIFIER = "Programming Language :: Python :: "


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def conda() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "environment.yml").read_text())


@pytest.fixture(scope="module")
def conda_packages(conda: dict[str, Any]) -> dict[str, SpecifierSet]:
    specs = [spec for spec in conda["dependencies"] if isinstance(spec, str)]
    named = [Requirement(spec) for spec in specs]
    return {each.name: each.specifier for each in named}


@pytest.fixture(scope="module")
def pip_section(conda: dict[str, Any]) -> list[str]:
    (section,) = (part for part in conda["dependencies"] if isinstance(part, dict))
    return section["pip"]


@pytest.fixture(scope="module")
def pythons(project: dict[str, Any]) -> list[str]:
    """The Pythons that pyproject.toml says are supported."""
    found = [each.removeprefix(CLASSIFIER) for each in project["classifiers"]]
    return sorted(found, key=Version)


def locked() -> list[Requirement]:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return [Requirement(line) for line in lines if re.match(r"\w", line)]


def expand(requirement: Requirement, extras: dict[str, list[str]]) -> list[Requirement]:
    """Follow an extra of ours that names other extras of ours."""
    if requirement.name != "cnnlab":
        return [requirement]
    inner = [
        Requirement(each) for extra in requirement.extras for each in extras[extra]
    ]
    return [found for each in inner for found in expand(each, extras)]


def test_conda_has_the_supported_pythons(
    pythons: list[str], conda_packages: dict[str, SpecifierSet]
) -> None:
    oldest, newest = Version(pythons[0]), Version(pythons[-1])
    beyond = [f"3.{oldest.minor - 1}", f"3.{newest.minor + 1}"]
    accepted = conda_packages["python"].filter([*pythons, *beyond])
    assert list(accepted) == pythons


def test_setup_takes_the_supported_pythons(pythons: list[str]) -> None:
    script = (ROOT / "scripts/setup").read_text()
    bounds = dict(re.findall(r"^(oldest|newest)=(\d+)", script, re.MULTILINE))
    assert f"3.{bounds['oldest']}" == pythons[0]
    assert f"3.{bounds['newest']}" == pythons[-1]


def test_oldest_python_is_required(project: dict[str, Any], pythons: list[str]) -> None:
    assert project["requires-python"] == f">={pythons[0]}"


def test_conda_brings_the_jail(
    conda: dict[str, Any], conda_packages: dict[str, SpecifierSet]
) -> None:
    assert conda["channels"][0] == "conda-forge"
    assert set(conda_packages) == {"python", "bubblewrap", "pip"}


def test_pip_section_is_the_project_with_the_locked_extras(
    pip_section: list[str], project: dict[str, Any]
) -> None:
    assert pip_section[0] == "--constraint requirements.lock"
    (editable,) = pip_section[1:]
    extras = Requirement(editable.replace("--editable .", project["name"])).extras
    assert extras == {"all", "dev"}
    makefile = (ROOT / "Makefile").read_text()
    assert set(re.findall(r"--extra (\w+)", makefile)) == extras


def test_all_names_every_extra_but_tools_and_cuda(project: dict[str, Any]) -> None:
    (own,) = map(Requirement, project["optional-dependencies"]["all"])
    declared = set(project["optional-dependencies"])
    assert own.extras == declared - {"all", "dev", "gpu"}


def test_lock_fits_what_is_declared(project: dict[str, Any]) -> None:
    extras = project["optional-dependencies"]
    wanted = [Requirement(each) for each in project["dependencies"]]
    wanted += [*expand(Requirement("cnnlab[all,dev]"), extras)]
    pins = locked()
    for each in wanted:
        versions = [
            next(iter(pin.specifier)).version
            for pin in pins
            if pin.name.lower() == each.name.lower()
        ]
        assert versions, f"{each} is not locked: make lock"
        assert all(map(each.specifier.contains, versions)), f"{each}: make lock"


def test_lock_tells_nothing_of_the_machine_that_wrote_it() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    assert not re.search(r"\(/|[ =]/\w", text)


def test_base_is_light_enough_for_colab(project: dict[str, Any]) -> None:
    names = {Requirement(each).name for each in project["dependencies"]}
    assert names == {"numpy", "matplotlib", "anywidget"}


@pytest.mark.timeout(600)
def test_pip_section_installs(
    pip_section: list[str], project: dict[str, Any], tmp_path: Path
) -> None:
    requirements = tmp_path / "pip.txt"
    # uv reads paths from the file's folder, conda from environment.yml's.
    lines = "\n".join(pip_section).replace(
        "requirements.lock", f"{ROOT}/requirements.lock"
    )
    requirements.write_text(lines.replace("--editable .", f"--editable {ROOT}"))
    python = tmp_path / "venv/bin/python"

    def uv(*arguments: str | Path) -> str:
        command = [UV, *arguments]
        # Not this environment's: uv would take it for the one that is meant.
        env = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=env
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    uv("venv", "--python", sys.executable, tmp_path / "venv")
    uv("pip", "install", "--python", python, "--requirement", requirements)
    uv("pip", "check", "--python", python)
    code = "import cnnlab, grader.records; print(cnnlab.__version__)"
    version = subprocess.check_output([python, "-c", code], text=True, cwd=tmp_path)
    assert version.strip() == project["version"]
