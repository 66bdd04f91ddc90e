"""From every source to a class folder: who, what, when, and nothing lost."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import nbgrader.api
import pytest
import yaml

from grader import batch, collect, desk
from grader.classroom import Classroom
from grader.collect import Options
from grader.course import Course
from grader.errors import ClassError, CourseError, UsageError
from grader.filing import Row
from grader.gradebook import Gradebook
from grader.intake import submitted_at
from grader.records import Assignment

MANGLED = Path(__file__).parents[1] / "mangled"
AVERAGES: dict[str, str] = json.loads((MANGLED / "worked.json").read_text("utf-8"))
ROSTER = """\
id,name,email,moodle,canvas,github,also called
ada,"Lovelace, Ada King",ada.l@uni.example,,,countess,
zoe,Zoë Müller-Łukasz,zm@uni.example,124,9001,,
li,李 雷,leili@uni.example,,,,
ann1,Ann Smith,as1@uni.example,,,,
ann2,Smith Ann,as2@uni.example,,9003,,the other Ann
"""
Files = Mapping[str, bytes]


class Quiet:
    def reading(self, parts: object) -> None:
        pass

    def sorting(self, count: int) -> None:
        pass

    def filed(self, row: Row) -> None:
        pass


def answered(assignment: Assignment, answers: Mapping[str, str]) -> bytes:
    handed = json.loads(assignment.released)
    for cell in handed["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(grade_id, cell["source"])
    return json.dumps(handed).encode()


def zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def folder(place: Path, files: Files) -> Path:
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


@pytest.fixture(scope="session")
def right(averages: Assignment) -> bytes:
    return answered(averages, AVERAGES)


@pytest.fixture(scope="session")
def wrong(averages: Assignment) -> bytes:
    return answered(averages, AVERAGES | {"mean": "def mean(x): pass"})


class Class:
    """A class folder, and what is collected into it."""

    def __init__(self, root: Path) -> None:
        self.root = root / "class"
        self.spare = root
        self.rows: list[Row] = []

    def collect(self, source: Files | bytes | Path, **options: object) -> list[Row]:
        """Collect files, as an archive if not told otherwise."""
        if isinstance(source, Mapping):
            source = zipped(source)
        if isinstance(source, bytes):
            path = self.spare / "download.zip"
            path.write_bytes(source)
            source = path
        if "roster" not in options:
            given = self.spare / "given.csv"
            given.write_text(ROSTER, "utf-8")
            options["roster"] = given
        course = Course.open(MANGLED / "course")
        made = Options(**options)  # type: ignore[arg-type]
        self.rows = collect.collect(source, self.root, course, made, Quiet())
        return self.rows

    def tree(self, part: str = "submitted") -> dict[str, bytes]:
        top = self.root / part
        return {
            str(path.relative_to(top)): path.read_bytes()
            for path in sorted(top.rglob("*"))
            if path.is_file()
        }

    def statuses(self) -> dict[str, str]:
        return {row.student or row.source: row.status for row in self.rows}


@pytest.fixture
def room(tmp_path: Path) -> Class:
    return Class(tmp_path)


NB = "averages/averages.ipynb"


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

    def test_number_that_is_known_beats_a_name_that_is_not(
        self, room: Class, right: bytes
    ) -> None:
        room.collect({"Participant_124_assignsubmission_file_/a.ipynb": right})
        assert room.tree() == {f"zoe/{NB}": right}

    def test_number_and_name_of_two_students(self, room: Class, right: bytes) -> None:
        room.collect({"Ada King Lovelace_124_assignsubmission_file_/a.ipynb": right})
        assert room.tree() == {}
        (row,) = room.rows
        assert row.status == "unmatched"
        assert "zoe, its name of ada" in row.notes[0]

    def test_worksheet_as_roster_knows_when(
        self, room: Class, right: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TZ", "UTC")
        sheet = room.spare / "worksheet.csv"
        sheet.write_text(
            "Identifier,Full name,Email address,Status,Grade,Maximum Grade,"
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

    def test_two_of_one_name_are_told_apart_by_number_only(
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

    def test_text_entry_is_no_notebook(self, room: Class) -> None:
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

    def test_metadata_in_a_hand_in_name_nobody(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        """Or a student could hand in for others, and earlier than they did."""
        forged = zipped(
            export({"submission_1": METADATA["submission_100"]}, "")
            | {"submission_1/averages.ipynb": wrong}
        )
        room.collect({"ada/averages.ipynb": right, "work.zip": forged})
        assert room.tree() == {f"ada/{NB}": right}
        assert {row.status for row in room.rows} == {"new", "unmatched"}

    @pytest.mark.parametrize("text", ["{", "a: [", "\x00"])
    def test_metadata_that_cannot_be_read(self, room: Class, text: str) -> None:
        with pytest.raises(UsageError, match=r"submission_metadata\.yml: not"):
            room.collect({"submission_metadata.yml": text.encode(), "a.ipynb": b"{}"})

    @pytest.mark.parametrize("content", [[], 3, {"a": 3}, {"a": {":submitters": 3}}])
    def test_metadata_of_another_form(
        self, room: Class, right: bytes, content: object
    ) -> None:
        room.collect(export(content) | {"ada/averages.ipynb": right})
        assert room.tree() == {f"ada/{NB}": right}


class TestNbgrader:
    def test_names_of_zip_collect(self, room: Class, right: bytes) -> None:
        """With what Blackboard puts beside it."""
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

    def test_pattern(self, room: Class, right: bytes) -> None:
        pattern = r".*/(?P<last_name>\w+)-(?P<first_name>\w+) (?P<timestamp>\S+)\.ipynb"
        name = "x/Lovelace-Ada_King 2026-02-03T10:00Z.ipynb"
        room.collect({name: right}, pattern=pattern)
        assert room.tree().keys() == {f"ada/{NB}", "ada/averages/timestamp.txt"}

    @pytest.mark.parametrize(
        ("pattern", "told"), [("(", "unterminated"), ("a", "student_id")]
    )
    def test_pattern_that_is_none(self, room: Class, pattern: str, told: str) -> None:
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
    def test_nobody_writes_these_for_themselves(
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

    def test_other_prefix(self, room: Class, right: bytes) -> None:
        room.collect({"homework-2-countess/averages.ipynb": right})
        assert room.tree() == {f"ada/{NB}": right}

    def test_configuration_of_a_repository_runs_nothing(
        self, room: Class, repository: Path, tmp_path: Path
    ) -> None:
        ran = tmp_path / "ran"
        for name in ("core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand"):
            git(repository, "config", name, f"touch {ran}")
        git(repository, "config", "log.showSignature", "true")
        git(repository, "config", "alias.cat-file", f"!touch {ran}")
        room.collect(repository.parent)
        assert not ran.exists()

    @pytest.mark.parametrize("head", ["", "ref: ../../x", "ref: refs/heads/none", "0"])
    def test_broken_repository(self, room: Class, repository: Path, head: str) -> None:
        (repository / ".git" / "HEAD").write_text(head)
        room.collect(repository.parent)
        assert (room.rows[0].student, room.rows[0].submitted) == ("ada", "")


COPIES = [
    "averages (1).ipynb",
    "Copy of averages.ipynb",
    "Copy of Copy of averages (2).ipynb",
    "averages - Copy.ipynb",
    "averages-2.ipynb",
    "AVERAGES.IPYNB",
    "Ada King Lovelace - averages.ipynb",
    "averages_ada.ipynb",
    "averages ada.l@uni.example.ipynb",
]


class TestNames:
    @pytest.mark.parametrize("name", COPIES)
    def test_copies(self, room: Class, right: bytes, name: str) -> None:
        room.collect({f"ada/{name}": right})
        assert room.tree() == {f"ada/{NB}": right}
        assert room.rows[0].repairs == (f"{name} is taken as averages.ipynb",)

    @pytest.mark.parametrize(
        "name",
        [
            "ada.ipynb",
            "Ada King LOVELACE.ipynb",
            "Lovelace, Ada King - averages.ipynb",
            "averages_ada (1).ipynb",
            "ada.l@uni.example/x.ipynb",
            "hand-ins/ada/deep/x.ipynb",
            "ADA.L.zip/x.ipynb",
        ],
    )
    def test_people(self, room: Class, right: bytes, name: str) -> None:
        if ".zip/" in name:
            archive, _, inner = name.partition("/")
            room.collect({archive: zipped({inner: right})})
        else:
            room.collect({name: right})
        assert room.tree() == {f"ada/{NB}": right}

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("Ann Smith.ipynb", "could be ann1 or ann2"),
            ("ad.ipynb", "whose?"),
            ("averages.ipynb", "whose?"),
            ("Ada Lovelace.ipynb", "whose?"),
        ],
    )
    def test_nobody_is_guessed(
        self, room: Class, right: bytes, name: str, why: str
    ) -> None:
        room.collect({name: right})
        assert room.tree() == {}
        (kept,) = [
            content
            for path, content in room.tree("unmatched").items()
            if "ipynb" in path
        ]
        assert kept == right
        assert why in room.rows[0].notes[0]
        assert why.encode() in room.tree("unmatched")["why.csv"]

    @pytest.mark.parametrize(
        "inner",
        [
            "zoe/averages.ipynb",
            "Zoë Müller-Łukasz_124_assignsubmission_file_/averages.ipynb",
            "müllerłukaszzoë_9001_2_averages.ipynb",
            "averages_zoe_attempt_2026-01-31-12-00-00_averages.ipynb",
        ],
    )
    @pytest.mark.parametrize("archive", [False, True])
    def test_outermost_name_decides(
        self, room: Class, right: bytes, inner: str, archive: bool
    ) -> None:
        """What lies deeper was packed by whoever handed it in."""
        packed = {"ada.zip": zipped({inner: right})} if archive else None
        room.collect(packed or {f"ada/{inner}": right})
        assert room.tree() == {f"ada/{NB}": right}

    def test_alias_column_helps(self, room: Class, right: bytes) -> None:
        room.collect({"The other Ann/x.ipynb": right})
        assert room.tree() == {f"ann2/{NB}": right}

    def test_archive_without_a_name_beside_archives_with_one(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        forged = zipped({"zoe/averages.ipynb": wrong})
        room.collect({"ada.zip": zipped({"a.ipynb": right}), "zzz.zip": forged})
        assert room.tree() == {f"ada/{NB}": right}
        assert "nobody's name on it" in room.rows[-1].notes[0]


class TestWithoutRoster:
    """Ids are what the download says."""

    @pytest.mark.parametrize(
        ("name", "student"),
        [
            ("Zoë O'Neill_12_assignsubmission_file_/averages.ipynb", "zoe-o-neill-12"),
            ("oneillzoe_12_99_averages.ipynb", "oneillzoe-12"),
            ("ps1_zoe_attempt_2026-01-31-12-00-00_averages.ipynb", "zoe"),
            ("zoe/averages/averages.ipynb", "zoe"),
            ("averages-zoe/averages.ipynb", "zoe"),
            ("averages_zoe.ipynb", "zoe"),
            ("Zoë O'Neill/averages.ipynb", "zoe-o-neill"),
        ],
    )
    def test_ids(self, room: Class, right: bytes, name: str, student: str) -> None:
        room.collect({name: right}, roster=None)
        assert [row.student for row in room.rows] == [student]

    def test_outer_folder_of_all_is_nobody(self, room: Class, right: bytes) -> None:
        files = {f"download/{who}/averages.ipynb": right for who in ("ada", "zoe")}
        room.collect(files, roster=None)
        assert [row.student for row in room.rows] == ["ada", "zoe"]

    def test_name_of_nobody(self, room: Class, right: bytes) -> None:
        room.collect({"averages.ipynb": right}, roster=None)
        assert "give a roster" in room.rows[0].notes[0]

    def test_nbgrader_s_students_are_a_roster_if_they_have_names(
        self, room: Class, right: bytes
    ) -> None:
        room.root.mkdir()
        url = f"sqlite:///{room.root / 'gradebook.db'}"
        Gradebook(url).close()
        with nbgrader.api.Gradebook(url) as book:
            book.add_student("graded-before")
        room.collect({"zoe/averages.ipynb": right}, roster=None)
        assert room.rows[0].student == "zoe"
        with nbgrader.api.Gradebook(url) as book:
            book.add_student("s1", first_name="Grace", last_name="Hopper")
            book.add_assignment("averages", duedate="2026-01-31 12:00:00 UTC")
        late = {"x_Hopper Grace_attempt_2026-02-02-13-00-00_averages.ipynb": right}
        room.collect(late, roster=None)
        (row,) = room.rows
        assert (row.student, row.late) == ("s1", "2 d 1 h")
        room.collect({"nobody/averages.ipynb": right}, roster=None)
        assert room.rows[0].status == "unmatched"


class TestVersions:
    def test_again_changes_nothing(self, room: Class, right: bytes) -> None:
        files = {
            "ada/averages.ipynb": right,
            "ada/data/x.csv": b"1",
            "zoe/averages.pdf": b"%PDF",
            "nobody/averages.ipynb": right,
        }
        room.collect(files)
        before = [room.tree(part) for part in ("submitted", "earlier", "unmatched")]
        room.collect(files)
        assert room.statuses() == {
            "ada": "unchanged",
            "zoe": "refused",
            "nobody/averages.ipynb": "unmatched",
        }
        again = [room.tree(part) for part in ("submitted", "earlier", "unmatched")]
        assert again == before

    def test_newer_download_updates_and_an_old_one_does_not(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        old, new = {"ada/averages.ipynb": wrong}, {"ada/averages.ipynb": right}
        statuses = []
        for download in (old, new, old, new):
            room.collect(download)
            statuses.append(room.rows[0].status)
        assert statuses == ["new", "updated", "older", "unchanged"]
        assert room.tree() == {f"ada/{NB}": right}
        assert list(room.tree("earlier").values()) == [wrong]

    def test_times_decide_over_the_order_of_downloads(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        def attempt(day: int, content: bytes) -> Files:
            return {f"a_zoe_attempt_2026-01-{day}-09-00-00_averages.ipynb": content}

        room.collect(attempt(20, right))
        room.collect(attempt(10, wrong))
        assert room.statuses() == {"zoe": "older"}
        assert room.tree()[f"zoe/{NB}"] == right
        assert wrong in room.tree("earlier").values()
        room.collect(attempt(25, wrong))
        assert room.tree()[f"zoe/{NB}"] == wrong
        assert room.tree()["zoe/averages/timestamp.txt"].startswith(b"2026-01-25")

    def test_time_that_is_no_longer_known_is_not_kept(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        room.collect({"a_zoe_attempt_2026-01-20-09-00-00_averages.ipynb": right})
        room.collect({"zoe/averages.ipynb": wrong})
        assert room.tree() == {f"zoe/{NB}": wrong}
        assert right in room.tree("earlier").values()

    def test_copies_in_one_folder(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        """A browser numbers what is downloaded later."""
        room.collect(
            {"ada/averages (2).ipynb": right, "ada/averages.ipynb": wrong},
        )
        assert room.tree() == {f"ada/{NB}": right}
        assert "kept in earlier/" in room.rows[0].notes[0]

    def test_scratch_beside_the_notebook_does_not_replace_it(
        self, room: Class, right: bytes
    ) -> None:
        scratch = json.dumps({"cells": [], "nbformat": 4, "nbformat_minor": 5}).encode()
        files = {"ada/averages.ipynb": right, "ada/zz.ipynb": scratch}
        room.collect(files, assignment="averages")
        assert room.tree() == {f"ada/{NB}": right}
        assert list(room.tree("earlier").values()) == [scratch]

    def test_matched_later_leaves_unmatched(self, room: Class, right: bytes) -> None:
        files = {"Grace/averages.ipynb": right, "ada/averages.ipynb": right}
        room.collect(files)
        assert len(room.tree("unmatched")) == 2
        roster = room.spare / "better.csv"
        roster.write_text(ROSTER + "g,Grace,,,,,\n", "utf-8")
        room.collect(files, roster=roster)
        assert room.tree("unmatched") == {"why.csv": b"file,why\n"}
        assert room.tree().keys() == {f"ada/{NB}", f"g/{NB}"}


class TestNoNotebook:
    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("averages.pdf", b"%PDF", "a PDF file"),
            ("averages.py", b"x = 1", "a Python file"),
            ("averages.docx", b"PK", "a Word document"),
            ("averages.xyz", b"?", "a .xyz file"),
            ("averages.zip", b"PK no zip", "not an archive that can be read"),
            ("averages.rar", b"Rar!", "only zip and tar"),
        ],
    )
    def test_is_kept_and_told(
        self, room: Class, name: str, content: bytes, told: str
    ) -> None:
        room.collect({f"ada/{name}": content})
        assert room.statuses() == {"ada": "refused"}
        tree = room.tree()
        assert tree[f"ada/averages/{name}"] == content
        assert told in tree["ada/averages/refused.txt"].decode()
        json.loads(tree[f"ada/{NB}"])

    def test_notebook_that_comes_later_takes_its_place(
        self, room: Class, right: bytes
    ) -> None:
        room.collect({"ada/averages.pdf": b"%PDF"})
        room.collect({"ada/averages.ipynb": right})
        assert room.statuses() == {"ada": "new"}
        kept = {f"ada/{NB}": right, "ada/averages/averages.pdf": b"%PDF"}
        assert room.tree() == kept
        room.collect({"ada/averages.pdf": b"%PDF"})
        assert room.tree() == kept
        assert "handed in before counts" in " ".join(room.rows[0].notes)

    def test_beside_a_notebook_it_is_kept_without_a_word(
        self, room: Class, right: bytes
    ) -> None:
        files = {"a/averages.ipynb": right, "a/data/img.png": b"p", "report.pdf": b"%"}
        room.collect({f"ada/{name}": content for name, content in files.items()})
        assert room.tree() == {
            f"ada/{NB}": right,
            "ada/averages/data/img.png": b"p",
            "ada/averages/report.pdf": b"%",
        }
        assert room.rows[0].notes == ()

    def test_for_which_assignment(self, room: Class, tmp_path: Path) -> None:
        room.collect({"ada/x.pdf": b"%PDF"})
        assert room.statuses() == {"ada": "refused"}  # there is but one assignment
        assert (room.root / "submitted/ada/averages/x.pdf").is_file()

    def test_bomb_costs_its_owner_only(self, room: Class, right: bytes) -> None:
        bomb = zipped({f"{n}.txt": bytes(1 << 20) for n in range(80)})
        room.collect({"ada/averages.ipynb": right, "zoe.zip": bomb})
        assert room.statuses() == {"ada": "new", "zoe": "refused"}
        assert "archive bombs do" in room.rows[1].notes[0]
        assert room.tree()["zoe/averages/zoe.zip"] == bomb


class TestSafety:
    def test_nothing_outside_of_the_class_folder(
        self, room: Class, right: bytes
    ) -> None:
        names = [
            "../../../evil.csv",
            "..\\..\\evil.csv",
            "/tmp/evil.csv",
            "d/../../x.ipynb",
        ]
        hand_in = zipped(dict.fromkeys(names, b"evil") | {"averages.ipynb": right})
        before = set(room.spare.parent.rglob("*evil*"))
        room.collect({"ada.zip": hand_in, "../evil.ipynb": b"evil"})
        assert room.tree() == {f"ada/{NB}": right}
        left = set(room.spare.parent.rglob("*evil*")) - before
        assert all(room.root / "unmatched" in path.parents for path in left)
        assert len(room.tree("unmatched")) == len(names) + 2
        assert [row.status for row in room.rows].count("refused") == len(names) + 1

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

    def test_ctrl_c_leaves_whole_files_and_can_go_on(
        self, room: Class, right: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = {f"{who}/averages.ipynb": right for who in ("ada", "li", "zoe")}
        with monkeypatch.context() as patch:
            calls = iter([desk.copy_file])

            def interrupted(content: Path, target: Path) -> None:
                next(calls, _stop)(content, target)

            patch.setattr(desk, "copy_file", interrupted)
            with pytest.raises(KeyboardInterrupt):
                room.collect(files)
        assert room.tree() == {f"ada/{NB}": right}
        assert {path.name for path in room.root.iterdir()} == {"submitted"}
        room.collect(files)
        assert room.statuses() == {"ada": "unchanged", "li": "new", "zoe": "new"}

    def test_one_at_a_time(self, room: Class, right: bytes) -> None:
        with (
            desk.prepare(room.root, dry_run=False),
            pytest.raises(ClassError, match="another"),
        ):
            room.collect({"ada/averages.ipynb": right})

    def test_what_a_killed_run_left_is_removed(self, room: Class, right: bytes) -> None:
        folder(room.root, {".collecting/17": b"left"})
        room.collect({"ada/averages.ipynb": right})
        assert not (room.root / ".collecting").exists()

    def test_dry_run_writes_nothing(self, room: Class, right: bytes) -> None:
        room.collect({"ada/averages.ipynb": right, "x.ipynb": b"{"}, dry_run=True)
        assert room.statuses() == {"ada": "new", "x.ipynb": "unmatched"}
        assert not room.root.exists()

    def test_file_and_folder_of_one_name(self, room: Class, right: bytes) -> None:
        room.collect({"ada/averages.ipynb": right, "ada/data": b"1"})
        room.collect({"ada/averages.ipynb": right, "ada/data/x.csv": b"2"})
        assert sorted(room.tree().values()) == sorted([right, b"1", b"2"])


class TestUnusable:
    def test_sources(self, room: Class, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        for source, told in [
            (tmp_path / "empty", "holds no files"),
            (tmp_path / "none", "no such file"),
            (tmp_path, "holds the class folder itself"),
            (tmp_path / "class" / "submitted", "where collected work lies"),
        ]:
            (tmp_path / "class" / "submitted").mkdir(parents=True, exist_ok=True)
            with pytest.raises(UsageError, match=told):
                room.collect(source)

    def test_assignment(self, room: Class) -> None:
        with pytest.raises(CourseError, match="'avarages'; there are averages"):
            room.collect({"a.ipynb": b""}, assignment="avarages")


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_collected_class_earns_what_it_would_have_by_hand(
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
    course = Course.open(MANGLED / "course")
    scores = []
    for place in (room.root, by_hand):
        opened = Classroom.open(place)
        planned = batch.plan(course, opened)
        results = batch.run(opened, planned, batch.Options(seed=1))
        scores.append({key: result.score for key, result in results.items()})
    assert scores[0] == scores[1]
    assert scores[0]["ada", "averages"] > scores[0]["zoe", "averages"] > 0
    refused = Classroom.open(room.root).read_results()["li", "averages"]
    assert "a PDF file, not a notebook" in refused.flags[0]
