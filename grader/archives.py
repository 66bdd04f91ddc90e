"""What lies in a folder or an archive, however deep: files, within limits.

Archives come from students. No entry is ever unpacked under its own name: bytes
are streamed to numbered files in a folder of ours, counted as they come, and the
name is kept beside them as data. What is refused is said with a reason; a refused
archive in a hand-in costs that archive only.

An archive that was named by the caller is the *download* and may be large. Each
archive in it, or in a folder, is somebody's hand-in and has a budget of its own,
shared by the archives inside it.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from grader.errors import ArchiveError, UsageError
from grader.salvage import MAX_BYTES

Parts = tuple[str, ...]

CHUNK = 1 << 20
LITTER = {"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"}
ARCHIVES = re.compile(r"\.(zip|tar|tgz|tbz2|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
UNKNOWN = re.compile(r"\.(7z|rar|zipx|tar\.zst)$", re.IGNORECASE)
_PACKED: dict[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.GzipFile,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
# What readers of damaged or hostile archives raise, as experience has it.
_DAMAGE = (
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
# zipfile reads the whole directory into memory, some 10 times its size.
_MAX_DIRECTORY = 8 << 20
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one archive may hold.

    ``file`` bounds one file, in bytes. What all files of a hand-in come to may be
    ``ratio`` times the archive's size, but at least ``least`` and at most ``most``
    bytes; ``download`` stands in for ``most`` in the archive that the caller named.
    """

    file: int = MAX_BYTES
    ratio: int = 200
    least: int = 64 << 20
    most: int = 1 << 30
    download: int = 64 << 30
    entries: int = 10_000
    download_entries: int = 200_000
    depth: int = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A file: where it lay, part by part, and where its bytes lie now.

    ``archives`` are the indexes of those parts that are archives, not folders.
    """

    parts: Parts
    content: Path
    archives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why; ``content`` if it is at hand anyway."""

    parts: Parts
    why: str
    content: Path | None = None
    archives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder that is a git repository."""

    parts: Parts
    path: Path


Entry = Found | Refused | Checkout


class _Budget:
    """What may still be unpacked of one hand-in or of the download."""

    def __init__(self, size: int, limits: Limits, download: bool) -> None:
        most = limits.download if download else limits.most
        self.allowed = min(max(limits.ratio * size, limits.least), most)
        self.left = self.allowed
        self.entries = limits.download_entries if download else limits.entries

    def count(self) -> None:
        """Count one more entry."""
        self.entries -= 1
        if self.entries < 0:
            raise ArchiveError("it holds far too many files")

    def spend(self, size: int) -> None:
        """Count bytes that came out."""
        self.left -= size
        if self.left < 0:
            raise ArchiveError(
                f"it unpacks to more than {self.allowed >> 20:,} MB, as archive "
                "bombs do"
            )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader is: the archive's parts, which are archives, what is left."""

    parts: Parts
    archives: tuple[int, ...]
    budget: _Budget


class _FileTooLarge(ValueError):
    """One file passed its limit; the archive goes on."""


def read(source: Path, stage: Path, limits: Limits | None = None) -> Iterator[Entry]:
    """Yield what lies in `source`, a folder, an archive or a single file.

    Parameters
    ----------
    source
        What a person named.
    stage
        An empty folder for the bytes of files in archives; the caller removes it.
    limits
        How much an archive may hold.

    Raises
    ------
    ArchiveError
        `source` is itself an archive that cannot be used.
    UsageError
        There is nothing at `source` that could be read.
    """
    reader = _Reader(stage, limits or Limits())
    if source.is_dir():
        yield from reader.folder(source, ())
    elif not source.is_file():
        raise UsageError(f"{source}: no such file or folder, so nothing to collect")
    elif ARCHIVES.search(source.name) or UNKNOWN.search(source.name):
        yield from reader.download(source)
    else:
        yield Found((source.name,), source)


class _Reader:
    def __init__(self, stage: Path, limits: Limits) -> None:
        self._stage = stage
        self._limits = limits
        self._numbers = count()

    def folder(self, folder: Path, parts: Parts) -> Iterator[Entry]:
        """Yield what lies in a real folder, sorted; links are not followed."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Refused(parts, f"the folder cannot be read: {error.strerror}")
            return
        for entry in entries:
            here = (*parts, _printable(entry.name))
            if entry.name == ".git":
                yield Checkout(parts, folder)
            elif not _is_litter(here):
                yield from self._real(entry, here)

    def _real(self, entry: os.DirEntry[str], parts: Parts) -> Iterator[Entry]:
        path = Path(entry.path)
        if entry.is_symlink():
            yield Refused(parts, "a link, not followed")
        elif entry.is_dir():
            yield from self.folder(path, parts)
        elif not entry.is_file():
            yield Refused(parts, "not a regular file")
        elif entry.stat().st_size > self._limits.file:
            yield Refused(parts, _too_large(entry.stat().st_size, self._limits.file))
        else:
            yield from self._file(Found(parts, path), None)

    def _file(self, found: Found, budget: _Budget | None) -> Iterator[Entry]:
        """Yield a file, or if it is an archive what lies in it."""
        name = found.parts[-1]
        if UNKNOWN.search(name):
            why = "only zip and tar archives are read; hand in a notebook or a zip"
            yield Refused(found.parts, why, found.content, found.archives)
        elif ARCHIVES.search(name):
            yield from self._hand_in(found, budget)
        else:
            yield found

    def _hand_in(self, found: Found, budget: _Budget | None) -> Iterator[Entry]:
        """Yield all of an archive, or that it is refused and nothing of it."""
        size = found.content.stat().st_size
        own = budget or _Budget(size, self._limits, download=False)
        here = (*found.archives, len(found.parts) - 1)
        inside: list[Entry] = []
        try:
            if len(here) > self._limits.depth:
                raise ArchiveError(f"archives in archives, {len(here)} deep")
            inside.extend(self._unpack(found.content, _Place(found.parts, here, own)))
        except ArchiveError as error:
            self._forget(inside)
            if budget is not None:  # the hand-in's outermost archive answers for it
                self._forget([found])
                raise
            yield Refused(found.parts, str(error), found.content, here)
        else:
            if inside:
                self._forget([found])
            yield from inside or [
                Refused(found.parts, "the archive is empty", found.content, here)
            ]

    def download(self, path: Path) -> Iterator[Entry]:
        """Yield what lies in the archive that the caller named."""
        budget = _Budget(path.stat().st_size, self._limits, download=True)
        try:
            yield from self._unpack(path, _Place((), (), budget), download=True)
        except ArchiveError as error:
            raise ArchiveError(f"{path}: {error}") from None

    def _unpack(
        self, path: Path, place: _Place, *, download: bool = False
    ) -> Iterator[Entry]:
        members = _zip_members if _starts(path, b"PK") else self._tar_members
        nested = None if download else place.budget
        try:
            for name, why, stream in members(path, place.budget):
                place.budget.count()
                parts = _parts(name)
                if parts is None:
                    shown = (*place.parts, _flattened(name))
                    taken = self._member(shown, place, why, stream)
                    why = "its name leads out of the archive"
                    yield Refused(shown, why, taken.content, place.archives)
                elif not _is_litter(parts):
                    here = (*place.parts, *parts)
                    entry = self._member(here, place, why, stream)
                    if isinstance(entry, Found):
                        yield from self._file(entry, nested)
                    else:
                        yield entry
        except _DAMAGE as error:
            _raise_if_ours(error)
            raise ArchiveError(_damaged(path, error)) from None

    def _member(
        self,
        parts: Parts,
        place: _Place,
        why: str,
        stream: Callable[[], BinaryIO] | None,
    ) -> Found | Refused:
        if stream is None:
            return Refused(parts, why, None, place.archives)
        staged = self._stage / str(next(self._numbers))
        try:
            with stream() as source, staged.open("xb") as target:
                self._copy(source, target, place.budget)
        except _DAMAGE as error:
            staged.unlink(missing_ok=True)
            _raise_if_ours(error)
            reason = str(error) if isinstance(error, _FileTooLarge) else _short(error)
            return Refused(parts, reason, None, place.archives)
        except ArchiveError:
            staged.unlink(missing_ok=True)
            raise
        return Found(parts, staged, place.archives)

    def _copy(self, source: BinaryIO, target: BinaryIO, budget: _Budget) -> None:
        left = self._limits.file
        while block := source.read(CHUNK):
            budget.spend(len(block))
            left -= len(block)
            if left < 0:
                raise _FileTooLarge(_too_large(None, self._limits.file))
            target.write(block)

    def _forget(self, entries: Iterable[Entry]) -> None:
        """Remove what was staged; what lies in the person's own folder stays."""
        for entry in entries:
            content = None if isinstance(entry, Checkout) else entry.content
            if content is not None and content.parent == self._stage:
                content.unlink(missing_ok=True)

    def _tar_members(self, path: Path, budget: _Budget) -> Iterator[_Member]:
        """Yield a tar's members; a compressed one is unpacked to a file first."""
        packed = next((_PACKED[m] for m in _PACKED if _starts(path, m)), None)
        plain = self._stage / f"{next(self._numbers)}.tar" if packed else path
        try:
            if packed:
                with packed(path) as source, plain.open("xb") as target:
                    _inflate(source, target, budget.left + budget.entries * 1024)
            yield from _plain_tar_members(plain)
        finally:
            if packed:
                plain.unlink(missing_ok=True)


_Member = tuple[str, str, Callable[[], BinaryIO] | None]
"""A name, why it is refused if it is, and what opens it if it is not."""


def _starts(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _raise_if_ours(error: BaseException) -> None:
    """Raise an error of our own disk, which is no fault of the archive."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error


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
        if size is None or not 0 <= size <= 8 * CHUNK:
            raise tarfile.ReadError("a header is far too long")
        return super().read(size)


def _plain_tar_members(path: Path) -> Iterator[_Member]:
    with (
        _ShortReads(path) as file,
        tarfile.open(fileobj=cast(BinaryIO, file), mode="r:") as tar,
    ):
        for member in tar:
            if member.isdir():
                continue
            if not member.isreg():
                kind = "a link" if member.issym() or member.islnk() else "a device"
                yield member.name, f"{kind}, not followed", None
            else:
                yield member.name, "", _tar_opener(tar, member)


def _tar_opener(
    tar: tarfile.TarFile, member: tarfile.TarInfo
) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, tar.extractfile(member))


def _zip_members(path: Path, _: _Budget) -> Iterator[_Member]:
    _check_directory(path)
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise ArchiveError("it is locked with a password; hand in one without")
        for member in members:
            if member.is_dir():
                continue
            mode = stat.S_IFMT(member.external_attr >> 16)
            if mode not in (0, stat.S_IFREG):
                yield _zip_name(member), "a link or device, not followed", None
            else:
                yield _zip_name(member), "", _zip_opener(archive, member)


def _zip_opener(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo
) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, archive.open(member))


def _check_directory(path: Path) -> None:
    """Refuse a zip whose list of entries is so long that it would fill memory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        tail = file.read()
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if size == 0xFFFFFFFF and at64 >= 0:
        size = int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    if size > _MAX_DIRECTORY:
        raise ArchiveError("it holds far too many files")


def _zip_name(member: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: macOS writes UTF-8 and does not say so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _parts(name: str) -> Parts | None:
    """Return the parts of an entry's name, or None if it leads out of the archive."""
    plain = name.replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in {"", "."}]
    if plain.startswith("/") or re.match(r"[A-Za-z]:/", plain) or ".." in parts:
        return None
    return tuple(map(_printable, parts)) or None


def _flattened(name: str) -> str:
    """Return a path as one name, with what looks like a slash."""
    return _printable(re.sub(r"[/\\]", "\N{DIVISION SLASH}", name))


def _printable(name: str) -> str:
    """Return a name in one Unicode form, without what acts on terminals or paths."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = unicodedata.normalize("NFC", text)
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _is_litter(parts: Parts) -> bool:
    return any(part.startswith(".") or part in LITTER for part in parts)


def _too_large(size: int | None, limit: int) -> str:
    shown = f"{size:,} bytes" if size is not None else "larger than it says"
    return f"too large: {shown}; at most {limit:,} are read. Clear all outputs"


def _damaged(path: Path, error: BaseException) -> str:
    if not path.stat().st_size:
        return "the file is empty"
    return f"not an archive that can be read: {_short(error)}; it may be cut short"


def _short(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


__all__ = [
    "Checkout",
    "Entry",
    "Found",
    "Limits",
    "Parts",
    "Refused",
    "read",
]
