"""Members of zips and tars: their names, links, headers, lists and damage."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from grader.collect import archive_members
from grader.collect.archives import Limits
from grader.errors import ArchiveError
from tests.support.archives import BOB, Nested, Reading, plain, tarred, zipped


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


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_every_kind_of_tar(read: Reading, stage: Path, mode: str) -> None:
    name = f"d.tar{mode.replace('w:', '.').replace('w', '')}"
    found = read(tarred(plain("a/lab.ipynb"), mode=mode), name=name)
    assert found.files == {"a/lab.ipynb": b"x"}
    assert [path.suffix for path in stage.iterdir()] == [""]


def test_names_from_a_mac(read: Reading) -> None:
    """In UTF-8, accents apart, and without the flag that says so."""
    made = zipped({"ZoeXY/lab.ipynb": b"x"})
    made = made.replace(b"ZoeXY", "Zoe\u0308".encode())
    assert list(read(made).files) == ["Zoë/lab.ipynb"]


def test_link_in_a_zip(read: Reading) -> None:
    link = zipfile.ZipInfo("a/lab.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    found = read(zipped([(link, b"/etc/passwd")]))
    assert found.files == {}
    assert "not followed" in found.refused["a/lab.ipynb"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_pipes_in_a_tar(read: Reading, kind: bytes) -> None:
    link = tarfile.TarInfo("a/lab.ipynb")
    link.type, link.linkname = kind, "/etc/passwd"
    found = read(tarred((link, b""), plain("a/x.txt")), name="d.tar")
    assert found.files == {"a/x.txt": b"x"}
    assert "not followed" in found.refused["a/lab.ipynb"]


def test_header_of_a_tar_without_end(read: Reading) -> None:
    info = tarfile.TarInfo("lab.ipynb")
    info.pax_headers = {"comment": "x" * 9_000_000}
    bomb = tarred((info, b"x"))
    limits = Limits(least=20_000_000)
    found = read(zipped({"eve/b.tar": bomb, **BOB}), limits)
    assert found.files == BOB
    assert "header is far too long" in found.refused["eve/b.tar"]


def test_list_of_members_without_end(
    read: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = zipped({f"{n}.txt": b"" for n in range(9)})
    monkeypatch.setattr(archive_members, "_LONGEST_LIST", 300)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(ArchiveError, match="far too many files"):
        read(bomb)


def test_list_of_members_that_says_it_is_long_in_64_bits(tmp_path: Path) -> None:
    record = b"PK\x06\x06" + bytes(36) + struct.pack("<QQ", 1 << 40, 0)
    end = b"PK\x05\x06" + bytes(8) + b"\xff" * 8 + bytes(2)
    (tmp_path / "a.zip").write_bytes(b"PK" + record + end)
    with pytest.raises(ArchiveError, match="far too many files"):
        list(archive_members.members(tmp_path / "a.zip", tmp_path / "spool", 1 << 20))


def test_locked(read: Reading, nested: Nested) -> None:
    assert "locked with a password" in nested(locked())
    with pytest.raises(ArchiveError, match=r"d\.zip: it is locked"):
        read(locked())


def test_one_damaged_member_costs_itself(read: Reading) -> None:
    found = read(zipped({"eve/b.zip": damaged()}))
    assert found.files == {"eve/b.zip/good.ipynb": b"content"}
    assert "Bad CRC-32" in found.refused["eve/b.zip/bad.ipynb"]
