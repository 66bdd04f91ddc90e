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
from grader.collect.unpack_limits import UnpackLimits
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
    result = read(tarred(plain("a/lab.ipynb"), mode=mode), name=name)
    assert result.files == {"a/lab.ipynb": b"x"}
    assert [path.suffix for path in stage.iterdir()] == [""]


def test_names_in_a_zip_from_macos(read: Reading) -> None:
    """macOS writes UTF-8 in decomposed form, without the flag for it."""
    made = zipped({"ZoeXY/lab.ipynb": b"x"})
    made = made.replace(b"ZoeXY", "Zoe\u0308".encode())
    assert list(read(made).files) == ["Zoë/lab.ipynb"]


def test_link_in_a_zip(read: Reading) -> None:
    link = zipfile.ZipInfo("a/lab.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    result = read(zipped([(link, b"/etc/passwd")]))
    assert result.files == {}
    assert "not followed" in result.refused["a/lab.ipynb"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_pipes_in_a_tar(read: Reading, kind: bytes) -> None:
    link = tarfile.TarInfo("a/lab.ipynb")
    link.type, link.linkname = kind, "/etc/passwd"
    result = read(tarred((link, b""), plain("a/x.txt")), name="d.tar")
    assert result.files == {"a/x.txt": b"x"}
    assert "not followed" in result.refused["a/lab.ipynb"]


def test_endless_header_in_a_tar(read: Reading) -> None:
    info = tarfile.TarInfo("lab.ipynb")
    info.pax_headers = {"comment": "x" * 9_000_000}
    bomb = tarred((info, b"x"))
    limits = UnpackLimits(least=20_000_000)
    result = read(zipped({"eve/b.tar": bomb, **BOB}), limits)
    assert result.files == BOB
    assert "a header is longer than 8,388,608 bytes" in result.refused["eve/b.tar"]


def test_endless_list_of_members(
    read: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = zipped({f"{n}.txt": b"" for n in range(9)})
    monkeypatch.setattr(archive_members, "_MAX_LIST_BYTES", 300)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(ArchiveError, match="its list of files takes"):
        read(bomb)


def test_endless_list_of_members_with_64_bit_size(tmp_path: Path) -> None:
    record = b"PK\x06\x06" + bytes(36) + struct.pack("<QQ", 1 << 40, 0)
    end = b"PK\x05\x06" + bytes(8) + b"\xff" * 8 + bytes(2)
    (tmp_path / "a.zip").write_bytes(b"PK" + record + end)
    with pytest.raises(ArchiveError, match="its list of files takes"):
        list(archive_members.members(tmp_path / "a.zip", tmp_path / "spool", 1 << 20))


def test_archive_with_a_password(read: Reading, nested: Nested) -> None:
    assert "it needs a password" in nested(locked())
    with pytest.raises(ArchiveError, match=r"d\.zip: it needs a password"):
        read(locked())


def test_only_the_damaged_member_is_refused(read: Reading) -> None:
    result = read(zipped({"eve/b.zip": damaged()}))
    assert result.files == {"eve/b.zip/good.ipynb": b"content"}
    assert "Bad CRC-32" in result.refused["eve/b.zip/bad.ipynb"]
