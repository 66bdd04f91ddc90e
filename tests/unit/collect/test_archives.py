"""Archives as students and attackers make them: read, never unpacked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.collect import archives
from grader.collect.archives import Checkout, Found, Refused
from grader.errors import UsageError
from tests.support.archives import Reading, plain, tarred, zipped


class TestPlaces:
    def test_zip_in_tar_in_zip(self, read: Reading) -> None:
        inner = zipped({"deep/lab.ipynb": b"nb", "data.csv": b"1"})
        middle = tarred(plain("work.zip", inner), mode="w:gz")
        found = read(zipped({"Ada/work.tar.gz": middle, "Bob/lab.ipynb": b"bob"}))
        assert found.files == {
            "Ada/work.tar.gz/work.zip/deep/lab.ipynb": b"nb",
            "Ada/work.tar.gz/work.zip/data.csv": b"1",
            "Bob/lab.ipynb": b"bob",
        }
        deep = next(e for e in found.entries if "deep" in e.parts)
        assert isinstance(deep, Found)
        assert deep.archives == (1, 2)

    def test_office_files_and_models_are_files(self, read: Reading) -> None:
        inner = zipped({"word/document.xml": b"x"})
        names = ["a/report.docx", "a/data.npz", "a/model.keras"]
        assert read(zipped(dict.fromkeys(names, inner))).files.keys() == set(names)

    def test_litter_is_passed_over(self, read: Reading) -> None:
        names = [
            "__MACOSX/a/._lab.ipynb",
            "a/.DS_Store",
            "a/.ipynb_checkpoints/lab-checkpoint.ipynb",
            "a/.git/config",
            "a/__pycache__/x.pyc",
            "a/Thumbs.db",
        ]
        found = read(zipped(dict.fromkeys([*names, "a/lab.ipynb"], b"x")))
        assert (list(found.files), found.refused) == (["a/lab.ipynb"], {})

    def test_folder(self, read: Reading, tmp_path: Path) -> None:
        source = tmp_path / "source"
        (source / "ada" / ".git").mkdir(parents=True)
        (source / "ada" / "lab.ipynb").write_bytes(b"nb")
        (source / "bob.zip").write_bytes(zipped({"lab.ipynb": b"bob"}))
        os.mkfifo(source / "pipe.ipynb")
        (source / "link.ipynb").symlink_to("/etc/passwd")
        (source / "big.ipynb").write_bytes(b"x" * 50_001)
        found = read(source)
        assert found.files == {"ada/lab.ipynb": b"nb", "bob.zip/lab.ipynb": b"bob"}
        assert found.refused == {
            "pipe.ipynb": "not a regular file",
            "link.ipynb": "a link, not followed",
            "big.ipynb": "too large: 50,001 bytes; at most 50,000 are read. Clear all "
            "outputs",
        }
        assert Checkout(("ada",), source / "ada") in found.entries
        assert (source / "bob.zip").is_file()

    def test_folders_without_end(self, read: Reading, tmp_path: Path) -> None:
        deep = tmp_path / "source" / "/".join("a" * 100)
        deep.mkdir(parents=True)
        (why,) = read(tmp_path / "source").refused.values()
        assert "too deep" in why

    def test_one_file(self, read: Reading, tmp_path: Path) -> None:
        (tmp_path / "lab.ipynb").write_bytes(b"nb")
        assert read(tmp_path / "lab.ipynb").files == {"lab.ipynb": b"nb"}

    @pytest.mark.parametrize(
        ("name", "told"), [("nothing.zip", "no such"), ("all.rar", "only zip and tar")]
    )
    def test_nothing_to_read(
        self, read: Reading, tmp_path: Path, name: str, told: str
    ) -> None:
        (tmp_path / "all.rar").write_bytes(b"Rar!")
        with pytest.raises(UsageError, match=told):
            read(tmp_path / name)


OUTSIDE = [
    "../evil.txt",
    "a/../../evil.txt",
    "/etc/evil.txt",
    "..\\evil.txt",
    "C:/evil.txt",
    "C:\\evil.txt",
    "a/..",
]


class TestTraversal:
    @pytest.mark.parametrize("name", OUTSIDE, ids=range(len(OUTSIDE)))
    @pytest.mark.parametrize("kind", ["zip", "tar"])
    def test_name_that_leads_out(self, read: Reading, name: str, kind: str) -> None:
        made = zipped({name: b"x"}) if kind == "zip" else tarred(plain(name))
        found = read(made, name=f"d.{kind}")
        assert found.files == {}
        ((shown, why),) = found.refused.items()
        assert why == "its name leads out of the archive"
        assert "/" not in shown
        assert "\\" not in shown

    def test_what_it_held_is_kept(self, read: Reading) -> None:
        (entry,) = read(zipped({"../evil.txt": b"keep me"})).entries
        assert isinstance(entry, Refused)
        assert entry.content
        assert entry.content.read_bytes() == b"keep me"

    def test_nothing_is_written_but_to_the_stage(
        self, read: Reading, tmp_path: Path, stage: Path
    ) -> None:
        read(zipped(dict.fromkeys([*OUTSIDE, "ok/lab.ipynb"], b"x")))
        assert {path.name for path in tmp_path.iterdir()} == {"stage", "d.zip"}
        assert all(path.name.isdigit() for path in stage.iterdir())


# Letters that paths, terminals and writing directions are made of, more than others.
NAMES = st.text(
    st.sampled_from("ab./\\:\x01\x1b \u202e\u2028é")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=30,
)


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from(["zip", "tar"]))
@example([".", "..", "a/..", "\u202e/x"], "zip")
@settings(max_examples=40, deadline=None)
def test_any_name(names: list[str], kind: str) -> None:
    """No part of a path is a way out, hidden, or acts on a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        source, stage = Path(folder, f"d.{kind}"), Path(folder, "stage")
        stage.mkdir()
        cut = {name.partition("\0")[0] for name in names} - {""}
        made = zipped(dict.fromkeys(sorted(cut), b"x"))
        source.write_bytes(made if kind == "zip" else tarred(*map(plain, names)))
        entries = list(archives.read(source, stage))
        assert {path.name for path in Path(folder).iterdir()} == {source.name, "stage"}
        assert all(path.name.isdigit() for path in stage.iterdir())
    for entry in entries:
        assert entry.parts
        for part in entry.parts:
            assert part.isprintable()
            assert part not in {"", ".", ".."}
            assert not set(part) & set("/\\\0")
