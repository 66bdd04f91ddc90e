"""Files beside a notebook that attack the grader: folders, names, links, modules."""

from __future__ import annotations

import ctypes
import importlib.machinery
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.records import Result
from grader.submissions.own_files import MOST_BYTES, MOST_FILES
from tests.support.small_course import checks, course, graded, submit

pytestmark = [pytest.mark.hostile, pytest.mark.long, pytest.mark.timeout(600)]

COURSE = """
# %% mean
### BEGIN SOLUTION
import helper

def mean(x):
    return sum(x) / helper.count(x)
### END SOLUTION
# %% mean-test
import statistics
import numpy as np
assert mean([1, 2, 3]) == 2
### BEGIN HIDDEN TESTS
np.testing.assert_allclose(mean([1, 5, 6.5]), statistics.mean([1, 5, 6.5]))
### END HIDDEN TESTS
# %% draw
### BEGIN SOLUTION
drawn = "a line"
### END SOLUTION
# %% draw-test
import helper
assert helper.count(drawn) == 6
### BEGIN HIDDEN TESTS
import fractions
assert fractions.Fraction(helper.count(drawn), 2) == 3
### END HIDDEN TESTS
"""
HELPER = "def count(x):\n    return len(x)\n"
WRONG = COURSE.replace("sum(x) / helper.count(x)", "2")
# Modules of the standard library that are not imported yet, of the grader, and others.
MODULES = (
    *("statistics", "fractions", "random", "json", "pickle", "csv", "decimal", "ast"),
    *("grader", "grader/records", "grader/grading/scoring", "grader/execution/wire"),
    *("cnnlab", "nbgrader", "numpy", "numpy/testing", "pytest", "IPython", "ipykernel"),
    *("sitecustomize", "usercustomize", "conftest", "hw", "mean", "helper"),
)
# Modules of Python, of other libraries and of the grader, to write as compiled files.
EXTENSIONS = (
    *("_random", "_decimal", "_statistics", "_json", "_pickle", "_csv", "math"),
    *("numpy", "numpy/core/_multiarray_umath", "fractions", "zmq/_zmq", "helper2"),
    *(
        "grader",
        "grader/records",
        "grader/execution/inside/server",
        "msgpack/_cmsgpack",
    ),
)


@pytest.fixture
def hw(tmp_path: Path) -> Path:
    course(tmp_path, hw=COURSE)
    (tmp_path / "course/source/hw/helper.py").write_text(HELPER)
    submit(tmp_path, "honest", hw=COURSE)
    return tmp_path


def notes(result: Result) -> str:
    return "\n".join(flag.text for flag in result.flags if flag.kind == "files")


def test_modules_named_like_others_win_nothing(hw: Path) -> None:
    mark = hw / "mark"
    hw.chmod(0o777)
    place = submit(hw, "module", hw=WRONG)
    text = (
        f"try:\n    open({str(mark)!r}, 'w')\nexcept OSError:\n    pass\n"
        "class Same:\n    def __eq__(self, other): return True\n"
        "def count(x): return Same()\n"
        "def mean(x): return Same()\n"
        "def Fraction(*x): return Same()\n"
        "def assert_allclose(*a, **k): return None\n"
    )
    for name in MODULES:
        for path in (f"{name}.py", f"{name}/__init__.py"):
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(text)
    library = compiled(hw, mark)
    for name in EXTENSIONS:
        for ending in importlib.machinery.EXTENSION_SUFFIXES:
            (place / f"{name}{ending}").parent.mkdir(parents=True, exist_ok=True)
            (place / f"{name}{ending}").write_bytes(library)
    (place / "all.pth").write_text(f"import os; open({str(mark)!r}, 'w')")
    results = graded(hw)
    assert results["honest"].score == 2
    found = checks(results["module"])
    assert (found["mean-test"].points, found["draw-test"].points) == (0, 1)
    assert not mark.exists()


def compiled(folder: Path, mark: Path) -> bytes:
    """Return a compiled library that writes `mark` when it is loaded.

    Without a compiler on this machine, it is no library that can be loaded.
    """
    code = folder / "library.c"
    code.write_text(
        "#include <fcntl.h>\n#include <unistd.h>\n"
        "__attribute__((constructor)) static void loaded(void) "
        f'{{ close(open("{mark}", O_CREAT | O_WRONLY, 0666)); }}\n'
    )
    made = folder / "library.so"
    compiler = shutil.which("cc")
    if compiler is None:
        return b"\x7fELF" + bytes(100)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, code], check=True)
    ctypes.CDLL(str(made))
    mark.unlink()
    return made.read_bytes()


def test_links_bring_nothing_in(hw: Path) -> None:
    place = submit(
        hw, "links", hw=COURSE.replace('"a line"', "open('taken').read()[:6]")
    )
    (place / "taken").symlink_to("../../honest/hw/hw.ipynb")
    (place / "course").symlink_to(hw / "course")
    (place / "self").symlink_to(".")
    (place / "passwords").symlink_to("/etc/shadow")
    (place / "helper.py").symlink_to("/etc/passwd")
    os.mkfifo(place / "pipe")
    found = graded(hw)["links"]
    points = {name: check.points for name, check in checks(found).items()}
    assert points == {"mean-test": 1, "draw-test": 0}
    for name in ("taken", "course", "self", "passwords"):
        assert f"{name}: a link, not followed" in notes(found)


def test_folders_1000_deep_and_names_of_10_kilobytes_harm_nobody(hw: Path) -> None:
    deep = submit(hw, "deep", hw=COURSE)
    long = submit(hw, "long", hw=COURSE)
    nest(deep, "d", 1000)
    nest(long, "n" * 250, 40)
    try:
        results = graded(hw)
        assert {name: each.score for name, each in results.items()} == {
            "deep": 2,
            "honest": 2,
            "long": 2,
        }
        assert "more than 16 folders" in notes(results["deep"])
        assert "its name is too long" in notes(results["long"])
        assert len(notes(results["long"])) < 1000
    finally:
        subprocess.run(["rm", "-r", deep, long], check=True)  # too deep for Python


def nest(folder: Path, name: str, depth: int) -> None:
    """Make folders in folders, deeper than a path may be long."""
    current = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=current)
        below = os.open(name, os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = below
    os.close(os.open("end.txt", os.O_CREAT | os.O_WRONLY, dir_fd=current))
    os.close(current)


def test_many_and_large_files_harm_nobody(hw: Path) -> None:
    many = submit(hw, "many", hw=COURSE)
    for number in range(MOST_FILES * 2):
        (many / f"{number}.txt").touch()
    large = submit(hw, "large", hw=COURSE)
    with (large / "film.mp4").open("wb") as file:
        file.truncate(MOST_BYTES * 1000)
    results = graded(hw)
    assert {result.score for result in results.values()} == {2}
    assert "there are more than 1,000 files" in notes(results["many"])
    assert "more than 32 MiB" in notes(results["large"])


def test_names_with_line_breaks_and_escapes_are_written_out(hw: Path) -> None:
    place = submit(hw, "names", hw=COURSE.replace('"a line"', "open('\\n').read()"))
    (place / "\n").write_text("a line")
    (place / "'); raise SystemExit  #.py").write_text("a line")
    (place / "{name}{mode}{piece}").write_text("a line")
    (place / "\x1b[2J\nscore: 100").symlink_to("nowhere")
    found = graded(hw)["names"]
    assert found.score == 2
    assert "\x1b" not in notes(found)
    assert "\n" not in notes(found)
