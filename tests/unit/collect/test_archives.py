"""Archives as students and enemies make them: read within limits, never unpacked."""

from __future__ import annotations

import io
import os
import stat
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.collect import archive_members, archives
from grader.collect.archives import Checkout, Entry, Found, Limits, Refused
from grader.errors import ArchiveError, UsageError

TIGHT = Limits(
    file=50_000, ratio=20, least=20_000, most=200_000, entries=20, download_entries=50
)


def zipped(
    files: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]],
) -> bytes:
    made = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return made.getvalue()


def tarred(*entries: tuple[tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for info, content in entries:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def plain(name: str, content: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    return tarfile.TarInfo(name), content


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    (tmp_path / "stage").mkdir()
    return tmp_path / "stage"


class Read:
    """What came of reading a source."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)

    @property
    def files(self) -> dict[str, bytes]:
        return {
            "/".join(e.parts): e.content.read_bytes()
            for e in self.entries
            if isinstance(e, Found)
        }

    @property
    def refused(self) -> dict[str, str]:
        return {
            "/".join(e.parts): e.why for e in self.entries if isinstance(e, Refused)
        }


Reading = Callable[..., Read]
Nested = Callable[..., str]


@pytest.fixture
def read(tmp_path: Path, stage: Path) -> Reading:
    def reading(
        source: bytes | Path, limits: Limits = TIGHT, name: str = "d.zip"
    ) -> Read:
        if isinstance(source, bytes):
            (tmp_path / name).write_bytes(source)
            source = tmp_path / name
        for left in stage.iterdir():
            left.unlink()
        return Read(archives.read(source, stage, limits))

    return reading


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

    @pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
    def test_every_kind_of_tar(self, read: Reading, stage: Path, mode: str) -> None:
        name = f"d.tar{mode.replace('w:', '.').replace('w', '')}"
        found = read(tarred(plain("a/lab.ipynb"), mode=mode), name=name)
        assert found.files == {"a/lab.ipynb": b"x"}
        assert [path.suffix for path in stage.iterdir()] == [""]

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

    def test_names_from_a_mac(self, read: Reading) -> None:
        """In UTF-8, accents apart, and without the flag that says so."""
        made = zipped({"ZoeXY/lab.ipynb": b"x"})
        made = made.replace(b"ZoeXY", "Zoe\u0308".encode())
        assert list(read(made).files) == ["Zoë/lab.ipynb"]

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

    @pytest.mark.parametrize(
        "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE]
    )
    def test_links_and_pipes_in_a_tar(self, read: Reading, kind: bytes) -> None:
        link = tarfile.TarInfo("a/lab.ipynb")
        link.type, link.linkname = kind, "/etc/passwd"
        found = read(tarred((link, b""), plain("a/x.txt")), name="d.tar")
        assert found.files == {"a/x.txt": b"x"}
        assert "not followed" in found.refused["a/lab.ipynb"]

    def test_link_in_a_zip(self, read: Reading) -> None:
        link = zipfile.ZipInfo("a/lab.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        found = read(zipped([(link, b"/etc/passwd")]))
        assert found.files == {}
        assert "not followed" in found.refused["a/lab.ipynb"]


def locked() -> bytes:
    """Return a zip whose only member says that it is encrypted."""
    made = bytearray(zipped({"lab.ipynb": b"secret"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(signature) + offset] |= 1
    return bytes(made)


def damaged() -> bytes:
    """Return a zip with one byte of a member's content changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("bad.ipynb", b"content that matters")
        archive.writestr("good.ipynb", b"content")
    return made.getvalue().replace(b"that", b"THAT", 1)


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


BOB = {"bob/lab.ipynb": b"bob"}


class TestBombs:
    """Each costs its own submission, bounded space, and nobody else anything."""

    @pytest.fixture
    def nested(self, read: Reading, tmp_path: Path) -> Nested:
        """Read a bomb beside Bob's work; return why it was refused."""

        def reading(bomb: bytes, name: str = "bomb.zip") -> str:
            source = tmp_path / "source"
            for path, content in {f"eve/{name}": bomb, **BOB}.items():
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                (source / path).write_bytes(content)
            return self.refused(read(source), name, bomb)

        return reading

    def refused(self, found: Read, name: str, bomb: bytes) -> str:
        assert found.files == BOB
        (refused,) = [e for e in found.entries if isinstance(e, Refused)]
        assert refused.parts == ("eve", name)
        assert refused.content
        assert refused.content.read_bytes() == bomb
        return refused.why

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

    def test_header_of_a_tar_without_end(self, read: Reading) -> None:
        info = tarfile.TarInfo("lab.ipynb")
        info.pax_headers = {"comment": "x" * 9_000_000}
        bomb = tarred((info, b"x"))
        limits = Limits(least=20_000_000)
        found = read(zipped({"eve/b.tar": bomb, **BOB}), limits)
        assert found.files == BOB
        assert "header is far too long" in found.refused["eve/b.tar"]

    def test_list_of_members_without_end(
        self, read: Reading, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bomb = zipped({f"{n}.txt": b"" for n in range(9)})
        monkeypatch.setattr(archive_members, "_LONGEST_LIST", 300)
        monkeypatch.setattr(zipfile, "ZipFile", None)
        with pytest.raises(ArchiveError, match="far too many files"):
            read(bomb)

    def test_list_of_members_that_says_it_is_long_in_64_bits(
        self, tmp_path: Path
    ) -> None:
        record = b"PK\x06\x06" + bytes(36) + struct.pack("<QQ", 1 << 40, 0)
        end = b"PK\x05\x06" + bytes(8) + b"\xff" * 8 + bytes(2)
        (tmp_path / "a.zip").write_bytes(b"PK" + record + end)
        with pytest.raises(ArchiveError, match="far too many files"):
            list(
                archive_members.members(tmp_path / "a.zip", tmp_path / "spool", 1 << 20)
            )

    def test_huge_file_in_the_download_itself(self, read: Reading) -> None:
        found = read(zipped({"eve_1_2_lab.ipynb": bytes(49_000), **BOB}))
        assert found.files == BOB
        assert "larger than it says" in found.refused["eve_1_2_lab.ipynb"]

    def test_locked(self, read: Reading, nested: Nested) -> None:
        assert "locked with a password" in nested(locked())
        with pytest.raises(ArchiveError, match=r"d\.zip: it is locked"):
            read(locked())

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

    def test_one_damaged_member_costs_itself(self, read: Reading) -> None:
        found = read(zipped({"eve/b.zip": damaged()}))
        assert found.files == {"eve/b.zip/good.ipynb": b"content"}
        assert "Bad CRC-32" in found.refused["eve/b.zip/bad.ipynb"]

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
