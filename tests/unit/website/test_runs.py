"""A kept run is used until something changes that it depends on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from website import runs
from website.runs import Wish


@pytest.fixture
def wish(tmp_path: Path) -> Wish:
    path = tmp_path / "x.ipynb"
    path.write_text("{}")
    return Wish("x", path, students=True, profile="smoke")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the notebooks that are run; running them is tested with the site."""
    names: list[str] = []

    def executed(wishes: list[Wish], *_: Any) -> dict[Wish, str]:
        names.extend(wish.name for wish in wishes)
        return {wish: json.dumps({"cells": [{"id": "c"}]}) for wish in wishes}

    monkeypatch.setattr(runs, "_executed", executed)
    return names


def test_a_run_is_kept_until_the_notebook_changes(
    wish: Wish, asked: list[str], tmp_path: Path
) -> None:
    store = tmp_path / "runs"
    first, new = runs.runs([wish], store)
    assert (new, first[wish].cells) == (1, [{"id": "c"}])
    again, new = runs.runs([wish], store)
    assert (new, again) == (0, first)
    wish.path.write_text('{"changed": 1}')
    _, new = runs.runs([wish], store)
    assert new == 1
    assert asked == ["x", "x"]
    assert len(list(store.iterdir())) == 1


def test_a_run_depends_on_profile_package_lock_and_data(
    wish: Wish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key() -> str:
        runs.surroundings.cache_clear()
        return runs.key(wish)

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
    other = Wish(wish.name, wish.path, students=True, profile="")
    assert runs.key(other) != runs.key(wish)
    runs.surroundings.cache_clear()
