"""Downloads of Moodle, Canvas, Gradescope, Blackboard and GitHub Classroom."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from grader.errors import UsageError
from grader.submissions.read import submitted_at
from tests.support.archives import zipped
from tests.support.arrivals import NB, Class, folder


class TestMoodle:
    def test_folders_and_flat_names(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        room.collect(
            {
                "Ada King Lovelace_123_assignsubmission_file_/averages.ipynb": right,
                "Zoe Muller Lukasz_124_assignsubmission_file/my work.ipynb": wrong,
                "李 雷_125_assignsubmission_file_averages (1).ipynb": right,
            }
        )
        assert room.tree() == {
            f"ada/{NB}": right,
            f"zoe/{NB}": wrong,
            f"li/{NB}": right,
        }
        repairs = {row.student: row.repairs for row in room.rows}
        assert repairs["ada"] == ()
        assert repairs["zoe"] == ("my work.ipynb is taken as averages.ipynb",)

    def test_known_number_counts_more_than_an_unknown_name(
        self, room: Class, right: bytes
    ) -> None:
        room.collect({"Participant_124_assignsubmission_file_/a.ipynb": right})
        assert room.tree() == {f"zoe/{NB}": right}

    def test_number_and_name_of_two_students(self, room: Class, right: bytes) -> None:
        room.collect({"Ada King Lovelace_124_assignsubmission_file_/a.ipynb": right})
        assert room.tree() == {}
        (row,) = room.rows
        assert row.status == "unmatched"
        assert "zoe, its name that of ada" in row.notes[0]

    def test_worksheet_as_roster_gives_submission_times(
        self, room: Class, right: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
        sheet = room.spare / "worksheet.csv"
        sheet.write_text(
            "Identifier,Full name,Email address,CollectStatus,Grade,Maximum Grade,"
            "Grade can be changed,Last modified (submission)\n"
            "Participant 77,Grace Hopper,gh@navy.example,Submitted,,10.00,Yes,"
            '"Monday, 5 January 2026, 3:04 PM"\n'
        )
        download = {"Grace Hopper_77_assignsubmission_file_/averages.ipynb": right}
        room.collect(download, roster=sheet)
        place = room.root / "submitted" / "gh" / "averages"
        assert submitted_at(place) == datetime(2026, 1, 5, 15, 4, tzinfo=UTC)
        assert room.collect(download, roster=None)[0].student == "gh"


class TestCanvas:
    def test_names_run_together_and_late_work(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        room.collect(
            {
                "lovelaceadaking_55_70001_averages-1.ipynb": right,
                "müllerłukaszzoë_LATE_9001_70002_averages.ipynb": wrong,
                "müllerłukaszzoë_LATE_9001_70003_notes.txt": b"please read",
            }
        )
        assert room.tree() == {
            f"ada/{NB}": right,
            f"zoe/{NB}": wrong,
            "zoe/averages/notes.txt": b"please read",
        }
        late = {row.student: row.late for row in room.rows}
        assert late == {"ada": "", "zoe": "marked late"}

    def test_only_numbers_distinguish_students_of_the_same_name(
        self, room: Class, right: bytes
    ) -> None:
        room.collect(
            {
                "smithann_9003_1_averages.ipynb": right,
                "smithann_9004_2_averages.ipynb": right,
            }
        )
        assert room.tree() == {f"ann2/{NB}": right}
        (row,) = [row for row in room.rows if row.status == "unmatched"]
        assert "could be ann1 or ann2" in row.notes[0]

    def test_number_is_remembered(self, room: Class, right: bytes) -> None:
        room.collect({"lovelaceadaking_55_1_averages.ipynb": right})
        room.collect({"renamed_55_2_averages.ipynb": right}, roster=None)
        assert room.statuses() == {"ada": "unchanged"}

    def test_text_entry_is_not_a_notebook(self, room: Class) -> None:
        room.collect({"leili_5_text.html": b"<p>"}, assignment="averages")
        room.collect({"李雷_5_text.html": b"<p>"}, assignment="averages")
        assert room.statuses() == {"li": "refused"}
        assert (
            "web page" in (room.root / "submitted/li/averages/refused.txt").read_text()
        )


METADATA = {
    "submission_100": {
        ":submitters": [
            {":name": "Ada L.", ":sid": None, ":email": "ada.l@uni.example"}
        ],
        ":created_at": datetime(2026, 1, 31, 13, 30, tzinfo=UTC),
    },
    "submission_101": {
        ":submitters": [
            {":name": "Zoë Müller Łukasz", ":sid": "77", ":email": ""},
            {":name": "李 雷", ":sid": "78", ":email": "leili@uni.example"},
        ],
        ":created_at": "2026-01-30 10:00:00 Z",
    },
    "submission_102": {
        ":submitters": [
            {":name": "李 雷", ":sid": "78", ":email": ""},
            {":name": "Nobody", ":sid": "79", ":email": ""},
        ],
    },
}


def export(metadata: object, top: str = "assignment_9_export/") -> dict[str, bytes]:
    return {f"{top}submission_metadata.yml": yaml.safe_dump(metadata).encode()}


class TestGradescope:
    def test_people_groups_and_times(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        top = "assignment_9_export/"
        room.collect(
            export(METADATA)
            | {
                f"{top}submission_100/averages.ipynb": right,
                f"{top}submission_101/src/averages.ipynb": wrong,
                f"{top}submission_102/averages.ipynb": right,
                f"{top}submission_103/averages.ipynb": right,
            },
            due=datetime(2026, 1, 31, 12, tzinfo=UTC),
        )
        stamp = b"2026-01-30 10:00:00.000000 UTC\n"
        assert room.tree() == {
            f"ada/{NB}": right,
            "ada/averages/timestamp.txt": b"2026-01-31 13:30:00.000000 UTC\n",
            f"zoe/{NB}": wrong,
            "zoe/averages/timestamp.txt": stamp,
            f"li/{NB}": wrong,
            "li/averages/timestamp.txt": stamp,
        }
        late = {row.student: row.late for row in room.rows if row.student}
        assert late == {"ada": "1 h 30 min", "zoe": "", "li": ""}
        loose = [row for row in room.rows if row.status == "unmatched"]
        assert [row.source.split("/")[1] for row in loose] == [
            "submission_102",
            "submission_103",
        ]
        assert "Nobody" in loose[0].notes[0]

    def test_metadata_inside_a_submission_is_ignored(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        """A student could otherwise submit for others, or backdate a submission."""
        forged = zipped(
            export({"submission_1": METADATA["submission_100"]}, "")
            | {"submission_1/averages.ipynb": wrong}
        )
        room.collect({"work.zip": forged})
        room.collect({"ada/averages.ipynb": right, "work.zip": forged})
        assert room.tree() == {f"ada/{NB}": right}
        assert room.tree("earlier") == {}
        assert {row.status for row in room.rows} == {"new", "unmatched"}

    @pytest.mark.parametrize("text", ["{", "a: [", "\x00"])
    def test_metadata_that_cannot_be_read(self, room: Class, text: str) -> None:
        with pytest.raises(UsageError, match=r"submission_metadata\.yml: not"):
            room.collect({"submission_metadata.yml": text.encode(), "a.ipynb": b"{}"})

    @pytest.mark.parametrize("content", [[], 3, {"a": 3}, {"a": {":submitters": 3}}])
    def test_metadata_of_another_structure(
        self, room: Class, right: bytes, content: object
    ) -> None:
        room.collect(export(content) | {"ada/averages.ipynb": right})
        assert room.tree() == {f"ada/{NB}": right}


class TestNbgrader:
    def test_names_of_zip_collect(self, room: Class, right: bytes) -> None:
        """The download also has the text file that Blackboard adds."""
        attempt = "ps1_zoe_attempt_2026-01-31-12-00-00"
        room.collect(
            {f"{attempt}_averages.ipynb": right, f"{attempt}.txt": b"receipt"},
        )
        assert room.tree() == {
            f"zoe/{NB}": right,
            f"zoe/averages/{attempt}.txt": b"receipt",
            "zoe/averages/timestamp.txt": b"2026-01-31 12:00:00.000000 UTC\n",
        }

    def test_latest_attempt_counts_and_all_are_kept(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        names = [
            f"a_zoe_attempt_2026-01-{day}-09-00-00_averages.ipynb"
            for day in ("11", "09")
        ]
        room.collect(dict(zip(names, (right, wrong), strict=True)))
        assert room.tree()[f"zoe/{NB}"] == right
        ((name, kept),) = [
            item for item in room.tree("earlier").items() if item[0].endswith("nb")
        ]
        assert kept == wrong
        assert name.startswith("zoe/averages/2026-01-09T090000Z-")

    def test_a_pattern_finds_student_and_time(self, room: Class, right: bytes) -> None:
        pattern = r".*/(?P<last_name>\w+)-(?P<first_name>\w+) (?P<timestamp>\S+)\.ipynb"
        name = "x/Lovelace-Ada_King 2026-02-03T10:00Z.ipynb"
        room.collect({name: right}, pattern=pattern)
        assert room.tree().keys() == {f"ada/{NB}", "ada/averages/timestamp.txt"}

    @pytest.mark.parametrize(
        ("pattern", "told"), [("(", "unterminated"), ("a", "student_id")]
    )
    def test_unusable_pattern(self, room: Class, pattern: str, told: str) -> None:
        with pytest.raises(UsageError, match=told):
            room.collect({"a.ipynb": b""}, pattern=pattern)

    def test_folders_with_timestamps(self, room: Class, right: bytes) -> None:
        source = folder(
            room.spare / "submitted",
            {
                f"zoe/{NB}": right,
                "zoe/averages/timestamp.txt": b"2026-01-31 12:00:00 UTC",
            },
        )
        room.collect(source)
        assert room.tree().keys() == {f"zoe/{NB}", "zoe/averages/timestamp.txt"}
        assert room.rows[0].submitted == "2026-01-31T12:00:00+00:00"

    @pytest.mark.parametrize("name", ["timestamp.txt", "refused.txt"])
    def test_students_cannot_write_their_own_timestamps(
        self, room: Class, right: bytes, name: str
    ) -> None:
        files = {"averages.ipynb": right, name: b"2020-01-01 12:00:00 UTC"}
        inner = {f"averages/{name}": content for name, content in files.items()}
        room.collect({"zoe.zip": zipped(files), "ada.zip": zipped(inner)})
        assert room.tree() == {f"ada/{NB}": right, f"zoe/{NB}": right}


def git(folder: Path, *arguments: str) -> None:
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_COMMITTER_DATE": "2026-01-31T12:00:00+01:00",
        "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z",
    }
    who = ["-c", "user.name=x", "-c", "user.email=x@y.example"]
    subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=environment, check=True,
        capture_output=True,
    )  # fmt: skip


class TestGitHub:
    @pytest.fixture
    def repository(self, tmp_path: Path, right: bytes) -> Path:
        place = tmp_path / "averages-submissions" / "averages-countess"
        folder(place, {"notebooks/averages.ipynb": right, ".github/x.yml": b""})
        git(place, "init", "-q")
        git(place, "add", ".")
        git(place, "commit", "-q", "-m", "x")
        return place

    @pytest.mark.parametrize("packed", [False, True])
    def test_username_and_last_commit(
        self, room: Class, repository: Path, packed: bool, right: bytes
    ) -> None:
        if packed:
            git(repository, "gc", "-q")
            git(repository, "pack-refs", "--all")
        room.collect(repository.parent)
        assert room.tree()[f"ada/{NB}"] == right
        assert room.rows[0].submitted == "2026-01-31T11:00:00+00:00"
        assert not [name for name in room.tree() if ".git" in name]

    def test_a_folder_with_another_prefix_finds_its_student(
        self, room: Class, right: bytes
    ) -> None:
        room.collect({"homework-2-countess/averages.ipynb": right})
        assert room.tree() == {f"ada/{NB}": right}

    def test_git_configuration_of_a_student_is_not_used(
        self, room: Class, repository: Path, tmp_path: Path
    ) -> None:
        ran = tmp_path / "ran"
        for name in ("core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand"):
            git(repository, "config", name, f"touch {ran}")
        git(repository, "config", "log.showSignature", "true")
        git(repository, "config", "alias.cat-file", f"!touch {ran}")
        with (repository / ".git" / "config").open("a") as config:
            config.write("[what git itself would not read")
        room.collect(repository.parent)
        assert not ran.exists()
        assert room.rows[0].submitted == "2026-01-31T11:00:00+00:00"

    @pytest.mark.parametrize("head", ["", "ref: ../../x", "ref: refs/heads/none", "0"])
    def test_broken_repository(self, room: Class, repository: Path, head: str) -> None:
        (repository / ".git" / "HEAD").write_text(head)
        room.collect(repository.parent)
        assert (room.rows[0].student, room.rows[0].submitted) == ("ada", "")
