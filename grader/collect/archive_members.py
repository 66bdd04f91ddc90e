"""Read the members of a zip or tar as streams, one after the other, unpacking none.

What Python's readers do without a limit has one here: a zip's list of members is read
only if it is short, a compressed tar is first unpacked into a file of limited size,
and no header of a tar is read whole, whatever length it states.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from grader.errors import ArchiveError

CHUNK = 1 << 20
# What readers of damaged or hostile archives raise, as experience has it.
DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
    IndexError,
)
_PACKED: dict[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.GzipFile,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
_LONGEST_HEADER = 8 * CHUNK
# zipfile reads the whole list into memory, where it is some ten times as large.
_LONGEST_LIST = 8 * CHUNK
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_LONGEST_END = 66_000


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive: its name, how to open it or why it must not be.

    ``packed`` is its size in the archive, None where only the whole has one.
    """

    name: str
    open: Callable[[], IO[bytes]] | None
    packed: int | None = None
    why: str = ""


def members(path: Path, spool: Path, most: int) -> Iterator[Member]:
    """Yield the files in the archive at `path`, told by its first bytes.

    Parameters
    ----------
    path
        A zip or a tar.
    spool
        Where a compressed tar is unpacked to meanwhile; nothing may lie there.
    most
        Bytes that it may come to.

    Raises
    ------
    ArchiveError
        It is locked, or holds more than it may.
    """
    if _starts(path, b"PK"):
        yield from _in_zip(path)
        return
    opened = next((_PACKED[magic] for magic in _PACKED if _starts(path, magic)), None)
    if opened is None:
        yield from _in_tar(path)
        return
    try:
        with opened(path) as source, spool.open("xb") as target:
            _inflate(source, target, most)
        yield from _in_tar(spool)
    finally:
        spool.unlink(missing_ok=True)


def _starts(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _inflate(source: IO[bytes], target: BinaryIO, most: int) -> None:
    left = most
    while block := source.read(CHUNK):
        left -= len(block)
        if left < 0:
            raise ArchiveError(
                f"it unpacks to more than {most >> 20:,} MB, as archive bombs do"
            )
        target.write(block)


class _ShortReads(io.FileIO):
    """A file for tarfile, which would read a header of any length into memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _LONGEST_HEADER:
            raise tarfile.ReadError("a header is far too long")
        return super().read(size)


def _in_tar(path: Path) -> Iterator[Member]:
    with (
        _ShortReads(path) as file,
        tarfile.open(fileobj=cast(BinaryIO, file), mode="r:") as tar,
    ):
        for member in tar:
            if member.isreg():
                yield Member(member.name, _tar_opener(tar, member))
            elif not member.isdir():
                kind = "a link" if member.issym() or member.islnk() else "a device"
                yield Member(member.name, None, why=f"{kind}, not followed")


def _tar_opener(
    tar: tarfile.TarFile, member: tarfile.TarInfo
) -> Callable[[], IO[bytes]]:
    return lambda: cast(IO[bytes], tar.extractfile(member))


def _in_zip(path: Path) -> Iterator[Member]:
    _check_list(path)
    with zipfile.ZipFile(path) as archive:
        found = archive.infolist()
        if any(member.flag_bits & 1 for member in found):
            raise ArchiveError("it is locked with a password; submit one without")
        for member in found:
            mode = stat.S_IFMT(member.external_attr >> 16)
            if mode in (0, stat.S_IFREG) and not member.is_dir():
                opener = _zip_opener(archive, member)
                yield Member(_zip_name(member), opener, member.compress_size)
            elif not member.is_dir():
                why = "a link or device, not followed"
                yield Member(_zip_name(member), None, why=why)


def _zip_opener(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo
) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(member)


def _check_list(path: Path) -> None:
    """Refuse a zip whose list of members is so long that it would fill memory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LONGEST_END))
        tail = file.read()
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    if at < 0:
        return  # zipfile will say that it is none
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if size == 0xFFFFFFFF and at64 >= 0:
        size = int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    if size > _LONGEST_LIST:
        raise ArchiveError("it holds far too many files")


def _zip_name(member: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: macOS writes UTF-8 and does not say so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


__all__ = ["CHUNK", "DAMAGE", "Member", "members"]
