"""The folder of a jail without namespaces: the only place where it can write.

::

    student-XXXXXXXX/        only the jail's user can enter it
        work/                where student code starts
        tmp/                 temporary files
        outside/             closed by the jail, which checks that before any code runs
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import JailError

PREFIX = "student-"
# No lesson makes more files than this, and to count more takes long.
MOST_FILES = 50_000
BLOCK = 512
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
REMOVE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Scratch:
    """The folder of one jail.

    Attributes
    ----------
    folder : Path
        It holds the others.
    """

    folder: Path

    @property
    def work(self) -> Path:
        """The folder in which student code starts."""
        return self.folder / "work"

    @property
    def temporary(self) -> Path:
        """The folder for temporary files."""
        return self.folder / "tmp"

    @property
    def outside(self) -> Path:
        """A folder that its mode opens to all users, and that the jail closes."""
        return self.folder / "outside"

    @property
    def secret(self) -> Path:
        """A file in `outside` that its mode lets all users read and write."""
        return self.outside / "file"

    @property
    def writable(self) -> tuple[str, str]:
        """The folders in which the jail can write."""
        return str(self.work), str(self.temporary)

    def remove(self) -> None:
        """Remove the folder, however deep its folders are and whatever their modes."""
        try:
            shutil.rmtree(self.folder)
        except (OSError, RecursionError):
            _remove(self.folder)


def make(parent: str, user: int | None, files: Mapping[str, Path]) -> Scratch:
    """Make the folder of a jail.

    Parameters
    ----------
    parent
        Where to make it.
    user
        The jail's own user, where root grades; None for the present user.
    files
        Files to copy into the work folder: their paths by their names there.

    Raises
    ------
    JailError
        If it cannot be made, or a file cannot be copied.
    """
    try:
        scratch = Scratch(Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent)))
    except OSError as error:
        raise JailError(f"no folder could be made for a jail: {error}") from None
    try:
        _fill(scratch, user, files)
    except OSError as error:
        scratch.remove()
        raise JailError(f"the folder of a jail could not be filled: {error}") from None
    return scratch


def _fill(scratch: Scratch, user: int | None, files: Mapping[str, Path]) -> None:
    for folder in (*scratch.writable, scratch.outside):
        Path(folder).mkdir()
    for name, path in files.items():
        place = scratch.work / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        place.chmod(0o444)
    scratch.secret.write_text("closed")
    scratch.secret.chmod(0o666)
    scratch.outside.chmod(0o777)
    if user is None:
        return
    # The user writes as the folders' group. Because of the sticky bit it cannot
    # remove root's files.
    made = [scratch.work, scratch.temporary]
    made += [path for path in scratch.work.rglob("*") if path.is_dir()]
    for folder in made:
        os.chown(folder, 0, user)
        folder.chmod(0o1770)
    os.chown(scratch.folder, 0, user)
    scratch.folder.chmod(0o710)


def used(folder: str) -> int:
    """Return how many bytes the files in a folder take.

    No link is followed, even if student code changes the folder meanwhile.

    Raises
    ------
    OSError
        If not all files can be counted: a folder cannot be read, folders are nested too
        deep, or there are too many files.
    """
    sizes = _sizes(folder, None)
    try:
        total = sum(itertools.islice(sizes, MOST_FILES))
        if next(sizes, None) is not None:
            raise OSError(f"more than {MOST_FILES} files")
    except RecursionError:
        raise OSError("folders are nested too deep") from None
    return total


def _sizes(folder: str, above: int | None) -> Iterator[int]:
    """Yield the size of each file below a folder, and 0 for each folder there."""
    try:
        descriptor = os.open(folder, FOLDER, dir_fd=above)
    except FileNotFoundError:
        return
    try:
        with os.scandir(descriptor) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield 0
                    yield from _sizes(entry.name, descriptor)
                else:
                    yield _size(entry)
    finally:
        os.close(descriptor)


def _size(file: os.DirEntry[str]) -> int:
    try:
        return file.stat(follow_symlinks=False).st_blocks * BLOCK
    except FileNotFoundError:
        return 0


def _remove(folder: Path) -> None:
    if os.geteuid() != 0:
        _run("chmod", "-R", "u+rwx", str(folder))
    _run("rm", "-rf", "--", str(folder))


def _run(*command: str) -> None:
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath},
        timeout=REMOVE_SECONDS,
        check=False,
    )


__all__ = ["Scratch", "make", "used"]
