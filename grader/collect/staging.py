"""Write to a class folder while collecting, one process at a time.

A file is written whole or not at all. No file name and no link can make it land
outside the class folder.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from grader.errors import ClassError
from grader.files import copy_file, plain_name, replace_file

STAGE = ".collecting"


@dataclass(frozen=True, slots=True)
class ClassFolderWriter:
    """Writes files into a class folder; only one exists per folder at a time.

    :func:`open_for_collecting` makes it, and closes it.

    Attributes
    ----------
    root : Path
        The class folder.
    stage : Path
        A folder for the content of files that are not placed yet.
    dry_run : bool
        Write nothing outside `stage`.
    """

    root: Path
    stage: Path
    dry_run: bool

    def put(self, content: Path, *parts: str) -> None:
        """Copy a file into the class folder.

        Parameters
        ----------
        content
            The file to copy.
        *parts
            Its path in the class folder, part by part.

        Raises
        ------
        ClassError
            A part cannot name a folder, or is a link.
        """
        if not self.dry_run:
            copy_file(content, self._safe_path(parts))

    def write(self, text: str, *parts: str) -> None:
        """Write a text file into the class folder.

        Parameters
        ----------
        text
            The whole content of the file.
        *parts
            Its path in the class folder, part by part.

        Raises
        ------
        ClassError
            A part cannot name a folder, or is a link.
        """
        if not self.dry_run:
            replace_file(self._safe_path(parts), text)

    def _safe_path(self, parts: Sequence[str]) -> Path:
        """Return a path in the class folder that has no link on its way."""
        path = self.root
        for part in parts:
            path = path / plain_name(part)
            if path.is_symlink():
                raise ClassError(
                    f"{path} is a link, which could lead out of the class folder; "
                    "replace it by a real folder or file"
                )
        return path

    def remove(self, *parts: str) -> None:
        """Remove a file from the class folder, if it exists."""
        if not self.dry_run:
            self.root.joinpath(*parts).unlink(missing_ok=True)


@contextmanager
def open_for_collecting(folder: Path, *, dry_run: bool) -> Iterator[ClassFolderWriter]:
    """Lock a class folder and make a stage in it, which is removed at the end.

    Parameters
    ----------
    folder
        The class folder; created if it does not exist.
    dry_run
        Write nothing into it, and use a stage elsewhere.

    Yields
    ------
    ClassFolderWriter
        Usable until the context ends.

    Raises
    ------
    ClassError
        The folder cannot be created, or another process is collecting into it.
    """
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="grader-collect-") as stage_name:
            yield ClassFolderWriter(folder, Path(stage_name), dry_run=True)
        return
    stage = folder / STAGE
    is_new = not folder.exists()
    lock = _lock_stage(folder, stage)
    try:
        _empty(stage)
        yield ClassFolderWriter(folder, stage, dry_run=False)
    finally:
        with suppress(OSError):
            _empty(stage)
            stage.rmdir()
            if is_new:  # and empty still, as nothing could be collected
                (folder / "submitted").rmdir()
                folder.rmdir()
        os.close(lock)


def _lock_stage(folder: Path, stage: Path) -> int:
    """Lock the stage against other processes; return its file descriptor."""
    try:
        (folder / "submitted").mkdir(parents=True, exist_ok=True)
        stage.mkdir(exist_ok=True)
        descriptor = os.open(stage, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise ClassError(f"{folder} cannot be a class folder: {error}") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise ClassError(
            f"{folder}: another process is collecting into it; wait until it is done"
        ) from None
    return descriptor


def _empty(stage: Path) -> None:
    """Remove the files that a killed run left behind."""
    for path in stage.iterdir():
        path.unlink()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; links are not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


__all__ = ["ClassFolderWriter", "digest_of", "open_for_collecting"]
