"""List the files in a folder or an archive, and in archives inside it, within limits.

Archives come from students. No file is ever unpacked under its own name: its bytes are
streamed to a numbered file in the stage, and counted on the way; its name is only kept
as data. A refused file is listed with a reason; if an archive in a submission is
refused, the other files of the submission still count.

The archive that the caller names is the *download*, and may be large. Each archive in
it, or in a folder, is a student's submission with a budget of its own, which the
archives inside it share.
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
from grader.collect.unpack_limits import UnpackBudget, UnpackLimits
from grader.errors import ArchiveError, UsageError

Parts = tuple[str, ...]

ONLY_ZIP_AND_TAR = "only zip and tar archives are read"
MAX_DEPTH = 60
"""Levels of folders; no submission needs more."""

LITTER = {"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"}
ARCHIVE_NAME = re.compile(r"\.(zip|tar|tgz|tbz2|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
UNSUPPORTED_NAME = re.compile(r"\.(7z|rar|zipx|tar\.zst)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be read.

    Attributes
    ----------
    parts : Parts
        Its path in the source: folders, archives, and its name.
    content : Path
        Where its bytes are stored.
    archives : tuple of int
        The indexes of the parts that are archives, not folders.
    """

    parts: Parts
    content: Path
    archives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is refused.

    Attributes
    ----------
    parts : Parts
        Its path in the source.
    why : str
        The reason.
    content : Path or None
        Where its bytes are stored, None if they were not read.
    archives : tuple of int
        The indexes of the parts that are archives, not folders.
    """

    parts: Parts
    why: str
    content: Path | None = None
    archives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder that is a git repository."""

    parts: Parts
    path: Path


SourceEntry = SourceFile | RefusedFile | Checkout


@dataclass(frozen=True, slots=True)
class _ArchivePosition:
    """An archive that is being read: its path, and its submission's budget."""

    parts: Parts
    archives: tuple[int, ...]
    budget: UnpackBudget


class _FileTooLarge(ValueError):
    """One file exceeds its limit; reading the archive goes on."""


def read(
    source: Path, stage: Path, limits: UnpackLimits | None = None
) -> Iterator[SourceEntry]:
    """Yield the files in `source`, and what had to be refused.

    Parameters
    ----------
    source
        A folder, an archive or a single file.
    stage
        An empty folder for the bytes of files in archives; the caller removes it.
    limits
        How much an archive may hold; None takes the defaults.

    Yields
    ------
    SourceEntry
        A readable file, a refused file, or a folder that is a git repository.

    Raises
    ------
    ArchiveError
        `source` is itself an archive that cannot be used.
    UsageError
        `source` does not exist or may not be read.
    """
    reader = _Reader(stage, limits or UnpackLimits())
    if not source.exists():
        raise UsageError(f"{source}: no such file or folder, so nothing to collect")
    if not os.access(source, os.R_OK):
        raise UsageError(
            f"{source}: you have no permission to read it, so nothing to collect"
        )
    if UNSUPPORTED_NAME.search(source.name):
        raise ArchiveError(
            f"{source}: {ONLY_ZIP_AND_TAR}; unpack it, and give the folder instead"
        )
    if source.is_dir():
        yield from reader.folder(source, ())
    elif ARCHIVE_NAME.search(source.name):
        yield from reader.download(source)
    else:
        yield SourceFile((_printable(source.name),), source)


class _Reader:
    """Reads one source; numbers the files that it puts into the stage."""

    def __init__(self, stage: Path, limits: UnpackLimits) -> None:
        self._stage = stage
        self._limits = limits
        self._numbers = count()

    def folder(self, folder: Path, parts: Parts) -> Iterator[SourceEntry]:
        """Yield the files in a real folder, sorted by name; links are not followed.

        Parameters
        ----------
        folder
            The folder.
        parts
            Its path in the source.
        """
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield RefusedFile(parts, f"the folder cannot be read: {error.strerror}")
            return
        for entry in entries:
            here = (*parts, _printable(entry.name))
            if entry.name == ".git":
                yield Checkout(parts, folder)
            elif not _is_litter(here):
                yield from self._entry(entry, here)

    def _entry(self, entry: os.DirEntry[str], parts: Parts) -> Iterator[SourceEntry]:
        path = Path(entry.path)
        if why := self._reason_to_refuse(entry, parts):
            yield RefusedFile(parts, why)
        elif entry.is_dir():
            yield from self.folder(path, parts)
        else:
            yield from self._file(SourceFile(parts, path), None)

    def _reason_to_refuse(self, entry: os.DirEntry[str], parts: Parts) -> str:
        if entry.is_symlink():
            return "a link, not followed"
        if len(parts) > MAX_DEPTH:
            return f"more than {MAX_DEPTH} folders inside each other"
        if not os.access(entry.path, os.R_OK):
            return "you have no permission to read it"
        if not entry.is_dir() and not entry.is_file():
            return "not a regular file"
        archive = ARCHIVE_NAME.search(entry.name) is not None
        size = 0 if entry.is_dir() or archive else entry.stat().st_size
        return _too_large(size, self._limits.file) if size > self._limits.file else ""

    def _file(
        self, file: SourceFile, budget: UnpackBudget | None
    ) -> Iterator[SourceEntry]:
        """Yield a file, or the files in it if it is an archive."""
        name = file.parts[-1]
        if UNSUPPORTED_NAME.search(name):
            why = f"{ONLY_ZIP_AND_TAR}; submit a notebook or a zip"
            yield RefusedFile(file.parts, why, file.content, file.archives)
        elif ARCHIVE_NAME.search(name):
            yield from self._archive(file, budget)
        else:
            yield file

    def _archive(
        self, file: SourceFile, budget: UnpackBudget | None
    ) -> Iterator[SourceEntry]:
        """Yield the files in an archive, or one refused file if it is refused."""
        size = file.content.stat().st_size
        own_budget = budget or UnpackBudget(size, self._limits, download=False)
        levels = (*file.archives, len(file.parts) - 1)
        inside: list[SourceEntry] = []
        try:
            if len(levels) > self._limits.depth:
                raise ArchiveError(
                    f"{len(levels)} archives inside each other; at most "
                    f"{self._limits.depth} are read"
                )
            inside.extend(
                self._unpack(
                    file.content, _ArchivePosition(file.parts, levels, own_budget)
                )
            )
        except ArchiveError as error:
            self._remove_staged(inside)
            if budget is not None:  # refuse the outermost archive of the submission
                self._remove_staged([file])
                raise
            yield RefusedFile(file.parts, str(error), file.content, levels)
        else:
            if inside:
                self._remove_staged([file])
            yield from inside or [
                RefusedFile(file.parts, "the archive is empty", file.content, levels)
            ]

    def download(self, path: Path) -> Iterator[SourceEntry]:
        """Yield the files in the download, an archive that the caller named."""
        budget = UnpackBudget(path.stat().st_size, self._limits, download=True)
        try:
            yield from self._unpack(
                path, _ArchivePosition((), (), budget), download=True
            )
        except ArchiveError as error:
            raise ArchiveError(f"{path}: {error}") from None

    def _unpack(
        self, path: Path, position: _ArchivePosition, *, download: bool = False
    ) -> Iterator[SourceEntry]:
        nested = None if download else position.budget
        spool = self._stage / f"{next(self._numbers)}.tar"
        try:
            for member in members(path, spool, position.budget.remaining):
                position.budget.count()
                parts = _split_name(member.name)
                if parts is None:
                    yield self._refuse_outside(member, position)
                elif not _is_litter(parts):
                    entry = self._member(member, (*position.parts, *parts), position)
                    if isinstance(entry, SourceFile):
                        yield from self._file(entry, nested)
                    else:
                        yield entry
        except DAMAGE as error:
            _raise_own_disk_error(error)
            raise ArchiveError(_describe_damage(path, error)) from None

    def _refuse_outside(
        self, member: Member, position: _ArchivePosition
    ) -> RefusedFile:
        """Refuse a file whose name leads out of the archive, but keep its bytes."""
        shown = (*position.parts, _as_one_name(member.name))
        entry = self._member(member, shown, position)
        why = "its name leads out of the archive"
        return RefusedFile(shown, why, entry.content, position.archives)

    def _member(
        self, member: Member, parts: Parts, position: _ArchivePosition
    ) -> SourceFile | RefusedFile:
        if member.open is None:
            return RefusedFile(parts, member.why, None, position.archives)
        staged = self._stage / str(next(self._numbers))
        try:
            self._copy(member, staged, position.budget)
        except DAMAGE as error:
            staged.unlink(missing_ok=True)
            _raise_own_disk_error(error)
            reason = str(error) if isinstance(error, _FileTooLarge) else _summary(error)
            return RefusedFile(parts, reason, None, position.archives)
        except ArchiveError:
            staged.unlink(missing_ok=True)
            raise
        return SourceFile(parts, staged, position.archives)

    def _copy(self, member: Member, staged: Path, budget: UnpackBudget) -> None:
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

    def _remove_staged(self, entries: Iterable[SourceEntry]) -> None:
        """Remove files from the stage; files in the caller's folder stay."""
        for entry in entries:
            content = None if isinstance(entry, Checkout) else entry.content
            if content is not None and content.parent == self._stage:
                content.unlink(missing_ok=True)


def _raise_own_disk_error(error: BaseException) -> None:
    """Raise `error` again if our disk caused it and not the archive."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error


def _split_name(name: str) -> Parts | None:
    """Split a file's name into parts; None if it leads out of the archive."""
    plain = name.replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in {"", "."}]
    if plain.startswith("/") or re.match(r"[A-Za-z]:/", plain) or ".." in parts:
        return None
    return tuple(map(_printable, parts)) or None


def _as_one_name(name: str) -> str:
    """Return a path as one name, its slashes replaced by characters that look alike."""
    flat = _printable(re.sub(r"[/\\]", "\N{DIVISION SLASH}", name))
    return f"_{flat}" if flat in {"", ".", ".."} else flat


def _printable(name: str) -> str:
    """Normalize a name's Unicode form, and replace what is not printable."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = unicodedata.normalize("NFC", text)
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _is_litter(parts: Parts) -> bool:
    return any(part.startswith(".") or part in LITTER for part in parts)


def _too_large(size: int | None, limit: int) -> str:
    if size is None:
        return f"it unpacks to more than {limit:,} bytes; clear all outputs"
    return f"too large: {size:,} bytes, at most {limit:,} are read; clear all outputs"


def _describe_damage(path: Path, error: BaseException) -> str:
    if not path.stat().st_size:
        return "the file is empty"
    return f"not a readable archive: {_summary(error)}; it may be incomplete"


def _summary(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


__all__ = [
    "Checkout",
    "Parts",
    "RefusedFile",
    "SourceEntry",
    "SourceFile",
    "read",
]
