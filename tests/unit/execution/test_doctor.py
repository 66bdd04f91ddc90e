"""What the machine is said to have, and what is said to be missing."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from grader.cli.screens import doctor as screen
from grader.execution import doctor
from grader.execution.doctor import Finding


def found(name: str) -> Finding:
    (finding,) = (each for each in doctor.examine() if each.name == name)
    return finding


def shown(findings: list[Finding], width: int = 80) -> str:
    console = Console(file=StringIO(), width=width)
    console.print(screen.table(findings))
    text = console.file
    assert isinstance(text, StringIO)
    return text.getvalue()


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a PATH with nothing on it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_this_machine_can_grade() -> None:
    findings = doctor.examine()
    states = {each.name: each.state for each in findings}
    assert "missing" not in states.values()
    assert states["jail"] == states["bubblewrap"] == states["jail: bwrap"] == "ok"
    taken = next(each.found for each in findings if each.name == "jail")
    assert taken.startswith("bwrap:")
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in findings[0].found
    cores = next(each.found for each in findings if each.name == "cores")
    assert cores.startswith(f"{len(os.sched_getaffinity(0))}:")


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "apt-get install -y bubblewrap"),
        ("dnf", "dnf install -y bubblewrap"),
        ("conda", "conda install -c conda-forge bubblewrap"),
    ],
)
def test_bubblewrap_is_missed_with_the_command_that_installs_it(
    bare_path: Path, manager: str, command: str
) -> None:
    program = bare_path / manager
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    findings = {each.name: each for each in doctor.examine()}
    assert findings["bubblewrap"].state == "optional"
    assert findings["bubblewrap"].remedy.endswith(command)
    assert findings["jail: bwrap"].state == "optional"
    assert findings["jail: bwrap"].remedy.endswith(command)
    confined = findings["jail: confined"].state == "ok"
    assert findings["jail"].state == ("ok" if confined else "missing")
    assert confined or command in findings["jail"].remedy


def test_a_bubblewrap_that_fails_is_not_reported_as_missing(bare_path: Path) -> None:
    program = bare_path / "bwrap"
    shell = shutil.which("sh", path="/bin:/usr/bin")
    program.write_text(f"#!{shell}\necho 'No permissions' >&2\nexit 1\n")
    program.chmod(0o755)
    finding = found("jail: bwrap")
    assert finding.state == "optional"
    assert "No permissions" in finding.remedy
    assert "sysctl" in finding.remedy


@pytest.mark.parametrize(
    ("package", "state", "command"),
    [
        ("nbgrader", "missing", "pip install nbexaminer"),
        ("tensorflow", "optional", "pip install tensorflow"),
        ("papermill", "optional", "pip install 'nbexaminer[notebooks]'"),
        ("distributed", "optional", "pip install 'nbexaminer[cluster]'"),
    ],
)
def test_missing_packages_are_named_with_what_installs_them(
    monkeypatch: pytest.MonkeyPatch, package: str, state: str, command: str
) -> None:
    version = importlib.metadata.version

    def without(name: str) -> str:
        if name == package:
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(importlib.metadata, "version", without)
    finding = found(package)
    assert (finding.state, finding.found) == (state, "not installed")
    assert finding.remedy.endswith(command)


WITHOUT_MSGPACK = """
import json, sys
sys.modules["msgpack"] = None
from grader.execution import doctor
(jail,) = [each for each in doctor.examine() if each.name == "jail"]
print(json.dumps([jail.state, jail.found, jail.remedy]))
"""


def test_jail_that_lacks_a_package_is_no_crash() -> None:
    """In a process of its own: here the modules that need the package are loaded."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_MSGPACK], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        "missing",
        "cannot be tried without msgpack",
        "pip install nbexaminer",
    ]


def test_little_memory_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"SC_PHYS_PAGES": 2 << 18, "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(os, "sysconf", pages.__getitem__)
    machine = doctor._machine()  # noqa: SLF001 - the others read sysconf, too
    (finding,) = (each for each in machine if each.name == "memory")
    assert finding == Finding("memory", "optional", "2 GiB", "use --workers 1")


def test_table_has_signs_and_no_empty_column() -> None:
    good = Finding("bread", "ok", "fresh")
    assert shown([good]).splitlines()[-1].split() == ["✓", "bread", "fresh"]
    assert "how to fix it" not in shown([good])
    text = shown([good, Finding("salt", "missing", "none", "buy [some]")])
    assert "how to fix it" in text
    assert text.splitlines()[-1].split() == ["✗", "salt", "none", "buy", "[some]"]


def test_long_remedies_are_folded_and_not_cut() -> None:
    remedy = "sysctl -w " + "kernel." * 40 + "end"
    text = shown([Finding("jail", "missing", "not allowed", remedy)])
    assert max(map(len, text.splitlines())) <= 80
    assert "".join(text.split()).endswith("end")
