"""Downloads in which folders name students: Brightspace, Sakai, ILIAS and others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import UsageError
from tests.support.archives import zipped
from tests.support.arrivals import NB, Class, folder

STAMP = "averages/timestamp.txt"


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times without a zone are in this machine's."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def owners(room: Class) -> list[str]:
    return [name.partition("/")[0] for name in room.tree() if name.endswith(".ipynb")]


class TestBrightspace:
    @pytest.mark.parametrize(
        ("name", "stamp"),
        [
            ("Ada King Lovelace- Nov 3, 2025 1159 PM", "2025-11-03 23:59"),
            ("Ada King Lovelace - Nov 3, 2025 905 AM", "2025-11-03 09:05"),
            ("Ada King Lovelace - 3 November, 2025 2330", "2025-11-03 23:30"),
            ("Lovelace Ada-King - November 3, 2025 12:05 AM", "2025-11-03 00:05"),
            ("Ada King Lovelace - 3 novembre, 2025 2330", ""),
        ],
    )
    def test_names_and_times(
        self, room: Class, right: bytes, name: str, stamp: str
    ) -> None:
        room.collect({f"284173-101938 - {name}/averages.ipynb": right})
        assert room.tree()[f"ada/{NB}"] == right
        assert room.rows[0].submitted[:16] == stamp.replace(" ", "T")

    def test_the_latest_counts_and_its_list_is_no_submission(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        who = "284173-101938 - Zoë Müller-Łukasz"
        room.collect(
            {
                "index.html": b"<html>",
                f"{who}- Nov 10, 2025 905 AM/averages.ipynb": right,
                f"{who}- Nov 9, 2025 1159 PM/averages.ipynb": wrong,
            }
        )
        assert room.tree()[f"zoe/{NB}"] == right
        assert room.statuses() == {"zoe": "new"}

    def test_number_distinguishes_students_of_the_same_name(
        self, room: Class, right: bytes
    ) -> None:
        roster = room.spare / "r.csv"
        roster.write_text("id,name,brightspace\na,Ann Smith,7\nb,Ann Smith,8\n")
        room.collect(
            {"8-1 - Ann Smith- Nov 3, 2025 1159 PM/averages.ipynb": right},
            roster=roster,
        )
        assert owners(room) == ["b"]

    def test_page_that_a_student_submitted_is_kept(
        self, room: Class, right: bytes
    ) -> None:
        who = "284173-101938 - Ada King Lovelace- Nov 3, 2025 1159 PM"
        room.collect(
            {f"{who}/averages.ipynb": right, f"{who}/index.html": b"<p>mine</p>"}
        )
        assert room.tree()["ada/averages/index.html"] == b"<p>mine</p>"


class TestSakai:
    ATTACHED = "Submission attachment(s)"

    def test_folders_times_and_files_of_sakai(self, room: Class, right: bytes) -> None:
        ada = "averages/Lovelace, Ada King(ada)"
        room.collect(
            {
                "averages/grades.csv": b"x",
                f"{ada}/{self.ATTACHED}/averages.ipynb": right,
                f"{ada}/timestamp.txt": b"20251103120000000",
                f"{ada}/comments.txt": b"",
                f"{ada}/Feedback Attachment(s)/averages.ipynb": b"{}",
                f"averages/Other, Name(zoe)/{self.ATTACHED}/averages.ipynb": right,
            }
        )
        assert room.tree() == {
            f"ada/{NB}": right,
            f"ada/{STAMP}": b"2025-11-03 12:00:00.000000 UTC\n",
            f"zoe/{NB}": right,
        }
        assert {row.status for row in room.rows} == {"new"}

    @pytest.mark.parametrize("text", ["", "20251399999999", "x" * 999, "2025"])
    def test_timestamp_that_is_none(self, room: Class, right: bytes, text: str) -> None:
        ada = "averages/Lovelace, Ada King(ada)"
        room.collect(
            {
                f"{ada}/{self.ATTACHED}/averages.ipynb": right,
                f"{ada}/timestamp.txt": text.encode(),
            }
        )
        assert room.tree() == {f"ada/{NB}": right}

    def test_timestamp_of_a_student_does_not_count(
        self, room: Class, right: bytes
    ) -> None:
        inner = "Lovelace, Ada King(ada)"
        packed = zipped(
            {
                f"{inner}/{self.ATTACHED}/averages.ipynb": right,
                f"{inner}/timestamp.txt": b"20200101000000000",
            }
        )
        outer = f"averages/Müller-Łukasz, Zoë(zoe)/{self.ATTACHED}"
        room.collect({f"{outer}/work.zip": packed})
        assert f"zoe/{NB}" in room.tree()
        assert room.rows[0].submitted == ""


class TestIlias:
    def test_login_name_and_time(self, room: Class, right: bytes, wrong: bytes) -> None:
        top = "Uebung/Abgaben"
        team = "Uebung 2/Abgaben/Team 3/Mueller-Lukasz_Zoe_zm_78"
        room.collect(
            {
                f"{top}/Lovelace_Ada King_adaking_77/20251103120000_averages.ipynb": (
                    right
                ),
                f"{team}/20251104110000_a.ipynb": wrong,
                f"{team}/20251105110000_a.ipynb": right,
            }
        )
        assert room.tree()[f"ada/{NB}"] == right
        assert room.tree()[f"zoe/{NB}"] == right
        times = {row.student: row.submitted[:16] for row in room.rows}
        assert times == {"ada": "2025-11-03T12:00", "zoe": "2025-11-05T11:00"}

    def test_number_of_ilias_is_not_an_id_of_the_roster(
        self, room: Class, right: bytes
    ) -> None:
        roster = room.spare / "r.csv"
        roster.write_text("id,name\n1001,Ada Lovelace\n")
        name = "E/Abgaben/Doe_Eve_eve_1001/20251103120000_averages.ipynb"
        room.collect({name: right}, roster=roster)
        assert room.tree() == {}


class TestTeams:
    def test_version_10_is_later_than_2(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        top = "Submitted files/Ada King Lovelace/Averages"
        files = {f"{top}/Version {n}/averages.ipynb": wrong for n in (1, 2, 9)}
        files |= {f"{top}/Version {n}/data.csv": str(n).encode() for n in (10, 2)}
        room.collect(files | {f"{top}/Version 10/averages.ipynb": right})
        assert room.tree() == {f"ada/{NB}": right, "ada/averages/data.csv": b"10"}

    def test_working_files_are_not_handed_in(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        room.collect(
            {
                f"Submitted files/Ada King Lovelace/x/Version 1/{NB}": right,
                f"Working files/Ada King Lovelace/x/{NB}": wrong,
                f"Working files/李 雷/x/{NB}": wrong,
            }
        )
        assert room.tree() == {f"ada/{NB}": right}
        statuses = [row.status for row in room.rows]
        assert statuses == ["new", "left out", "left out"]
        assert not any(row.falls_short for row in room.rows)

    def test_nothing_but_working_files(self, room: Class, right: bytes) -> None:
        with pytest.raises(UsageError, match=r"not handed in, such as 'Working files/"):
            room.collect({f"Working files/Ada King Lovelace/x/{NB}": right})

    def test_folder_of_a_student_called_like_that(
        self, room: Class, right: bytes
    ) -> None:
        room.collect({"ada/Working files/averages.ipynb": right})
        assert room.tree() == {f"ada/{NB}": right}

    def test_submitted_files_downloaded_alone(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        name = "Zoë Müller-Łukasz/Averages/Version"
        room.collect(
            {
                f"{name} 2/averages.ipynb": wrong,
                f"{name} 10/averages.ipynb": right,
            }
        )
        assert room.tree() == {f"zoe/{NB}": right}

    def test_two_assignments_with_notebooks_of_other_names(
        self, room: Class, right: bytes
    ) -> None:
        name = "Submitted files/Ada King Lovelace/Averages/Version 1/my work.ipynb"
        room.collect({name: right})
        assert room.tree() == {f"ada/{NB}": right}


class TestAplus:
    def test_files_without_names_and_groups(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        room.collect(
            {
                "ada_file1_submission2": wrong,
                "ada_file1_submission10": right,
                "zoe+li_file1_submission1": right,
            }
        )
        assert room.tree() == {f"{who}/{NB}": right for who in ("ada", "li", "zoe")}
        assert room.rows[0].repairs == (
            "file1 holds a notebook; it is taken as averages.ipynb",
        )

    @pytest.mark.parametrize("roster", [True, False])
    def test_people_use_the_same_form(
        self, room: Class, right: bytes, roster: bool
    ) -> None:
        files = {"averages_ada_submission1.ipynb": right}
        room.collect(files, **({} if roster else {"roster": None}))
        assert owners(room)[0].startswith("ada")

    def test_group_with_somebody_unknown(self, room: Class, right: bytes) -> None:
        room.collect({"ada+nobody_file1_submission1": right})
        assert room.tree() == {}
        assert "nobody: not on the roster" in room.rows[0].notes[0]


class TestExchange:
    @pytest.mark.parametrize(
        "name",
        [
            "zoe+averages+2026-01-31 12:00:00.123456 UTC+kkbWfkRk9xQ",
            "zoe+averages+2026-01-31 12:00:00.123456 UTC",
            "zoe+averages+2026-01-31 12_00_00.123456 UTC+kkbWfkRk9xQ",
        ],
    )
    @pytest.mark.parametrize("roster", [True, False])
    def test_the_inbound_folder_of_the_exchange_is_collected(
        self, room: Class, right: bytes, name: str, roster: bool
    ) -> None:
        source = folder(
            room.spare / "exchange" / "course",
            {
                f"inbound/{name}/averages.ipynb": right,
                f"inbound/{name}/timestamp.txt": b"2026-01-31 12:00:00.123456 UTC",
                f"inbound/{name}/submission_secret.txt": b"secret",
                f"outbound/{NB}": right,
                "feedback/0123abcd.html": b"<html>",
            },
        )
        room.collect(source, **({} if roster else {"roster": None}))
        assert room.tree() == {
            f"zoe/{NB}": right,
            f"zoe/{STAMP}": b"2026-01-31 12:00:00.123456 UTC\n",
        }
        assert {row.status for row in room.rows} == {"new", "left out"}

    def test_latest_of_several_and_a_name_with_plus(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        room.collect(
            {
                "a+b+averages+2026-01-31 09:00:00 UTC+x/averages.ipynb": wrong,
                "a+b+averages+2026-01-31 10:00:00 UTC+y/averages.ipynb": right,
            },
            roster=None,
        )
        assert room.tree()[f"a+b/{NB}"] == right


class TestClassroom50:
    REPOSITORY = "cs-averages-countess"

    def test_download_of_the_command(self, room: Class, right: bytes) -> None:
        source = folder(
            room.spare / "cs-averages_submissions_2026_09_01_T_10_00_00",
            {
                "scores.csv": b"x",
                f"{self.REPOSITORY}/averages.ipynb": right,
                f"{self.REPOSITORY}/result.json": b"{}",
                f"{self.REPOSITORY}/results.json": b"[]",
            },
        )
        room.collect(source)
        assert room.tree() == {f"ada/{NB}": right}
        assert room.statuses() == {"ada": "new"}

    def test_without_a_roster(self, room: Class, right: bytes) -> None:
        source = folder(
            room.spare / "cs-averages_submissions_2026_09_01_T_10_00_00",
            {f"{self.REPOSITORY}/averages.ipynb": right},
        )
        room.collect(source, roster=None)
        assert owners(room) == ["countess"]

    def test_download_of_the_page(self, room: Class, right: bytes) -> None:
        packed = zipped({"org-cs-averages-countess-0a1b2c/averages.ipynb": right})
        room.collect({"countess.zip": packed})
        assert room.tree() == {f"ada/{NB}": right}

    def test_roster_of_classroom_50(self, room: Class, right: bytes) -> None:
        roster = room.spare / "students.csv"
        roster.write_text(
            "username,first_name,last_name,email,section,github_id\n"
            "octo-1,Grace,Hopper,gh@navy.example,A,99\n"
        )
        room.collect({"cs-averages-octo-1/averages.ipynb": right}, roster=roster)
        assert owners(room) == ["octo-1"]


def test_inner_names_never_win(room: Class, right: bytes, tmp_path: Path) -> None:
    """Eve is not on the roster, and writes Ada's name in each system's form."""
    outer = [
        "1-2 - Eve Doe- Nov 3, 2025 1159 PM",
        "hw/Doe, Eve(eve)/Submission attachment(s)",
        "hw/Abgaben/Doe_Eve_eve_1",
        "Submitted files/Eve Doe/hw/Version 1",
        "eve+averages+2026-01-31 12:00:00 UTC+x",
        "hw1-eve",
        "Eve Doe - hw",
    ]
    inner = [
        "284173-101938 - Ada King Lovelace- Nov 3, 2025 1159 PM/averages.ipynb",
        "hw/Lovelace, Ada King(ada)/Submission attachment(s)/averages.ipynb",
        "Lovelace_Ada King_ada_77/20251103120000_averages.ipynb",
        "Submitted files/Ada King Lovelace/averages/Version 9/averages.ipynb",
        "ada_file1_submission1",
        "ada+averages+2026-01-31 12:00:00 UTC+x/averages.ipynb",
        "hw1 - Ada King Lovelace (final)/averages.ipynb",
        "ada/averages.ipynb",
        "hw1-countess/averages.ipynb",
    ]
    for top in outer:
        sister = top.replace("eve", "zoe").replace("Eve Doe", "Zoë Müller-Łukasz")
        sister = sister.replace("Doe, Eve", "x").replace("Doe_Eve", "x_y")
        stamp = "20251103120000_" if "Abgaben" in top else ""
        for name in inner:
            for packed in (True, False):
                files = {
                    f"{sister}/{stamp}averages.ipynb": right,
                    f"{top}/{stamp}work.zip": zipped({name: right}),
                }
                if not packed:
                    files[f"{top}/{name}"] = right
                room.collect(files)
                assert not [who for who in owners(room) if who != "zoe"], (top, name)
