"""The student copies on disk: written together or not at all, kept, and compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grader.course import release, student_copies
from grader.errors import CourseError
from tests.support.paths import AVERAGES_SOURCE

TEXT = AVERAGES_SOURCE.read_text("utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "solutions").mkdir()
    shutil.copy(AVERAGES_SOURCE, tmp_path / "solutions")
    return tmp_path


def test_a_copy_that_was_edited_is_stale_with_the_difference(course: Path) -> None:
    path = course / "lessons/averages.ipynb"
    assert [p for p, _ in student_copies.stale(course)] == [path]
    assert student_copies.write(course) == (path,)
    assert student_copies.stale(course) == ()
    assert student_copies.write(course) == ()
    path.write_text(path.read_text("utf-8").replace("# Averages", "# Means"))
    [(stale, diff)] = student_copies.stale(course, ["averages"])
    assert stale == path
    assert '-    "# Means' in diff
    assert '+    "# Averages' in diff


def test_a_copy_without_source_is_stale(course: Path) -> None:
    student_copies.write(course)
    (course / "labs").mkdir()
    (course / "labs/old.ipynb").write_text("{}")
    assert [(p.name, why) for p, why in student_copies.stale(course)] == [
        ("old.ipynb", "its source no longer exists; delete this copy\n")
    ]
    assert student_copies.stale(course, ["averages"]) == ()


def test_nothing_is_written_if_one_source_is_unusable(course: Path) -> None:
    (course / "solutions/broken.ipynb").write_text("{")
    with pytest.raises(CourseError, match="broken: not a notebook"):
        student_copies.write(course)
    assert not (course / "lessons").exists()
    assert student_copies.write(course, ["averages"])


def test_unknown_names_folders_and_courses_are_refused(
    course: Path, tmp_path: Path
) -> None:
    with pytest.raises(CourseError, match="no assignment 'x'; there are averages"):
        student_copies.write(course, ["x"])
    with pytest.raises(CourseError, match="holds no notebook"):
        student_copies.write(tmp_path / "lessons")
    raw = json.loads(TEXT)
    raw["metadata"]["grader"]["folder"] = "../elsewhere"
    (course / "solutions/averages.ipynb").write_text(json.dumps(raw))
    with pytest.raises(CourseError, match="it must be one of lessons, labs"):
        student_copies.write(course)


def test_kept_copy_is_what_students_receive(course: Path) -> None:
    source = course / "solutions/averages.ipynb"
    (first,) = student_copies.keep(course)
    assert first.parent == course / "releases/averages"
    assert first.stem == release.release_hash(TEXT)[:12]
    assert first.read_text("utf-8") == release.student_copy(TEXT, "averages")
    assert student_copies.keep(course) == ()
    source.write_text(TEXT.replace("A median asks", "A median looks"), "utf-8")
    (second,) = student_copies.keep(course)
    assert {*first.parent.iterdir()} == {first, second}
