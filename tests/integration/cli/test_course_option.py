"""The course is the one we are in, if ``--course`` names no other."""

from __future__ import annotations

import inspect
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import cli
from grader.cli.shell import app
from tests.support.paths import GRADER

Submit = Callable[..., Path]
# What each command needs besides a course.
GIVEN: dict[str, tuple[str, ...]] = {
    "collect": ("class/submitted", "--class", "new"),
    "compare": ("--class", "class"),
    "demo": ("--class", "new"),
    "feedback": ("--class", "class"),
    "grade": ("--class", "class"),
    "lint": (),
    "package": ("averages", "--for", "gradescope"),
    "new": ("averages", "--exercise", "middle-value"),
    "release": (),
    "run": (),
    "verify": (),
}


def grader(folder: Path, *given: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    command: list[str | Path] = [GRADER, *given]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", GIVEN)
def test_outside_a_course(tmp_path: Path, submit: Submit, command: str) -> None:
    submit(tmp_path / "class", "ada")
    done = grader(tmp_path, command, *GIVEN[command])
    assert (done.returncode, done.stdout) == (cli.UNUSABLE, "")
    assert f"No course found in {tmp_path} and the folders above it" in done.stderr
    for said in ("solutions/NAME.ipynb", "source/ASSIGNMENT/", "--course FOLDER"):
        assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


def test_every_command_with_a_course_is_tried() -> None:
    taking = {
        each.callback.__name__
        for each in app.registered_commands
        if each.callback and "course" in inspect.signature(each.callback).parameters
    }
    # Where there is no course, the first compares the notebook with itself, and the
    # other looks at the machine alone.
    assert taking == GIVEN.keys() | {"check", "doctor"}


@pytest.mark.parametrize(
    "place",
    [
        *(
            pytest.param(place, marks=pytest.mark.nightly)
            for place in (".", "solutions")
        ),
        "lessons/drafts",
    ],
)
def test_in_a_course_and_below_it(own_course: Path, place: str) -> None:
    folder = own_course / place
    folder.mkdir(parents=True, exist_ok=True)
    done = grader(folder, "release")
    assert done.returncode == cli.DONE, done.stderr
    assert done.stdout == f"wrote {own_course / 'lessons/averages.ipynb'}\n"


def test_a_folder_that_is_named_is_not_looked_for_above(own_course: Path) -> None:
    done = grader(own_course, "release", "--course", "solutions")
    assert done.returncode == cli.UNUSABLE
    assert "No course found in solutions." in done.stderr


def test_in_nbgrader_s_course(own_course: Path) -> None:
    (own_course / "source").mkdir()
    (own_course / "solutions").rename(own_course / "source/averages")
    (own_course / "class/submitted").mkdir(parents=True)
    done = grader(own_course / "source/averages", "grade", "--class", "../../class")
    assert done.returncode == cli.UNUSABLE
    assert "holds nothing to grade" in done.stderr


@pytest.mark.nightly
def test_check_beside_other_student_copies(own_course: Path, submit: Submit) -> None:
    """A student has no sources: the folder with lessons/ is the course."""
    assert grader(own_course, "release").returncode == cli.DONE
    copy = own_course / "lessons/averages.ipynb"
    (own_course / "solutions").rename(own_course.parent / "kept")
    mine = submit(own_course / "class", "ada").rename(copy.with_name("mine.ipynb"))
    done = grader(copy.parent, "check", mine.name)
    assert done.returncode == cli.DONE, done.stderr
    assert f"Comparing with {copy};" in done.stdout
