"""The files in a jail's folder are all counted, or it is an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.execution.jail import scratch
from grader.execution.jail.scratch import used

SIZE = 1 << 20


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * SIZE)


def test_files_in_all_folders_count(tmp_path: Path) -> None:
    assert used(str(tmp_path)) == 0
    write(tmp_path / "a")
    write(tmp_path / "b" / "c" / "d")
    assert 2 * SIZE <= used(str(tmp_path)) < 3 * SIZE


def test_no_link_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "outside" / "large")
    inside = tmp_path / "inside"
    inside.mkdir()
    for name, target in {"folder": "../outside", "file": "../outside/large"}.items():
        (inside / name).symlink_to(target)
    assert used(str(inside)) < SIZE
    with pytest.raises(OSError, match="folder"):
        used(str(inside / "folder"))


def test_a_folder_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    assert used(str(tmp_path / "gone")) == 0


def test_too_many_files_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "MOST_FILES", 3)
    for name in "abc":
        (tmp_path / name).touch()
    assert used(str(tmp_path)) == 0
    (tmp_path / "d").mkdir()
    with pytest.raises(OSError, match="more than 3 files"):
        used(str(tmp_path))


def test_folders_that_are_nested_too_deep_are_an_error(tmp_path: Path) -> None:
    here = os.getcwd()  # noqa: PTH109 - as below
    try:
        os.chdir(tmp_path)
        for _ in range(1500):
            os.mkdir("x")  # noqa: PTH102 - a path would be too long
            os.chdir("x")
    finally:
        os.chdir(here)
    with pytest.raises(OSError, match=r"too deep|Too many open files"):
        used(str(tmp_path))
    scratch.Scratch(tmp_path).remove()
    assert not tmp_path.exists()
