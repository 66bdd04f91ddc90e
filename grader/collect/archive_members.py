"""Read the members of a zip or tar as streams, one after the other.

Python's own readers have no limits on some things; here they have: a zip's list of
members is read only if it is short, a compressed tar is first decompressed into a file
of limited size, and a tar's headers are read only up to a limited length.
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
# What the readers of archives are known to raise for damaged or hostile ones.
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
_DECOMPRESSORS: dict[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.GzipFile,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
_MAX_HEADER_BYTES = 8 * CHUNK
# zipfile reads the whole list into memory, where it takes about ten times as much.
_MAX_LIST_BYTES = 8 * CHUNK
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_MAX_END_BYTES = 66_000


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive.

    Attributes
    ----------
    name : str
        Its name in the archive, unchecked.
    open : callable or None
        Opens it for reading; None if it must not be read.
    packed : int or None
        Its size in the archive in bytes; None if the archive is compressed as a whole.
    why : str
        Why it must not be read.
    """

    name: str
    open: Callable[[], IO[bytes]] | None
    packed: int | None = None
    why: str = ""


def members(path: Path, spool: Path, max_bytes: int) -> Iterator[Member]:
    """Yield the files in an archive, whose kind its first bytes show.

    Parameters
    ----------
    path
        A zip or a tar.
    spool
        Where a compressed tar is decompressed to for the time being; must not exist.
    max_bytes
        How large a compressed tar may become.

    Yields
    ------
    Member
        One file; it can be opened until the next is yielded.

    Raises
    ------
    ArchiveError
        It has a password, or holds too much.
    """
    if _starts(path, b"PK"):
        yield from _zip_members(path)
        return
    decompressor = next(
        (_DECOMPRESSORS[magic] for magic in _DECOMPRESSORS if _starts(path, magic)),
        None,
    )
    if decompressor is None:
        yield from _tar_members(path)
        return
    try:
        with decompressor(path) as source, spool.open("xb") as target:
            _decompress(source, target, max_bytes)
        yield from _tar_members(spool)
    finally:
        spool.unlink(missing_ok=True)


def _starts(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _decompress(source: IO[bytes], target: BinaryIO, max_bytes: int) -> None:
    remaining = max_bytes
    while block := source.read(CHUNK):
        remaining -= len(block)
        if remaining < 0:
            raise ArchiveError(
                f"it unpacks to more than {max_bytes >> 20:,} MB, as archive bombs do"
            )
        target.write(block)


class _ShortReads(io.FileIO):
    """A file that refuses long reads: tarfile reads headers of any length whole."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _MAX_HEADER_BYTES:
            raise tarfile.ReadError(
                f"a header is longer than {_MAX_HEADER_BYTES:,} bytes"
            )
        return super().read(size)


def _tar_members(path: Path) -> Iterator[Member]:
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


def _zip_members(path: Path) -> Iterator[Member]:
    _check_member_list(path)
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if any(member.flag_bits & 1 for member in infos):
            raise ArchiveError("it needs a password; submit an archive without one")
        for member in infos:
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


def _check_member_list(path: Path) -> None:
    """Refuse a zip whose list of members is so long that it could fill the memory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _MAX_END_BYTES))
        tail = file.read()
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    if at < 0:
        return  # zipfile reports that it is not a zip
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if size == 0xFFFFFFFF and at64 >= 0:
        size = int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    if size > _MAX_LIST_BYTES:
        raise ArchiveError(
            f"its list of files takes {size:,} bytes; at most {_MAX_LIST_BYTES:,} are "
            "read"
        )


def _zip_name(member: zipfile.ZipInfo) -> str:
    """Return the intended name: macOS writes UTF-8 without the flag for it."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


__all__ = ["CHUNK", "DAMAGE", "Member", "members"]
