"""What `make setup` says and does where something is missing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.paths import ROOT

Program = Callable[[str, str], None]


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH with nothing on it but what a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def program(programs: Path) -> Program:
    def write(name: str, body: str) -> None:
        path = programs / name
        path.write_text(f"#!{shutil.which('sh')}\n{body}\n")
        path.chmod(0o755)

    return write


def run(
    programs: Path, script: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / script, *arguments],
        cwd=ROOT,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("minor", ["9", "10", "14", ""])
def test_unsupported_python_is_named(
    programs: Path, program: Program, tmp_path: Path, minor: str
) -> None:
    program("python3", f"echo {minor}")
    outcome = run(programs, "setup", str(tmp_path / "venv"))
    assert outcome.returncode == 2
    assert "from 3.11 to 3.13" in outcome.stderr
    assert "make setup PYTHON=" in outcome.stderr
    assert not (tmp_path / "venv").exists()


def test_missing_ensurepip_names_its_package(
    programs: Path, program: Program, tmp_path: Path
) -> None:
    program("python3", 'case "$2" in *ensurepip*) exit 1;; *) echo 12;; esac')
    program("id", "echo 1000")
    program("apt-get", "exit 1")
    outcome = run(programs, "setup", str(tmp_path / "venv"))
    assert outcome.returncode == 2
    assert "sudo apt-get install" in outcome.stderr
    assert "python3.12-venv" in outcome.stderr


@pytest.mark.parametrize("manager", ["apt-get", "dnf", "pacman"])
def test_without_rights_the_command_is_printed(
    programs: Path, program: Program, tmp_path: Path, manager: str
) -> None:
    ran = tmp_path / "ran"
    program(manager, f"echo run >> {ran}")
    program("id", "echo 1000")
    program("sudo", "exit 1")
    outcome = run(programs, "system-packages", "bubblewrap")
    assert outcome.returncode == 0
    assert f"sudo {manager}" in outcome.stderr
    assert "bubblewrap" in outcome.stderr
    assert not ran.exists()


def test_root_installs(programs: Path, program: Program, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program("apt-get", f'echo "$*" >> {ran}')
    program("id", "echo 0")
    outcome = run(programs, "system-packages", "bubblewrap")
    assert outcome.returncode == 0
    refresh, install = ran.read_text().splitlines()
    assert refresh == "update"
    assert install.startswith("install --yes")
    assert install.endswith("bubblewrap")


def test_passwordless_sudo_installs(
    programs: Path, program: Program, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    program("dnf", f'echo "$*" >> {ran}')
    program("id", "echo 1000")
    program("sudo", '[ "$1" = --non-interactive ] && shift && exec "$@"')
    program("true", "exit 0")
    run(programs, "system-packages", "bubblewrap")
    assert ran.read_text().splitlines() == ["install --assumeyes bubblewrap"]


def test_failed_installation_prints_the_command(
    programs: Path, program: Program
) -> None:
    program("apt-get", "exit 100")
    program("id", "echo 0")
    outcome = run(programs, "system-packages", "bubblewrap")
    assert outcome.returncode == 0
    assert "sudo apt-get install" in outcome.stderr


def test_no_known_package_manager_says_what_is_missing(programs: Path) -> None:
    outcome = run(programs, "system-packages", "bubblewrap")
    assert outcome.returncode == 0
    assert "bubblewrap" in outcome.stderr
