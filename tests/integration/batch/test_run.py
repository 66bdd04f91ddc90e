"""A class, graded for real: what is written, and what stops or fails."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection
from dataclasses import replace

import pytest

from grader.batch import run as batch
from grader.batch.plan import Plan, plan
from grader.batch.run import GradingSettings
from grader.batch.tasks import Site
from grader.batch.workers import GradingWorkers
from grader.classroom.folder import Classroom, SubmittedFile
from grader.course.course import Course
from grader.errors import ClassError, SandboxError, SubmissionError
from grader.records import Assignment
from grader.reports.class_feedback import write_feedback
from tests.support.classes import (
    SCORES,
    Notes,
    Submit,
    agree,
    lines,
    run,
    scores_in_database,
    texts,
)
from tests.support.paths import MANGLED_COURSE


def test_all_records_agree(graded: Classroom) -> None:
    agree(graded)


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

    def cannot(
        self: Classroom, each: SubmittedFile, given: Collection[str] = ()
    ) -> object:
        # As root, there is no file that cannot be read.
        if each.student == "ada":
            raise SubmissionError("the disk hums")
        return read(self, each, given)

    monkeypatch.setattr(Classroom, "read", cannot)
    notes, results = run(room, course)
    assert texts(results["ada"]) == ["not readable: the disk hums"]
    assert results["ada"].score == 0
    assert len(results["ada"].cells) == 5
    assert results["bob"].score == 8
    assert sorted(notes.done) == ["ada", "bob"]


def test_one_run_at_a_time(graded: Classroom, course: Course) -> None:
    with graded.held(), pytest.raises(ClassError, match="another process"):
        run(graded, course)


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


def test_a_killed_fork_server_costs_no_grade(
    graded: Classroom, course: Course, end_fork_servers: Callable[[], None]
) -> None:
    notes = Notes(lambda notes: None if notes.done else end_fork_servers())
    notes, results = run(graded, course, notes, force=True)
    assert {student: result.score for student, result in results.items()} == SCORES
    assert [each.flags for each in results.values() if each.grader_failed] == []
    assert len(notes.done) == 3
    agree(graded)


def nowhere(site: Callable[..., Site]) -> Callable[..., Site]:
    """Return `site` as it would be if fork servers hid after the rehearsal."""
    calls: list[Assignment] = []

    def hidden(workers: GradingWorkers, assignment: Assignment) -> Site:
        calls.append(assignment)
        found = site(workers, assignment)
        return replace(found, fork_server="/nowhere/fork") if calls[1:] else found

    return hidden


def test_a_grader_fault_is_not_kept(
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


def test_nothing_is_written_without_a_jail(
    course: Course, room: Classroom, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(room.root, "ada")
    planned: Plan = plan(course, room)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SandboxError):
        batch.run(room, planned, GradingSettings())
    assert [path.name for path in room.root.iterdir()] == ["submitted"]


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
    assert texts(results["bob"]) == ["this notebook was not submitted (first.ipynb)"]
    first = [c for c in results["bob"].cells if c.notebook == "first"]
    assert {(c.status, c.points) for c in first} == {("missing", 0)}
    assert scores_in_database(room.gradebook) == {"ada": 16, "bob": 6}
    pages = write_feedback(room, pair)
    assert [page.name for page in pages] == ["first.html", "second.html"] * 2
    assert "6 of 10" in " ".join(pages[3].read_text("utf-8").split())
    path.with_name("first.ipynb").write_bytes(b"")
    again, results = run(room, pair)
    assert (again.count, again.unchanged, again.done) == (1, 1, ["ada"])
    assert results["ada"].score == 8


def test_a_page_for_each_result(graded: Classroom, course: Course) -> None:
    pages = write_feedback(graded, course)
    assert [page.parts[-3] for page in pages] == ["ada", "bob", "cyn"]
    assert all(page.suffix == ".html" and page.is_file() for page in pages)
    assert "ranked = sorted(values)" in pages[0].read_text("utf-8")


def test_a_page_without_the_notebook_as_it_ran(
    graded: Classroom, course: Course
) -> None:
    path = graded.folder("autograded", "ada", "averages") / "averages.ipynb"
    path.write_text("{")
    page, *_ = write_feedback(graded, course)
    assert "ranked = sorted(values)" not in page.read_text("utf-8")


def test_no_page_without_a_result(room: Classroom, course: Course) -> None:
    assert write_feedback(room, course) == []
