"""A download whose files attack the class, by their names, links, depth or length."""

from __future__ import annotations

import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

import grader
from grader.classroom.folder import Classroom
from grader.course.course import Course
from tests.hostile.test_own_files import nest
from tests.support.archives import zipped
from tests.support.small_course import course, graded, notebook

pytestmark = [pytest.mark.hostile, pytest.mark.long]

COURSE = """
# %% one
### BEGIN SOLUTION
one = 1
### END SOLUTION
# %% one-test
assert one == 1
"""
RIGHT = notebook(COURSE)
WRONG = notebook(COURSE.replace("one = 1", "one = 2"))
EVIL = b"raise SystemExit('a file of the student was run')"
# Files that a class folder, a course, the grader or Python would read.
OURS = (
    *("gradebook.db", "results.jsonl", "roster.csv", "students.csv", "cache.db"),
    *("nbgrader_config.py", "conftest.py", "sitecustomize.py", "pyproject.toml"),
    *("submitted/ada/hw/hw.ipynb", "autograded/ada/hw/hw.ipynb", "unmatched/x"),
    *("grader/__init__.py", "grader/records/check.py", "cnnlab.py", "hw.py"),
    *("numpy.so", "_random.cpython-311-x86_64-linux-gnu.so", "hw/hw.py", "all.pth"),
)


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


@pytest.fixture
def made(tmp_path: Path) -> Course:
    return course(tmp_path, hw=COURSE)


def collected(tmp_path: Path, source: Path, made: Course) -> Path:
    """Collect the honest work first, then `source`; return the class folder."""
    first = tmp_path / "first.zip"
    first.write_bytes(zipped({"ada/hw.ipynb": RIGHT.encode()}))
    room = tmp_path / "class"
    grader.collect(first, room, made)
    assert graded(tmp_path)["ada"].score == 1
    grader.collect(source, room, made)
    return room


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_an_archive_of_hostile_names_changes_nothing_of_ours(
    tmp_path: Path, made: Course
) -> None:
    pairs: list[tuple[str | zipfile.ZipInfo, bytes]] = [
        ("eve/hw.ipynb", WRONG.encode()),
        *((f"eve/{name}", EVIL) for name in OURS),
        *((name, EVIL) for name in OURS if "submitted" not in name),
        ("eve/" + "d/" * 1000 + "end.txt", EVIL),
        ("eve/" + "n" * 10_000 + ".py", EVIL),
        ("n" * 10_000 + "/hw.ipynb", WRONG.encode()),
        link("eve/book", "../../gradebook.db"),
        link("eve/everything", "/"),
    ]
    source = tmp_path / "second.zip"
    source.write_bytes(zipped(pairs))
    room = collected(tmp_path, source, made)
    assert (room / "submitted/ada/hw/hw.ipynb").read_text() == RIGHT
    assert not [path for path in room.rglob("*") if path.is_symlink()]
    assert all(len(path.name.encode()) <= 255 for path in room.rglob("*"))
    # The files that the grader reads still have the content that it wrote.
    assert not (room / "grader").exists()
    assert b"a file of the student" not in (room / "gradebook.db").read_bytes()
    results = graded(tmp_path)
    assert (results["ada"].score, results["eve"].score) == (1, 0)
    assert not any(result.grader_failed for result in results.values())


def test_a_folder_of_hostile_names_changes_nothing_of_ours(
    tmp_path: Path, made: Course
) -> None:
    source = tmp_path / "second"
    (source / "eve").mkdir(parents=True)
    (source / "eve/hw.ipynb").write_text(WRONG)
    (source / "eve/book").symlink_to(tmp_path / "class/gradebook.db")
    (source / "eve/around").symlink_to("..")
    (source / "fred").symlink_to(tmp_path / "class/submitted/ada")
    nest(source / "eve", "d", 1000)
    nest(source / "eve", "n" * 250, 40)
    for name in OURS:
        (source / "eve" / name).parent.mkdir(parents=True, exist_ok=True)
        (source / "eve" / name).write_bytes(EVIL)
    try:
        room = collected(tmp_path, source, made)
    finally:
        subprocess.run(["rm", "-r", source], check=True)  # too deep for Python
    assert {path.name for path in (room / "submitted").iterdir()} == {"ada", "eve"}
    assert not [path for path in room.rglob("*") if path.is_symlink()]
    results = graded(tmp_path)
    assert (results["ada"].score, results["eve"].score) == (1, 0)
    assert Classroom.open(room).read_results().keys() == {("ada", "hw"), ("eve", "hw")}
