"""Archives that are too large or cannot be read, beside others that can."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.collect import archives
from grader.collect.archives import Refused
from grader.errors import ArchiveError
from tests.support.archives import BOB, Nested, Reading, plain, tarred, zipped


class TestBombs:
    """Each costs its own submission, bounded space, and nobody else anything."""

    def test_one_huge_file(self, read: Reading) -> None:
        bomb = zipped({"lab.ipynb": bytes(10_000_000)})
        found = read(zipped({"eve/b.zip": bomb, **BOB}))
        assert found.files == BOB
        assert "larger than it says" in found.refused["eve/b.zip/lab.ipynb"]

    def test_many_files(self, nested: Nested) -> None:
        bomb = zipped({f"{n}.txt": bytes(19_000) for n in range(12)})
        assert "MB, as archive bombs do" in nested(bomb)

    def test_far_too_many_files(self, nested: Nested) -> None:
        bomb = zipped({f"{n}.txt": b"" for n in range(21)})
        assert nested(bomb) == "it holds far too many files"

    def test_archives_in_archives(self, nested: Nested) -> None:
        bomb = zipped({"lab.ipynb": b"x"})
        for _ in range(6):
            bomb = zipped({"inner.zip": bomb})
        assert "archives in archives, 6 deep" in nested(bomb)

    def test_layers_share_what_they_may_hold(self, nested: Nested) -> None:
        """Sixteen by sixteen would pass one by one."""
        layer = zipped({f"{n}.txt": bytes(15_000) for n in range(4)})
        bomb = zipped({f"{n}.zip": layer for n in range(4)})
        assert "MB, as archive bombs do" in nested(bomb)

    def test_compressed_tar(self, nested: Nested, stage: Path) -> None:
        bomb = tarred(plain("lab.ipynb", bytes(30_000_000)), mode="w:gz")
        assert "MB, as archive bombs do" in nested(bomb, "b.tar.gz")
        assert sum(path.stat().st_size for path in stage.iterdir()) < 100_000

    def test_huge_file_in_the_download_itself(self, read: Reading) -> None:
        found = read(zipped({"eve_1_2_lab.ipynb": bytes(49_000), **BOB}))
        assert found.files == BOB
        assert "larger than it says" in found.refused["eve_1_2_lab.ipynb"]

    @pytest.mark.parametrize("cut", [10, 60, 100])
    def test_cut_short(self, read: Reading, nested: Nested, cut: int) -> None:
        whole = zipped({"lab.ipynb": os.urandom(200)})
        assert "not an archive that can be read" in nested(whole[:cut])
        with pytest.raises(ArchiveError, match="may be cut short"):
            read(whole[:cut])

    @pytest.mark.parametrize("name", ["b.zip", "b.tar.gz", "b.tar"])
    def test_no_archive_at_all(self, nested: Nested, name: str) -> None:
        why = nested(b"%PDF-1.7 not an archive" * 50, name)
        assert "not an archive that can be read" in why
        assert nested(b"", name) == "the file is empty"

    def test_empty(self, nested: Nested) -> None:
        assert nested(zipped({})) == "the archive is empty"

    def test_unknown_kind(self, nested: Nested) -> None:
        assert "only zip and tar archives" in nested(b"7z", "b.7z")

    def test_what_is_refused_leaves_nothing_in_the_stage(
        self, read: Reading, stage: Path
    ) -> None:
        bomb = zipped({f"{n}.txt": os.urandom(1000) for n in range(21)})
        found = read(zipped({"eve/b.zip": bomb}))
        (kept,) = stage.iterdir()
        (entry,) = found.entries
        assert isinstance(entry, Refused)
        assert entry.content == kept

    def test_full_disk_is_not_the_archives_fault(
        self, read: Reading, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        made = zipped({"a/lab.ipynb": b"x"})
        monkeypatch.setattr(archives._Reader, "_copy", full)
        with pytest.raises(OSError, match="No space left"):
            read(made)
