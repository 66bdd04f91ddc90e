"""`grader --help` lists the commands and imports nothing heavy to do so."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.paths import GRADER

COMMANDS = [
    "doctor",
    "release",
    "verify",
    "collect",
    "grade",
    "feedback",
    "report",
    "export",
    "demo",
]
# Each of these costs more to import than --help may take.
HEAVY = {
    "IPython",
    "jupyter_client",
    "matplotlib",
    "nbformat",
    "nbgrader",
    "numpy",
    "sqlalchemy",
    "tensorflow",
    "zmq",
}
PROBE = """
import json, sys
from grader.cli import main
sys.argv = ["grader", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as end:
    status = end.code or 0
print(json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def probe(*arguments: str) -> tuple[int, set[str]]:
    """Run the command line; return its exit status and what was imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    status, modules = json.loads(done.stdout.splitlines()[-1])
    return status, set(modules)


def test_help_lists_the_commands() -> None:
    done = subprocess.run(
        [GRADER, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [name for name in COMMANDS if name not in done.stdout] == []
    lines = done.stdout.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    listed = [line.split()[0] for line in lines]
    assert [name for name in listed if name in COMMANDS] == COMMANDS
    assert [line for line in lines if line.endswith("...")] == []


@pytest.mark.parametrize("arguments", [["--help"], ["grade", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    status, modules = probe(*arguments)
    assert status == 0
    assert "typer" in modules
    assert modules & HEAVY == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = subprocess.run(
        [GRADER, command, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout
