"""Find the owner of a file, with a roster and without one."""

from __future__ import annotations

from pathlib import Path

import nbgrader.api
import pytest

from grader.classroom.gradebook.gradebook import Gradebook
from tests.support.archives import zipped
from tests.support.arrivals import NB, ROSTER, Class, folder

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
    def test_a_copys_name_is_repaired(
        self, room: Class, right: bytes, name: str
    ) -> None:
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
            "submissions/ada/deep/x.ipynb",
            "ADA.L.zip/x.ipynb",
            "hw1 - Ada King Lovelace (late).ipynb",
            "Copy of averages.ipynb - Ada King Lovelace.ipynb",
            "Ada King Lovelace - Copy of averages (1).ipynb",
            "12_Lovelace_Ada_King_ada_77/x.ipynb",
            "final_ada_v2.zip/x.ipynb",
            "2026-01-31 AdaKingLovelace/x.ipynb",
            "for ada.l@uni.example please/x.ipynb",
        ],
    )
    def test_a_student_is_found_in_a_path(
        self, room: Class, right: bytes, name: str
    ) -> None:
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
            ("ad.ipynb", "no owner"),
            ("averages.ipynb", "no owner"),
            ("Ada Lovelace.ipynb", "no owner"),
            ("hw1 - Joann Smithson.ipynb", "no owner"),
            ("hw1 - Zoe Doe.ipynb", "no owner"),
            ("hw1 - Ann Smith (late).ipynb", "could be ann1 or ann2"),
            ("ada and zoe.ipynb", "no owner"),
            ("ada_zoe.ipynb", "could be ada or zoe"),
            ("Ada King Lovelace with 李 雷.ipynb", "could be ada or li"),
        ],
    )
    def test_owner_is_never_guessed(
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
        """The inner folders were packed by the student who submitted."""
        packed = {"ada.zip": zipped({inner: right})} if archive else None
        room.collect(packed or {f"ada/{inner}": right})
        assert room.tree() == {f"ada/{NB}": right}

    def test_longer_of_two_names_that_fit(self, room: Class, right: bytes) -> None:
        roster = room.spare / "roster.csv"
        roster.write_text("id,name\na,Ana María\nb,Ana María Cruz\n")
        room.collect({"hw1 Ana María Cruz late.ipynb": right}, roster=roster)
        assert room.tree() == {f"b/{NB}": right}

    @pytest.mark.parametrize(
        ("identity", "name", "found"),
        [
            ("1001", "hw1_1001_final.ipynb", True),
            ("s1234567", "late hw1 s1234567 Eve Doe.ipynb", True),
            ("2025", "hw1 of 2025.ipynb", False),
            ("7", "hw 7 late.ipynb", False),
            ("may", "hw1 (3 May).ipynb", False),
            ("averages-s1", "averages.ipynb", False),
        ],
    )
    def test_numbers_and_common_words(
        self, room: Class, right: bytes, identity: str, name: str, found: bool
    ) -> None:
        """Dates and numbers of exercises are nobody's IDs."""
        roster = room.spare / "roster.csv"
        roster.write_text(f"id,name\n{identity},Grace Hopper\n")
        room.collect({name: right}, roster=roster)
        assert bool(room.tree()) is found

    def test_word_in_the_name_of_an_assignment(self, room: Class, right: bytes) -> None:
        roster = room.spare / "roster.csv"
        roster.write_text("id,name\naverages,Grace Hopper\n")
        room.collect({"hw averages late.ipynb": right}, roster=roster)
        assert room.tree() == {}

    def test_word_in_the_name_of_a_folder_of_all(
        self, room: Class, right: bytes
    ) -> None:
        """The course's number is the ID of a student."""
        roster = room.spare / "roster.csv"
        roster.write_text("id,name\n1001,Grace Hopper\n1002,Ada Lovelace\n")
        files = {f"CS 1001 fall/{who}/x.ipynb": right for who in ("1002", "Eve Doe")}
        room.collect(files, roster=roster)
        assert room.tree() == {f"1002/{NB}": right}

    def test_longest_names_and_deepest_folders(self, room: Class, right: bytes) -> None:
        deep = "/".join(["hw ada zoe"] * 50)
        room.collect({f"ada/{deep}/x.ipynb": right, f"{'ada ' * 2500}.ipynb": right})
        assert room.tree() == {f"ada/{NB}": right}

    def test_outer_name_of_two_students_hides_the_inner_one(
        self, room: Class, right: bytes
    ) -> None:
        """If the outer name fits two students, the inner names are ignored."""
        roster = room.spare / "roster.csv"
        roster.write_text("id,name\nli,Ada Lovelace\nx1,Li\nzoe,Zoe Muller\n")
        room.collect({"li/zoe.ipynb": right}, roster=roster)
        assert room.tree() == {}
        (note,) = room.rows[0].notes
        assert note == "li: its number or ID is that of li, its name that of x1"

    @pytest.mark.parametrize("name", ["ada", "averages-countess", "Ada King Lovelace"])
    def test_source_of_one_student(
        self, room: Class, right: bytes, name: str, tmp_path: Path
    ) -> None:
        files = {"deep/averages.ipynb": right, "deep/x.csv": b"1"}
        room.collect(folder(tmp_path / name, files))
        assert room.tree() == {f"ada/{NB}": right, "ada/averages/x.csv": b"1"}

    def test_name_of_the_source_is_ignored_if_a_path_names_somebody(
        self, room: Class, right: bytes, tmp_path: Path
    ) -> None:
        files = {"zoe/averages.ipynb": right, "averages.ipynb": right}
        room.collect(folder(tmp_path / "ada", files))
        assert room.tree() == {f"zoe/{NB}": right}

    def test_roster_beside_the_submissions_is_not_a_submission(
        self, room: Class, right: bytes, tmp_path: Path
    ) -> None:
        files = {"ada/averages.ipynb": right, "roster.csv": ROSTER.encode()}
        source = folder(tmp_path / "source", files)
        room.collect(source, roster=source / "roster.csv")
        assert [row.status for row in room.rows] == ["new"]

    def test_alias_column_is_used(self, room: Class, right: bytes) -> None:
        room.collect({"The other Ann/x.ipynb": right})
        assert room.tree() == {f"ann2/{NB}": right}

    def test_archive_without_a_name_beside_archives_with_one(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        forged = zipped({"zoe/averages.ipynb": wrong})
        room.collect({"ada.zip": zipped({"a.ipynb": right}), "zzz.zip": forged})
        assert room.tree() == {f"ada/{NB}": right}
        assert "names no owner" in room.rows[-1].notes[0]

    @pytest.mark.parametrize("top", ["averages-eve", "Eve Doe", "Eve Doe/deep/er"])
    def test_folder_without_a_name_beside_folders_with_one(
        self, room: Class, right: bytes, wrong: bytes, top: str
    ) -> None:
        """Eve is not on the roster, and calls a folder in her own like Zoe."""
        room.collect(
            {"averages-countess/a.ipynb": right, f"{top}/zoe/averages.ipynb": wrong}
        )
        assert room.tree() == {f"ada/{NB}": right}
        assert "names no owner" in room.rows[-1].notes[0]


class TestWithoutRoster:
    """IDs come from the download."""

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
    def test_the_name_in_a_path_becomes_an_id(
        self, room: Class, right: bytes, name: str, student: str
    ) -> None:
        room.collect({name: right}, roster=None)
        assert [row.student for row in room.rows] == [student]

    def test_folder_shared_by_all_files_is_not_a_student(
        self, room: Class, right: bytes
    ) -> None:
        files = {f"download/{who}/averages.ipynb": right for who in ("ada", "zoe")}
        room.collect(files, roster=None)
        assert [row.student for row in room.rows] == ["ada", "zoe"]

    def test_path_without_a_name(self, room: Class, right: bytes) -> None:
        room.collect({"averages.ipynb": right}, roster=None)
        assert "give a roster" in room.rows[0].notes[0]

    # nbgrader warns of its own and of its dependencies' deprecations.
    @pytest.mark.filterwarnings("default")
    def test_named_students_in_the_gradebook_are_a_roster(
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
        with nbgrader.api.Gradebook(url) as book:
            book.add_submission("averages", "s1")
            book.grant_extension("averages", "s1", days=1)
        room.collect(late, roster=None)
        assert room.rows[0].late == "1 d 1 h"
        room.collect({"nobody/averages.ipynb": right}, roster=None)
        assert room.rows[0].status == "unmatched"
