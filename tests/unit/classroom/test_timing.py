"""When submissions were made and were due: the class folder and the gradebook."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook as Nbgraders

from grader.classroom import grades, timing, upload_names
from grader.classroom.folder import Classroom, SubmissionKey
from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url
from grader.classroom.timing import Timing, lateness
from grader.classroom.upload_names import Upload
from grader.errors import ClassError
from tests.support.gradebooks import LAB, result

DUE = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)
ADA, BO = ("ada", "lab"), ("bo", "lab")


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    """Return a class in which ada was three days late, and bo two hours."""
    for student, text in (
        ("ada", "2026-02-03 23:59:00"),
        ("bo", "2026-02-01 01:59:00"),
    ):
        folder = tmp_path / "submitted" / student / "lab"
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text(f"{text} UTC\n")
    room = Classroom.open(tmp_path)
    with Gradebook(sqlite_url(room.gradebook)) as book:
        for student in ("ada", "bo"):
            book.write(LAB, result(student))
            room.append_result(result(student))
    timing.keep_due(tmp_path, ["lab"], DUE, None)
    return room


def nbgraders(room: Classroom) -> Nbgraders:
    return Nbgraders(sqlite_url(room.gradebook))


def test_lateness_is_measured_from_the_due_date(room: Classroom) -> None:
    found = timing.read(room, [ADA, BO])
    assert (found[ADA].late, found[BO].late) == ("3 d 0 h", "2 h 0 min")
    assert found[ADA].late_by == timedelta(days=3)
    assert found[BO].due == DUE


def test_an_extension_of_nbgraders_counts(room: Classroom) -> None:
    with nbgraders(room) as book:
        book.find_submission("lab", "ada").extension = timedelta(days=2)
        book.find_submission("lab", "bo").extension = timedelta(hours=2)
        book.db.commit()
    found = timing.read(room, [ADA, BO])
    assert (found[ADA].late, found[BO].late) == ("1 d 0 h", "")
    assert found[ADA].due == DUE + timedelta(days=2)


def test_a_penalty_of_nbgraders_is_taken_off_as_nbgrader_does(room: Classroom) -> None:
    before = {grade.person.id: grade.score for grade in grades.read(room)}
    with nbgraders(room) as book:
        book.find_submission_notebook("nb", "lab", "ada").late_submission_penalty = 1.5
        book.find_submission_notebook("nb", "lab", "bo").late_submission_penalty = 99.0
        book.db.commit()
    ada, bo = grades.read(room)
    assert before["ada"] is not None
    assert (ada.score, ada.raw_score) == (before["ada"] - 1.5, before["ada"])
    assert ada.timing.penalties == {"nb": 1.5}
    assert (bo.score, bo.timing.penalty) == (0.0, 99.0)


def test_a_due_date_is_replaced_and_the_old_one_told(room: Classroom) -> None:
    later = DUE + timedelta(days=7)
    assert timing.keep_due(room.root, ["lab", "new"], DUE, None) == {"new": None}
    assert timing.keep_due(room.root, ["lab"], later, None) == {"lab": DUE}
    with nbgraders(room) as book:
        assert book.find_assignment("lab").duedate == later.replace(tzinfo=None)
        assert book.find_assignment("new").duedate == DUE.replace(tzinfo=None)


def test_grading_goes_on_after_a_due_date_was_kept(tmp_path: Path) -> None:
    (tmp_path / "submitted").mkdir()
    timing.keep_due(tmp_path, ["lab"], DUE, None)
    with Gradebook(sqlite_url(tmp_path / "gradebook.db")) as book:
        book.write(LAB, result("ada"))
        assert book.due_dates() == {"lab": DUE}
        assert list(book.scores("lab")) == ["ada"]


def test_the_mark_of_an_lms_counts_where_no_time_is_known(room: Classroom) -> None:
    marks = {SubmissionKey(*key): [Upload("x.ipynb", late=True)] for key in (ADA, BO)}
    upload_names.remember(room.root, marks)
    (room.folder("submitted", *ADA) / "timestamp.txt").unlink()
    found = timing.read(room, [ADA, BO])
    assert (found[ADA].late, found[ADA].told_late) == (timing.MARKED, "yes")
    assert found[ADA].late_by is None
    assert found[BO].late == "2 h 0 min"


def test_without_a_gradebook_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "submitted").mkdir()
    assert timing.read(Classroom.open(tmp_path), [ADA]) == {ADA: Timing()}


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, ""), (1, "1 s"), (61, "1 min"), (3600, "1 h 0 min"), (90_000, "1 d 1 h")],
)
def test_lateness_in_words(seconds: int, expected: str) -> None:
    assert lateness(DUE + timedelta(seconds=seconds), DUE, True) == expected


def test_uploads_are_kept_until_the_same_submission_is_collected_again(
    tmp_path: Path,
) -> None:
    ada, bo = SubmissionKey(*ADA), SubmissionKey(*BO)
    upload_names.remember(
        tmp_path, {ada: [Upload("a")], bo: [Upload("b", "Canvas", "b")]}
    )
    upload_names.remember(tmp_path, {ada: [Upload("=a2", late=True)]})
    assert upload_names.read(tmp_path) == {
        ada: (Upload("=a2", late=True),),
        bo: (Upload("b", "Canvas", "b"),),
    }
    (tmp_path / upload_names.FILE).write_text('[{"student": "ada"}]')
    with pytest.raises(ClassError, match=r"uploads\.json cannot be read"):
        upload_names.read(tmp_path)
