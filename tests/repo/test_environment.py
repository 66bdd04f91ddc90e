"""Both pyproject.toml, the lock and environment.yml say the same, and install."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import cnnlab
import grader
from tests.support.paths import ROOT

UV = Path(sys.executable).with_name("uv")
CLASSIFIER = "Programming Language :: Python :: "
# Of each package: its pyproject.toml, modules that it imports without asking for them,
# and distributions that it asks for without importing them.
PACKAGES = {
    # A front end brings IPython, Colab google.colab; the extra brings the others.
    "cnnlab": (
        ROOT / "pyproject.toml",
        {"IPython", "google", "keras", "tensorflow"},
        set(),
    ),
    # Keras is imported for courses that use it; mistune is bounded for nbconvert.
    "grader": (ROOT / "grader/pyproject.toml", {"keras"}, {"mistune"}),
}


def declared(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    found: dict[str, Any] = declared(ROOT / "pyproject.toml")["project"]
    return found


@pytest.fixture(scope="module")
def conda() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text())
    return found


@pytest.fixture(scope="module")
def conda_packages(conda: dict[str, Any]) -> dict[str, SpecifierSet]:
    specs = [spec for spec in conda["dependencies"] if isinstance(spec, str)]
    named = [Requirement(spec) for spec in specs]
    return {each.name: each.specifier for each in named}


@pytest.fixture(scope="module")
def pip_section(conda: dict[str, Any]) -> list[str]:
    (section,) = (part for part in conda["dependencies"] if isinstance(part, dict))
    found: list[str] = section["pip"]
    return found


@pytest.fixture(scope="module")
def pythons(project: dict[str, Any]) -> list[str]:
    """The Pythons that pyproject.toml says are supported."""
    found = [each.removeprefix(CLASSIFIER) for each in project["classifiers"]]
    return sorted(found, key=Version)


def locked() -> list[Requirement]:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return [Requirement(line) for line in lines if re.match(r"\w", line)]


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


def test_pip_section_is_the_lock_and_both_packages(pip_section: list[str]) -> None:
    assert pip_section == [
        "--requirement requirements.lock",
        "--editable .",
        "--editable ./grader",
    ]


def test_both_packages_take_the_same_pythons(project: dict[str, Any]) -> None:
    theirs = declared(ROOT / "grader/pyproject.toml")["project"]
    assert theirs["requires-python"] == project["requires-python"]
    assert set(project["classifiers"]) <= set(theirs["classifiers"])


def wanted() -> Iterator[tuple[str, list[str]]]:
    """Name and requirements of all that the lock must have, and of CUDA."""
    for path, *_ in PACKAGES.values():
        whole = declared(path)
        yield path.parent.name, whole["project"]["dependencies"]
        yield from whole["project"]["optional-dependencies"].items()
        yield from whole.get("dependency-groups", {}).items()


def test_lock_is_made_of_every_extra_but_cuda() -> None:
    makefile = (ROOT / "Makefile").read_text()
    (command,) = re.findall(r"uv pip compile (?:.*\\\n)*.*", makefile)
    named = re.findall(r"--(?:extra|group) (\w+)", command)
    assert command.endswith(" pyproject.toml grader/pyproject.toml")
    bases = {path.parent.name for path, *_ in PACKAGES.values()}
    assert {*named, "gpu"} == {name for name, _ in wanted()} - bases


def test_lock_fits_what_is_declared() -> None:
    pins = locked()
    requirements = [
        Requirement(each)
        for extra, found in wanted()
        for each in found
        if extra != "gpu"
    ]
    assert len(requirements) > 30
    for each in requirements:
        versions = [
            next(iter(pin.specifier)).version
            for pin in pins
            if canonicalize_name(pin.name) == canonicalize_name(each.name)
        ]
        assert versions, f"{each} is not locked: make lock"
        assert all(map(each.specifier.contains, versions)), f"{each}: make lock"


def imported(package: Path) -> set[str]:
    """The top-level modules of others that a package imports."""
    found = {
        name.partition(".")[0]
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in named(node)
    }
    return found - sys.stdlib_module_names - {package.name}


def named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_imported_is_declared_and_nothing_else(package: str) -> None:
    path, undeclared, not_imported = PACKAGES[package]
    project = declared(path)["project"]
    wanted = list(project["dependencies"])
    if package == "grader":
        wanted += [
            x for each in project["optional-dependencies"].values() for x in each
        ]
    names = {canonicalize_name(Requirement(each).name) for each in wanted}
    modules = imported(ROOT / package)
    brought = packages_distributions()
    found = {canonicalize_name(brought[name][0]) for name in modules - undeclared}
    assert undeclared <= modules
    assert found == names - not_imported


def test_neither_base_brings_tensorflow_or_the_other_package() -> None:
    for path, *_ in PACKAGES.values():
        names = {Requirement(x).name for x in declared(path)["project"]["dependencies"]}
        assert not names & {"tensorflow", "keras", "cnnlab", "nbexaminer"}


def test_licence_of_the_grader_is_that_of_the_repositorys_code() -> None:
    text = (ROOT / "grader/LICENSE").read_text()
    assert text.startswith("BSD 3-Clause License\n")
    assert text in (ROOT / "LICENSE").read_text()


def test_lock_tells_nothing_of_the_machine_that_wrote_it() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    assert not re.search(r"\(/|[ =]/\w", text)


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_pip_section_installs(pip_section: list[str], tmp_path: Path) -> None:
    requirements = tmp_path / "pip.txt"
    # uv reads paths from the file's folder, conda from environment.yml's.
    lines = [re.sub(r"(?<= )(?=[.\w])", f"{ROOT}/", line) for line in pip_section]
    requirements.write_text("\n".join(lines))
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
    code = (
        "import cnnlab, grader; from importlib.metadata import version;"
        "print(version('cnnlab'), version('nbexaminer'), cnnlab.__file__)"
    )
    told = subprocess.check_output([python, "-c", code], text=True, cwd=tmp_path)
    versions = [cnnlab.__version__, grader.__version__]
    assert told.split() == [*versions, str(ROOT / "cnnlab/__init__.py")]
