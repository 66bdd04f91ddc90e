"""Class folders, good and booby-trapped, on a real file system."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from grader.classroom.folder import Classroom, SubmittedFile
from grader.errors import ClassError, SubmissionError
from grader.files import plain_name, replace_file
from grader.records import Check, Graded, Result


def result(student: str = "ada", score: float = 1.0, message: str = "") -> Result:
    check = Check("q1-test", score, 2.0, "partial", "examiner", message, 0.1)
    return Result(student, "lab", "f" * 64, 7, "0.1.0", score, 2.0, (check,))


def submit(room: Classroom, student: str, assignment: str, *names: str) -> Path:
    folder = room.root / "submitted" / student / assignment
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(b"{}")
    return folder


class TestOpen:
    def test_missing_folder_names_it_and_the_option(self, tmp_path: Path) -> None:
        with pytest.raises(ClassError, match=r"nowhere.*--class"):
            Classroom.open(tmp_path / "nowhere")

    def test_missing_submitted_says_what_is_expected(self, tmp_path: Path) -> None:
        with pytest.raises(ClassError, match="contain STUDENT/ASSIGNMENT"):
            Classroom.open(tmp_path)

    def test_submitted_must_not_be_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "class").mkdir()
        (tmp_path / "class" / "submitted").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(ClassError, match="not a link"):
            Classroom.open(tmp_path / "class")


class TestInbox:
    def test_notebooks_are_sorted_and_limited_to_the_assignments(
        self, room: Classroom
    ) -> None:
        submit(room, "zoe", "lab", "nb.ipynb")
        submit(room, "ada", "lab", "b.ipynb", "a.IPYNB", "notes.txt")
        submit(room, "ada", "other", "nb.ipynb")
        submit(room, "mia", "lab", "nb.ipynb")
        found = [
            (f.student, f.assignment, f.path.name)
            for f in room.inbox(["lab"]).notebooks
        ]
        assert found == [
            ("ada", "lab", "a.IPYNB"),
            ("ada", "lab", "b.ipynb"),
            ("mia", "lab", "nb.ipynb"),
            ("zoe", "lab", "nb.ipynb"),
        ]

    def test_one_student(self, room: Classroom) -> None:
        submit(room, "zoe", "lab", "nb.ipynb")
        submit(room, "ada", "lab", "nb.ipynb")
        assert [file.student for file in room.inbox(student="zoe").notebooks] == ["zoe"]

    @pytest.mark.parametrize(
        "name", ["O'Hara, Zoë", "小林", "a+b@c.d", "x\ny", "-rf *"]
    )
    def test_unusual_names_are_accepted(self, room: Classroom, name: str) -> None:
        submit(room, name, "lab", "nb.ipynb")
        assert [file.student for file in room.inbox().notebooks] == [name]

    @pytest.mark.parametrize("level", ["student", "assignment", "file"])
    def test_links_are_ignored_and_reported(self, room: Classroom, level: str) -> None:
        room.gradebook.write_bytes(b"secret")
        target = submit(room, "ada", "lab", "nb.ipynb")
        submit(room, "eve", "lab")
        place = {
            "student": room.root / "submitted" / "mallory",
            "assignment": room.root / "submitted" / "eve" / "lab2",
            "file": room.root / "submitted" / "eve" / "lab" / "x.ipynb",
        }[level]
        goal = {"student": target.parent, "assignment": target}
        place.symlink_to(goal.get(level, room.gradebook))
        inbox = room.inbox()
        assert [file.student for file in inbox.notebooks] == ["ada"]
        assert any("a link" in line and place.name in line for line in inbox.ignored)

    def test_name_that_is_not_utf8_is_reported(self, room: Classroom) -> None:
        if sys.platform != "linux":
            pytest.skip("other systems refuse such a name")
        (room.root / "submitted" / os.fsdecode(b"Jos\xe9")).mkdir()
        (line,) = room.inbox().ignored
        line.encode()
        assert "UTF-8" in line

    def test_submission_without_a_notebook_is_reported(self, room: Classroom) -> None:
        submit(room, "ada", "lab", "lab.pdf")
        assert room.inbox().ignored == (
            "submitted/ada/lab: holds no notebook (*.ipynb)",
        )

    def test_checkpoints_are_ignored_silently(self, room: Classroom) -> None:
        work = submit(room, "ada", "lab", "nb.ipynb")
        (work / ".ipynb_checkpoints").mkdir()
        (work / ".ipynb_checkpoints" / "nb-checkpoint.ipynb").write_bytes(b"{}")
        inbox = room.inbox()
        assert len(inbox.notebooks) == 1
        assert inbox.ignored == ()


class TestRead:
    def test_content_is_unchanged(self, room: Classroom) -> None:
        work = submit(room, "ada", "lab", "nb.ipynb")
        (work / "nb.ipynb").write_bytes(b"\xff not json")
        (found,) = room.inbox().notebooks
        submission = room.read(found)
        assert (submission.student, submission.assignment) == ("ada", "lab")
        assert submission.content == b"\xff not json"
        assert submission.submitted is None

    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("2025-02-03 14:05:06.123456 UTC\n", "2025-02-03T14:05:06.123456+00:00"),
            ("2025-02-03T14:05:06+01:00", "2025-02-03T14:05:06+01:00"),
            ("2025-02-03 14:05:06 +0100", "2025-02-03T14:05:06+01:00"),
            ("2025-07-03 14:05:06 Europe/Berlin", "2025-07-03T14:05:06+02:00"),
            ("2025-02-03 14:05:06", "2025-02-03T14:05:06+00:00"),
            ("yesterday, I swear", None),
            ("2025-02-03 14:05:06 ../../etc/passwd", None),
            ("", None),
        ],
    )
    def test_time_of_submission(
        self, room: Classroom, text: str, iso: str | None
    ) -> None:
        work = submit(room, "ada", "lab", "nb.ipynb")
        (work / "timestamp.txt").write_text(text)
        (found,) = room.inbox().notebooks
        assert room.read(found).submitted == iso

    def test_link_made_after_listing(self, room: Classroom) -> None:
        work = submit(room, "ada", "lab", "nb.ipynb")
        room.gradebook.write_bytes(b"secret")
        (found,) = room.inbox().notebooks
        (work / "nb.ipynb").unlink()
        (work / "nb.ipynb").symlink_to(room.gradebook)
        with pytest.raises(SubmissionError, match="cannot be read"):
            room.read(found)

    @pytest.mark.timeout(20)
    def test_named_pipe_does_not_hang(self, room: Classroom) -> None:
        work = submit(room, "ada", "lab")
        os.mkfifo(work / "nb.ipynb")
        with pytest.raises(SubmissionError, match="not a regular file"):
            room.read(SubmittedFile("ada", "lab", work / "nb.ipynb"))


class TestAutograded:
    def test_path_is_where_nbgrader_looks(self, room: Classroom) -> None:
        graded = Graded(result(), '{"cells": []}')
        path = room.write_autograded(graded, "nb", "2025-02-03T14:05:06+01:00")
        assert path == room.root / "autograded" / "ada" / "lab" / "nb.ipynb"
        assert json.loads(path.read_text()) == {"cells": []}
        stamp = path.with_name("timestamp.txt").read_text()
        assert stamp.strip() == "2025-02-03T14:05:06+01:00"

    @pytest.mark.parametrize("student", ["..", ".", "", "a/b", "../../x", "a\\b", "\0"])
    def test_never_outside_the_class_folder(
        self, room: Classroom, student: str
    ) -> None:
        with pytest.raises(ClassError, match="cannot name"):
            room.write_autograded(Graded(result(student), "{}"), "nb")
        with pytest.raises(ClassError, match="cannot name"):
            plain_name(student)

    def test_replaces_a_planted_link_instead_of_following(
        self, room: Classroom
    ) -> None:
        room.gradebook.write_bytes(b"grades")
        path = room.root / "autograded" / "ada" / "lab" / "nb.ipynb"
        path.parent.mkdir(parents=True)
        path.symlink_to(room.gradebook)
        room.write_autograded(Graded(result(), "{}"), "nb")
        assert room.gradebook.read_bytes() == b"grades"
        assert path.read_text() == "{}"

    def test_failed_write_leaves_only_the_old_file(self, tmp_path: Path) -> None:
        replace_file(tmp_path / "page.html", "old")
        (tmp_path / "folder").mkdir()
        with pytest.raises(IsADirectoryError):
            replace_file(tmp_path / "folder", "new")
        assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "page.html"]


class TestResults:
    def test_last_line_counts(self, room: Classroom) -> None:
        for score in (0.0, 2.0, 1.5):
            room.append_result(result(score=score))
        room.append_result(result("bob", 1.0))
        found = room.read_results()
        assert list(found) == [("ada", "lab"), ("bob", "lab")]
        assert found["ada", "lab"] == result(score=1.5)

    def test_nothing_graded_yet(self, room: Classroom) -> None:
        assert room.read_results() == {}

    @pytest.mark.parametrize(
        "message", ["a\nb", "\u2028\x85\r", "\ud800", "\0", "Zoë 🙂"]
    )
    def test_any_text_is_read_back(self, room: Classroom, message: str) -> None:
        room.append_result(result(message=message))
        room.append_result(result("bob"))
        assert room.read_results()["ada", "lab"].cells[0].message == message

    @pytest.mark.parametrize("kept", [1, 40, -2])
    def test_half_written_last_line(self, room: Classroom, kept: int) -> None:
        room.append_result(result("bob"))
        whole = room.results.read_bytes()
        with room.results.open("ab") as log:
            log.write(result(score=2.0).to_json().encode()[:kept])
        assert list(room.read_results()) == [("bob", "lab")]
        room.append_result(result(score=1.0))
        assert room.results.read_bytes().startswith(whole)
        assert room.read_results()["ada", "lab"].score == 1.0

    def test_whole_last_line_without_newline_counts(self, room: Classroom) -> None:
        room.results.write_text(result("bob").to_json())
        assert list(room.read_results()) == [("bob", "lab")]
        room.append_result(result())
        assert list(room.read_results()) == [("ada", "lab"), ("bob", "lab")]

    @pytest.mark.parametrize("bad", ["{}", "nonsense", "[]", '{"cells": 3}', "\xff"])
    def test_bad_line_is_reported_with_its_number(
        self, room: Classroom, bad: str
    ) -> None:
        room.append_result(result("bob"))
        with room.results.open("a", encoding="latin-1") as log:
            log.write(bad + "\n")
        room.append_result(result())
        with pytest.raises(ClassError, match="line 2"):
            room.read_results()
