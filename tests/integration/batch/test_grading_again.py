"""A class that was graded before: what is graded again, and what is known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.classroom.folder import Classroom
from grader.course.course import Course
from tests.support.classes import SCORES, Submit, agree, lines, run, scores_in_database


def test_unchanged_submissions_are_not_graded_again(
    graded: Classroom, course: Course
) -> None:
    before = lines(graded)
    notes, results = run(graded, course)
    assert (notes.count, notes.unchanged, notes.done) == (0, 3, [])
    assert notes.prepared == []
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


def test_what_was_submitted_before_is_known(
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


@pytest.mark.parametrize("lost", ["gradebook.db", "results.jsonl", "autograded"])
def test_what_was_lost_is_made_again(
    graded: Classroom, course: Course, lost: str
) -> None:
    path = graded.root / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    notes, _ = run(graded, course)
    assert (notes.count, notes.recalled) == (0, 3)
    agree(graded)
