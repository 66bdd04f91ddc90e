"""Write to a class folder while collecting: one process at a time.

A file is written whole or not at all, and never outside the folder, whatever a name
says or a link leads to.
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
class Desk:
    """A class folder that is written to by one process at a time.

    ``stage`` is an empty folder for bytes that have no place yet. With ``dry`` set
    nothing outside of it is written.
    """

    root: Path
    stage: Path
    dry: bool

    def put(self, content: Path, *place: str) -> None:
        """Copy a file into the class folder."""
        if not self.dry:
            copy_file(content, self._at(place))

    def write(self, text: str, *place: str) -> None:
        """Write a text into the class folder."""
        if not self.dry:
            replace_file(self._at(place), text)

    def _at(self, place: Sequence[str]) -> Path:
        """Return a path in the class folder that no link leads out of."""
        path = self.root
        for part in place:
            path = path / plain_name(part)
            if path.is_symlink():
                raise ClassError(f"{path} is a link; put a real folder or file there")
        return path

    def remove(self, *place: str) -> None:
        """Remove a file of the class folder, if it is there."""
        if not self.dry:
            self.root.joinpath(*place).unlink(missing_ok=True)


@contextmanager
def prepare(folder: Path, *, dry_run: bool) -> Iterator[Desk]:
    """Make the class folder ready, and a stage in it that is removed at the end.

    Parameters
    ----------
    folder
        The class folder; made if it is not there.
    dry_run
        Write nothing into it, and keep the stage elsewhere.

    Raises
    ------
    ClassError
        The folder cannot be made, or another process collects into it.
    """
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="grader-collect-") as spare:
            yield Desk(folder, Path(spare), dry=True)
        return
    stage = folder / STAGE
    lock = _locked(folder, stage)
    try:
        _empty(stage)
        yield Desk(folder, stage, dry=False)
    finally:
        with suppress(OSError):
            _empty(stage)
            stage.rmdir()
        os.close(lock)


def _locked(folder: Path, stage: Path) -> int:
    """Return a descriptor of the stage that no other process has locked."""
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
            f"{folder}: another grader collects into it; wait until it is done"
        ) from None
    return descriptor


def _empty(stage: Path) -> None:
    """Remove what a run that was killed left there."""
    for path in stage.iterdir():
        path.unlink()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; a link is not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


__all__ = ["Desk", "digest_of", "prepare"]
