"""Archives made by students and attackers are read but never unpacked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.collect import archives
from grader.collect.archives import Checkout, RefusedFile, SourceFile
from grader.errors import UsageError
from tests.support.archives import Reading, plain, tarred, zipped


class TestPlaces:
    def test_zip_in_tar_in_zip(self, read: Reading) -> None:
        inner = zipped({"deep/lab.ipynb": b"nb", "data.csv": b"1"})
        middle = tarred(plain("work.zip", inner), mode="w:gz")
        result = read(zipped({"Ada/work.tar.gz": middle, "Bob/lab.ipynb": b"bob"}))
        assert result.files == {
            "Ada/work.tar.gz/work.zip/deep/lab.ipynb": b"nb",
            "Ada/work.tar.gz/work.zip/data.csv": b"1",
            "Bob/lab.ipynb": b"bob",
        }
        deep = next(e for e in result.entries if "deep" in e.parts)
        assert isinstance(deep, SourceFile)
        assert deep.archives == (1, 2)

    def test_office_files_and_models_are_files(self, read: Reading) -> None:
        inner = zipped({"word/document.xml": b"x"})
        names = ["a/report.docx", "a/data.npz", "a/model.keras"]
        assert read(zipped(dict.fromkeys(names, inner))).files.keys() == set(names)

    def test_litter_is_ignored(self, read: Reading) -> None:
        names = [
            "__MACOSX/a/._lab.ipynb",
            "a/.DS_Store",
            "a/.ipynb_checkpoints/lab-checkpoint.ipynb",
            "a/.git/config",
            "a/__pycache__/x.pyc",
            "a/Thumbs.db",
        ]
        result = read(zipped(dict.fromkeys([*names, "a/lab.ipynb"], b"x")))
        assert (list(result.files), result.refused) == (["a/lab.ipynb"], {})

    def test_a_folder_is_read_without_links_and_pipes(
        self, read: Reading, tmp_path: Path
    ) -> None:
        source = tmp_path / "source"
        (source / "ada" / ".git").mkdir(parents=True)
        (source / "ada" / "lab.ipynb").write_bytes(b"nb")
        (source / "bob.zip").write_bytes(zipped({"lab.ipynb": b"bob"}))
        os.mkfifo(source / "pipe.ipynb")
        (source / "link.ipynb").symlink_to("/etc/passwd")
        (source / "big.ipynb").write_bytes(b"x" * 50_001)
        result = read(source)
        assert result.files == {"ada/lab.ipynb": b"nb", "bob.zip/lab.ipynb": b"bob"}
        assert result.refused == {
            "pipe.ipynb": "not a regular file",
            "link.ipynb": "a link, not followed",
            "big.ipynb": "too large: 50,001 bytes, at most 50,000 are read; clear all "
            "outputs",
        }
        assert Checkout(("ada",), source / "ada") in result.entries
        assert (source / "bob.zip").is_file()

    def test_folders_nested_too_deeply(self, read: Reading, tmp_path: Path) -> None:
        deep = tmp_path / "source" / "/".join("a" * 100)
        deep.mkdir(parents=True)
        (why,) = read(tmp_path / "source").refused.values()
        assert "more than 60 folders inside each other" in why

    def test_a_single_notebook_is_a_source(self, read: Reading, tmp_path: Path) -> None:
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
        result = read(made, name=f"d.{kind}")
        assert result.files == {}
        ((shown, why),) = result.refused.items()
        assert why == "its name leads out of the archive"
        assert "/" not in shown
        assert "\\" not in shown

    def test_content_of_a_refused_file_is_kept(self, read: Reading) -> None:
        (entry,) = read(zipped({"../evil.txt": b"keep me"})).entries
        assert isinstance(entry, RefusedFile)
        assert entry.content
        assert entry.content.read_bytes() == b"keep me"

    def test_only_the_stage_is_written_to(
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
def test_no_name_leads_out_of_an_archive(names: list[str], kind: str) -> None:
    """No part of a path leads out, is hidden, or has control characters."""
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
