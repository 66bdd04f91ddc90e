"""Provide the files beside an instructor's notebook: data, modules, pictures.

nbgrader puts them beside each submission; we write them into the working folder of each
kernel before any cell runs. They are part of the assignment, and are written in pieces
small enough for a kernel's limits.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from grader.errors import CourseError

Files = tuple[tuple[str, bytes], ...]
MOST_BYTES = 8 << 20
"""Total size of the files beside a notebook; each kernel gets all of them."""
_PIECE = 128 << 10
# Files that nbgrader leaves out, and one that is only used to make tests.
_IGNORED = ("*.ipynb", "*.pyc", "__pycache__", ".*", "autotests.yml")


def beside(folder: Path) -> Files:
    """Return the files below `folder`, each with its path in it; links are left out.

    Raises
    ------
    CourseError
        Together they are larger than :data:`MOST_BYTES`.
    """
    paths = [path for path in sorted(folder.rglob("*")) if _wanted(path, folder)]
    size = sum(path.stat().st_size for path in paths)
    if size > MOST_BYTES:
        largest = max(paths, key=lambda path: path.stat().st_size)
        raise CourseError(
            f"{folder}: the files beside its notebooks have {size:,} bytes; at most "
            f"{MOST_BYTES:,} can be given to each submission; the largest is "
            f"{largest.name}; make it smaller, or remove files that no cell reads"
        )
    return tuple((p.relative_to(folder).as_posix(), p.read_bytes()) for p in paths)


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
    import base64, pathlib
    path = pathlib.Path({name!r})
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open({mode!r}) as file:
        file.write(base64.b64decode({piece!r}))
_supply()
del _supply
"""


__all__ = ["MOST_BYTES", "Files", "beside", "cells"]
