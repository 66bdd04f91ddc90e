"""The sample class: what each hands in, what is promised, and that it is kept."""

from __future__ import annotations

import ast
import json
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.authoring import sample_class as demo
from grader.authoring.sample_class import SampleClass
from grader.classroom.folder import Classroom
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.course.course import Course
from grader.errors import ClassError
from grader.grading.scoring import missing
from grader.records import Assignment, Check, Result
from tests.support.paths import GRADER, MANGLED_COURSE, ROOT
from tests.support.snake_case import odd_keys

BY_NAME = {each.student: each for each in demo.CLASS}
# Those of the demo: one with NumPy, one with TensorFlow.
LESSONS = ["02_convolutions", "06_mnist_lab"]
# What the brief for the sample class names, and what gives each away.
ATTACKS = {
    "os-exit": "os._exit",
    "memory-bomb": "bytearray",
    "fork-bomb": "os.fork",
    "patches-numpy": "np.testing",
    "reads-tests": "HIDDEN TESTS",
}


@pytest.fixture(scope="module", params=LESSONS)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return Course.open(ROOT).assignment(request.param)


def cells(assignment: Assignment, student: str) -> list[dict[str, Any]]:
    notebook = json.loads(demo.content(assignment, BY_NAME[student]))
    found: list[dict[str, Any]] = notebook["cells"]
    return found


def answers(assignment: Assignment, student: str) -> dict[str, str]:
    """Return the text in each code answer cell of a submission."""
    wanted = demo.answers_in(assignment.released)
    found = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): "".join(cell["source"])
        for cell in cells(assignment, student)
    }
    return {name: found[name] for name in wanted}


class TestSubmissions:
    def test_there_are_at_least_twelve_of_every_kind(self) -> None:
        assert len(BY_NAME) == len(demo.CLASS) >= 12
        assert {each.promise for each in demo.CLASS} == {"full", "some", "none"}
        assert all(BY_NAME[name].promise == "none" for name in ATTACKS)

    def test_right_ones_hold_the_solution(self, assignment: Assignment) -> None:
        assert answers(assignment, "all-right") == demo.answers_in(assignment.source)

    def test_blank_is_what_was_released(self, assignment: Assignment) -> None:
        assert answers(assignment, "blank") == demo.answers_in(assignment.released)

    def test_half_is_the_first_half(self, assignment: Assignment) -> None:
        right = demo.answers_in(assignment.source)
        same = [
            answers(assignment, "half-right")[name] == right[name] for name in right
        ]
        half = len(right) // 2
        assert same[:half] == [True] * half
        assert same.count(True) < len(right)

    @pytest.mark.parametrize(
        ("student", "code"), [("raises", demo.RAISE), ("endless-loop", demo.ENDLESS)]
    )
    def test_one_answer_goes_wrong(
        self, assignment: Assignment, student: str, code: str
    ) -> None:
        right, given = demo.answers_in(assignment.source), answers(assignment, student)
        wrong = [name for name in right if given[name] != right[name]]
        assert [given[name] for name in wrong] == [code]

    @pytest.mark.parametrize(("student", "sign"), ATTACKS.items())
    def test_attacks_stand_in_the_first_answer_and_lie_in_all(
        self, assignment: Assignment, student: str, sign: str
    ) -> None:
        given = answers(assignment, student)
        assert sign in next(iter(given.values()))
        assert all("Agreeable" in text for text in given.values())
        for text in given.values():
            ast.parse(text)

    def test_colab_s_has_no_ids_a_badge_and_keeps_labels(
        self, assignment: Assignment
    ) -> None:
        notebook = json.loads(demo.content(assignment, BY_NAME["from-colab"]))
        assert notebook["nbformat_minor"] == 0
        assert not any("id" in cell for cell in notebook["cells"])
        assert "colab-badge" in notebook["cells"][0]["source"]
        assert answers(assignment, "from-colab") == demo.answers_in(assignment.source)

    def test_no_label_is_left_where_all_are_lost(self, assignment: Assignment) -> None:
        found = cells(assignment, "metadata-lost")
        assert all(cell["metadata"] == {} and "id" not in cell for cell in found)
        texts = {"".join(cell["source"]) for cell in found}
        assert texts >= set(demo.answers_in(assignment.source).values())

    def test_pdf_is_no_notebook(self, assignment: Assignment) -> None:
        assert demo.content(assignment, BY_NAME["not-json"]).startswith(b"%PDF")

    @pytest.mark.parametrize("student", BY_NAME)
    def test_no_submission_brings_a_hidden_test(
        self, assignment: Assignment, student: str
    ) -> None:
        if student != "reads-tests":  # which looks for these words
            content = demo.content(assignment, BY_NAME[student])
            assert b"HIDDEN TESTS" not in content


class TestMakeClass:
    def test_writes_every_submission(self, tmp_path: Path, own_course: Path) -> None:
        sample = SampleClass.make(Course.open(own_course), tmp_path / "new")
        found = {file.key for file in sample.classroom.inbox().notebooks}
        assert found == {(each.student, "averages") for each in sample.submissions}

    def test_makes_a_folder_if_none_is_named(
        self, short_tmp: Path, own_course: Path
    ) -> None:
        sample = SampleClass.make(Course.open(own_course))
        assert sample.classroom.root.parent == short_tmp

    def test_may_be_made_again(self, tmp_path: Path, own_course: Path) -> None:
        course = Course.open(own_course)
        for _ in range(2):
            sample = SampleClass.make(course, tmp_path)
        assert len(sample.classroom.inbox().notebooks) == len(sample.submissions)

    def test_refuses_a_class_of_others(self, tmp_path: Path, own_course: Path) -> None:
        theirs = tmp_path / "submitted" / "blank" / "averages"
        theirs.mkdir(parents=True)
        (tmp_path / "submitted" / "ada").mkdir()
        with pytest.raises(ClassError, match=r"ada.*empty folder"):
            SampleClass.make(Course.open(own_course), tmp_path)
        assert list(theirs.iterdir()) == []


class TestPromises:
    @pytest.fixture
    def room(self, tmp_path: Path) -> Classroom:
        (tmp_path / "submitted").mkdir()
        return Classroom.open(tmp_path)

    def sample(self, room: Classroom) -> SampleClass:
        return SampleClass(Course.open(MANGLED_COURSE), room, demo.CLASS)

    def graded(self, assignment: Assignment, student: str, earned: float) -> Result:
        """Return a result that has `earned` on the first test."""
        checks = list(missing(assignment.tasks, "nothing there"))
        first = next(n for n, c in enumerate(checks) if c.status == "missing")
        checks[first] = replace(checks[first], points=earned, status="partial")
        names = (student, assignment.name, assignment.release, 1, "0.1.0")
        return Result(*names, earned, assignment.max_score, tuple(checks))

    def broken(
        self, room: Classroom, assignment: Assignment, results: list[Result]
    ) -> list[str]:
        with Gradebook(sqlite_url(room.gradebook)) as book:
            for each in results:
                book.write(assignment, each)
        return self.sample(room).broken_promises(results)

    @pytest.mark.parametrize(
        ("student", "earned", "kept"),
        [
            ("blank", 0, True),
            ("blank", 0.5, False),
            ("half-right", 0.5, True),
            ("half-right", 0, False),
            ("all-right", 0.5, False),
            ("fork-bomb", 0.5, False),
        ],
    )
    def test_a_promise_is_kept_by_the_promised_score_alone(
        self,
        room: Classroom,
        averages: Assignment,
        student: str,
        earned: float,
        kept: bool,
    ) -> None:
        found = self.broken(room, averages, [self.graded(averages, student, earned)])
        assert len(found) == (not kept)
        assert all(f"{student}, averages: {earned:g} of 10" in each for each in found)

    def test_full_marks_and_no_less(
        self, room: Classroom, averages: Assignment
    ) -> None:
        tasks = [task for task in averages.tasks if task.points]
        checks = tuple(
            Check(t.grade_id, t.points, t.points, "passed", "examiner") for t in tasks
        )
        names = ("all-right", "averages", averages.release, 1, "0.1.0")
        full = Result(*names, 10.0, 10.0, checks)
        assert self.broken(room, averages, [full]) == []
        wrong = self.broken(room, averages, [replace(full, student="half-right")])
        assert ["must earn some" in each for each in wrong] == [True]

    def test_what_a_person_grades_is_not_promised(
        self, room: Classroom, averages: Assignment
    ) -> None:
        passed = tuple(
            Check(t.grade_id, 0, t.points, "missing", "none")
            if t.grade_id == "essay"
            else Check(t.grade_id, t.points, t.points, "passed", "examiner")
            for t in averages.tasks
            if t.points
        )
        names = ("all-right", "averages", averages.release, 1, "0.1.0")
        assert self.broken(room, averages, [Result(*names, 8.0, 10.0, passed)]) == []

    def test_gradebook_that_says_otherwise(
        self, room: Classroom, averages: Assignment
    ) -> None:
        result = self.graded(averages, "half-right", 0.5)
        assert self.broken(room, averages, [result]) == []
        with sqlite3.connect(room.gradebook) as book:
            book.execute("UPDATE grade SET auto_score = 1.5 WHERE auto_score > 0")
        (said,) = self.sample(room).broken_promises([result])
        assert "the gradebook has 1.5, not 0.5" in said

    def test_result_that_the_gradebook_lacks(
        self, room: Classroom, averages: Assignment
    ) -> None:
        self.broken(room, averages, [self.graded(averages, "half-right", 0.5)])
        unknown = self.graded(averages, "raises", 0.5)
        (said,) = self.sample(room).broken_promises([unknown])
        assert "the gradebook has None, not 0.5" in said

    def test_submission_without_a_result(
        self, room: Classroom, averages: Assignment
    ) -> None:
        SampleClass.make(Course.open(MANGLED_COURSE), room.root)
        said = self.broken(room, averages, [self.graded(averages, "half-right", 0.5)])
        assert len(said) == len(demo.CLASS) - 1
        assert "all-right, averages: no result" in said


@pytest.mark.hostile
@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("course", "names"),
    [
        pytest.param(MANGLED_COURSE, ["averages"], id="small"),
        pytest.param(ROOT, LESSONS, id="lessons", marks=pytest.mark.nightly),
    ],
)
def test_the_demo_keeps_its_promises(
    course: Path, names: list[str], tmp_path: Path
) -> None:
    room, report = tmp_path / "class", tmp_path / "report.json"
    done = subprocess.run(
        [GRADER, "demo", *names, "--class", room, "--course", course, "--json", report],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ All scores are as expected" in done.stdout
    told = json.loads(report.read_text("utf-8"))
    assert told["broken_promises"] == []
    assert odd_keys(told) == []
    scores = {(r["student"], r["assignment"]): r["score"] for r in told["results"]}
    assert len(scores) == len(names) * len(demo.CLASS)
    query = """
        SELECT submitted_assignment.student_id, assignment.name,
               SUM(COALESCE(grade.manual_score, grade.auto_score, 0))
        FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment
          ON submitted_assignment.id = submitted_notebook.assignment_id
        JOIN assignment ON assignment.id = submitted_assignment.assignment_id
        GROUP BY 1, 2
    """
    with sqlite3.connect(room / "gradebook.db") as book:
        assert {(s, a): score for s, a, score in book.execute(query)} == scores
    pages = sorted(path.parts[-3] for path in (room / "feedback").glob("*/*/*.html"))
    assert pages == sorted([each.student for each in demo.CLASS] * len(names))
    trusts = {cell["trust"] for r in told["results"] for cell in r["cells"]}
    assert "in-kernel" not in trusts
    for student in ("not-json", "fork-bomb", "memory-bomb"):
        flags = [r["flags"] for r in told["results"] if r["student"] == student]
        assert all(flags), student
