"""A changed test runs again, and what else must: the grade is that of a whole run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.batch import run
from grader.batch.plan import plan
from grader.batch.run import GradingSettings
from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.grading import regrade
from grader.grading.grade import grade
from grader.grading.session import GradingSession
from grader.records import Graded, Result, Submission
from grader.submissions.merge import merge
from tests.support.paths import MANGLED_COURSE

Submit = Callable[..., Path]
# The second hidden test of the notebook, made harder for who sorts texts.
CHANGE = ("[9, 1, 4, 2]", "[9, 1, 4, 3]")
FIRST = "assert median_of([5])"
SHOWN = (
    '"id": "mean-shown",\n   "metadata": {}',
    '"id": "mean-shown",\n   "metadata": {"tags": ["skip-when-grading"]}',
)
HARDER = ("[-1.5, 8, 0, 0]", "[8, 10, 9, 11]")


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory: pytest.TempPathFactory, submit: Submit) -> Classroom:
    root = tmp_path_factory.mktemp("once")
    submit(root, "ada")
    submit(root, "bob", median="def median_of(v): return sorted(map(str, v))[0]")
    submit(root, "cyn", mean="n = []\ndef mean_of(v):\n n.append(v)\n return 3.0")
    submit(root, "dan", q1="import os\nos._exit(0)")
    room = Classroom.open(root)
    course = Course.open(MANGLED_COURSE)
    run.run(room, plan(course, room), GradingSettings(workers=2, seed=7))
    return room


@pytest.fixture
def graded(graded_once: Classroom, tmp_path: Path) -> Classroom:
    return Classroom.open(shutil.copytree(graded_once.root, tmp_path / "graded"))


def changed(course: Path, *changes: tuple[str, str]) -> Course:
    source = course / "solutions" / "averages.ipynb"
    text = source.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    source.write_text(text, "utf-8")
    return Course.open(course)


def results(room: Classroom, course: Course, **options: Any) -> list[Result]:
    settings = GradingSettings(workers=2, **options)
    found = run.run(room, plan(course, room), settings)
    return [timeless(each) for each in found.values()]


def timeless(result: Result) -> Result:
    cells = tuple(replace(check, seconds=0) for check in result.cells)
    return replace(result, seconds=0, cells=cells)


def outputs(room: Classroom) -> list[Any]:
    paths = sorted((room.root / "autograded").rglob("*.ipynb"))
    return [
        [cell.get("outputs") for cell in json.loads(path.read_text())["cells"]]
        for path in paths
    ]


def test_the_grades_are_those_of_a_whole_run(
    graded: Classroom, own_course: Path, tmp_path: Path
) -> None:
    course = changed(own_course, CHANGE, HARDER)
    quick = results(graded, course, seed=7)
    assert {each.seed for each in quick} == {7}
    shown = outputs(graded)
    whole = results(graded, course, force=True, seed=7)
    assert quick == whole
    assert shown == outputs(graded)
    assert {each.release for each in quick} == {course.assignment("averages").release}


def again(graded: Classroom, course: Course, student: str) -> frozenset[str] | None:
    """Return the tests that would run again for a student's submission."""
    assignment = course.assignment("averages")
    path = graded.folder("submitted", student, "averages") / "averages.ipynb"
    merged = merge(assignment, path.read_bytes(), assignment.parameters)
    return regrade.tests_to_rerun(earlier(graded, student), merged.cells, assignment)


def earlier(graded: Classroom, student: str) -> Graded:
    path = graded.folder("autograded", student, "averages") / "averages.ipynb"
    result = graded.read_results()[student, "averages"]
    return Graded(result, path.read_text("utf-8"))


def test_only_the_changed_test_runs_again(graded: Classroom, own_course: Path) -> None:
    course = changed(own_course, CHANGE)
    assert again(graded, course, "ada") == frozenset({"median-test"})


@pytest.mark.parametrize(
    ("student", "change", "runs"),
    [
        ("ada", ("A mean weighs all", "The mean weighs all"), frozenset()),
        ("cyn", CHANGE, None),  # keeps a list from call to call
        ("dan", CHANGE, None),  # ended its kernel
        ("ada", ("list(range(size))", "list(range(size + 1))"), None),
        # The student's earlier grade is of a run that had this cell.
        ("ada", SHOWN, None),
        ("ada", ('\\"not the median\\"', "sample"), frozenset({"median-test"})),
        # A name that another test reads ties the two together.
        (
            "ada",
            ("assert median_of([5])", "answer_q1 = 1\\nassert median_of([5])"),
            None,
        ),
        ("ada", ("assert median_of([5])", "st.mean = 1\\nassert median_of([5])"), None),
    ],
)
def test_what_runs_again(
    graded: Classroom,
    own_course: Path,
    student: str,
    change: tuple[str, str],
    runs: frozenset[str] | None,
) -> None:
    assert again(graded, changed(own_course, change), student) == runs


def test_a_text_that_changed_runs_nothing(
    graded: Classroom, own_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = changed(own_course, ("A mean weighs all", "The mean weighs all"))
    assignment = course.assignment("averages")
    monkeypatch.setattr(GradingSession, "run", lambda *_: pytest.fail("a cell was run"))
    path = graded.folder("submitted", "ada", "averages") / "averages.ipynb"
    work = Submission("ada", "averages", path.read_bytes())
    before = earlier(graded, "ada")
    nobody: Any = None
    made = grade(assignment, work, nobody, 99, earlier=before)
    assert timeless(made.result).cells == timeless(before.result).cells
    assert (made.result.seed, made.result.release) == (7, assignment.release)
