"""Read what a student submits beside a notebook: modules, data, other notebooks.

nbgrader runs a notebook among these files. Here they are read as bytes, and written
into the jail before its first cell; nothing of them is opened or imported elsewhere.
They are untrusted: links are never followed, and each number has a limit.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from grader.records import printable
from grader.submissions.read import REFUSED, TIMESTAMP

MOST_FILES = 1_000
MOST_BYTES = 32 << 20
"""Total size of the files of one submission."""
MOST_FOLDERS = 16
"""How deep folders may be nested."""
MOST_NAME_BYTES = 1_000
"""Length of a file's path below the folder of the submission."""
# No more files, folders and links are looked at.
_MOST_ENTRIES = 10_000
_MOST_NOTES = 5
_SHOWN_CHARACTERS = 60
# What nbgrader leaves out, and hidden files: they set up tools, such as IPython.
_IGNORED = ("*.pyc", "__pycache__", ".*")
_RESERVED = (TIMESTAMP, REFUSED)
# O_NONBLOCK: opening a named pipe must not wait for a writer.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class OwnFiles(NamedTuple):
    """The files that were read, by path, and a sentence for each one left out."""

    files: tuple[tuple[str, bytes], ...] = ()
    left_out: tuple[str, ...] = ()


def read_own_files(folder: Path, given: Collection[str] = ()) -> OwnFiles:
    """Read all files below the folder of a submission, within limits.

    Parameters
    ----------
    folder
        Of the submission.
    given
        Paths of files that the instructor puts there. Theirs count, so files of the
        student that would be in their place are not read.
    """
    try:
        top = os.open(folder, _FLAGS | os.O_DIRECTORY)
    except OSError as error:
        return OwnFiles((), (f"the files beside the notebook: {error.strerror}",))
    walk = _Walk(frozenset(given))
    try:
        walk.read(top)
    finally:
        os.close(top)
    return OwnFiles(tuple(sorted(walk.files.items())), _few(walk.left_out))


@dataclass
class _Walk:
    """Reads outer folders first, so that the limits cut off inner ones."""

    given: frozenset[str]
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    _size: int = 0
    _entries_left: int = _MOST_ENTRIES

    def __post_init__(self) -> None:
        parts = [name.split("/") for name in self.given]
        self._given_modules = {
            name.removesuffix(".py") for name in self.given if name.endswith(".py")
        }
        self._given_folders = {
            "/".join(each[:n]) for each in parts for n in range(1, len(each))
        }

    def read(self, top: int) -> None:
        waiting = deque([""])
        while waiting and self._entries_left:
            place = waiting.popleft()
            try:
                waiting += self._read_folder(top, place)
            except OSError as error:
                self._leave_out(place, error.strerror or "cannot be read")
        if not self._entries_left:
            why = f"only {_MOST_ENTRIES:,} files and folders are looked at"
            self._leave_out("all others", why)

    def _read_folder(self, top: int, place: str) -> list[str]:
        """Read the files of a folder; return the folders in it."""
        below = []
        folder = _open_below(top, place)
        try:
            for name, is_folder in self._entries(folder, place):
                if not is_folder:
                    self._read_file(folder, name, place)
                elif place.count("/") < MOST_FOLDERS:
                    below.append(f"{place}{name}/")
                else:
                    why = f"in more than {MOST_FOLDERS} folders"
                    self._leave_out(place + name, why)
        finally:
            os.close(folder)
        return below

    def _entries(self, folder: int, place: str) -> Iterator[tuple[str, bool]]:
        """Yield the usable entries of a folder: name, and whether it is a folder."""
        with os.scandir(folder) as listing:
            entries = sorted(islice(listing, self._entries_left), key=lambda e: e.name)
        self._entries_left -= len(entries)
        for entry in entries:
            path = place + entry.name
            if self._is_wanted(entry.name, path):
                is_folder = entry.is_dir(follow_symlinks=False)
                why = _unusable(entry, path)
                if not why and self._replaces_module(entry.name, place, is_folder):
                    why = "the assignment has a module of that name"
                if why:
                    self._leave_out(path, why)
                else:
                    yield entry.name, is_folder

    def _replaces_module(self, name: str, place: str, is_folder: bool) -> bool:
        """Say whether Python would import this in place of the instructor's module."""
        stem, _, suffix = name.partition(".")
        replaces = not suffix if is_folder else suffix.endswith("so")
        return replaces and place + stem in self._given_modules

    def _is_wanted(self, name: str, path: str) -> bool:
        ignored = any(fnmatch(name, pattern) for pattern in _IGNORED)
        return not ignored and path not in self.given and path not in _RESERVED

    def _read_file(self, folder: int, name: str, place: str) -> None:
        path = place + name
        if path in self._given_folders:
            self._leave_out(path, "the assignment has a folder of that name")
        elif len(self.files) == MOST_FILES:
            self._leave_out(path, f"there are more than {MOST_FILES:,} files")
        else:
            content = self._content(folder, name, path)
            if content is not None:
                self.files[path] = content
                self._size += len(content)

    def _content(self, folder: int, name: str, path: str) -> bytes | None:
        """Return the bytes of a file, None if it cannot be read or is too large."""
        room = MOST_BYTES - self._size
        try:
            with os.fdopen(os.open(name, _FLAGS, dir_fd=folder), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    self._leave_out(path, "not a regular file")
                    return None
                content = file.read(room + 1)
        except OSError as error:
            self._leave_out(path, error.strerror or "cannot be read")
            return None
        if len(content) > room:
            why = f"all files together have more than {MOST_BYTES >> 20} MiB"
            self._leave_out(path, why)
            return None
        return content

    def _leave_out(self, path: str, why: str) -> None:
        self.left_out.append(f"{_shown(path)}: {why}")


def _open_below(top: int, place: str) -> int:
    """Open a folder step by step, so that no part of its path can be a link."""
    current = os.dup(top)
    for name in filter(None, place.split("/")):
        try:
            below = os.open(name, _FLAGS | os.O_DIRECTORY, dir_fd=current)
        finally:
            os.close(current)
        current = below
    return current


def _unusable(entry: os.DirEntry[str], path: str) -> str:
    """Return why an entry is left out, "" if it can be used."""
    if entry.is_symlink():
        return "a link, not followed"
    try:
        length = len(path.encode())
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    return "its name is too long" if length > MOST_NAME_BYTES else ""


def _shown(path: str) -> str:
    """Return a path for messages: printable, and short."""
    text = printable(path).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"


def _few(notes: list[str]) -> tuple[str, ...]:
    """Return the first notes, and how many more there are."""
    more = len(notes) - _MOST_NOTES
    return (*notes[:_MOST_NOTES], *([f"and {more:,} more"] if more > 0 else []))


__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "MOST_FOLDERS",
    "MOST_NAME_BYTES",
    "OwnFiles",
    "read_own_files",
]
