"""Every error crosses process borders; a missing extra is named with its command."""

from __future__ import annotations

import pickle
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from grader import errors
from grader.batch.backends import BackendOptions
from grader.batch.workers import GradingWorkers
from grader.cli import main

PROJECT = Path(errors.__file__).parent / "pyproject.toml"


def kinds() -> list[type[Exception]]:
    found = [getattr(errors, name) for name in errors.__all__]
    return [each for each in found if isinstance(each, type)]


@pytest.mark.parametrize("kind", kinds())
def test_an_error_survives_pickling(kind: type[Exception]) -> None:
    again = pickle.loads(pickle.dumps(kind("what, where")))
    assert type(again) is kind
    assert str(again) == "what, where"


def test_extras_are_those_of_the_distribution() -> None:
    declared = tomllib.loads(PROJECT.read_text())["project"]["optional-dependencies"]
    named = {
        extra: sorted(requirement.partition(">")[0] for requirement in requirements)
        for extra, requirements in declared.items()
    }
    assert named == {extra: sorted(names) for extra, names in errors.EXTRAS.items()}


def test_an_extra_that_is_there_is_no_error() -> None:
    for extra in get_args(errors.Extra):
        errors.require_extra(extra)


def test_run_without_papermill_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "papermill", None)
    monkeypatch.setattr(sys, "argv", ["grader", "run", "02_convolutions"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "grader: this needs packages that are not installed: papermill; "
        "pip install 'nbexaminer[notebooks]'\n"
    )


def test_a_scheduler_without_dask_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(errors.MissingExtraError, match=r"nbexaminer\[cluster\]'$"):
        GradingWorkers(BackendOptions(scheduler="tcp://127.0.0.1:8786"))
