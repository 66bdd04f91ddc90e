"""What collecting writes: whole files, inside the class folder, ready to be graded."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.batch import run
from grader.batch.plan import plan
from grader.classroom.folder import Classroom
from grader.collect import staging
from grader.course.course import Course
from grader.errors import ClassError, CourseError, UsageError
from grader.files import copy_file
from tests.support.archives import zipped
from tests.support.arrivals import NB, Class, folder
from tests.support.paths import MANGLED_COURSE


class TestSafety:
    def test_nothing_is_written_outside_the_class_folder(
        self, room: Class, right: bytes
    ) -> None:
        names = [
            "../../../evil.csv",
            "..\\..\\evil.csv",
            "/tmp/evil.csv",
            "d/../../x.ipynb",
        ]
        submission = zipped(dict.fromkeys(names, b"evil") | {"averages.ipynb": right})
        before = set(room.spare.parent.rglob("*evil*"))
        room.collect({"ada.zip": submission, "../evil.ipynb": b"evil"})
        assert room.tree() == {f"ada/{NB}": right}
        left = set(room.spare.parent.rglob("*evil*")) - before
        assert all(room.root / "unmatched" in path.parents for path in left)
        assert len(room.tree("unmatched")) == len(names) + 2
        assert [row.status for row in room.rows].count("refused") == len(names) + 1

    @pytest.mark.parametrize("part", ["..", "/tmp", "a/b", ""])
    def test_no_name_leads_out_of_the_class_folder(
        self, room: Class, part: str, tmp_path: Path
    ) -> None:
        """Even if a name passes all earlier checks."""
        made = staging.ClassFolderWriter(room.root, tmp_path, dry_run=False)
        with pytest.raises(ClassError, match="cannot name a folder"):
            made.write("evil", "submitted", part, "x.csv")

    @pytest.mark.parametrize(
        "link", ["submitted/ada", "unmatched", "submitted/ada/averages"]
    )
    def test_link_in_the_class_folder(
        self, room: Class, right: bytes, tmp_path: Path, link: str
    ) -> None:
        (tmp_path / "elsewhere").mkdir()
        place = room.root / link
        place.parent.mkdir(parents=True)
        place.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(ClassError, match="is a link"):
            room.collect({"ada/averages.ipynb": right, "nobody.ipynb": right})
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_interrupted_run_leaves_whole_files_and_can_be_repeated(
        self, room: Class, right: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = {f"{who}/averages.ipynb": right for who in ("ada", "li", "zoe")}
        with monkeypatch.context() as patch:
            calls = iter([copy_file])

            def interrupted(content: Path, target: Path) -> None:
                next(calls, _stop)(content, target)

            patch.setattr(staging, "copy_file", interrupted)
            with pytest.raises(KeyboardInterrupt):
                room.collect(files)
        assert room.tree() == {f"ada/{NB}": right}
        assert {path.name for path in room.root.iterdir()} == {"submitted"}
        room.collect(files)
        assert room.statuses() == {"ada": "unchanged", "li": "new", "zoe": "new"}

    def test_only_one_process_collects_at_a_time(
        self, room: Class, right: bytes
    ) -> None:
        with staging.open_for_collecting(room.root, dry_run=False) as first:
            (first.stage / "1").write_bytes(b"in use")
            with pytest.raises(ClassError, match="another process is collecting"):
                room.collect({"ada/averages.ipynb": right})
            assert (first.stage / "1").read_bytes() == b"in use"

    def test_files_left_by_a_killed_run_are_removed(
        self, room: Class, right: bytes
    ) -> None:
        folder(room.root, {".collecting/17": b"left"})
        room.collect({"ada/averages.ipynb": right})
        assert not (room.root / ".collecting").exists()

    def test_dry_run_writes_nothing(self, room: Class, right: bytes) -> None:
        room.collect({"ada/averages.ipynb": right, "x.ipynb": b"{"}, dry_run=True)
        assert room.statuses() == {"ada": "new", "x.ipynb": "unmatched"}
        assert not room.root.exists()

    def test_file_and_folder_of_the_same_name(self, room: Class, right: bytes) -> None:
        room.collect({"ada/averages.ipynb": right, "ada/data": b"1"})
        room.collect({"ada/averages.ipynb": right, "ada/data/x.csv": b"2"})
        assert sorted(room.tree().values()) == sorted([right, b"1", b"2"])


class TestUnusable:
    def test_no_folder_is_left_behind(self, room: Class, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="no such file"):
            room.collect(tmp_path / "none")
        assert not room.root.exists()

    def test_unusable_source(self, room: Class, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        for source, told in [
            (tmp_path / "empty", "holds no files"),
            (tmp_path / "none", "no such file"),
            (tmp_path, "contains the class folder"),
            (tmp_path / "class" / "submitted", "already holds collected submissions"),
        ]:
            (tmp_path / "class" / "submitted").mkdir(parents=True, exist_ok=True)
            with pytest.raises(UsageError, match=told):
                room.collect(source)

    def test_unknown_assignment(self, room: Class) -> None:
        with pytest.raises(CourseError, match="'avarages'; there are averages"):
            room.collect({"a.ipynb": b""}, assignment="avarages")


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.slow
def test_collected_class_gets_the_same_grades_as_one_made_by_hand(
    room: Class, right: bytes, wrong: bytes, tmp_path: Path
) -> None:
    """Moodle's download, collected and graded, against folders made by hand."""
    room.collect(
        {
            "Ada King Lovelace_1_assignsubmission_file_/averages (1).ipynb": right,
            "Zoë Müller-Łukasz_124_assignsubmission_file_/Untitled.ipynb": wrong,
            "李 雷_3_assignsubmission_file_/averages.pdf": b"%PDF-1.7",
        }
    )
    by_hand = folder(
        tmp_path / "by-hand",
        {
            f"submitted/ada/{NB}": right,
            f"submitted/zoe/{NB}": wrong,
            f"submitted/li/{NB}": b"%PDF-1.7",
        },
    )
    course = Course.open(MANGLED_COURSE)
    scores = []
    for place in (room.root, by_hand):
        opened = Classroom.open(place)
        planned = plan(course, opened)
        results = run.run(opened, planned, run.GradingSettings(seed=1))
        scores.append({key: result.score for key, result in results.items()})
    assert scores[0] == scores[1]
    assert scores[0]["ada", "averages"] > scores[0]["zoe", "averages"] > 0
    refused = Classroom.open(room.root).read_results()["li", "averages"]
    assert "a PDF file, not a notebook" in refused.flags[0].text
