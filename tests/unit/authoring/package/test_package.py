"""A package holds what grading needs, and its public part holds no test."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from grader.authoring.package import site, wheels
from grader.authoring.package.course_copy import copy_course
from grader.authoring.package.needs import needs
from grader.authoring.package.on_site import copy_files, grade_folder, grade_stream
from grader.authoring.package.package import PackageOptions, make_package
from grader.authoring.package.site import SITES, Gradescope, set_up
from grader.authoring.package.targets import TARGETS, Target, target_called
from grader.authoring.package.wheels import make_wheel, origin_of, repack
from grader.course.course import Course
from grader.errors import CourseError, UsageError
from grader.reports.platforms.table import RESULTS_FILES
from tests.support import small_course
from tests.support.paths import MANGLED_COURSE, ROOT

each_target = pytest.mark.parametrize("target", TARGETS, ids=lambda t: t.name)
UV = Path(sys.executable).with_name("uv")
HW = """
# %% answer
import json
import yaml
import beside
x = 1
# %% answer-test
assert x == 1
"""


def write(path: Path, text: str = "1\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def hw(tmp_path: Path) -> Course:
    """Return a course made for nbgrader, with all kinds of files."""
    made = small_course.course(tmp_path, hw=HW)
    root = made.root
    header = small_course.notebook("# %%\nprint('header')\n")
    write(
        root / "nbgrader_config.py", "c.IncludeHeaderFooter.header = 'source/h.ipynb'\n"
    )
    write(root / "source/h.ipynb", header)
    write(root / "source/hw/beside.py")
    write(root / "source/hw/data/table.csv")
    write(root / "source/hw/.secret")
    (root / "source/hw/link.csv").symlink_to(root / "source/h.ipynb")
    write(root / "source/other/other.ipynb", small_course.notebook(HW))
    write(root / "wrong_answers/hw/answer.py", "# %% wrong\nx = 2\n")
    write(root / "class/gradebook.db")
    return Course.open(root)


def files(folder: Path) -> set[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths}


# The course ------------------------------------------------------------------------
def test_the_copy_holds_the_assignment_and_nothing_else(
    hw: Course, tmp_path: Path
) -> None:
    (notebook,) = copy_course(hw, "hw", tmp_path / "copy")
    assert files(tmp_path / "copy") == {
        "nbgrader_config.py",
        "source/h.ipynb",
        "source/hw/beside.py",
        "source/hw/data/table.csv",
        "source/hw/hw.ipynb",
    }
    assert Course.open(tmp_path / "copy").read("hw") == ((notebook,), ())


def test_a_course_like_ours_comes_with_earlier_releases(tmp_path: Path) -> None:
    course = Course.open(MANGLED_COURSE)
    copy_course(course, "averages", tmp_path)
    assert files(tmp_path) == {
        path for path in files(MANGLED_COURSE) if "averages" in path
    }
    assert any(path.startswith("releases/") for path in files(tmp_path))


def test_a_header_outside_of_the_course_is_refused(hw: Course, tmp_path: Path) -> None:
    (hw.root / "source/h.ipynb").rename(tmp_path / "h.ipynb")
    write(
        hw.root / "nbgrader_config.py", "c.IncludeHeaderFooter.header = '../h.ipynb'\n"
    )
    with pytest.raises(CourseError, match="lies outside of the course folder"):
        copy_course(Course.open(hw.root), "hw", tmp_path / "copy")


def test_a_notebook_that_cannot_be_graded_is_refused(
    hw: Course, tmp_path: Path
) -> None:
    write(hw.root / "source/hw/second.ipynb", "{")
    with pytest.raises(CourseError, match=r"second\.ipynb"):
        copy_course(hw, "hw", tmp_path / "copy")


# What is installed -----------------------------------------------------------------
def test_what_the_notebook_imports_is_installed_in_the_same_version(hw: Course) -> None:
    notebooks, _ = hw.read("hw")
    needed = needs(notebooks, ("pandas<3",))
    assert needed.requirements == (f"PyYAML=={metadata.version('pyyaml')}", "pandas<3")
    assert needed.missing == ()
    assert [origin.name for origin in needed.wheels] == ["nbexaminer"]
    assert f"numpy=={metadata.version('numpy')}" in needed.constraints
    assert not any("nbexaminer" in line for line in needed.constraints)


def test_a_package_that_is_not_installed_here_is_named(tmp_path: Path) -> None:
    text = HW.replace("import yaml", "import no_such_package_here.inner")
    made = small_course.course(tmp_path, hw=text)
    assert needs(made.read("hw")[0]).missing == ("beside", "no_such_package_here")


def test_the_course_of_this_repository_needs_its_own_wheel() -> None:
    notebooks, _ = Course.open(ROOT).read("02_convolutions")
    needed = needs(notebooks)
    assert [origin.name for origin in needed.wheels] == ["nbexaminer", "cnnlab"]
    assert all(origin.source for origin in needed.wheels)


def test_an_installed_distribution_is_packed_again(tmp_path: Path) -> None:
    """Ipykernel has a module, a package and data files, but no script."""
    distribution = metadata.distribution("ipykernel")
    wheel = repack(distribution, tmp_path)
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        record = packed.read(f"ipykernel-{distribution.version}.dist-info/RECORD")
    data = f"ipykernel-{distribution.version}.data/data/share/jupyter/kernels"
    assert {"ipykernel_launcher.py", f"{data}/python3/kernel.json"} <= names
    assert not any("direct_url" in name or ".pyc" in name for name in names)
    assert {line.split(",")[0] for line in record.decode().split()} == names
    target = tmp_path / "installed"
    install: list[str | Path] = [
        UV,
        "pip",
        "install",
        "--offline",
        "--no-deps",
        "--target",
    ]
    done = subprocess.run([*install, target, wheel], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (target / "share/jupyter/kernels/python3/kernel.json").is_file()


def installed_from(wheel: str, folder: Path) -> metadata.Distribution:
    """Return a distribution without files, whose ``WHEEL`` file has these lines."""
    write(folder / "old-1.dist-info/METADATA", "Name: old\nVersion: 1\n")
    write(folder / "old-1.dist-info/WHEEL", wheel)
    (distribution,) = metadata.distributions(path=[str(folder)])
    return distribution


def test_a_wheel_keeps_all_its_tags(tmp_path: Path) -> None:
    """A wheel for Python 2 and 3 lists both, and pip would refuse the first alone."""
    distribution = installed_from("Tag: py2-none-any\nTag: py3-none-any\n", tmp_path)
    assert repack(distribution, tmp_path).name == "old-1-py2.py3-none-any.whl"


def test_without_a_wheel_nothing_is_packed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="old was not installed from a wheel"):
        repack(installed_from("", tmp_path), tmp_path)


def test_a_build_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheels, "_SECONDS", 0.001)
    with pytest.raises(UsageError, match=r"was stopped after 0\.001 s"):
        make_wheel(origin_of("nbexaminer"), tmp_path)


def test_a_distribution_that_is_missing_is_named() -> None:
    with pytest.raises(UsageError, match="no-such-thing is not installed"):
        origin_of("no-such-thing")


# The package -----------------------------------------------------------------------
@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folder of a package for each system."""
    course, folders = Course.open(MANGLED_COURSE), {}
    for target in TARGETS:
        folders[target.name] = tmp_path_factory.mktemp(target.name)
        package = make_package(course, "averages", target, folders[target.name])
        assert (package.points, package.by_hand) == (8, 2)
    return folders


@each_target
def test_the_archive_holds_what_the_system_starts(
    target: Target, made: dict[str, Path]
) -> None:
    with zipfile.ZipFile(made[target.name] / target.archive) as archive:
        modes = {e.filename: e.external_attr >> 16 for e in archive.infolist()}
        texts = {
            name: archive.read(name).decode()
            for name in (*target.scripts, "install.sh")
        }
        settings = json.loads(archive.read("package.json"))
    assert {"unfinished.json", "requirements.txt", "constraints.txt"} <= modes.keys()
    assert "course/solutions/averages.ipynb" in modes
    assert settings["assignment"] == "averages"
    for name, text in texts.items():
        assert modes[name] & stat.S_IXUSR
        assert text.startswith("#!/usr/bin/env bash\n")
        assert "\r" not in text
        assert "@" not in text.replace('"$@"', "")
        done = subprocess.run(
            ["bash", "-n"], input=text, text=True, capture_output=True
        )
        assert done.returncode == 0, done.stderr


@each_target
def test_what_students_may_read_holds_no_test(
    target: Target, made: dict[str, Path]
) -> None:
    public = [made[target.name] / name for name in target.public]
    assert files(made[target.name]) == {target.archive, *target.public}
    source = json.loads((MANGLED_COURSE / "solutions/averages.ipynb").read_text())
    lines = {line.strip() for cell in source["cells"] for line in cell["source"]}
    lines = {line for line in lines if len(line) > 12}
    assert any("assert" in line for line in lines)
    for path in public:
        assert [line for line in lines if line in path.read_text()] == []
        compile(path.read_text(), path.name, "exec")


def test_no_system_gets_points_that_it_rounds(tmp_path: Path) -> None:
    made = small_course.course(tmp_path, hw=HW.replace("import beside", ""))
    path = made.root / "source/hw/hw.ipynb"
    path.write_text(path.read_text().replace('"points": 1', '"points": 1.5'))
    with pytest.raises(CourseError, match=r"whole points.*answer-test \(1\.5\)"):
        make_package(made, "hw", target_called("classroom50"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (PackageOptions(visibility="hidden"), "cannot keep --visibility hidden"),
        (PackageOptions(minutes=0), "above zero"),
    ],
)
def test_options_that_do_not_fit_the_system_are_refused(
    options: PackageOptions, said: str, tmp_path: Path
) -> None:
    course = Course.open(MANGLED_COURSE)
    with pytest.raises(UsageError, match=said):
        make_package(
            course, "averages", target_called("classroom50"), tmp_path, options
        )


def test_an_unknown_system_is_refused_with_a_list_of_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there are gradescope, classroom50"):
        target_called("moodle")


def test_every_system_has_a_layout_and_a_results_file() -> None:
    names = [target.name for target in TARGETS]
    assert list(SITES) == names
    assert [file.name for file in RESULTS_FILES] == names


def test_a_set_up_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "_SET_UP_SECONDS", 0.2)
    write(tmp_path / "source/setup.sh", "exec sleep 60\n")
    with pytest.raises(UsageError, match=r"setup\.sh was stopped after 0\.2 s"):
        set_up(Gradescope(tmp_path))


def test_the_scripts_are_part_of_the_wheel() -> None:
    wheel = tomllib.loads((ROOT / "grader/pyproject.toml").read_text())
    excluded = wheel["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]
    assert not any("scripts" in pattern for pattern in excluded)


# On the other system ---------------------------------------------------------------
def test_only_regular_files_are_taken(tmp_path: Path) -> None:
    source = tmp_path / "submission"
    write(source / "lab.ipynb")
    write(source / "data/a.csv")
    write(source / ".git/config")
    (source / "passwd").symlink_to("/etc/passwd")
    (source / "etc").symlink_to("/etc")
    os.mkfifo(source / "pipe")
    copy_files(source, tmp_path / "copy")
    assert files(tmp_path / "copy") == {"lab.ipynb", "data/a.csv"}


@pytest.fixture
def unpacked(tmp_path: Path, made: dict[str, Path]) -> Path:
    zipfile.ZipFile(made["gradescope"] / "autograder.zip").extractall(
        tmp_path / "package"
    )
    return tmp_path / "package"


def test_a_student_reads_that_no_file_was_submitted(
    unpacked: Path, tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    results = grade_folder(unpacked, tmp_path / "nothing")
    assert results["output"].startswith("No file was submitted")
    assert results["extra_data"] == {"grader_failed": False}
    empty = tmp_path / "empty.tar"
    subprocess.run(["tar", "-cf", empty, "-T", "/dev/null"], check=True)
    with empty.open("rb") as archive:
        assert grade_stream(unpacked, archive) == results


def test_a_fault_of_the_grader_is_not_the_students(
    unpacked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (unpacked / "course/solutions/averages.ipynb").write_text("{ secret")
    write(tmp_path / "submission/averages.ipynb")
    results = grade_folder(unpacked, tmp_path / "submission")
    assert "you are not to blame" in results["output"]
    assert results["extra_data"] == {"grader_failed": True}
    assert "secret" not in json.dumps(results)
    assert "averages.ipynb" in capsys.readouterr().out


def test_tests_that_a_students_workflow_can_read_are_not_used(
    tmp_path: Path, made: dict[str, Path]
) -> None:
    text = (made["classroom50"] / "autograder.py").read_text()
    place = tmp_path / "srv"
    write(place / "course/solutions/averages.ipynb")
    moved = text.replace("/srv/nbexaminer/averages", str(place))
    assert moved != text
    write(tmp_path / "autograder.py", moved)
    (tmp_path / "checkout").mkdir()
    done = subprocess.run(
        [sys.executable, tmp_path / "autograder.py"],
        cwd=tmp_path / "checkout",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "can be read by this user" in done.stderr
    result = json.loads((tmp_path / "checkout/result.json").read_text())
    assert (result["score"], result["max-score"]) == (0, 0)
    assert "can be read by the user" in result["tests"][0]["test-name"]
