"""List the files in a folder or an archive, however deep, within limits.

Archives come from students. No entry is ever unpacked under its own name: bytes
are streamed to numbered files in a folder of ours and counted on the way; the name is
kept beside them as data. Whatever is refused is listed with a reason; if an archive in
a submission is refused, the other files of the submission still count.

An archive that was named by the caller is the *download* and may be large. Each
archive in it, or in a folder, is a student's submission and has a budget of its own,
shared by the archives inside it.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from grader.collect.archive_members import CHUNK, DAMAGE, Member, members
from grader.errors import ArchiveError, UsageError
from grader.submissions.repair.salvage import MAX_BYTES

Parts = tuple[str, ...]

ONLY = "only zip and tar archives are read"
DEEPEST = 60
"""Folders in folders; no work of a student's needs more."""

LITTER = {"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"}
ARCHIVES = re.compile(r"\.(zip|tar|tgz|tbz2|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
UNKNOWN = re.compile(r"\.(7z|rar|zipx|tar\.zst)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one archive may hold.

    ``file`` bounds one file, in bytes. A file in a zip, and all files of a submission
    together, may come to ``ratio`` times their packed size, but at least ``least`` and
    at most ``most`` bytes; ``download`` replaces all these where the caller named the
    archive: one submission in it must not use up what the others need.
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
    """What may still be unpacked of one submission or of the download."""

    def __init__(self, size: int, limits: Limits, download: bool) -> None:
        own = min(max(limits.ratio * size, limits.least), limits.most)
        self.allowed = limits.download if download else own
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
    if not source.exists():
        raise UsageError(f"{source}: no such file or folder, so nothing to collect")
    if not os.access(source, os.R_OK):
        raise UsageError(f"{source}: you may not read it, so nothing to collect")
    if UNKNOWN.search(source.name):
        raise ArchiveError(f"{source}: {ONLY}; unpack it, and name the folder")
    if source.is_dir():
        yield from reader.folder(source, ())
    elif ARCHIVES.search(source.name):
        yield from reader.download(source)
    else:
        yield Found((_printable(source.name),), source)


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
        if why := self._unusable(entry, parts):
            yield Refused(parts, why)
        elif entry.is_dir():
            yield from self.folder(path, parts)
        else:
            yield from self._file(Found(parts, path), None)

    def _unusable(self, entry: os.DirEntry[str], parts: Parts) -> str:
        if entry.is_symlink():
            return "a link, not followed"
        if len(parts) > DEEPEST:
            return "folders in folders, far too deep"
        if not os.access(entry.path, os.R_OK):
            return "you may not read it"
        if not entry.is_dir() and not entry.is_file():
            return "not a regular file"
        archive = ARCHIVES.search(entry.name) is not None
        size = 0 if entry.is_dir() or archive else entry.stat().st_size
        return _too_large(size, self._limits.file) if size > self._limits.file else ""

    def _file(self, found: Found, budget: _Budget | None) -> Iterator[Entry]:
        """Yield a file, or if it is an archive what lies in it."""
        name = found.parts[-1]
        if UNKNOWN.search(name):
            why = f"{ONLY}; submit a notebook or a zip"
            yield Refused(found.parts, why, found.content, found.archives)
        elif ARCHIVES.search(name):
            yield from self._archive(found, budget)
        else:
            yield found

    def _archive(self, found: Found, budget: _Budget | None) -> Iterator[Entry]:
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
            if budget is not None:  # the submission's outermost archive is refused
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
        nested = None if download else place.budget
        spool = self._stage / f"{next(self._numbers)}.tar"
        try:
            for member in members(path, spool, place.budget.left):
                place.budget.count()
                parts = _parts(member.name)
                if parts is None:
                    yield self._outside(member, place)
                elif not _is_litter(parts):
                    entry = self._member(member, (*place.parts, *parts), place)
                    if isinstance(entry, Found):
                        yield from self._file(entry, nested)
                    else:
                        yield entry
        except DAMAGE as error:
            _raise_if_ours(error)
            raise ArchiveError(_damaged(path, error)) from None

    def _outside(self, member: Member, place: _Place) -> Refused:
        """Refuse what was to be unpacked elsewhere; its bytes are kept."""
        shown = (*place.parts, _flattened(member.name))
        taken = self._member(member, shown, place)
        why = "its name leads out of the archive"
        return Refused(shown, why, taken.content, place.archives)

    def _member(self, member: Member, parts: Parts, place: _Place) -> Found | Refused:
        if member.open is None:
            return Refused(parts, member.why, None, place.archives)
        staged = self._stage / str(next(self._numbers))
        try:
            self._copy(member, staged, place.budget)
        except DAMAGE as error:
            staged.unlink(missing_ok=True)
            _raise_if_ours(error)
            reason = str(error) if isinstance(error, _FileTooLarge) else _short(error)
            return Refused(parts, reason, None, place.archives)
        except ArchiveError:
            staged.unlink(missing_ok=True)
            raise
        return Found(parts, staged, place.archives)

    def _copy(self, member: Member, staged: Path, budget: _Budget) -> None:
        assert member.open is not None
        most = self._limits.file
        if member.packed is not None:
            most = min(
                most, max(self._limits.least, self._limits.ratio * member.packed)
            )
        left = most
        with member.open() as source, staged.open("xb") as target:
            while block := source.read(min(CHUNK, left + 1)):
                budget.spend(len(block))
                left -= len(block)
                if left < 0:
                    raise _FileTooLarge(_too_large(None, most))
                target.write(block)

    def _forget(self, entries: Iterable[Entry]) -> None:
        """Remove what was staged; what lies in the person's own folder stays."""
        for entry in entries:
            content = None if isinstance(entry, Checkout) else entry.content
            if content is not None and content.parent == self._stage:
                content.unlink(missing_ok=True)


def _raise_if_ours(error: BaseException) -> None:
    """Raise an error of our own disk, which is no fault of the archive."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error


def _parts(name: str) -> Parts | None:
    """Return the parts of an entry's name, or None if it leads out of the archive."""
    plain = name.replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in {"", "."}]
    if plain.startswith("/") or re.match(r"[A-Za-z]:/", plain) or ".." in parts:
        return None
    return tuple(map(_printable, parts)) or None


def _flattened(name: str) -> str:
    """Return a path as one name, with what looks like a slash."""
    flat = _printable(re.sub(r"[/\\]", "\N{DIVISION SLASH}", name))
    return f"_{flat}" if flat in {"", ".", ".."} else flat


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
