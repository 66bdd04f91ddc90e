"""Which submissions of a class are to be graded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.course.course import Course
from grader.errors import ClassError, CourseError
from tests.support.classes import Submit


def test_one_submission_for_each_student(
    course: Course, room: Classroom, submit: Submit
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
    course: Course, room: Classroom, submit: Submit
) -> None:
    submit(room.root, "ada")
    with pytest.raises(CourseError, match=r"'medians'.*averages"):
        plan(course, room, ["medians"])


def test_folder_of_no_assignment_is_passed_over(
    course: Course, room: Classroom, submit: Submit
) -> None:
    path = submit(room.root, "ada")
    shutil.copytree(path.parent, path.parents[1] / "holiday")
    planned = plan(course, room)
    assert [each.file.assignment for each in planned.notebooks] == ["averages"]
    (ignored,) = planned.ignored
    assert ignored.startswith("submitted/ada/holiday/averages.ipynb: ")
    assert "there are averages" in ignored


@pytest.mark.parametrize("newest", ["a copy.ipynb", "averages.ipynb", "z.ipynb"])
@pytest.mark.parametrize(
    ("names", "graded"),
    [
        (["a copy", "averages", "averages (1)", "z"], "averages"),
        (["a copy", "Averages", "averages (1)", "z"], "Averages"),
        (["a copy", "averages (1)", "z"], "averages (1)"),
    ],
)
def test_the_notebook_of_the_assignments_name_counts(
    course: Course,
    room: Classroom,
    submit: Submit,
    newest: str,
    names: list[str],
    graded: str,
) -> None:
    path = submit(room.root, "ada")
    path = path.rename(path.with_name("first"))
    for name in names:
        shutil.copy(path, path.with_name(f"{name}.ipynb"))
    path.unlink()
    for each in path.parent.iterdir():
        os.utime(each, (1000, 2000 if each.name == newest else 1000))
    planned = plan(course, room)
    assert [each.file.path.name for each in planned.notebooks] == [f"{graded}.ipynb"]
    assert len(planned.ignored) == len(names) - 1
    for note in planned.ignored:
        assert note.startswith("submitted/ada/")
        assert f"{graded}.ipynb is graded, which " in note


@pytest.mark.parametrize("newest", ["a.ipynb", "z.ipynb"])
def test_of_notebooks_with_other_names_the_newest_counts(
    course: Course, room: Classroom, submit: Submit, newest: str
) -> None:
    path = submit(room.root, "ada")
    for name in ("a.ipynb", "z.ipynb"):
        shutil.copy(path, path.with_name(name))
        os.utime(path.with_name(name), (1000, 2000 if name == newest else 1000))
    path.unlink()
    planned = plan(course, room)
    assert [each.file.path.name for each in planned.notebooks] == [newest]


def test_one_student_only(course: Course, room: Classroom, submit: Submit) -> None:
    for name in ("ada", "bob"):
        submit(room.root, name)
    planned = plan(course, room, student="bob")
    assert [each.file.student for each in planned.notebooks] == ["bob"]


def test_a_student_whose_name_is_written_otherwise_is_named(
    course: Course, room: Classroom, submit: Submit
) -> None:
    submit(room.root, "ada")
    for name, said in (("Ada", r"by Ada \(did you mean ada\?\)"), ("zoe", r"by zoe\.")):
        with pytest.raises(ClassError, match=said):
            plan(course, room, student=name)


def test_nothing_to_grade_says_what_was_looked_for(
    course: Course, room: Classroom, submit: Submit
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
    own_course: Path, room: Classroom, submit: Submit
) -> None:
    (own_course / "solutions" / "unfinished.ipynb").write_text("{")
    submit(room.root, "ada")
    planned = plan(Course.open(own_course), room)
    assert len(planned.notebooks) == 1
