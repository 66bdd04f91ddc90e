"""Files beside an instructor's notebook lie beside each submission, too."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from grader.batch import run
from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.course import extra_files
from grader.course.course import Course
from grader.errors import CourseError

READ = "total = sum(map(int, open('data/numbers.csv').read().split()))"
CELLS = {
    "warm-up": (True, "first = 1"),
    "warm-up-test": (False, "assert first == 1"),
    "read": (True, READ),
    "read-test": (False, "assert total == 499_999_500_000"),
    "import": (True, "from helper import half\nhalved = half(total)\ndel half"),
    "import-test": (False, "assert halved * 2 == total"),
}


def written(cells: dict[str, tuple[bool, str]]) -> str:
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python"}},
            "cells": [cell(*each) for each in cells.items()],
        }
    )


def cell(name: str, given: tuple[bool, str]) -> dict[str, Any]:
    answer, source = given
    about = {
        "grade_id": name,
        "schema_version": 3,
        "task": False,
        "solution": answer,
        "grade": not answer,
        "locked": not answer,
    }
    metadata = {"nbgrader": about if answer else about | {"points": 1}}
    made = {"cell_type": "code", "id": name, "metadata": metadata, "source": source}
    return made | {"outputs": [], "execution_count": None}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an assignment with a notebook, data and a module."""
    made = tmp_path / "course/source/sums"
    (made / "data").mkdir(parents=True)
    (made / "sums.ipynb").write_text(written(CELLS))
    # More than one piece.
    (made / "data/numbers.csv").write_text("\n".join(map(str, range(1_000_000))))
    (made / "helper.py").write_text("def half(x): return x / 2\n")
    (made / "empty").touch()
    return made


@pytest.mark.nightly
@pytest.mark.slow
def test_solution_and_submission_can_read_them(folder: Path, tmp_path: Path) -> None:
    dead = CELLS | {"warm-up": (True, "import os\nos._exit(1)")}
    for student, cells in {"ada": CELLS, "bob": dead}.items():
        place = tmp_path / f"class/submitted/{student}/sums/sums.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(written(cells))
    room, course = Classroom.open(tmp_path / "class"), Course.open(folder.parents[1])
    results = run.run(room, plan(course, room), run.GradingSettings(workers=1))
    # A kernel that was replaced has them, too.
    assert [result.score for result in results.values()] == [3, 2]
    (folder / "data/numbers.csv").write_text("1 2")
    strict = run.GradingSettings(workers=1, strict=True)
    with pytest.raises(CourseError, match="read-test: failed: AssertionError"):
        run.run(room, plan(course, room), strict)


def test_files_beside_a_notebook(folder: Path) -> None:
    for name in (".git/config", "__pycache__/helper.pyc", "autotests.yml", "b.ipynb"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("not for students")
    (folder / "link").symlink_to("/etc/passwd")
    copied, bound = extra_files.beside(folder)
    assert [name for name, _ in copied] == ["data/numbers.csv", "empty", "helper.py"]
    assert bound == ()


def test_large_files_are_not_copied(folder: Path) -> None:
    (folder / "data/film.mp4").write_bytes(bytes(extra_files.COPIED_BYTES))
    copied, bound = extra_files.beside(folder)
    assert [name for name, _ in copied] == ["data/numbers.csv", "empty", "helper.py"]
    digest = hashlib.sha256(bytes(extra_files.COPIED_BYTES)).hexdigest()
    path = str((folder / "data/film.mp4").resolve())
    assert bound == (("data/film.mp4", path, digest),)


def test_very_many_large_files_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra_files, "COPIED_BYTES", 0)
    monkeypatch.setattr(extra_files, "MOST_BOUND", 1)
    with pytest.raises(CourseError, match="at most 1 files can be used; put them"):
        extra_files.beside(folder)


LARGE = "data/large.bin"
CHANGE = """
import os, pathlib
changed = []
for change in (
    lambda: open('data/large.bin', 'ab').write(b'x'),
    lambda: os.remove('data/large.bin'),
    lambda: os.rename('data/large.bin', 'mine'),
    lambda: os.chmod('data/large.bin', 0o777),
    lambda: os.symlink('/etc', 'data/large.bin'),
    lambda: os.truncate('data/large.bin', 0),
):
    try:
        change()
        changed.append(change)
    except OSError:
        pass
pathlib.Path('data/new.txt').write_text('beside')
size = os.path.getsize('data/large.bin')
"""


@pytest.mark.slow
@pytest.mark.hostile
@pytest.mark.nightly
def test_large_files_are_shown_and_cannot_be_changed(
    folder: Path, tmp_path: Path
) -> None:
    content = bytes(1 << 20) * 300  # more than a work folder holds
    (folder / LARGE).write_bytes(content)
    tests = "assert first == 1\nassert size == 300 << 20\nassert changed == []"
    cells = {"warm-up": (True, "first = 1" + CHANGE), "warm-up-test": (False, tests)}
    (folder / "sums.ipynb").write_text(written(cells))
    for student in ("ada", "bob"):
        place = tmp_path / f"class/submitted/{student}/sums/sums.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(written(cells))
    room, course = Classroom.open(tmp_path / "class"), Course.open(folder.parents[1])
    results = run.run(room, plan(course, room), run.GradingSettings(workers=1))
    assert [result.score for result in results.values()] == [1, 1]
    assert not any(result.flags for result in results.values())
    assert (folder / LARGE).read_bytes() == content


def test_files_are_written_unchanged(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    given = (*extra_files.beside(folder).copied, ("odd 'name'", bytes(range(256))))
    names: dict[str, Any] = {}
    for _ in range(2):  # as in a kernel that comes after another
        for source in extra_files.cells(given):
            exec(source, names)
    assert set(names) == {"__builtins__"}
    for name, content in given:
        assert Path(name).read_bytes() == content
