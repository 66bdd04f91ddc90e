"""The set-up cell installs from the maintainers' address, or says what to do."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from grader.authoring.lint import address
from grader.authoring.lint.lint import lint
from grader.course.course import Course
from grader.errors import CourseError
from tests.support.paths import GRADER, ROOT

SETTING = address.read(ROOT)
PACKAGE = {"package": "cnnlab"}
UNSET = {"repository": "your_university/cnn-course", "branch": "main"} | PACKAGE
OURS = {"repository": "some-university/nets", "branch": "autumn"} | PACKAGE
NOTEBOOKS = sorted(
    path
    for folder in ("solutions", "lessons", "labs")
    for path in ROOT.glob(f"{folder}/*.ipynb")
)


def settle(root: Path, **setting: str) -> None:
    lines = "".join(f"{key} = {json.dumps(text)}\n" for key, text in setting.items())
    (root / "pyproject.toml").write_text(f"[tool.grader]\n{lines}", encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return a copy of two of our notebooks, in a course without an address."""
    folder = tmp_path / "course"
    (folder / "solutions").mkdir(parents=True)
    for name in ("02_convolutions", "06_mnist_lab"):
        shutil.copy(ROOT / f"solutions/{name}.ipynb", folder / "solutions")
    settle(folder, **UNSET)
    address.write(Course.open(folder))
    return Course.open(folder)


def setup_cell(path: Path) -> str:
    cells = nbformat.read(path, 4).cells
    return str(next(cell.source for cell in cells if cell.cell_type == "code"))


def source(course: Course, name: str = "02_convolutions") -> Path:
    return course.source_path(name)


def installations(path: Path) -> Iterator[str]:
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            yield from re.findall(r".*\binstall\b.*", cell.source)


@pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_our_notebooks_install_from_the_setting_or_not_at_all(path: Path) -> None:
    wanted = [f"    %pip install -q git+{SETTING.home}"]
    assert list(installations(path)) == (wanted if SETTING.is_published else [])
    buttons = re.findall(
        r"research\.google\.com/github/([^/]+/[^/]+)", path.read_text()
    )
    assert set(buttons) == {SETTING.repository}


def test_nobody_can_register_the_address_that_stands_for_none() -> None:
    owner = address.UNSET_OWNER
    assert not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", owner)
    # GitHub's managed users have one underscore and at most eight characters after it.
    assert len(owner.partition("_")[2]) > 8


def run_grader(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GRADER, *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture
def without_cnnlab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let kernels find no cnnlab."""
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / "cnnlab.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def run_cell(code: str) -> list[Any]:
    """Run one cell in a kernel; return its outputs."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=60).execute()
    return list(notebook.cells[0].outputs)


@pytest.mark.usefixtures("without_cnnlab")
def test_without_an_address_the_cell_says_what_to_do_and_stops(course: Course) -> None:
    code = setup_cell(source(course))
    ast.parse(code)  # a magic would be no Python
    assert "install" not in code
    with pytest.raises(CellExecutionError) as stopped:
        run_cell(code)
    assert stopped.value.ename == "RuntimeError"
    assert stopped.value.evalue == (
        "cnnlab is missing: open this notebook with `make lab` "
        "in a copy of the whole course's folder"
    )


@pytest.mark.usefixtures("without_cnnlab")
def test_with_an_address_the_cell_installs_from_it(course: Course) -> None:
    settle(course.root, **OURS)
    address.write(course)
    code = setup_cell(source(course)).partition("\n\n")[0]
    told = "get_ipython().register_magic_function(print, magic_name='pip')\n"
    (output,) = run_cell(told + code)
    assert output.text == "install -q git+https://github.com/some-university/nets\n"


@pytest.mark.nightly
def test_one_command_writes_the_setting_into_sources_and_copies(course: Course) -> None:
    before = {path: path.read_text() for path in course.root.rglob("*.ipynb")}
    settle(course.root, **OURS)
    found = [finding.what for finding in lint(course)]
    assert sum("does not import cnnlab" in what for what in found) == 2
    assert sum("no button" in what for what in found) == 2
    done = run_grader("release", "--address", "--course", course.root)
    assert done.returncode == 0, done.stderr
    # The next lesson, to which one of them links, is not in this course.
    left = [finding.what for finding in lint(course)]
    assert left == ["no notebook at 03_padding_and_stride.ipynb, seen from lessons/"]
    copy = course.root / "labs/06_mnist_lab.ipynb"
    assert setup_cell(copy) == setup_cell(source(course, "06_mnist_lab"))
    assert (
        f"github/some-university/nets/blob/autumn/labs/{copy.name}" in copy.read_text()
    )
    settle(course.root, **UNSET)
    address.write(course)
    assert {path: path.read_text() for path in before} == before


def test_what_is_written_already_stays(course: Course) -> None:
    assert address.write(course) == ()


def test_a_notebook_without_a_setup_cell_stops_all(course: Course) -> None:
    broken = source(course, "06_mnist_lab")
    broken.write_text(
        broken.read_text().replace("except ImportError", "except OSError")
    )
    before = source(course).read_text()
    settle(course.root, **OURS)
    with pytest.raises(CourseError, match=r"06_mnist_lab\.ipynb: its first code cell"):
        address.write(course)
    assert source(course).read_text() == before


@pytest.mark.parametrize(
    "setting",
    [
        UNSET | {"repository": "another_university/cnn-course"},
        UNSET | {"repository": "cnn-course"},
        UNSET | {"repository": "owner/name/more"},
        UNSET | {"repository": "https://github.com/owner/name"},
        UNSET | {"repository": "owner/name; rm"},
        UNSET | {"branch": "two words"},
        {"repository": "owner/name"},
    ],
    ids=str,
)
def test_what_is_no_address_is_refused(tmp_path: Path, setting: dict[str, str]) -> None:
    settle(tmp_path, **setting)
    with pytest.raises(
        CourseError, match=r"pyproject\.toml: .*repository = 'OWNER/NAME'"
    ):
        address.read(tmp_path)


def test_a_package_that_cannot_be_imported_is_refused(tmp_path: Path) -> None:
    settle(tmp_path, **UNSET | {"package": "cnn-lab"})
    with pytest.raises(CourseError, match="package = 'cnn-lab' cannot be imported"):
        address.read(tmp_path)


def test_a_course_without_a_package_gets_the_links_only(course: Course) -> None:
    source(course).write_text(source(course).read_text().replace("cnnlab", "nets"))
    without = {key: text for key, text in OURS.items() if key != "package"}
    settle(course.root, **without)
    before = setup_cell(source(course))
    assert address.write(course, ["02_convolutions"]) == (source(course),)
    assert setup_cell(source(course)) == before
    assert "github/some-university/nets/blob/autumn" in source(course).read_text()


def test_checking_writes_no_address(course: Course) -> None:
    done = run_grader("release", "--check", "--address", "--course", course.root)
    assert done.returncode == 2
    assert "--check writes nothing" in done.stderr
