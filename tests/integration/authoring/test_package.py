"""Packages run as the other systems run them, and score as ``grader grade`` does.

By default with two submissions to a short assignment. ``make rehearse`` sets
PACKAGE_ASSIGNMENT, and takes the whole class of ``grader demo`` for that one.
Both systems then share an environment, as they install the same.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import grader
from grader.authoring import sample_class as demo
from grader.authoring.package.package import Package, PackageOptions, make_package
from grader.authoring.package.rehearse import Rehearsal, rehearse_one
from grader.authoring.package.site import SITES, Site, set_up
from grader.authoring.package.targets import TARGETS, target_called
from grader.classroom.folder import Classroom
from grader.course.course import Course
from tests.support.paths import MANGLED_COURSE, ROOT

WHOLE = os.environ.get("PACKAGE_ASSIGNMENT", "")
NAME = WHOLE or "averages"
COURSE = Course.open(MANGLED_COURSE if NAME == "averages" else ROOT)
STUDENTS = [s.student for s in demo.CLASS] if WHOLE else ["half-right", "from-colab"]
SYSTEMS = tuple(target.name for target in TARGETS)
PAIRS = (
    [(student, system) for student in STUDENTS for system in SYSTEMS]
    if WHOLE
    else [
        pytest.param(student, system, marks=[pytest.mark.nightly] if number else [])
        for number, (student, system) in enumerate(zip(STUDENTS, SYSTEMS, strict=True))
    ]
)
pytestmark = [pytest.mark.long, pytest.mark.timeout(3600 if WHOLE else 600)]
if WHOLE:
    pytestmark.append(pytest.mark.hostile)


class Installed(NamedTuple):
    """A package, and where it was set up."""

    package: Package
    site: Site

    def grade(self, submission: Path) -> Rehearsal:
        step = self.site.submit(submission, 1)
        return rehearse_one(self.package, submission.name, step)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a class folder with the submissions of :data:`STUDENTS`."""
    folder, assignment = tmp_path_factory.mktemp("class"), COURSE.assignment(NAME)
    for each in demo.CLASS:
        if each.student in STUDENTS:
            place = folder / "submitted" / each.student / NAME
            place.mkdir(parents=True)
            (place / f"{NAME}.ipynb").write_bytes(demo.content(assignment, each))
    return folder


@pytest.fixture(scope="module")
def grades(room: Path) -> dict[str, float]:
    """Return the scores that ``grader grade`` gives."""
    results = grader.grade(Classroom.open(room), COURSE, [NAME], limits=demo.LIMITS)
    return {result.student: result.score for result in results}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Installed]:
    """Return the package for each system, set up in the same environment."""
    made = {}
    for name in SYSTEMS:
        out, base = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("site")
        package = make_package(COURSE, NAME, target_called(name), out, PackageOptions())
        site = SITES[name](base)
        site.lay_out(package)
        made[name] = Installed(package, site)
    first, second = (made[name].site for name in SYSTEMS)
    # Jails of root run as other users, who must be able to read the environment.
    for folder in (first.base, *first.base.parents):
        if folder != folder.parent and folder.stat().st_uid == os.geteuid():
            folder.chmod(folder.stat().st_mode | 0o111)
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("GRADER_CONTAINED"):
            # There is no network in tests/contained: uv uses its cache.
            patch.setenv("UV_OFFLINE", "1")
        if not WHOLE:
            # Compiling everything takes longer than three runs without it.
            patch.setenv("UV_COMPILE_BYTECODE", "0")
        set_up(first)
    (second.package / "environment").symlink_to(first.base / "environment")
    return made


@pytest.mark.parametrize(("student", "system"), PAIRS)
def test_the_score_is_that_of_grader_grade(
    student: str,
    system: str,
    room: Path,
    grades: dict[str, float],
    installed: dict[str, Installed],
) -> None:
    done = installed[system].grade(room / "submitted" / student / NAME)
    assert done.faults == (), done.printed
    assert done.score == grades[student]
    if not WHOLE:
        assert grades[student] > 0
    tests = done.results["tests"]
    assert len(tests) == sum(task.kind != "answer" for task in COURSE[NAME].tasks)


def results_of(installed: Installed, folder: Path, **files: Any) -> dict[str, Any]:
    """Submit some files; return the results file."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content)
    done = installed.grade(folder)
    assert done.faults == (), done.printed
    return done.results


@pytest.mark.nightly
@pytest.mark.skipif(bool(WHOLE), reason="the whole class is enough")
def test_a_wrong_name_a_copy_and_other_files_are_reported(
    tmp_path: Path,
    room: Path,
    grades: dict[str, float],
    installed: dict[str, Installed],
) -> None:
    best, worse = (room / "submitted" / student / NAME for student in STUDENTS[::-1])
    results = results_of(
        installed["gradescope"],
        tmp_path,
        answers__ipynb=(best / f"{NAME}.ipynb").read_bytes(),
        notes__txt=b"hello",
        old__ipynb=(worse / f"{NAME}.ipynb").read_bytes(),
    )
    assert f"Graded: {NAME}.ipynb." in results["output"]
    assert f"is taken as {NAME}.ipynb" in results["output"]
    assert "held 1 more notebook" in results["output"]
    assert results["score"] in grades.values()


@pytest.mark.skipif(bool(WHOLE), reason="needs no submission")
@pytest.mark.parametrize(
    "system",
    [
        SYSTEMS[0],
        *(pytest.param(name, marks=pytest.mark.nightly) for name in SYSTEMS[1:]),
    ],
)
def test_a_grader_that_is_stopped_has_written_why(
    system: str, tmp_path: Path, room: Path, installed: dict[str, Installed]
) -> None:
    """A results file is written before the grader starts, which here never happens."""
    site = installed[system].site
    script = (
        site.base / "run_autograder" if system == "gradescope" else site.package / "run"
    )
    text = script.read_text()
    quick = text.replace("timeout --kill-after=10 540", "timeout --kill-after=1 0.01")
    assert quick != text
    script.write_text(quick)
    try:
        done = installed[system].grade(room / "submitted" / STUDENTS[0] / NAME)
    finally:
        script.write_text(text)
    assert done.faults == (), done.printed
    assert done.score == 0
    assert "Grading did not end" in json.dumps(done.results)
    assert "10 minutes" in json.dumps(done.results)


def test_without_the_graders_user_a_result_says_so(
    tmp_path: Path, room: Path, installed: dict[str, Installed]
) -> None:
    site = installed["classroom50"].site
    step = site.submit(room / "submitted" / STUDENTS[0] / NAME, 1)
    environment = {**os.environ, **step.environment, "NBEXAMINER_RUN": "/no/such/run"}
    done = subprocess.run(
        step.command, cwd=step.folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (test,) = json.loads(step.results.read_text())["tests"]
    assert "you are not to blame" in test["test-name"]
    assert "status=error" in Path(step.environment["GITHUB_OUTPUT"]).read_text()
