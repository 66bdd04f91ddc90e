"""A kept run is used until something that it depends on changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from website import runs
from website.runs import RunRequest


@pytest.fixture
def wanted(tmp_path: Path) -> RunRequest:
    path = tmp_path / "x.ipynb"
    path.write_text("{}")
    return RunRequest("x", path, students=True, profile="smoke")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the notebooks that are run; running them is tested with the site."""
    names: list[str] = []

    def executed(requests: list[RunRequest], *_: Any) -> dict[RunRequest, str]:
        names.extend(wanted.name for wanted in requests)
        return {wanted: json.dumps({"cells": [{"id": "c"}]}) for wanted in requests}

    monkeypatch.setattr(runs, "_executed", executed)
    return names


def test_a_run_is_kept_until_the_notebook_changes(
    wanted: RunRequest, asked: list[str], tmp_path: Path
) -> None:
    store = tmp_path / "runs"
    first, new = runs.runs([wanted], store)
    assert (new, first[wanted].cells) == (1, [{"id": "c"}])
    again, new = runs.runs([wanted], store)
    assert (new, again) == (0, first)
    wanted.path.write_text('{"changed": 1}')
    _, new = runs.runs([wanted], store)
    assert new == 1
    assert asked == ["x", "x"]
    assert len(list(store.iterdir())) == 1


def test_a_run_depends_on_profile_package_lock_and_data(
    wanted: RunRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key() -> str:
        runs.surroundings.cache_clear()
        return runs.key(wanted)

    root = tmp_path / "root"
    (root / "cnnlab").mkdir(parents=True)
    module, lock = root / "cnnlab/a.mjs", root / "requirements.lock"
    module.write_text("1")
    lock.write_text("1")
    monkeypatch.setattr(runs, "ROOT", root)
    monkeypatch.delenv("CNNLAB_MNIST", raising=False)
    seen = [key(), key()]
    assert seen[0] == seen[1]
    module.write_text("2")
    seen.append(key())
    lock.write_text("2")
    seen.append(key())
    data = tmp_path / "mnist.npz"
    data.write_bytes(b"1")
    monkeypatch.setenv("CNNLAB_MNIST", str(data))
    seen.append(key())
    runs.surroundings.cache_clear()
    assert len(set(seen)) == len(seen) - 1
    other = RunRequest(wanted.name, wanted.path, students=True, profile="")
    assert runs.key(other) != runs.key(wanted)
    runs.surroundings.cache_clear()
