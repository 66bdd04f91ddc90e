"""Provide the files beside an instructor's notebook: data, modules, pictures.

nbgrader puts them beside each submission. Small ones are part of the assignment: we
write them into the working folder of each kernel before any cell runs, in pieces small
enough for a kernel's limits. Large ones are not copied: each jail sees them read-only.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from grader.errors import CourseError
from grader.records import BoundFile

COPIED_BYTES = 8 << 20
"""Total size of the files that are copied into each kernel: the smallest ones."""
MOST_BOUND = 1_000
"""How many files a jail can show without being slow to build."""
_PIECE = 128 << 10
# Files that nbgrader leaves out, and one that is only used to make tests.
_IGNORED = ("*.ipynb", "*.pyc", "__pycache__", ".*", "autotests.yml")


class Beside(NamedTuple):
    """The files beside a notebook, each with its path below the notebook's folder.

    Attributes
    ----------
    copied : tuple of (str, bytes)
        Those that are written into each kernel's folder, with their contents.
    bound : tuple of BoundFile
        Those that each jail sees read-only.
    """

    copied: tuple[tuple[str, bytes], ...]
    bound: tuple[BoundFile, ...]


def modules(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return the sources of the Python files among some files, by their names.

    A file that is not UTF-8 is left out.
    """
    found = {}
    for name, content in files:
        if name.endswith(".py"):
            with suppress(UnicodeDecodeError):
                found[name] = content.decode("utf-8")
    return found


def module_of(name: str) -> str:
    """Return the name of the top-level module that a file beside a notebook is in.

    Examples
    --------
    >>> module_of("helpers/checks.py"), module_of("tests.py")
    ('helpers', 'tests')
    """
    return name.split("/")[0].removesuffix(".py")


def beside(folder: Path) -> Beside:
    """Return the files below `folder`; links are left out.

    Raises
    ------
    CourseError
        A file cannot be read, or more than :data:`MOST_BOUND` are left after the
        smallest ones of together :data:`COPIED_BYTES`.
    """
    try:
        return _read(folder)
    except OSError as error:
        raise CourseError(
            f"{error.filename}: the file beside the notebooks cannot be read: "
            f"{error.strerror}; make it readable, or remove it"
        ) from None


def _read(folder: Path) -> Beside:
    paths = [path for path in sorted(folder.rglob("*")) if _wanted(path, folder)]
    copied, left = set[Path](), COPIED_BYTES
    for path in sorted(paths, key=lambda path: path.stat().st_size):
        left -= path.stat().st_size
        if left >= 0:
            copied.add(path)
    large = [path for path in paths if path not in copied]
    if len(large) > MOST_BOUND:
        raise CourseError(
            f"{folder}: {len(paths):,} files lie beside its notebooks; beyond "
            f"{COPIED_BYTES:,} bytes of small ones, at most {MOST_BOUND:,} files can "
            "be used; put them into an archive that a cell reads"
        )
    return Beside(
        tuple((_name(p, folder), p.read_bytes()) for p in paths if p in copied),
        tuple(BoundFile(_name(p, folder), str(p.resolve()), _digest(p)) for p in large),
    )


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wanted(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    ignored = any(fnmatch(part, pattern) for part in parts for pattern in _IGNORED)
    return path.is_file() and not path.is_symlink() and not ignored


def cells(files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Yield cells that write `files` to the kernel's working folder.

    The cells leave no name behind.
    """
    for name, content in files:
        for at in range(0, max(len(content), 1), _PIECE):
            piece = base64.b64encode(content[at : at + _PIECE]).decode()
            yield _CELL.format(name=name, mode="ab" if at else "wb", piece=piece)


_CELL = """\
def _supply():
    import base64, contextlib, pathlib
    path = pathlib.Path({name!r})
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open({mode!r}) as file:
            file.write(base64.b64decode({piece!r}))
_supply()
del _supply
"""


__all__ = ["COPIED_BYTES", "MOST_BOUND", "Beside", "beside", "cells"]
