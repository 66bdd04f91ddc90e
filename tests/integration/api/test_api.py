"""What the API returns, and what it says of what it cannot use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import grader
from grader import Flag, Result, api


@pytest.fixture
def course(here: Path) -> grader.Course:
    return grader.Course.open(here / "course")


class TestGradeNotebook:
    def test_grade_is_that_of_a_class_run(
        self, here: Path, course: grader.Course
    ) -> None:
        classroom = grader.Classroom.open(here / "class")
        in_class = grader.grade(classroom, course, workers=1, seed=3)
        assert [result.score for result in in_class] == [8.0, 6.0]
        for result in in_class:
            alone = grader.grade_notebook(
                here / "download" / result.student / "averages" / "averages.ipynb",
                course["averages"],
                student=result.student,
                seed=3,
            )
            assert _timeless(alone) == _timeless(result)

    def test_content_will_do(self, here: Path, course: grader.Course) -> None:
        content = (here / "averages.ipynb").read_bytes()
        result = grader.grade_notebook(content, course["averages"], student="ada")
        assert (result.student, result.score) == ("ada", 8.0)
        assert result.sandbox == "bwrap"

    def test_unreadable_notebook_earns_nothing(self, course: grader.Course) -> None:
        result = grader.grade_notebook(b"%PDF-1.7", course["averages"])
        assert (result.score, result.max_score) == (0, 10)
        assert result.flags[0].kind == "unreadable"

    @pytest.mark.parametrize(
        ("name", "why"), [("gone.ipynb", "No such file"), ("course", "Is a directory")]
    )
    def test_path_that_cannot_be_read(
        self, course: grader.Course, name: str, why: str
    ) -> None:
        with pytest.raises(grader.UsageError, match=f"{name}: cannot be read: {why}"):
            grader.grade_notebook(name, course["averages"])

    def test_solution_that_fails_is_flagged(
        self, here: Path, course: grader.Course
    ) -> None:
        path = here / "course/solutions/averages.ipynb"
        text = path.read_text("utf-8")
        path.write_text(text.replace('answer_q1 = \\"B\\"', 'answer_q1 = \\"A\\"'))
        result = grader.grade_notebook("averages.ipynb", course["averages"])
        trust = {check.grade_id: check.trust for check in result.cells}
        assert trust["q1-test"] == "in-kernel"
        ((assignment, told),) = api.course_problems([result])
        assert assignment == "averages"
        assert "cell q1-test: the instructor's own solution does not pass" in told

    def test_an_unknown_limit_is_refused(self, course: grader.Course) -> None:
        with pytest.raises(grader.CourseError, match="unknown limit cell_second;"):
            grader.grade_notebook(
                "averages.ipynb", course["averages"], limits={"cell_second": 1}
            )


def _timeless(result: Result) -> Result:
    cells = tuple(replace(cell, seconds=0) for cell in result.cells)
    return replace(result, cells=cells, seconds=0)


class TestCourse:
    def test_names_and_assignments(self, course: grader.Course) -> None:
        assert list(course) == ["averages"]
        assert "averages" in course
        assert course["averages"].name == "averages"

    def test_unknown_assignment(self, course: grader.Course) -> None:
        with pytest.raises(grader.CourseError, match="'modes'; there are averages"):
            course["modes"]

    def test_found_above(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        inner = here / "course" / "lessons" / "drafts"
        inner.mkdir(parents=True)
        monkeypatch.chdir(inner)
        assert grader.Course.find().root == here / "course"

    def test_none_above(self, here: Path) -> None:
        with pytest.raises(grader.CourseError) as error:
            grader.Course.find(here)
        assert f"No course found in {here} and the folders above it" in str(error.value)
        for said in ("solutions/NAME.ipynb", "source/ASSIGNMENT/NOTEBOOK.ipynb"):
            assert said in str(error.value)


def test_grade_says_what_it_passed_over(here: Path, course: grader.Course) -> None:
    from grader.batch.run import SilentGradingWatcher

    notes: list[str] = []

    class Notes(SilentGradingWatcher):
        def note(self, text: str) -> None:
            notes.append(text)

    (here / "class/submitted/eve").symlink_to(here)
    classroom = grader.Classroom.open(here / "class")
    grader.grade(classroom, course, student="ada", watcher=Notes(), workers=1)
    passed_over, level = notes
    assert passed_over == "passed over: submitted/eve: a link, not followed"
    assert level.startswith("Student code runs in a sandbox of the level ")


def test_result_is_printed_line_by_line() -> None:
    check = grader.Check("mean", 0.5, 2, "partial", "examiner", "too\nlong")
    result = Result(
        *("ada\x1b[2J", "lab", "release", 1, "0.1.0", 0.5, 2.0, (check,)),
        repairs=("merged",),
        flags=(Flag("code", "calls os"),),
    )
    assert str(result).splitlines() == [
        r"ada\x1b[2J, lab: 0.5 of 2 points",
        "  mean: 0.5 of 2, partial: too",
        "  repaired: merged",
        "  flag: calls os",
    ]
