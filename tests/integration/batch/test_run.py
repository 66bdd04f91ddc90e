"""A class, graded for real: what is planned, written, kept, and done again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch import run as batch
from grader.batch.plan import Plan, plan
from grader.batch.run import Options
from grader.batch.tasks import Site
from grader.batch.workers import GradingWorkers
from grader.classroom.folder import Classroom, SubmittedFile
from grader.course.course import Course
from grader.errors import ClassError, CourseError, SandboxError, SubmissionError
from grader.records import Assignment, Result
from grader.reports.feedback import write_feedback
from tests.support.paths import MANGLED_COURSE

Submit = Callable[..., Path]
SCORES = {"ada": 8.0, "bob": 6.0, "cyn": 0.0}


class Notes:
    """A watcher that remembers, and may do something after each result."""

    def __init__(self, then: Callable[[Notes], object] = lambda notes: None) -> None:
        self.warmed: list[str] = []
        self.count = self.unchanged = self.recalled = -1
        self.done: list[str] = []
        self._then = then

    def preparing(self, assignments: Sequence[Assignment]) -> None:
        self.warmed = [each.name for each in assignments]

    def grading(self, count: int, unchanged: int, recalled: int, workers: int) -> None:
        self.count, self.unchanged, self.recalled = count, unchanged, recalled
        self._then(self)

    def note(self, text: str) -> None:
        raise AssertionError(text)

    def graded(self, result: Result) -> None:
        self.done.append(result.student)
        self._then(self)


def texts(result: Result) -> list[str]:
    return [flag.text for flag in result.flags]


@pytest.fixture(scope="module")
def course() -> Course:
    return Course.open(MANGLED_COURSE)


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    (tmp_path / "class" / "submitted").mkdir(parents=True)
    return Classroom.open(tmp_path / "class")


@pytest.fixture(scope="module")
def graded_once(
    tmp_path_factory: pytest.TempPathFactory, course: Course, submit: Submit
) -> Path:
    """Return a class of three that was graded with seed 11."""
    root = tmp_path_factory.mktemp("once")
    submit(root, "ada")
    submit(root, "bob", mean="def mean_of(values): return 3.0")
    submit(root, "cyn").write_bytes(b"%PDF-1.7")
    room = Classroom.open(root)
    batch.run(room, plan(course, room), Options(workers=2, seed=11))
    return root


@pytest.fixture
def graded(graded_once: Path, tmp_path: Path) -> Classroom:
    """Return a class of one's own that was graded."""
    return Classroom.open(shutil.copytree(graded_once, tmp_path / "graded"))


def run(
    room: Classroom, course: Course, notes: Notes | None = None, **options: object
) -> tuple[Notes, dict[str, Result]]:
    notes = notes or Notes()
    settings = Options(**({"workers": 2} | options))  # type: ignore[arg-type]
    results = batch.run(room, plan(course, room), settings, notes)
    return notes, {student: result for (student, _), result in results.items()}


def nowhere(site: Callable[..., Site]) -> Callable[..., Site]:
    """Return `site` as it would be if fork servers hid after the rehearsal."""
    calls: list[Assignment] = []

    def hidden(workers: GradingWorkers, assignment: Assignment) -> Site:
        calls.append(assignment)
        found = site(workers, assignment)
        return replace(found, fork_server="/nowhere/fork") if calls[1:] else found

    return hidden


def lines(room: Classroom) -> list[str]:
    return room.results.read_text("utf-8").splitlines()


def scores_in_database(path: Path) -> dict[str, float]:
    query = """
        SELECT student_id, SUM(grade.auto_score) FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment
          ON submitted_assignment.id = submitted_notebook.assignment_id
        GROUP BY student_id
    """
    with sqlite3.connect(path) as book:
        return dict(book.execute(query))


# --- what is planned -----------------------------------------------------------


class TestPlan:
    def test_one_submission_for_each_student(
        self, course: Course, room: Classroom, submit: Submit
    ) -> None:
        paths = [submit(room.root, name) for name in ("bob", "ada")]
        planned = plan(course, room)
        assert tuple(each.file for each in planned.notebooks) == (
            ("ada", "averages", paths[1]),
            ("bob", "averages", paths[0]),
        )
        assert [each.assignment.name for each in planned.notebooks][:1] == ["averages"]
        assert planned.ignored == ()

    def test_unknown_assignment_is_named_with_the_legal_ones(
        self, course: Course, room: Classroom, submit: Submit
    ) -> None:
        submit(room.root, "ada")
        with pytest.raises(CourseError, match=r"'medians'.*averages"):
            plan(course, room, ["medians"])

    def test_folder_of_no_assignment_is_passed_over(
        self, course: Course, room: Classroom, submit: Submit
    ) -> None:
        path = submit(room.root, "ada")
        shutil.copytree(path.parent, path.parents[1] / "holiday")
        planned = plan(course, room)
        assert [each.file.assignment for each in planned.notebooks] == ["averages"]
        (ignored,) = planned.ignored
        assert ignored.startswith("submitted/ada/holiday/averages.ipynb: ")
        assert "there are averages" in ignored

    @pytest.mark.parametrize("newest", ["a copy.ipynb", "averages.ipynb", "z.ipynb"])
    def test_newest_of_several_notebooks_counts(
        self, course: Course, room: Classroom, submit: Submit, newest: str
    ) -> None:
        path = submit(room.root, "ada")
        for name in ("a copy.ipynb", "z.ipynb"):
            shutil.copy(path, path.with_name(name))
        for each in path.parent.iterdir():
            os.utime(each, (1000, 2000 if each.name == newest else 1000))
        planned = plan(course, room)
        assert [each.file.path.name for each in planned.notebooks] == [newest]
        assert len(planned.ignored) == 2
        assert all(each.startswith("submitted/ada/") for each in planned.ignored)

    def test_one_student_only(
        self, course: Course, room: Classroom, submit: Submit
    ) -> None:
        for name in ("ada", "bob"):
            submit(room.root, name)
        planned = plan(course, room, student="bob")
        assert [each.file.student for each in planned.notebooks] == ["bob"]

    def test_nothing_to_grade_says_what_was_looked_for(
        self, course: Course, room: Classroom, submit: Submit
    ) -> None:
        for number in range(9):
            path = submit(room.root, f"student-{number}")
            path.rename(path.with_suffix(".py"))
        with pytest.raises(ClassError) as caught:
            plan(course, room, ["averages"], "student-3")
        message = str(caught.value)
        assert "for averages by student-3" in message
        assert "submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb" in message
        assert message.count("passed over") == 1
        with pytest.raises(ClassError, match="and 4 more") as caught:
            plan(course, room)
        assert str(caught.value).count("passed over") == 5

    def test_a_broken_notebook_that_nobody_needs_stops_nothing(
        self, own_course: Path, room: Classroom, submit: Submit
    ) -> None:
        (own_course / "solutions" / "unfinished.ipynb").write_text("{")
        submit(room.root, "ada")
        planned = plan(Course.open(own_course), room)
        assert len(planned.notebooks) == 1


# --- what is written -----------------------------------------------------------


def test_all_records_agree(graded: Classroom) -> None:
    results = graded.read_results()
    assert {student: r.score for (student, _), r in results.items()} == SCORES
    assert scores_in_database(graded.gradebook) == SCORES
    for (student, name), result in results.items():
        path = graded.folder("autograded", student, name) / "averages.ipynb"
        notebook = json.loads(path.read_text("utf-8"))
        shown = [
            text
            for cell in notebook["cells"]
            for output in cell.get("outputs", ())
            for text in ["".join(output.get("text", ""))]
        ]
        passed = sum(check.status == "passed" for check in result.cells)
        assert sum("[passed: " in text for text in shown) == passed


def test_one_line_each_all_of_one_seed(graded: Classroom) -> None:
    found = [json.loads(line) for line in lines(graded)]
    assert sorted(each["student"] for each in found) == sorted(SCORES)
    assert {each["seed"] for each in found} == {11}


def test_unreadable_submission_gets_a_result_and_stops_nobody(
    course: Course, room: Classroom, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(room.root, "ada")
    submit(room.root, "bob")
    read = Classroom.read

    def cannot(self: Classroom, each: SubmittedFile) -> object:
        # As root, there is no file that cannot be read.
        if each.student == "ada":
            raise SubmissionError("the disk hums")
        return read(self, each)

    monkeypatch.setattr(Classroom, "read", cannot)
    notes, results = run(room, course)
    assert texts(results["ada"]) == ["not readable: the disk hums"]
    assert results["ada"].score == 0
    assert len(results["ada"].cells) == 5
    assert results["bob"].score == 8
    assert sorted(notes.done) == ["ada", "bob"]


# --- what is done again --------------------------------------------------------


def test_unchanged_submissions_are_not_graded_again(
    graded: Classroom, course: Course
) -> None:
    before = lines(graded)
    notes, results = run(graded, course)
    assert (notes.count, notes.unchanged, notes.done) == (0, 3, [])
    assert notes.warmed == []
    assert {student: result.score for student, result in results.items()} == SCORES
    assert lines(graded) == before


def test_changed_submission_is_graded_again(
    graded: Classroom, course: Course, submit: Submit
) -> None:
    submit(graded.root, "bob", scaled="scaled = [1 / 3, 2 / 3, 3 / 3]")
    notes, results = run(graded, course)
    assert (notes.count, notes.unchanged, notes.done) == (1, 2, ["bob"])
    assert results["bob"].score == 8
    assert scores_in_database(graded.gradebook) == SCORES | {"bob": 8}
    assert len(lines(graded)) == 4


def test_force_grades_all_again_with_a_fresh_seed(
    graded: Classroom, course: Course
) -> None:
    notes, results = run(graded, course, force=True)
    assert sorted(notes.done) == ["ada", "bob", "cyn"]
    (seed,) = {result.seed for result in results.values()}
    assert seed != 11


@pytest.mark.parametrize(("seed", "again"), [(11, 0), (12, 3)])
def test_another_seed_grades_all_again(
    graded: Classroom, course: Course, seed: int, again: int
) -> None:
    notes, results = run(graded, course, seed=seed)
    assert len(notes.done) == again
    assert {result.seed for result in results.values()} == {seed}


def test_other_limits_grade_all_again(graded: Classroom, course: Course) -> None:
    notes, _ = run(graded, course, limits={"cell_seconds": 19})
    assert len(notes.done) == 3


def test_changed_test_grades_all_again(graded: Classroom, own_course: Path) -> None:
    source = own_course / "solutions" / "averages.ipynb"
    text = source.read_text("utf-8")
    source.write_text(text.replace("[9, 1, 4, 2]", "[9, 1, 4, 3]"), "utf-8")
    notes, results = run(graded, Course.open(own_course))
    assert len(notes.done) == 3
    assert {student: result.score for student, result in results.items()} == SCORES


def test_another_database_gets_all_scores(graded: Classroom, course: Course) -> None:
    path = graded.root / "second.db"
    notes, _ = run(graded, course, database=f"sqlite:///{path}")
    assert scores_in_database(path) == SCORES
    assert (notes.count, notes.recalled) == (0, 3)
    notes, _ = run(graded, course, database=f"sqlite:///{path}")
    assert (notes.count, notes.unchanged) == (0, 3)


def test_what_was_handed_in_before_is_known(
    graded: Classroom, course: Course, submit: Submit
) -> None:
    submit(graded.root, "bob")
    run(graded, course)
    submit(graded.root, "bob", mean="def mean_of(values): return 3.0")
    notes, results = run(graded, course)
    assert (notes.count, notes.unchanged, notes.recalled) == (0, 2, 1)
    assert {student: result.score for student, result in results.items()} == SCORES
    assert scores_in_database(graded.gradebook) == SCORES


def test_the_same_submission_of_another_student_is_known(
    graded: Classroom, course: Course, submit: Submit
) -> None:
    submit(graded.root, "dan")
    notes, results = run(graded, course)
    assert (notes.count, notes.unchanged, notes.recalled) == (0, 3, 1)
    assert results["dan"].student == "dan"
    assert results["dan"].cells == results["ada"].cells
    assert scores_in_database(graded.gradebook) == SCORES | {"dan": 8}


def test_another_package_grades_all_again(
    graded: Classroom, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.batch.versions.facts", lambda _: {"numpy": "3.0"})
    notes, _ = run(graded, course)
    assert len(notes.done) == 3


def test_one_run_at_a_time(graded: Classroom, course: Course) -> None:
    with graded.held(), pytest.raises(ClassError, match="another process"):
        run(graded, course)


@pytest.mark.parametrize("lost", ["gradebook.db", "results.jsonl", "autograded"])
def test_what_was_lost_is_made_again(
    graded: Classroom, course: Course, lost: str
) -> None:
    path = graded.root / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    notes, _ = run(graded, course)
    assert (notes.count, notes.recalled) == (0, 3)
    test_all_records_agree(graded)


def test_a_killed_fork_server_costs_no_grade(
    graded: Classroom, course: Course, end_fork_servers: Callable[[], None]
) -> None:
    notes = Notes(lambda notes: None if notes.done else end_fork_servers())
    notes, results = run(graded, course, notes, force=True)
    assert {student: result.score for student, result in results.items()} == SCORES
    assert [each.flags for each in results.values() if each.grader_failed] == []
    assert len(notes.done) == 3
    test_all_records_agree(graded)


def test_our_fault_is_not_kept(
    graded: Classroom, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        # The fork server lives on, but nobody finds it.
        patch.setattr(GradingWorkers, "site", nowhere(GradingWorkers.site))
        _, results = run(graded, course, Notes(), force=True)
    failed = {name for name, each in results.items() if each.grader_failed}
    assert failed >= {"ada", "bob"}
    shutil.rmtree(graded.root / ".grader" / "grades")  # of the run before
    notes, results = run(graded, course)
    assert set(notes.done) == failed
    assert {student: result.score for student, result in results.items()} == SCORES


def test_interrupted_run_keeps_what_was_done_and_goes_on(
    course: Course, room: Classroom, submit: Submit
) -> None:
    for number in range(5):
        submit(room.root, f"student-{number}", scaled=f"scaled = [{number}] * 3")

    def interrupt(notes: Notes) -> None:
        if len(notes.done) == 2:
            raise KeyboardInterrupt

    notes = Notes(interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(room, course, notes)
    done = set(notes.done)
    assert {json.loads(line)["student"] for line in lines(room)} == done
    assert set(scores_in_database(room.gradebook)) == done
    again, results = run(room, course)
    assert (again.count, again.unchanged) == (3, 2)
    assert done.isdisjoint(again.done)
    assert {each.score for each in results.values()} == {6}


def test_nothing_is_written_without_a_jail(
    course: Course, room: Classroom, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(room.root, "ada")
    planned: Plan = plan(course, room)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SandboxError):
        batch.run(room, planned, Options())
    assert [path.name for path in room.root.iterdir()] == ["submitted"]


# --- several notebooks in one assignment -------------------------------------------


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return an nbgrader course with an assignment of two notebooks, all alike."""
    root = tmp_path_factory.mktemp("pair")
    (root / "source" / "averages").mkdir(parents=True)
    for name in ("first", "second"):
        source = MANGLED_COURSE / "solutions" / "averages.ipynb"
        shutil.copy(source, root / "source" / "averages" / f"{name}.ipynb")
    return Course.open(root)


def test_notebooks_of_one_assignment_make_one_result(
    pair: Course, room: Classroom, submit: Submit
) -> None:
    path = submit(room.root, "ada")
    shutil.copy(path, path.with_name("Copy of second.ipynb"))
    path.rename(path.with_name("first.ipynb"))
    other = submit(room.root, "bob", mean="def mean_of(values): return 3.0")
    other.rename(other.with_name("second.ipynb"))
    notes, results = run(room, pair)
    assert (notes.count, sorted(notes.done)) == (2, ["ada", "bob"])
    assert {student: r.score for student, r in results.items()} == {"ada": 16, "bob": 6}
    assert {r.max_score for r in results.values()} == {20}
    assert texts(results["bob"]) == ["first.ipynb was not submitted (first.ipynb)"]
    first = [c for c in results["bob"].cells if c.notebook == "first"]
    assert {(c.status, c.points) for c in first} == {("missing", 0)}
    assert scores_in_database(room.gradebook) == {"ada": 16, "bob": 6}
    pages = write_feedback(pair, room)
    assert [page.name for page in pages] == ["first.html", "second.html"] * 2
    assert "6 of 10" in " ".join(pages[3].read_text("utf-8").split())
    path.with_name("first.ipynb").write_bytes(b"")
    again, results = run(room, pair)
    assert (again.count, again.unchanged, again.done) == (1, 1, ["ada"])
    assert results["ada"].score == 8


# --- pages ---------------------------------------------------------------------


def test_a_page_for_each_result(graded: Classroom, course: Course) -> None:
    pages = write_feedback(course, graded)
    assert [page.parts[-3] for page in pages] == ["ada", "bob", "cyn"]
    assert all(page.suffix == ".html" and page.is_file() for page in pages)


def test_no_page_without_a_result(room: Classroom, course: Course) -> None:
    assert write_feedback(course, room) == []
