"""What students submit beside a notebook lies beside it when it is graded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.course.course import Course
from tests.support.small_course import checks, course, graded, notebook, submit

pytestmark = pytest.mark.long

USE = """
# %% use
### BEGIN SOLUTION
import helper
total = helper.total
### END SOLUTION
# %% use-test
assert total == 3
# %% read
### BEGIN SOLUTION
values = [1, 2, 3]
### END SOLUTION
# %% read-test
assert len(values) == 3
"""
OWN = USE.replace("values = [1, 2, 3]", "values = open('data/mine.csv').read().split()")


@pytest.fixture
def hw(tmp_path: Path) -> Path:
    course(tmp_path, hw=USE)
    (tmp_path / "course/source/hw/helper.py").write_text("total = 3")
    return tmp_path


def test_modules_and_data_of_the_student_are_there(hw: Path) -> None:
    own = OWN.replace("import helper\n", "import helper, tools.sums\n").replace(
        "helper.total", "tools.sums.add(1, 2)"
    )
    place = submit(hw, hw=own)
    (place / "data").mkdir()
    (place / "data/mine.csv").write_text("1 2 3")
    (place / "tools").mkdir()
    (place / "tools/sums.py").write_text("def add(a, b):\n    return a + b")
    assert graded(hw)["ada"].score == 2
    # The grade depends on them.
    (place / "data/mine.csv").write_text("1 2")
    assert graded(hw)["ada"].score == 1


def test_the_instructors_file_counts_and_links_are_named(hw: Path) -> None:
    place = submit(hw, hw=OWN)
    (place / "helper.py").write_text("total = 5")
    (place / "data").symlink_to("/etc")
    found = graded(hw)["ada"]
    assert checks(found)["use-test"].points == 1
    flags = [flag.text for flag in found.flags if flag.kind == "files"]
    assert flags == [
        "left out of what was submitted beside it: data: a link, not followed"
    ]


def test_a_module_of_the_student_is_never_imported_outside_of_a_jail(hw: Path) -> None:
    place = submit(hw, hw=USE)
    mark = hw / "mark"
    hw.chmod(0o777)
    text = f"open({str(mark)!r}, 'w')\nraise SystemExit"
    names = [
        "grader",
        "numpy",
        "sitecustomize",
        "statistics",
        "random",
        "csv",
        "conftest",
    ]
    for name in names:
        (place / f"{name}.py").write_text(text)
    for name in ("grader", "cnnlab", "nbgrader", "grader/execution"):
        (place / name).mkdir()
        (place / name / "__init__.py").write_text(text)
    before = Path.cwd()
    os.chdir(place)
    try:
        assert graded(hw)["ada"].score == 2
    finally:
        os.chdir(before)
    assert not mark.exists()


@pytest.mark.nightly
def test_the_notebooks_of_the_assignment_lie_there(tmp_path: Path) -> None:
    first = "# %% a\n### BEGIN SOLUTION\na = 1\n### END SOLUTION\n# %% a-test\nassert a"
    second = (
        "# %%\n%run a.ipynb\n# %% b\n### BEGIN SOLUTION\nb = a + 1\n### END SOLUTION\n"
        "# %% b-test\nassert b == 2\n"
        "# %% c\n### BEGIN SOLUTION\nc = 'b = a' in open('b.ipynb').read()\n"
        "### END SOLUTION\n# %% c-test\nassert c"
    )
    course(tmp_path, a=first, b=second)
    submit(tmp_path, "right", a=first, b=second)
    submit(tmp_path, "wrong", a=first.replace("a = 1", "a = 5"), b=second)
    points = {name: result.score for name, result in graded(tmp_path).items()}
    assert points == {"right": 3, "wrong": 2}


def test_the_notebook_of_the_assignments_name_is_graded(hw: Path) -> None:
    place = submit(hw, hw=USE, **{"hw (1)": "# %% use\n", "scratch": "# %% use\n"})
    for number, name in enumerate(("hw", "hw (1)", "scratch")):
        os.utime(place / f"{name}.ipynb", (number, number))
    planned = plan(Course.open(hw / "course"), Classroom.open(hw / "class"))
    assert [item.file.path.name for item in planned.notebooks] == ["hw.ipynb"]
    beside = [text.rpartition("/")[2] for text in planned.ignored]
    why = "hw.ipynb is graded, which has the assignment's own name"
    assert sorted(beside) == [f"hw (1).ipynb: {why}", f"scratch.ipynb: {why}"]
    assert graded(hw)["ada"].score == 2
    (place / "hw.ipynb").unlink()
    planned = plan(Course.open(hw / "course"), Classroom.open(hw / "class"))
    assert [item.file.path.name for item in planned.notebooks] == ["hw (1).ipynb"]


@pytest.mark.nightly
def test_30_megabytes_arrive_whole(hw: Path) -> None:
    read = "values = [open(n, 'rb').read() == bytes(10 << 20) for n in 'abc']"
    place = submit(
        hw, hw=USE.replace("values = [1, 2, 3]", read + "\nassert all(values)")
    )
    for name in "abc":
        (place / name).write_bytes(bytes(10 << 20))
    found = graded(hw)["ada"]
    assert found.score == 2
    assert not [flag for flag in found.flags if flag.kind != "code"]


def test_a_full_disk_costs_only_what_did_not_fit(hw: Path) -> None:
    settings = '"metadata": {"grader": {"limits": {"disk_mb": 2}}, '
    text = notebook(USE).replace('"metadata": {"kernelspec"', settings + '"kernelspec"')
    (hw / "course/source/hw/hw.ipynb").write_text(text)
    place = submit(hw, hw=OWN)
    (place / "data").mkdir()
    (place / "data/mine.csv").write_bytes(b"1 " * (2 << 20))
    found = checks(graded(hw)["ada"])
    assert found["use-test"].points == 1
    assert found["read-test"].points == 0


def test_own_files_lie_beside_large_files_of_the_instructor(hw: Path) -> None:
    (hw / "course/source/hw/data").mkdir()
    (hw / "course/source/hw/data/large.bin").write_bytes(bytes(9 << 20))
    place = submit(hw, hw=OWN)
    (place / "data").mkdir()
    (place / "data/mine.csv").write_text("1 2 3")
    (place / "data/large.bin").write_text("mine")
    assert graded(hw)["ada"].score == 2
