"""The command refuses unknown styles, and fails if a grader fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.conformance.__main__ import main
from tests.conformance.grading import ClassFolders, GradingFailed


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["conformance", *arguments])
    return main()


def test_an_unknown_style_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, "--kind", "traces", "--style", "no_such_style", "must_print")
    error = capsys.readouterr().err
    assert "no such style: no_such_style; searched were these kinds: traces" in error


def test_the_command_fails_if_nbgrader_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: ClassFolders) -> None:
        raise GradingFailed("nbgrader: no kernel")

    monkeypatch.setattr(ClassFolders, "by_nbgrader", fail)
    assert run(monkeypatch, "--nbgrader-only", "--style", "must_print") == 1
    printed = capsys.readouterr()
    assert "traces: nbgrader: no kernel" in printed.err
    assert "4 answers could not be graded" in printed.out


def test_grades_from_another_level_of_jails_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def grade(_: ClassFolders, command: object, folder: Path, *others: object) -> None:
        assert "tests/as_container" in str(others[-1])
        line = json.dumps({"sandbox": "bwrap", "student": "s", "cells": []})
        (folder / "results.jsonl").write_text(line)

    monkeypatch.setattr(ClassFolders, "_run", grade)
    style = ["--style", "must_print", "--kept"]
    assert run(monkeypatch, *style, "--sandbox", "confined") == 1
    assert "graded in bwrap, not in confined" in capsys.readouterr().err
