"""Archives that are too large or cannot be read, beside others that can."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.collect.archives import RefusedFile
from grader.errors import ArchiveError
from tests.support.archives import BOB, Nested, Reading, plain, tarred, zipped


class TestBombs:
    """A bomb takes limited space, and only its own submission is refused."""

    def test_one_huge_file(self, read: Reading) -> None:
        bomb = zipped({"lab.ipynb": bytes(10_000_000)})
        result = read(zipped({"eve/b.zip": bomb, **BOB}))
        assert result.files == BOB
        assert "it unpacks to more than" in result.refused["eve/b.zip/lab.ipynb"]

    def test_many_files(self, nested: Nested) -> None:
        bomb = zipped({f"{n}.txt": bytes(19_000) for n in range(12)})
        assert "MB, as archive bombs do" in nested(bomb)

    def test_far_too_many_files(self, nested: Nested) -> None:
        bomb = zipped({f"{n}.txt": b"" for n in range(21)})
        assert nested(bomb) == "it holds more than 20 files"

    def test_archives_in_archives(self, nested: Nested) -> None:
        bomb = zipped({"lab.ipynb": b"x"})
        for _ in range(6):
            bomb = zipped({"inner.zip": bomb})
        assert "6 archives inside each other" in nested(bomb)

    def test_nested_archives_share_one_budget(self, nested: Nested) -> None:
        """Each inner archive alone would be within the limit."""
        layer = zipped({f"{n}.txt": bytes(15_000) for n in range(4)})
        bomb = zipped({f"{n}.zip": layer for n in range(4)})
        assert "MB, as archive bombs do" in nested(bomb)

    def test_compressed_tar(self, nested: Nested, stage: Path) -> None:
        bomb = tarred(plain("lab.ipynb", bytes(30_000_000)), mode="w:gz")
        assert "MB, as archive bombs do" in nested(bomb, "b.tar.gz")
        assert sum(path.stat().st_size for path in stage.iterdir()) < 100_000

    def test_huge_file_in_the_download_itself(self, read: Reading) -> None:
        result = read(zipped({"eve_1_2_lab.ipynb": bytes(49_000), **BOB}))
        assert result.files == BOB
        assert "it unpacks to more than" in result.refused["eve_1_2_lab.ipynb"]

    @pytest.mark.parametrize("cut", [10, 60, 100])
    def test_incomplete_archive(self, read: Reading, nested: Nested, cut: int) -> None:
        whole = zipped({"lab.ipynb": os.urandom(200)})
        assert "not a readable archive" in nested(whole[:cut])
        with pytest.raises(ArchiveError, match="may be incomplete"):
            read(whole[:cut])

    @pytest.mark.parametrize("name", ["b.zip", "b.tar.gz", "b.tar"])
    def test_file_that_is_no_archive(self, nested: Nested, name: str) -> None:
        why = nested(b"%PDF-1.7 not an archive" * 50, name)
        assert "not a readable archive" in why
        assert nested(b"", name) == "the file is empty"

    def test_empty_archive(self, nested: Nested) -> None:
        assert nested(zipped({})) == "the archive is empty"

    def test_unsupported_kind_of_archive(self, nested: Nested) -> None:
        assert "only zip and tar archives" in nested(b"7z", "b.7z")

    def test_refused_archive_leaves_no_other_file_in_the_stage(
        self, read: Reading, stage: Path
    ) -> None:
        bomb = zipped({f"{n}.txt": os.urandom(1000) for n in range(21)})
        result = read(zipped({"eve/b.zip": bomb}))
        (kept,) = stage.iterdir()
        (entry,) = result.entries
        assert isinstance(entry, RefusedFile)
        assert entry.content == kept

    def test_full_disk_is_not_blamed_on_the_archive(
        self, read: Reading, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        made = zipped({"a/lab.ipynb": b"x"})
        monkeypatch.setattr("grader.collect.archives._Reader._copy", full)
        with pytest.raises(OSError, match="No space left"):
            read(made)
