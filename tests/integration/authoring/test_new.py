"""A new course on another subject works like ours, and needs nothing of ours.

That the grader's wheel alone is enough for it is tested in tests/repo/test_wheels.py.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import grader
from grader import api
from grader.authoring.new.course import SAMPLE_CLASS, TEMPLATE, make_course
from grader.authoring.new.exercise import SKELETON, add_exercise
from grader.authoring.verify.proof import Proof
from grader.course import project
from grader.course.course import Course
from grader.errors import CourseError
from grader.records import Result
from tests.support.paths import AREAS, MINI, ROOT

LESSON, LAB = "01_shift_cipher", "02_code_breaking"
NEW = "add-positive"
SECRET = "WKH VHFUHW PHHWLQJ ZDV QHYHU KHOG KHUH"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new course, as it was made."""
    folder = tmp_path_factory.mktemp("new") / "secret-writing"
    make_course(folder)
    return folder


@pytest.fixture
def changed(fresh: Path, tmp_path: Path) -> Path:
    """Return a copy of the new course, to be changed."""
    return Path(shutil.copytree(fresh, tmp_path / fresh.name))


def verified(course: Path, *names: str) -> list[Proof]:
    return grader.verify(Course.open(course), names, seeds=1, workers=2)


# The course --------------------------------------------------------------------------
def test_its_form_and_its_student_copies_are_right(fresh: Path) -> None:
    course = Course.open(fresh)
    assert list(course) == [LESSON, LAB]
    assert grader.lint(course) == []
    assert api.stale_copies(course) == []
    copies = {path.relative_to(fresh).as_posix() for path in fresh.glob("l*/*.ipynb")}
    assert copies == {f"lessons/{LESSON}.ipynb", f"labs/{LAB}.ipynb"}


def test_its_tests_catch_every_wrong_answer(fresh: Path) -> None:
    proofs = verified(fresh)
    assert [proof.shortfalls for proof in proofs] == [(), ()]
    assert [len(proof.findings.of("kept")) for proof in proofs] == [12, 11]


@pytest.mark.nightly
def test_its_lab_runs(fresh: Path, tmp_path: Path) -> None:
    course = Course.open(fresh)
    (lab,) = api.run_notebooks(course, [LAB], tmp_path, profile="full", workers=1)
    assert (lab.failures, lab.parameters) == ((), {"secret": SECRET})
    page = (tmp_path / f"{LAB}.ipynb").read_text(encoding="utf-8")
    assert "THE SECRET MEETING WAS NEVER HELD HERE" in page


def scores_in(readme: str) -> list[str]:
    """Return the points of the students, in the order of the course's README."""
    said = " ".join(readme.split())
    found = re.search(
        r"Ada earns (\d) of (\d) and (\d) of (\d) points, Bo (\d) and (\d), "
        r"and Cleo (\d) in",
        said,
    )
    assert found
    return list(found.groups())


def test_its_sample_class_earns_what_the_readme_says(changed: Path) -> None:
    classroom = grader.Classroom.open(changed / SAMPLE_CLASS)
    results = grader.grade(classroom, Course.open(changed), workers=1)
    points = {(each.student, each.assignment): each for each in results}

    def text(student: str, name: str, *parts: str) -> list[str]:
        result: Result = points.pop((student, name))
        return [f"{getattr(result, part):g}" for part in parts]

    both = ("score", "max_score")
    earned = [*text("ada", LESSON, *both), *text("ada", LAB, *both)]
    earned += [*text("bo", LESSON, "score"), *text("bo", LAB, "score")]
    earned += text("cleo", LESSON, "score")
    assert points == {}
    assert earned == scores_in((changed / "README.md").read_text("utf-8"))
    assert all(not result.repairs and not result.grader_failed for result in results)


def test_nothing_in_it_comes_from_our_course_or_is_left_blank(fresh: Path) -> None:
    for path in filter(Path.is_file, fresh.rglob("*")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?i)cnn|tensorflow|keras|numpy|my-course|0\.0\.0", text)
        assert "dot-" not in path.name
    assert (fresh / ".github/workflows/course.yml").is_file()
    settings = project.settings(fresh)
    assert settings["repository"] == "your_university/secret-writing"
    required = (fresh / "requirements.txt").read_text(encoding="utf-8")
    assert f"nbexaminer[notebooks]=={grader.__version__}\n" in required


def test_its_workflow_uses_the_actions_that_ours_uses(fresh: Path) -> None:
    uses = re.compile(r"uses: (\S+@[0-9a-f]{40} # v[\d.]+)")
    ours = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    theirs = (fresh / ".github/workflows/course.yml").read_text(encoding="utf-8")
    assert len(uses.findall(theirs)) == theirs.count("uses:") == 2
    assert set(uses.findall(theirs)) <= set(uses.findall(ours))


def test_what_python_compiled_in_the_template_is_left_out(tmp_path: Path) -> None:
    cache = TEMPLATE / "solutions/wrong_answers/__pycache__"
    cache.mkdir()
    try:
        (cache / "x.pyc").write_bytes(b"\0")
        written = make_course(tmp_path / "course")
    finally:
        shutil.rmtree(cache)
    assert not [path for path in written if "__pycache__" in path.parts]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "course"
    if kind == "folder":
        place.mkdir()
    elif kind == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(CourseError, match="exists, and nothing in it is overwritten"):
        make_course(place)
    assert [path.name for path in tmp_path.iterdir()] == ["course"]
    assert kind != "file" or place.read_text() == "mine"


@pytest.mark.parametrize("name", ["two words", ".hidden", "-x", "über"])
def test_a_name_that_cannot_be_an_address_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CourseError, match="cannot name a course"):
        make_course(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/proc/course", "/tmp/" + "x" * 300])
def test_where_no_folder_can_be_made_the_message_says_so(place: str) -> None:
    with pytest.raises(CourseError, match="cannot be written there"):
        make_course(Path(place))


# An exercise -------------------------------------------------------------------------
def cells(path: Path) -> list[dict[str, object]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def test_an_exercise_is_added_that_can_be_verified(changed: Path) -> None:
    source = Course.open(changed).source_path(LESSON)
    before = cells(source)
    written = add_exercise(Course.open(changed), LESSON, NEW)
    assert written[1].name == f"{NEW}.py"
    after = cells(source)
    added = [cell for cell in after if cell not in before]
    assert [cell["id"] for cell in added] == [
        f"{NEW}-{part}" for part in ("prompt", "answer", "test")
    ]
    # Below the question, which is the last test, and above the summary.
    assert [cell for cell in after if cell in before] == before
    assert after.index(added[-1]) == len(after) - 2
    course = Course.open(changed)
    api.release(course)
    assert grader.lint(course) == []
    (proof,) = verified(changed, LESSON)
    assert proof.shortfalls == ()
    assert proof.findings.points == 8
    assert "### Exercise 3 · Add positive (2 points)" in source.read_text("utf-8")


def test_an_exercise_is_added_to_a_course_made_for_nbgrader(tmp_path: Path) -> None:
    place = tmp_path / "source/areas"
    place.mkdir(parents=True)
    shutil.copy(AREAS / "solutions/01_areas.ipynb", place / "areas.ipynb")
    source, answers = add_exercise(Course.open(tmp_path), "areas", NEW)
    assert answers == tmp_path / f"wrong_answers/areas/{NEW}.py"
    assert any(cell["id"] == f"{NEW}-test" for cell in cells(source))
    (proof,) = verified(tmp_path)
    assert all("add-positive" not in str(each) for each in proof.shortfalls)


def test_a_notebook_of_an_older_format_gets_no_ids(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "solutions/mini.ipynb"
    raw = json.loads(path.read_text(encoding="utf-8"))
    for cell in raw["cells"]:
        del cell["id"]
    path.write_text(json.dumps(raw | {"nbformat_minor": 4}), encoding="utf-8")
    add_exercise(Course.open(tmp_path), "mini", NEW)
    assert all("id" not in cell for cell in cells(path))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Add", "not a usable name"),
        ("add positive", "not a usable name"),
        ("../escape", "not a usable name"),
        ("sum", "a name of Python's own"),
        ("class", "a name of Python's own"),
        ("encrypt", "already has"),
        ("shift-letter", "already has"),
        ("key", "already has"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(
    fresh: Path, name: str, says: str
) -> None:
    before = {path: path.read_bytes() for path in fresh.rglob("*") if path.is_file()}
    with pytest.raises(CourseError, match=says):
        add_exercise(Course.open(fresh), LESSON, name)
    assert {p: p.read_bytes() for p in fresh.rglob("*") if p.is_file()} == before


def test_wrong_answers_are_not_overwritten(changed: Path) -> None:
    answers = changed / f"solutions/wrong_answers/{LESSON}/{NEW}.py"
    answers.write_text("# mine\n")
    with pytest.raises(CourseError, match="exists, and is not overwritten"):
        add_exercise(Course.open(changed), LESSON, NEW)
    assert answers.read_text() == "# mine\n"


def test_every_name_of_the_skeleton_is_replaced(changed: Path) -> None:
    for path in add_exercise(Course.open(changed), LESSON, NEW):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?i)exercise[-_ ]name", text)
    others = [path.name for path in SKELETON.iterdir() if not path.is_file()]
    assert set(others) <= {"__pycache__"}
