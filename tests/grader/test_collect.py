"""From every source to a class folder: who, what, when, and nothing lost."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader import collect
from grader.collect import Options
from grader.course import Course
from grader.filing import Row
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
