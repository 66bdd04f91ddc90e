"""What lies beside a submitted notebook is read within limits; links never are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.submissions import own_files
from grader.submissions.own_files import OwnFiles, read_own_files


def names(found: OwnFiles) -> list[str]:
    return [name for name, _ in found.files]


def write(folder: Path, *paths: str, content: bytes = b"x") -> None:
    for path in paths:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def test_modules_data_and_notebooks_are_read(tmp_path: Path) -> None:
    write(tmp_path, "hw.ipynb", "mine.py", "data/a.csv", "data/more/b.csv")
    write(tmp_path, "timestamp.txt", "refused.txt", "__pycache__/a.pyc", ".git/config")
    write(tmp_path, ".ipython/profile_default/startup/00.py", "old.pyc", "data/.x/a")
    found = read_own_files(tmp_path)
    assert names(found) == ["data/a.csv", "data/more/b.csv", "hw.ipynb", "mine.py"]
    assert found.left_out == ()


def test_the_instructors_files_count(tmp_path: Path) -> None:
    write(tmp_path, "helper.py", "data", "table.csv/a", "given/own.csv", "given/one")
    given = ["helper.py", "data/numbers.csv", "table.csv", "given/one"]
    found = read_own_files(tmp_path, given)
    assert names(found) == ["given/own.csv"]
    assert found.left_out == ("data: the assignment has a folder of that name",)


def test_no_package_or_compiled_module_takes_the_place_of_the_instructors(
    tmp_path: Path,
) -> None:
    write(tmp_path, "helper/__init__.py", "helper.so", "helper.cpython-311.so")
    write(tmp_path, "sub/tool/a.py", "helper.csv", "helper2.py", "tool/a.py")
    found = read_own_files(tmp_path, ["helper.py", "sub/tool.py"])
    assert names(found) == ["helper.csv", "helper2.py", "tool/a.py"]
    assert len(found.left_out) == 4
    assert found.left_out[0] == "helper: the assignment has a module of that name"


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "secret.txt")
    folder = tmp_path / "hw"
    folder.mkdir()
    (folder / "file").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "broken").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    found = read_own_files(folder)
    assert found.files == ()
    ways = ("broken", "file", "folder", "loop")
    links = [f"{name}: a link, not followed" for name in ways]
    assert list(found.left_out) == [*links, "pipe: not a regular file"]
    (tmp_path / "link").symlink_to(folder)
    assert read_own_files(tmp_path / "link").files == ()


def test_a_folder_that_becomes_a_link_is_not_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "outside/secret.txt", "hw/data/a.csv")
    listed = own_files._Walk._entries  # noqa: SLF001 - the moment after it was listed

    def swapped(
        walk: own_files._Walk, folder: int, place: str
    ) -> Iterator[tuple[str, bool]]:
        yield from list(listed(walk, folder, place))
        if not place:
            (tmp_path / "hw/data").rename(tmp_path / "gone")
            (tmp_path / "hw/data").symlink_to(tmp_path / "outside")

    monkeypatch.setattr(own_files._Walk, "_entries", swapped)  # noqa: SLF001
    found = read_own_files(tmp_path / "hw")
    assert found.files == ()
    assert len(found.left_out) == 1


def deep(folder: Path, depth: int) -> None:
    """Make folders in folders, deeper than a path may be long."""
    current = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=current)
        below = os.open("d", os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = below
    os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=current))
    os.close(current)


def test_folders_1000_deep(tmp_path: Path) -> None:
    write(tmp_path, "a.csv")
    deep(tmp_path, 1000)
    found = read_own_files(tmp_path)
    subprocess.run(["rm", "-r", tmp_path / "d"], check=True)  # too deep for Python
    assert names(found) == ["a.csv"]
    assert len(found.left_out) == 1
    assert "more than 16 folders" in found.left_out[0]


def test_names_of_10_kilobytes(tmp_path: Path) -> None:
    current = os.open(tmp_path, os.O_RDONLY)
    for _ in range(15):
        os.mkdir("n" * 255, dir_fd=current)
        below = os.open("n" * 255, os.O_RDONLY, dir_fd=current)
        os.close(os.open("m" * 255, os.O_CREAT | os.O_WRONLY, dir_fd=current))
        os.close(current)
        current = below
    os.close(current)
    found = read_own_files(tmp_path)
    assert max(map(len, names(found))) <= own_files.MOST_NAME_BYTES
    assert all(len(note) < 200 for note in found.left_out)
    assert "its name is too long" in found.left_out[0]


def test_a_name_that_is_no_text_or_not_printable(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31mb.csv").touch()
    (tmp_path / os.fsdecode(b"\xff.csv")).touch()
    found = read_own_files(tmp_path)
    assert names(found) == ["a\n\x1b[31mb.csv"]
    assert found.left_out == (r"\udcff.csv: its name is not UTF-8",)


def test_count_and_size_have_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_files, "MOST_FILES", 3)
    monkeypatch.setattr(own_files, "MOST_BYTES", 5 << 20)
    write(tmp_path, "a", content=bytes(3 << 20))
    write(tmp_path, "b", content=bytes(3 << 20))
    write(tmp_path, *"cdefghijk")
    found = read_own_files(tmp_path)
    assert names(found) == ["a", "c", "d"]
    assert found.left_out[0] == "b: all files together have more than 5 MiB"
    assert found.left_out[1] == "e: there are more than 3 files"
    assert found.left_out[-1] == "and 3 more"


def test_only_so_many_entries_are_looked_at(tmp_path: Path) -> None:
    for name in "abcdefgh":
        (tmp_path / name / name).mkdir(parents=True)
    walk = own_files._Walk(frozenset(), _entries_left=9)  # noqa: SLF001 - 10,000 are slow
    top = os.open(tmp_path, os.O_RDONLY)
    walk.read(top)
    os.close(top)
    assert walk.left_out == ["all others: only 10,000 files and folders are looked at"]
