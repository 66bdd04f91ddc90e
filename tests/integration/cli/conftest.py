"""Run the command line in this process, for an empty class."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader import cli
from tests.support.command_line import Run, Said


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line here; return its status, output and errors."""
    monkeypatch.setenv("COLUMNS", "80")

    def command(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["grader", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return int(end.value.code or 0), *capsys.readouterr()

    return command


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "class" / "submitted").mkdir(parents=True)
    return tmp_path / "class"
