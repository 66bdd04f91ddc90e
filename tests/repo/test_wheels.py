"""Each wheel, alone in an environment of its own, does its work.

The course's runs the lessons' first cells, and with TensorFlow all of them; the
grader's grades nbgrader's quickstart course. Neither needs this repository, nor brings
the other package or TensorFlow.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import cnnlab
import grader
from grader.course.course import Course
from grader.notebooks.cells import cells_of, is_answer, parse_notebook
from grader.notebooks.magics import without
from tests.support.paths import ROOT

pytestmark = [pytest.mark.nightly, pytest.mark.long, pytest.mark.timeout(300)]
UV = Path(sys.executable).with_name("uv")
COPIES = sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("labs/*.ipynb")])
NEEDS_TENSORFLOW = {"keras", "tensorflow"}
# Runs cells one after the other; prints what the first one, the setup, ended with.
CELLS = """
import json, sys
names = {}
setup, *cells = json.load(sys.stdin)
try:
    exec(setup, names)
    print("done")
except ImportError as error:
    print(error)
for cell in cells:
    exec(cell, names)
"""
# Runs all cells of blank copies; prints how many tests found no answer.
COPIES_RUN = """
import builtins, json, os, sys
builtins.display = lambda *shown: None  # IPython's, as in Colab
for name, cells in json.load(sys.stdin).items():
    names, blank = {"__name__": "__main__"}, 0
    for cell in cells:
        try:
            exec(cell, names)
        except AssertionError as error:
            if type(error).__name__ != "NotAnswered":
                raise
            blank += 1
    print("blank:", name, blank)
"""
DISTRIBUTIONS = """
from importlib.metadata import distributions
print(*(each.metadata["Name"] for each in distributions()))
"""


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command in nothing of this environment's."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "VIRTUAL_ENV" and not name.startswith("PYTHON")
    }
    options = {"env": kept, "check": False, **options}
    return subprocess.run(command, capture_output=True, text=True, **options)


@dataclass(frozen=True)
class Installed:
    """A wheel, and a bare environment in which nothing else was asked for."""

    wheel: Path
    root: Path

    @property
    def files(self) -> list[str]:
        return zipfile.ZipFile(self.wheel).namelist()

    def run(self, *command: str | Path, **options: Any) -> Any:
        """Run a program of the environment, in another folder than the repository."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        programs = self.root / "venv/bin"
        home = {"HOME": str(self.root), "MPLBACKEND": "agg"}
        path = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        options = {"cwd": self.root, "env": kept | home | path, **options}
        return run(programs / command[0], *command[1:], **options)

    def says(self, *command: str | Path, **options: Any) -> str:
        """Run a program that must do what it is asked; return what it prints."""
        done = self.run(*command, **options)
        assert done.returncode == 0, done.stdout + done.stderr
        return str(done.stdout)


def uv(*arguments: str | Path) -> None:
    """Run uv on what it has kept; ask the registry only if that is too little."""
    if run(UV, "--quiet", "--offline", *arguments).returncode != 0:
        done = run(UV, "--quiet", *arguments)
        assert done.returncode == 0, done.stderr


def installed(project: Path, root: Path, *others: str) -> Installed:
    """Build a project's wheel from its source archive, as registries do; install it.

    Other packages that are named are installed beside it.
    """
    wheels, python = root / "wheels", root / "venv/bin/python"
    uv("build", "--out-dir", wheels, project)
    uv("venv", "--python", sys.executable, root / "venv")
    (wheel,) = wheels.glob("*.whl")
    locked = ("--constraint", ROOT / "requirements.lock")
    uv("pip", "install", "--python", python, *locked, wheel, *others)
    return Installed(wheel, root)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return installed(ROOT, tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def examiner(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return installed(ROOT / "grader", tmp_path_factory.mktemp("examiner"))


def committed(folder: str) -> set[str]:
    listed = run("git", "ls-files", folder, cwd=ROOT).stdout.split()
    return {name for name in listed if (ROOT / name).exists()}


# What is in them -----------------------------------------------------------------
def test_the_courses_wheel_holds_its_package_alone(course: Installed) -> None:
    about = f"cnnlab-{cnnlab.__version__}.dist-info/"
    files = {name for name in course.files if not name.startswith(about)}
    assert f"{about}licenses/LICENSE" in course.files
    assert files == committed("cnnlab") - {"cnnlab/README.md"}


def test_the_graders_wheel_holds_its_package_and_its_kernel(
    examiner: Installed,
) -> None:
    name = f"nbexaminer-{grader.__version__}"
    files = {each for each in examiner.files if not each.startswith(f"{name}.dist")}
    kernel = f"{name}.data/data/share/jupyter/kernels/grader-jail/kernel.json"
    project = {"grader/LICENSE", "grader/README.md", "grader/pyproject.toml"}
    assert f"{name}.dist-info/licenses/LICENSE" in examiner.files
    assert files == committed("grader") - project | {kernel}
    assert {"grader/py.typed", "grader/reports/templates/report.html.j2"} <= files
    template = "grader/authoring/new/template"
    assert f"{template}/dot-github/workflows/course.yml" in files


@pytest.mark.parametrize(
    ("own", "other"), [("course", "grader"), ("examiner", "cnnlab")]
)
def test_neither_brings_the_other_or_tensorflow(
    own: str, other: str, request: pytest.FixtureRequest
) -> None:
    here: Installed = request.getfixturevalue(own)
    failed = here.run("python", "-c", f"import {other}")
    assert f"No module named '{other}'" in failed.stderr
    names = {name.lower() for name in here.says("python", "-c", DISTRIBUTIONS).split()}
    found = {name for name in names if re.match("tensor|keras", name)}
    assert found == set()
    assert len({"cnnlab", "nbexaminer"} & names) == 1


# The course -----------------------------------------------------------------------
def first_cells(path: Path) -> Iterator[str]:
    """Yield the code that comes before the first answer, and before Keras."""
    for cell in parse_notebook(path.read_text("utf-8")).cells:
        code = without(cell.source) if cell.cell_type == "code" else ""
        if is_answer(cell) or NEEDS_TENSORFLOW & set(imported(code)):
            return
        if code:
            yield code


def imported(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
def test_a_lessons_first_cells_run(path: Path, course: Installed) -> None:
    cells = list(first_cells(path))
    assert len(cells) >= 2
    said = course.says("python", "-c", CELLS, input=json.dumps(cells))
    # All before it is done: describe_runtime, at the end, asks for TensorFlow.
    assert said.startswith("No module named 'tensorflow'; this course needs")
    assert "pip install 'tensorflow~=" in said


def given_cells(path: Path) -> list[str]:
    """Return the code of a blank copy, with the parameters of the short runs."""
    parameters = Course.open(ROOT).assignment(path.stem).parameters
    sources = []
    for cell in cells_of(parse_notebook(path.read_text("utf-8"))):
        if cell.is_code:
            sources.append(without(cell.source))
        if "parameters" in cell.tags:
            sources += [f"{name} = {value!r}" for name, value in parameters.items()]
    return sources


def test_all_cells_of_blank_lessons_run_on_colabs_tensorflow(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    colab = installed(ROOT, tmp_path_factory.mktemp("colab"), "tensorflow")
    given = {path.stem: given_cells(path) for path in COPIES}
    said = colab.says("python", "-c", COPIES_RUN, input=json.dumps(given))
    counted = dict(re.findall(r"^blank: (\w+) (\d+)$", said, re.MULTILINE))
    for path in COPIES:
        copy = cells_of(parse_notebook(path.read_text("utf-8")))
        assert counted[path.stem] == str(sum(cell.is_test for cell in copy))


def test_the_digits_of_scikit_learn_are_there(course: Installed) -> None:
    code = "from cnnlab.data import scikit_learn_digits as d; print(d().x_train.shape)"
    assert re.fullmatch(r"\(\d+, 28, 28\)\n", course.says("python", "-c", code))


def test_each_has_a_long_description_of_its_own(
    course: Installed, examiner: Installed
) -> None:
    for made, page in ((course, "cnnlab/README.md"), (examiner, "grader/README.md")):
        (name,) = (each for each in made.files if each.endswith(".dist-info/METADATA"))
        metadata = zipfile.ZipFile(made.wheel).read(name).decode("utf-8")
        assert "Description-Content-Type: text/markdown" in metadata
        text = (ROOT / page).read_text("utf-8")
        assert metadata.endswith(text)
        # A link that leads into the repository leads nowhere on a registry's page.
        assert not re.search(r"\]\((?!https://)", text)


def test_one_version_is_released_and_cited() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == cnnlab.__version__ == grader.__version__


# The grader -----------------------------------------------------------------------
def test_the_version_comes_from_one_place(examiner: Installed) -> None:
    ask = "from importlib.metadata import version; print(version('nbexaminer'))"
    assert examiner.says("python", "-c", ask) == f"{grader.__version__}\n"
    assert examiner.says("grader", "--version") == f"grader {grader.__version__}\n"


def test_the_jails_kernel_is_found(examiner: Installed) -> None:
    kernels = json.loads(examiner.says("jupyter", "kernelspec", "list", "--json"))
    assert "grader-jail" in kernels["kernelspecs"]


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        (("run",), "notebooks"),
        (("grade", "--class", "class", "--scheduler", "tcp://127.0.0.1:1"), "cluster"),
    ],
)
def test_a_missing_extra_is_named(
    command: tuple[str, ...], extra: str, examiner: Installed, quickstart: Path
) -> None:
    done = examiner.run("grader", *command, "--course", quickstart)
    assert done.returncode == 2
    assert f"pip install 'nbexaminer[{extra}]'" in done.stderr


@pytest.fixture(scope="module")
def quickstart(examiner: Installed) -> Path:
    """Return nbgrader's own course, with a class of two beside it."""
    root = examiner.root / "course101"
    make = (sys.executable, "-m", "nbgrader", "quickstart", root.name)
    done = run(*make, cwd=examiner.root)
    assert done.returncode == 0, done.stderr
    for source in (root / "source/ps1").glob("*.ipynb"):
        notebook = json.loads(source.read_text("utf-8"))
        submit(examiner, "right", source.name, notebook)
        for cell in notebook["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            if about.get("solution") and cell["cell_type"] == "code":
                cell["source"] = "raise NotImplementedError()"
        submit(examiner, "blank", source.name, notebook)
    return root


def submit(examiner: Installed, student: str, name: str, content: Any) -> None:
    place = examiner.root / "class/submitted" / student / "ps1" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(content), "utf-8")


def test_nbgraders_quickstart_course_is_graded(
    examiner: Installed, quickstart: Path
) -> None:
    report = examiner.root / "grades.json"
    examiner.says(
        "grader",
        *("grade", "--class", "class", "--course", quickstart),
        *("--workers", "1", "--json", report),
    )
    results = json.loads(report.read_text())["results"]
    # Of 13 points, 10 are given by hand.
    scores = {each["student"]: (each["score"], each["max_score"]) for each in results}
    assert scores == {"blank": (0, 13), "right": (3, 13)}
    assert (examiner.root / "class/gradebook.db").is_file()


def test_a_new_course_needs_the_grader_alone(examiner: Installed) -> None:
    """Its sample class is graded where there is neither our course nor TensorFlow."""
    examiner.says("grader", "new", "secret-writing")
    options = {"cwd": examiner.root / "secret-writing"}
    assert "No problems found" in examiner.says("grader", "lint", **options)
    assert "up to date" in examiner.says("grader", "release", "--check", **options)
    grade = ("grade", "--class", "sample_class", "--workers", "1", "--json", "grades")
    examiner.says("grader", *grade, **options)
    results = json.loads((options["cwd"] / "grades").read_text())["results"]
    assert [each["score"] for each in results] == [6, 7, 2, 2, 1]
