"""Which version counts, what is kept, and what happens to other files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.archives import zipped
from tests.support.arrivals import NB, ROSTER, Class, Files


class TestVersions:
    def test_collecting_twice_changes_nothing(self, room: Class, right: bytes) -> None:
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

    def test_outdated_timestamp_is_removed(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        room.collect({"a_zoe_attempt_2026-01-20-09-00-00_averages.ipynb": right})
        room.collect({"zoe/averages.ipynb": wrong})
        assert room.tree() == {f"zoe/{NB}": wrong}
        assert right in room.tree("earlier").values()

    def test_copies_in_one_folder(
        self, room: Class, right: bytes, wrong: bytes
    ) -> None:
        """Browsers number later downloads of the same name."""
        room.collect(
            {"ada/averages (2).ipynb": right, "ada/averages.ipynb": wrong},
        )
        assert room.tree() == {f"ada/{NB}": right}
        assert "kept in earlier/" in room.rows[0].notes[0]

    def test_other_notebook_does_not_replace_the_named_one(
        self, room: Class, right: bytes
    ) -> None:
        scratch = json.dumps({"cells": [], "nbformat": 4, "nbformat_minor": 5}).encode()
        files = {"ada/averages.ipynb": right, "ada/zz.ipynb": scratch}
        room.collect(files, assignment="averages")
        assert room.tree() == {f"ada/{NB}": right}
        assert list(room.tree("earlier").values()) == [scratch]

    def test_later_time_counts_more_than_a_matching_name(
        self, room: Class, right: bytes
    ) -> None:
        lost = json.dumps({"cells": [], "nbformat": 4, "nbformat_minor": 5}).encode()
        stem = "a_zoe_attempt_2026-01"
        early, late = (
            f"{stem}-01-09-00-00_averages.ipynb",
            f"{stem}-02-09-00-00_x.ipynb",
        )
        room.collect({late: lost, early: right}, assignment="averages")
        assert room.tree()[f"zoe/{NB}"] == lost

    def test_file_that_is_matched_later_leaves_unmatched(
        self, room: Class, right: bytes
    ) -> None:
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
            ("averages.zip", b"PK no zip", "not a readable archive"),
            ("averages.rar", b"Rar!", "only zip and tar"),
        ],
    )
    def test_is_kept_and_reported(
        self, room: Class, name: str, content: bytes, told: str
    ) -> None:
        room.collect({f"ada/{name}": content})
        assert room.statuses() == {"ada": "refused"}
        tree = room.tree()
        assert tree[f"ada/averages/{name}"] == content
        assert told in tree["ada/averages/refused.txt"].decode()
        json.loads(tree[f"ada/{NB}"])

    def test_notebook_submitted_later_replaces_it(
        self, room: Class, right: bytes
    ) -> None:
        room.collect({"ada/averages.pdf": b"%PDF"})
        room.collect({"ada/averages.ipynb": right})
        assert room.statuses() == {"ada": "new"}
        kept = {f"ada/{NB}": right, "ada/averages/averages.pdf": b"%PDF"}
        assert room.tree() == kept
        room.collect({"ada/averages.pdf": b"%PDF"})
        assert room.tree() == kept
        assert "submitted earlier counts" in " ".join(room.rows[0].notes)

    def test_beside_a_notebook_it_is_kept_without_a_note(
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

    def test_unknown_assignment(self, room: Class, tmp_path: Path) -> None:
        room.collect({"ada/x.pdf": b"%PDF"})
        assert room.statuses() == {"ada": "refused"}  # there is but one assignment
        assert (room.root / "submitted/ada/averages/x.pdf").is_file()

    def test_bomb_is_refused_for_its_owner_only(
        self, room: Class, right: bytes
    ) -> None:
        bomb = zipped({f"{n}.txt": bytes(1 << 20) for n in range(80)})
        room.collect({"ada/averages.ipynb": right, "zoe.zip": bomb})
        assert room.statuses() == {"ada": "new", "zoe": "refused"}
        assert "archive bombs do" in room.rows[1].notes[0]
        assert room.tree()["zoe/averages/zoe.zip"] == bomb
